"""Abuse at home: from the minute it is told, nothing about those it happens to may reach the person it is about."""

from __future__ import annotations

import sqlalchemy as sa

from asbdesk.casework import intake, people, reports, triage
from asbdesk.casework.desk import Desk
from asbdesk.casework.intake import Intake
from asbdesk.casework.people import NewPerson
from asbdesk.casework.reports import Telling
from asbdesk.model import DisclosureRule, Person, Report

HIM = NewPerson(name="Mr Kester Stroud", address="12 Harrow Court", postcode="ZZ1 1AA")
HER = NewPerson(name="Ms Ada Wren", address="12 Harrow Court", postcode="ZZ1 1AA")
ABUSE = Telling(words="Shouting, and then crying.", behaviours=("domestic_abuse",))


def kept_apart(desk: Desk) -> set[tuple[str, str]]:
    """(whom it protects, who must not be told), by name; each pair once."""
    names = desk.read(lambda s: {p.id: p.name or "" for p in s.scalars(sa.select(Person))})
    rules = desk.read(lambda s: [(r.about, r.not_to) for r in s.scalars(sa.select(DisclosureRule))])
    assert len(rules) == len(set(rules)), "each rule stands once"
    return {(names[about or ""], names[to or ""]) for about, to in rules}


def report_of(desk: Desk) -> str:
    return str(desk.read(lambda s: s.scalars(sa.select(Report)).one().id))


def test_whoever_it_happens_to_is_protected_where_somebody_else_tells_us(desk: Desk) -> None:
    taken = Intake(NewPerson(name="PC Lyle"), ABUSE, about=HIM, teller="professional", affected=HER)
    case = str(desk.do(intake.open_from, taken).value)
    assert ("Ms Ada Wren", "Mr Kester Stroud") in kept_apart(desk)
    desk.do(people.add_to_case, case, NewPerson(name="Sam Wren"), "household")
    assert ("Sam Wren", "Mr Kester Stroud") in kept_apart(desk), "a child or a sister of theirs as well"


def test_a_first_look_that_finds_abuse_protects_at_once(desk: Desk, case: str) -> None:
    desk.do(people.add_to_case, case, HIM, "alleged_perpetrator")
    desk.do(triage.look, case, report_of(desk), "domestic_abuse", reason="She said so.")
    assert ("Ms Rahima Begum", "Mr Kester Stroud") in kept_apart(desk)


def test_a_report_put_right_to_abuse_protects_at_once(desk: Desk, case: str) -> None:
    desk.do(people.add_to_case, case, HIM, "alleged_perpetrator")
    desk.do(reports.correct_report, report_of(desk), ABUSE)
    assert ("Ms Rahima Begum", "Mr Kester Stroud") in kept_apart(desk)
