"""One block, many households: what we do for everybody is owed once, on a page that names nobody."""

from __future__ import annotations

import pytest

from asbdesk.casework import common_plan, links, people, plans
from asbdesk.casework.case_due import case_due
from asbdesk.casework.common_plan import add_step, page_pdf, steps
from asbdesk.casework.desk import Desk
from asbdesk.casework.people import NewPerson
from asbdesk.casework.release import Refused
from asbdesk.casework.visit import VisitPath
from asbdesk.errors import UserError
from asbdesk.model import Case
from tests.casework.walk import walk_to_plan
from tests.documents.test_plan import text_of

DOOR = "Mend the street door"


@pytest.fixture
def block(desk: Desk, case: str) -> str:
    desk.do(links.place_case, case, "Harrow Court, stair B")
    desk.do(people.add_to_case, case, NewPerson(name="Mr Reed", address="14 Harrow Court"), "affected")
    return case


def test_what_we_do_for_everyone_is_owed_once_and_done_once(desk: Desk, block: str) -> None:
    step = str(desk.do(add_step, block, DOOR, "2026-12-04", who="Repairs").value)
    desk.do(add_step, block, "Ask for more light on the stairs", "2026-11-30")
    assert [s.text for s in desk.read(steps, block)] == [
        "Ask for more light on the stairs, by Monday 30 November",
        "Mend the street door, by Friday 4 December",
    ]
    assert [line.title for line in desk.read(case_due, block, "", desk.today)].count(DOOR) == 1
    desk.do(plans.action_done, step)
    assert [s.text for s in desk.read(steps, block)][-1] == "Mend the street door: done on Monday 23 November"
    assert DOOR not in {line.title for line in desk.read(case_due, block, "", desk.today)}


def test_the_page_names_nobody_and_says_whom_to_ring(desk: Desk, block: str) -> None:
    with pytest.raises(UserError, match="Nothing is written yet"):
        page_pdf(desk, block)
    desk.do(add_step, block, DOOR, "2026-12-04", who="Repairs")
    text = text_of(page_pdf(desk, block))
    assert (
        "Harrow Court, stair B" in text
        and "Mend the street door (Repairs)" in text
        and "Friday 4 December 2026" in text
    )
    assert "01632 960100" in text.replace("\N{NO-BREAK SPACE}", " ")
    reference = desk.read(lambda s: s.get_one(Case, block).reference)
    assert not [word for word in ("Begum", "Reed", "12 Harrow", "14 Harrow", reference) if word and word in text]
    desk.do(add_step, block, "Change the lock for Ms Begum", "2026-12-01")
    with pytest.raises(Refused, match="Nobody of the case is named"):
        page_pdf(desk, block)


def test_a_households_own_plan_has_its_own_steps_alone(desk: Desk, block: str) -> None:
    desk.do(add_step, block, DOOR, "2026-12-04")
    path = VisitPath.start(desk, block)
    walk_to_plan(path)
    assert DOOR not in {step.what for step in path.plan.ours}
    told = [card.text for card in path.step("plan").cards if card.label.startswith("For everyone")]
    assert told == ["Mend the street door, by Friday 4 December"]
    assert common_plan.PAGE in {card.label for card in path.step("out").cards}


def test_a_case_about_no_place_has_no_common_part(desk: Desk, case: str) -> None:
    with pytest.raises(UserError, match="which place"):
        desk.do(add_step, case, DOOR, "2026-12-04")
