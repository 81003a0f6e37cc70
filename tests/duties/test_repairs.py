"""Repairs tied to the behaviour, and graffiti."""

from __future__ import annotations

import pytest

from asbdesk.duties.duty import overdue_from
from tests.duties.builders import did, duties, edges, facts, one


def test_graffiti_removal() -> None:
    found = did("graffiti", "2026-11-20", "g1", yes=True)  # a Friday: a day is a day
    edges(one(facts(found), "graffiti_removal"), "2026-11-20", "2026-11-21", "2026-11-22")
    assert duties(facts(did("graffiti", "2026-11-20", yes=False)), "graffiti_removal") == []
    assert duties(facts(did("graffiti", "2026-11-20")), "graffiti_removal") == []


def test_graffiti_removal_of_the_oldest_that_stands() -> None:
    walls = [did("graffiti", f"2026-11-{n}", f"g{n}", yes=True) for n in (16, 17, 18)]
    named = did("graffiti_removed", "2026-11-19 09:00", of="g17")
    oldest = did("graffiti_removed", "2026-11-19 10:00")
    found = duties(facts(*walls, named, oldest), "graffiti_removal")
    assert {d.about_id: d.met for d in found} == {"g16": "2026-11-19", "g17": "2026-11-19", "g18": None}


@pytest.mark.parametrize(
    ("link", "before", "day", "after"),
    [
        ("security", "2026-11-18", "2026-11-19", "2026-11-20"),
        ("caused_by_asb", "2026-11-24", "2026-11-25", "2026-11-26"),
        ("would_reduce_asb", "2026-12-15", "2026-12-16", "2026-12-17"),
    ],
)
def test_repair(link: str, before: str, day: str, after: str) -> None:
    asked = did("repair", "2026-11-18", "w1", what="Front door", words=(link,))
    edges(one(facts(asked), "repair"), before, day, after)
    named = did("repair", "2026-11-18", "w1", what="Front door", words=(link,), by="2026-11-30")
    assert one(facts(named), "repair").due == "2026-11-30"
    assert one(facts(asked, did("repair_done", "2026-12-01", of="w1")), "repair").met == "2026-12-01"
    assert one(facts(asked, did("repair_done", "2026-12-01", of="w2")), "repair").met is None


@pytest.mark.parametrize(
    ("link", "given", "told", "due"),
    [
        ("caused_by_asb", "", "2026-11-18", "2026-11-20"),
        ("caused_by_asb", "", "2026-11-24", "2026-11-25"),  # its usual day comes first
        ("would_reduce_asb", "", "2026-11-18", "2026-12-02"),
        ("would_reduce_asb", "2027-02-01", "2026-11-20", "2026-12-04"),  # a day given does not outweigh the need
        ("security", "", "2026-11-18", "2026-11-19"),
    ],
)
def test_repair_is_due_sooner_where_somebody_needs_it(link: str, given: str, told: str, due: str) -> None:
    asked = did("repair", "2026-11-18", "w1", what="Stair light", words=(link,), by=given)
    owed = one(facts(asked, did("repair_sooner", told, of="w1"), did("repair_planned", told, of="w1")), "repair")
    assert owed.due == due and "sooner than usual" in owed.why
    assert one(facts(asked, did("repair_sooner", told, of="w2")), "repair").due >= due


def test_repair_that_was_late_stays_so_when_it_is_needed_sooner() -> None:
    asked = did("repair", "2026-11-18", "w1", words=("caused_by_asb",))
    owed = one(facts(asked, did("repair_sooner", "2026-12-01", of="w1")), "repair")
    assert overdue_from(owed, "2026-12-01") == "2026-11-26"
