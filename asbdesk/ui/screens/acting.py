"""What the button of a thing that is due opens: the one page that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from asbdesk.ui.frame import Frame

if TYPE_CHECKING:
    from asbdesk.casework.begun import Begun
    from asbdesk.casework.views import DueLine
    from asbdesk.ui.screens.over import OverPage


def act(frame: Frame, case: str, due: DueLine | None, do: str) -> None:
    """Open what does it. `do` as `DueLine.do`; without a page of its own the case is shown."""
    if do.startswith("add:"):
        _add(frame, case, due, *do.removeprefix("add:").split("."))
    elif do == "action" and due is not None and due.about.startswith("action/"):
        _mark_done(frame, due.about.removeprefix("action/"))
    elif do in PAGES:
        PAGES[do](frame, case)
    else:
        frame.open_case(case, do if do in ("plan", "evidence", "people") else "")


def _add(frame: Frame, case: str, due: DueLine | None, of: str, add: str) -> None:
    """The short form, about the record that is due where the form goes on from one."""
    from asbdesk.casework.parts import goes_on_from
    from asbdesk.ui.screens.case.adding import open_add

    about = frame.desk.read(goes_on_from, case, of, add, due.about if due is not None else "", frame.desk.today)
    if about is None:  # what it goes on from stands elsewhere: show that part
        frame.open_case(case, of)
        return
    open_add(frame, case, of, add, about)


def _mark_done(frame: Frame, step: str) -> None:
    from asbdesk.casework.plans import action_done

    frame.say_done("Marked as done.", frame.desk.do(action_done, step))


def go_on(frame: Frame, begun: Begun) -> None:
    """Open what was begun in a case, where it was left."""
    from asbdesk.ui.screens.case.adding import open_add

    if begun.part:
        open_add(frame, begun.case, begun.part, begun.add, begun.about)
    elif begun.add == "letter":
        from asbdesk.ui.screens.case.letter_page import open_letter

        letter, _, person = begun.about.partition(":")
        open_letter(frame, begun.case, letter, person)
    else:
        PAGES[BEGUN.get(begun.add, begun.add)](frame, begun.case)


BEGUN = {"hate_incident": "hate"}
"""Where a page is kept under another name than it is opened by."""


def _visit(frame: Frame, case: str) -> None:
    """The visit of this case that was begun and not ended, or a new one."""
    runs = frame.desk.desk.drafts.open_runs(case)
    frame.start_visit(case, next((run.id for run in runs if run.form == "visit"), None))


def _hate(frame: Frame, case: str) -> None:
    from asbdesk.ui.screens.hate_incident import open_hate_incident

    open_hate_incident(frame, case)


def _over(frame: Frame, page: OverPage) -> None:
    page.left.connect(frame.close_over)
    frame.open_over(page)


def _taken_on(frame: Frame, case: str) -> None:
    from asbdesk.ui.screens.case.taken_on import TakenOnPage

    _over(frame, TakenOnPage(frame, case))


def _copy(frame: Frame, case: str) -> None:
    from asbdesk.ui.screens.case.plan_pages import CopyPage

    _over(frame, CopyPage(frame, case))


def _plan_review(frame: Frame, case: str) -> None:
    from asbdesk.ui.screens.case.plan_pages import ReviewPage

    _over(frame, ReviewPage(frame, case))


def _pace(frame: Frame, case: str) -> None:
    from asbdesk.ui.screens.case.plan_pages import PacePage

    _over(frame, PacePage(frame, case))


def _hate_question(frame: Frame, case: str) -> None:
    from asbdesk.ui.screens.case.plan_pages import HateAskedPage

    _over(frame, HateAskedPage(frame, case))


def _share(frame: Frame, case: str) -> None:
    from asbdesk.ui.screens.case.share import share_when_read

    share_when_read(frame, case)


PAGES: dict[str, Callable[[Frame, str], object]] = {
    "visit": _visit,
    "risk": _visit,
    "contact": Frame.record_contact,
    "correct": Frame.correct,
    "share_pack": _share,
    "now": Frame.answer_now,
    "conflict": Frame.decide,
    "taken_on": _taken_on,
    "hate": _hate,
    "hate_question": _hate_question,
    "copy": _copy,
    "plan_review": _plan_review,
    "pace": _pace,
}
"""What has a page of its own."""
