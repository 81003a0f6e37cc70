"""A need makes a repair urgent, and planned works move no clock (FEATURES.md P04, P07)."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.casework.desk import Desk
from asbdesk.casework.needs import record_need
from asbdesk.casework.parts import Taking, part
from asbdesk.casework.people import reporter_of
from asbdesk.errors import UserError
from asbdesk.model.journal import due


def add(desk: Desk, case: str, of: str, id: str, about: str = "", **answers: Any) -> str:
    """Carry out an add, and say what is asked after it."""
    found, taking = part(of).add(id), Taking(desk, case, about, answers)
    return found.then(taking, found.carry_out(taking))


def owed(desk: Desk, case: str) -> str:
    """The day on which the only repair is due."""
    which = sa.select(due.c.due_on).where(due.c.case == case, due.c.code == "repair")
    return str(desk.read(lambda session: session.scalar(which)))


def test_a_need_on_record_makes_a_repair_urgent(desk: Desk, case: str) -> None:
    begins = part("repairs").add("repair").begins
    assert desk.read(begins, case, "") == {}
    who = desk.read(reporter_of, case)
    assert who is not None
    desk.do(record_need, who.id, "language")
    assert desk.read(begins, case, "") == {}
    desk.do(record_need, who.id, "frailty")
    assert desk.read(begins, case, "") == {"sooner": "yes"}
    why = "She cannot see the stairs at night"
    add(desk, case, "repairs", "repair", what="Stair light", link="caused_by_asb", sooner="yes", sooner_why=why)
    assert owed(desk, case) == "2026-11-25"
    (card,) = desk.read(part("repairs").cards, case, desk.today)
    assert f"Needed sooner: {why}" in card.lines and "repair_sooner" not in card.acts


def test_a_need_told_later_asks_whether_an_open_repair_is_soon_enough(desk: Desk, case: str) -> None:
    who = desk.read(reporter_of, case)
    assert who is not None
    need: dict[str, Any] = {"person": who.id, "what": ["frailty"], "said_by": "person"}
    assert add(desk, case, "rules", "need", **need) == ""
    add(desk, case, "repairs", "repair", what="Stair light", link="caused_by_asb")
    assert owed(desk, case) == "2026-11-30"
    assert add(desk, case, "rules", "need", **{**need, "what": ["memory"]}) == "add:repairs.repair_sooner"
    (card,) = desk.read(part("repairs").cards, case, desk.today)
    assert "Is it soon enough?" in str(card.lines)
    add(desk, case, "repairs", "repair_sooner", card.about, sooner_why="She walks with a stick")
    assert owed(desk, case) == "2026-11-25"


def test_planned_works_move_no_clock_and_waiting_for_them_takes_a_manager(desk: Desk, case: str) -> None:
    add(desk, case, "repairs", "repair", what="Smashed window", link="caused_by_asb")
    (card,) = desk.read(part("repairs").cards, case, desk.today)
    planned = {"works": "New windows", "day": "2027-05-01", "why": "It is boarded until then"}
    with pytest.raises(UserError, match="manager"):
        add(desk, case, "repairs", "repair_planned", card.about, which="waits", **planned)
    add(desk, case, "repairs", "repair_planned", card.about, which="waits", manager="Rosalind Hughes", **planned)
    (card,) = desk.read(part("repairs").cards, case, desk.today)
    assert "its clock goes on" in str(card.lines) and "Rosalind Hughes" in str(card.lines)
    assert owed(desk, case) == "2026-11-30"
    add(desk, case, "repairs", "repair_planned", card.about, which="ahead", **planned)
    assert "ahead of planned works" in str(desk.read(part("repairs").cards, case, desk.today))
