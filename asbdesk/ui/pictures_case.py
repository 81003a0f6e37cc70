"""Pictures of a case: its tabs and parts, what is added to it, and every page over the window, each in one list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from asbdesk.casework.casefile import COPIES
from asbdesk.casework.evidence_look import any_taken
from asbdesk.casework.parts import choices, parts
from asbdesk.casework.views import DueLine
from asbdesk.ui.screens.agencies import open_agencies
from asbdesk.ui.screens.case.adding import open_add, open_menu
from asbdesk.ui.screens.case.casefile import open_case_file
from asbdesk.ui.screens.case.learning import LearningPage
from asbdesk.ui.screens.case.letter_page import open_letter
from asbdesk.ui.screens.case.looking import open_evidence_page
from asbdesk.ui.screens.case.pattern import open_pattern
from asbdesk.ui.screens.case.plan_pages import HateAskedPage, PacePage, ReviewPage
from asbdesk.ui.screens.case.resting import open_rest
from asbdesk.ui.screens.case.share import open_share
from asbdesk.ui.screens.case.sides import open_place, open_sides
from asbdesk.ui.screens.covering import open_cover
from asbdesk.ui.screens.first_look import open_first_look
from asbdesk.ui.screens.hate_incident import open_hate_incident
from asbdesk.ui.screens.oversight import open_oversight
from asbdesk.ui.screens.own_letters import open_own_letters
from asbdesk.ui.screens.own_lists import open_lists
from asbdesk.ui.screens.plan_languages import open_languages
from asbdesk.ui.screens.registers import open_register_form, open_registers
from asbdesk.ui.screens.reports import open_reports
from asbdesk.ui.screens.seals import open_seals
from asbdesk.ui.screens.search import open_search
from asbdesk.ui.screens.take_on import open_take_on
from asbdesk.ui.screens.timescales import open_timescales

if TYPE_CHECKING:
    from asbdesk.ui.frame import Frame

Drawing = tuple[str, QWidget]
ADDS = (("agencies", "agency_refer"), ("complaints", "complaint"), ("safety", "safeguarding"), ("course", "closing"))
"""Forms drawn: one of each length."""
DUE = DueLine(
    "police_question", "Ask the police what they are doing", "3 days late", "red", "She asked on Friday.",
    "Housing Ombudsman, November 2024", "Ask them", "action", due_on="2026-11-17", key="police_question/1",
)  # fmt: skip


def _first_look(frame: Frame, case: str) -> None:
    """Of this case, or of the first whose report nobody has looked at."""
    from asbdesk.casework.cases import list_cases

    others = [line.id for line in frame.desk.read(list_cases, today=frame.desk.today).lines]
    any(open_first_look(frame, each) for each in (case, *others))


def _letter(frame: Frame, case: str) -> None:
    """One with words to look at again."""
    page = open_letter(frame, case, "update", frame.desk.read(choices.people, case)[0][0])
    told = {
        "next_steps": "Dami Okafor asks the council again on Friday",
        "waiting": "The council thinks that it is a misunderstanding.",
    }
    page.form.whole()
    for question, words in told.items():
        page.answered(question, words)
        page.form.show_value(question, words)


def _closing(frame: Frame, case: str) -> None:
    open_letter(frame, case, "closing", frame.desk.read(choices.people, case)[0][0])


def _looking(frame: Frame, case: str) -> None:
    taken = frame.desk.read(any_taken)
    if taken is not None:
        open_evidence_page(frame, taken[0], [taken[1]], taken[1])


def _lay(page: Callable[[Frame, str], Any]) -> Callable[[Frame, str], object]:
    """Opens a page that has no opener of its own."""

    def opens(frame: Frame, case: str) -> None:
        made = page(frame, case)
        made.left.connect(frame.close_over)
        frame.open_over(made)

    return opens


def _desk(opens: Callable[[Frame], object]) -> Callable[[Frame, str], object]:
    """A page that belongs to no case."""
    return lambda frame, _: opens(frame)


def _copy(copy: Any) -> Callable[[Frame, str], object]:
    return lambda frame, case: open_case_file(frame, case).who.choose(copy)


PAGES: tuple[tuple[str, Callable[[Frame, str], object]], ...] = (
    # what an officer writes down
    ("new-report", _desk(lambda frame: frame.new_report())),
    ("first-look", _first_look),
    ("now", lambda frame, case: frame.answer_now(case)),
    ("hate-record", open_hate_incident),
    ("hate-asked", _lay(HateAskedPage)),
    ("contact", lambda frame, case: frame.record_contact(case)),
    ("correct", lambda frame, case: frame.correct(case)),
    ("add", open_menu),
    *((f"add-{add}", partial(lambda of, id, frame, case: open_add(frame, case, of, id), of, add)) for of, add in ADDS),
    ("rest-waits", lambda frame, case: open_rest(frame, case, DUE, "waits")),
    ("rest-not-needed", lambda frame, case: open_rest(frame, case, DUE, "not_needed")),
    ("rest-plan", lambda frame, case: open_rest(frame, case, None, "plan")),
    ("plan-review", _lay(ReviewPage)),
    ("plan-pace", _lay(PacePage)),
    # letters and what leaves
    ("letter", _letter),
    ("letter-closing", _closing),
    ("share", open_share),
    *((f"casefile-{copy}", _copy(copy)) for copy in COPIES),
    # what is looked at
    ("looking", _looking),
    ("pattern", open_pattern),
    ("place", open_place),
    ("sides", open_sides),
    ("learning", _lay(LearningPage)),
    # lists, and what the landlord decides
    ("oversight", _desk(open_oversight)),
    ("reports", _desk(open_reports)),
    ("registers", _desk(open_registers)),
    ("register-form", _desk(lambda frame: open_register_form(frame, "policies"))),
    ("cover", _desk(open_cover)),
    ("timescales", _desk(open_timescales)),
    ("lists", _desk(open_lists)),
    ("agencies", _desk(open_agencies)),
    ("own-letters", _desk(open_own_letters)),
    ("languages", _desk(open_languages)),
    ("seals", _desk(open_seals)),
    ("take-on", _desk(open_take_on)),
)
"""Every page over the window, and what opens it for a case."""


def of_case(frame: Frame, case: str) -> Iterator[Drawing]:
    """Each part of a case that has no tab of its own."""
    for each in parts():
        if not each.own_tab:
            frame.open_case(case, each.name)
            yield f"case-{each.name}", frame


def over_the_window(frame: Frame, case: str) -> Iterator[Drawing]:
    """The pages over the window, and the search, empty and with what was found."""
    for name, opens in PAGES:
        opens(frame, case)
        frame.desk.errands.wait(20)  # some is read beside
        if frame.over is None:  # nothing of the kind on this desk
            continue
        yield name, frame
        _end(frame.over)
        frame.close_over()
    frame.desk.desk.store.index_words()
    page = open_search(frame)
    yield "search-empty", frame
    page.box.setText("door")
    yield "search", frame
    frame.close_over()


def empty_lists(frame: Frame) -> Iterator[Drawing]:
    """The lists over the window, with nothing in them."""
    lists: tuple[tuple[str, Callable[[Frame], object]], ...] = (
        ("search", open_search), ("oversight", open_oversight), ("cover", open_cover)
    )  # fmt: skip
    for name, opens in lists:
        opens(frame)
        frame.desk.errands.wait(20)
        yield f"{name}-of-nothing", frame
        frame.close_over()


def _end(page: QWidget) -> None:
    """What was typed for a picture is kept nowhere."""
    from asbdesk.ui.screens.over import KeptPage

    if isinstance(page, KeptPage):
        page.end_draft()
