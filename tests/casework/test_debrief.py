"""A hard visit offers the manager a debrief, by the landlord's own list and whatever the officer says of themselves."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from asbdesk.casework import oversight
from asbdesk.casework.desk import Desk
from asbdesk.casework.lists import set_word
from asbdesk.casework.visit import VisitPath
from asbdesk.model import Action
from tests.casework.walk import alone, tell

OFFERED = "Offer Dami Okafor a debrief after the visit of Monday 23 November"


def offered(desk: Desk) -> list[str | None]:
    which = sa.select(Action.what).where(Action.code == "debrief", Action.done_on.is_(None))
    return desk.read(lambda s: list(s.scalars(which)))


def visit(desk: Desk, case: str, *serious: str) -> VisitPath:
    path = VisitPath.start(desk, case)
    alone(path)
    path.finish("who")
    tell(path)
    path.answer("happened", "serious", list(serious) or ["home_damaged"])
    path.finish("happened")
    return path


def test_a_hard_visit_asks_a_manager_to_offer_a_debrief(desk: Desk, case: str) -> None:
    path = visit(desk, case, "suicidal_statement")
    path.answer("out", "how_are_you", "fine")
    assert [card.label for card in path.step("out").cards if card.label == "A hard visit"]
    path.out_safe()
    assert offered(desk) == [OFFERED]
    (asked,) = (each for each in desk.read(oversight.lists, desk.today) if each.title.startswith("Waits for a manager"))
    assert [line.text for line in asked.lines] == [f"{OFFERED} · by Wed 25 Nov"]


def test_any_other_visit_asks_nobody(desk: Desk, case: str) -> None:
    path = visit(desk, case)
    assert not [card for card in path.step("out").cards if card.label == "A hard visit"]
    path.out_safe()
    assert offered(desk) == []


@pytest.mark.parametrize("threat", [False, True])
def test_a_visit_left_early_is_hard(desk: Desk, case: str, threat: bool) -> None:
    path = visit(desk, case)
    path.left_now()
    path.why_left("He stood in the door", threat_to_staff=threat)
    assert offered(desk) == ([OFFERED] if threat else [])
    path.out_safe()
    assert offered(desk) == [OFFERED], "once"


def test_what_is_hard_is_the_landlords_list(desk: Desk, case: str) -> None:
    desk.do(set_word, "hard_case", "suicidal_statement", "Somebody spoke of ending their life", off=True)
    visit(desk, case, "suicidal_statement").out_safe()
    assert offered(desk) == []
    desk.do(set_word, "hard_case", "window", "kitchen window")
    visit(desk, case).out_safe()
    assert offered(desk) == [OFFERED], "a line of its own is looked for in what was told"
