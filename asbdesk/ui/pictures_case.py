"""Pictures of the parts of a case, of adding to it, of the search and of the landlord's own rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from asbdesk.casework.casefile import COPIES
from asbdesk.casework.evidence_look import any_taken
from asbdesk.casework.parts import choices, parts
from asbdesk.ui.screens.case.adding import open_add, open_menu
from asbdesk.ui.screens.case.casefile import open_case_file
from asbdesk.ui.screens.case.letter_page import open_letter
from asbdesk.ui.screens.case.looking import open_evidence_page
from asbdesk.ui.screens.case.pattern import open_pattern
from asbdesk.ui.screens.case.share import open_share
from asbdesk.ui.screens.case.sides import open_place, open_sides
from asbdesk.ui.screens.oversight import open_cover, open_oversight
from asbdesk.ui.screens.own_letters import open_own_letters
from asbdesk.ui.screens.own_lists import open_lists
from asbdesk.ui.screens.seals import open_seals
from asbdesk.ui.screens.search import open_search
from asbdesk.ui.screens.timescales import open_timescales

if TYPE_CHECKING:
    from asbdesk.ui.frame import Frame

ADDS = (("agencies", "agency_refer"), ("complaints", "complaint"), ("safety", "safeguarding"), ("course", "closing"))
"""Forms drawn: one of each length."""


def of_case(frame: Frame, case: str) -> Iterator[tuple[str, QWidget]]:
    """Each part of a case that has no tab of its own."""
    for each in parts():
        if not each.own_tab:
            frame.open_case(case, each.name)
            yield f"case-{each.name}", frame
    frame.open_case(case, "letters")
    frame.desk.errands.wait(20)  # which letters fit is read beside
    QCoreApplication.processEvents()
    yield "case-letters", frame


def _letters(frame: Frame, case: str) -> Iterator[tuple[str, QWidget]]:
    """A letter with words to look at again, and the one that a case closes with."""
    person = frame.desk.read(choices.people, case)[0][0]
    page = open_letter(frame, case, "update", person)
    page.answered("next_steps", "Dami Okafor asks the council again on Friday")
    page.answered("waiting", "The council thinks that it is a misunderstanding.")
    yield "letter", frame
    page.throw_away_quietly()
    open_letter(frame, case, "closing", person)
    yield "letter-closing", frame
    frame.close_over()


def _own(frame: Frame, case: str) -> Iterator[tuple[str, QWidget]]:
    """Pages of their own: sharing, looking at evidence, when it happens, the manager's and the officer's lists."""
    opened: tuple[tuple[str, Callable[[], object]], ...] = (
        ("share", lambda: open_share(frame, case)),
        ("pattern", lambda: open_pattern(frame, case)),
        ("place", lambda: open_place(frame, case)),
        ("sides", lambda: open_sides(frame, case)),
        ("oversight", lambda: open_oversight(frame)),
        ("cover", lambda: open_cover(frame)),
        ("correct", lambda: frame.correct(case)),
        ("seals", lambda: open_seals(frame)),
        ("own-letters", lambda: open_own_letters(frame)),
    )
    for name, opens in opened:
        opens()
        yield name, frame
        frame.close_over()
    for copy in COPIES:
        page = open_case_file(frame, case)
        page.who.choose(copy)
        frame.desk.errands.wait(20)  # it is read beside
        QCoreApplication.processEvents()
        yield f"casefile-{copy}", frame
        frame.close_over()
    taken = frame.desk.read(any_taken)
    if taken is not None:
        open_evidence_page(frame, taken[0], [taken[1]], taken[1])
        frame.desk.errands.wait(20)  # it is read beside
        QCoreApplication.processEvents()
        yield "looking", frame
        frame.close_over()


def over_the_window(frame: Frame, case: str) -> Iterator[tuple[str, QWidget]]:
    """The pages over the window."""
    open_menu(frame, case)
    yield "add", frame
    frame.close_over()
    for part, add in ADDS:
        open_add(frame, case, part, add)
        yield f"add-{add}", frame
        frame.close_over()
    yield from _letters(frame, case)
    yield from _own(frame, case)
    frame.desk.desk.store.index_words()
    page = open_search(frame)
    yield "search-empty", frame
    page.box.setText("door")
    yield "search", frame
    frame.close_over()
    for name, opens in (("timescales", open_timescales), ("lists", open_lists)):
        opens(frame)
        yield name, frame
        frame.close_over()
