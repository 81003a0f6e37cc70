"""Each thing that is due has one button, and the button opens the page that does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from asbdesk.casework.cases import list_cases
from asbdesk.casework.due_acts import ACTS, STEPS
from asbdesk.casework.parts import part
from asbdesk.casework.views import DueLine
from asbdesk.duties import CODES
from asbdesk.ui.screens.acting import PAGES, act
from asbdesk.ui.screens.case.adding import AddPage
from asbdesk.ui.screens.case.plan_pages import CopyPage, HateAskedPage, PacePage, ReviewPage
from asbdesk.ui.screens.over import OverPage
from tests.ui.conftest import Opened

ALONE = {"case", "evidence", "action"}
"""What shows the case, or is ticked off."""


def first_case(opened: Opened) -> str:
    assert opened.window.frame is not None
    return opened.window.frame.desk.read(list_cases, today="2026-11-23").lines[0].id


def due(code: str, do: str) -> DueLine:
    return DueLine(code, "x", "", "plain", "", "", "x", do, about="", due_on="2026-11-23", key=f"{code}/1")


@pytest.mark.parametrize("code", CODES)
def test_every_duty_has_an_act_whose_page_is_there(code: str) -> None:
    _, button, do = ACTS[code]
    assert button
    if do.startswith("add:"):
        of, add = do.removeprefix("add:").split(".")
        assert part(of).add(add)
    else:
        assert do in PAGES or do in ALONE


def test_only_what_is_written_elsewhere_opens_the_case_alone() -> None:
    assert {code for code, (_, _, do) in ACTS.items() if do == "case"} == {"report_logged"}
    assert {do for _, do in STEPS.values()} <= {*PAGES, "add:safety.safeguarding", "add:other_person.proportion"}


def test_each_button_opens_its_page(opened: Opened) -> None:
    case, frame = first_case(opened), opened.window.frame
    assert frame is not None
    for code, (_, _, do) in ACTS.items():
        if do.startswith("add:") and do.rpartition(".")[2] not in {
            a.id for a in part(do[4:].partition(".")[0]).follows
        }:
            act(frame, case, due(code, do), do)
            assert isinstance(frame.over, AddPage) and frame.over.add.id == do.rpartition(".")[2], code
            frame.close_over()
    for do, page in (("copy", CopyPage), ("plan_review", ReviewPage), ("pace", PacePage)):
        act(frame, case, None, do)
        assert isinstance(frame.over, page)
        frame.close_over()


def test_the_answer_about_hate_is_written_or_opens_its_record(opened: Opened, tmp_path: Path) -> None:
    from asbdesk.model import NotHate

    case, frame = first_case(opened), opened.window.frame
    assert frame is not None
    act(frame, case, None, "hate_question")
    page = frame.over
    assert isinstance(page, HateAskedPage)
    page.values |= {"asked": "asked", "thinks": "no", "reason": "They quarrel about bins."}
    page.finish()
    frame.desk.read(lambda s: s.query(NotHate).one())
    act(frame, case, None, "hate_question")
    page = frame.over
    assert isinstance(page, HateAskedPage)
    page.values |= {"asked": "asked", "thinks": "yes", "reason": "A word on the door."}
    page.finish()
    assert isinstance(frame.over, OverPage) and not isinstance(frame.over, HateAskedPage)
    frame.close_over()


def test_a_look_at_the_plan_and_its_copy_are_written_down(opened: Opened) -> None:
    from asbdesk.model import PlanReview, PlanVersion

    frame = opened.window.frame
    assert frame is not None
    case = frame.desk.read(lambda s: (s.query(PlanVersion).first().file or "")[5:])
    act(frame, case, None, "plan_review")
    page = frame.over
    assert isinstance(page, ReviewPage)
    page.finish()
    assert frame.over is page, "both are asked for"
    page.values |= {"outcome": "It still holds.", "again": "2026-12-21"}
    page.finish()
    assert frame.desk.read(lambda s: [r.again for r in s.query(PlanReview) if r.outcome == "It still holds."]) == [
        "2026-12-21"
    ]
    act(frame, case, None, "copy")
    copy = frame.over
    assert isinstance(copy, CopyPage)
    copy.values |= {"how": "left"}
    copy.finish()
    assert frame.over is None
