"""Parts of a case whose adding is more than a short form: the button of each, and the page it opens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from asbdesk.casework.release import Override
    from asbdesk.exchange.export import Exported
    from asbdesk.ui.frame import Frame

Opens = tuple[str, str, "Callable[[Frame, str], object]"]
"""Words, icon, what opens it."""
BEYOND = "beyond"
"""Instead of a part: pages of no case, which stand there only where a word asks for them."""


def _share(frame: Frame, case: str) -> None:
    from asbdesk.ui.screens.case.share import share_when_read

    share_when_read(frame, case)


def _export(frame: Frame, case: str) -> None:
    from asbdesk.ui.asking import ask_folder

    folder = ask_folder(frame, "An empty folder for the whole case")
    if folder is not None:
        export_to(frame, case, folder)


def export_to(frame: Frame, case: str, folder: Path) -> None:
    """The whole case as open files, after a look at what stands in the way."""
    from asbdesk.exchange.export import export_case
    from asbdesk.ui.screens.case.leaving import with_reason

    def out(why: Override) -> Exported:
        return export_case(frame.desk.desk, case, folder, why.reason)

    done = with_reason(frame, out)
    if done is not None:
        frame.desk.changed.emit(())
        words = f"{done.records} records and {done.files} files are in {done.folder.name}. Nothing there is locked."
        frame.say("warning", words)


def case_file(frame: Frame, case: str) -> None:
    """The whole case in order, for an investigator, the resident or a court."""
    from asbdesk.ui.screens.case.casefile import open_case_file

    if case:
        open_case_file(frame, case)


def _files(frame: Frame, case: str) -> None:
    frame.open_case(case, "evidence")


def _letters(frame: Frame, case: str) -> None:
    frame.open_case(case, "letters")


def _agencies(frame: Frame, case: str) -> None:
    from asbdesk.ui.screens.agencies import open_agencies

    open_agencies(frame)


def _sides(frame: Frame, case: str) -> None:
    from asbdesk.ui.screens.case.sides import open_sides

    open_sides(frame, case)


def _place(frame: Frame, case: str) -> None:
    from asbdesk.ui.screens.case.sides import open_place

    open_place(frame, case)


def _statement(frame: Frame, case: str) -> None:
    """What we learned, as it prints, to be printed or saved for everybody to read."""
    from asbdesk.casework.learning_statement import statement_pdf
    from asbdesk.casework.way_out import Leaving
    from asbdesk.ui.screens.case.paper import show_paper

    name = "What we learned"
    out = Leaving(case, frame.desk.member, name, "Everybody", texts=())
    made = partial(statement_pdf, frame.desk.desk, case)
    frame.desk.later(made, lambda pdf: show_paper(frame, pdf, name, leaving=out), owner=frame)


def _registers(frame: Frame, case: str) -> None:
    from asbdesk.ui.screens.registers import open_registers

    open_registers(frame)


def _reports(frame: Frame, case: str) -> None:
    from asbdesk.ui.screens.reports import open_reports

    open_reports(frame)


OWN_PAGES: Mapping[str, tuple[Opens, ...]] = {
    "evidence": (("Files, photographs, recordings", "camera", _files),),
    "letters": (("Write a letter", "mail", _letters),),
    "agencies": (
        ("Make a share pack", "file-lock", _share),
        ("Agencies we work with", "handshake", _agencies),
    ),
    "sharing": (
        ("Case file …", "folder-open", case_file),
        ("Make a share pack", "file-lock", _share),
        ("Export the whole case", "download", _export),
    ),
    "outside": (("What we learned, on paper", "lightbulb", _statement),),
    "people": (
        ("The households of this place", "building-2", _place),
        ("They report each other", "users", _sides),
    ),
    BEYOND: (
        ("Our own records", "list-checks", _registers),
        ("Reports", "file-text", _reports),
    ),
}
"""Part → its own pages, the most used first."""


def own_pages(part: str) -> tuple[Opens, ...]:
    """Those of one part."""
    return OWN_PAGES.get(part, ())
