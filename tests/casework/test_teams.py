"""A team takes cases as an officer does: they wait there until one of them has it, and a name is owed (G12)."""

from __future__ import annotations

import sqlalchemy as sa

from asbdesk.casework.cases import list_cases
from asbdesk.casework.desk import Desk
from asbdesk.casework.lists import set_word
from asbdesk.casework.oversight import lists
from asbdesk.casework.parts import Taking, part
from asbdesk.model import Case
from asbdesk.model.journal import due


def hand_over(desk: Desk, case: str, to: str) -> None:
    add = part("course").add("hand_over")
    assert to in [value for value, _ in desk.read(add.choices, case, "")["to"]]
    add.carry_out(Taking(desk, case, "", {"to": to, "note": "She expects a call on Friday"}))


def test_a_case_waits_with_a_team_until_one_of_them_takes_it(desk: Desk, case: str) -> None:
    choices = part("course").add("hand_over").choices
    assert [words for _, words in desk.read(choices, case, "")["to"]] == ["Dami Okafor"]
    desk.do(set_word, "team", "community_safety", "Community Safety Team")
    hand_over(desk, case, "team: Community Safety Team")
    held = desk.read(lambda session: session.get_one(Case, case).team)
    owed = sa.select(due.c.due_on).where(due.c.case == case, due.c.code == "case_unowned", due.c.state == "open")
    assert held == "Community Safety Team" and desk.read(lambda session: session.scalar(owed)) == "2026-11-24"
    (listed,) = [each for each in desk.read(lists, desk.today) if each.title == "Nobody looks after it"]
    assert listed.lines[0].text.startswith("Waits with Community Safety Team · ")
    (card,) = [c for c in desk.read(part("course").cards, case, desk.today) if c.title == "Nobody is named for it"]
    assert card.text == "To Community Safety Team. She expects a call on Friday"
    hand_over(desk, case, "Dami Okafor")
    assert "Nobody looks after it" not in [each.title for each in desk.read(lists, desk.today)]
    assert desk.read(list_cases, today=desk.today).lines[0].id == case
