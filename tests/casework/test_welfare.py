"""Abuse at home: from the minute it is told, nothing about those it happens to may reach the person it is about."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.casework import abuse_form, intake, people, reports, triage
from asbdesk.casework.case_due import case_due
from asbdesk.casework.desk import Desk
from asbdesk.casework.intake import Intake
from asbdesk.casework.people import NewPerson
from asbdesk.casework.reports import Telling
from asbdesk.casework.visit import VisitPath
from asbdesk.errors import UserError
from asbdesk.model import Assessment, Case, DisclosureRule, Person, Report, Visit
from asbdesk.paths import resources
from tests.casework.walk import RISK_HIGH, alone, fill_risk

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


def assessed(desk: Desk) -> list[tuple[Any, ...]]:
    which = sa.select(Assessment).order_by(Assessment.id)
    return desk.read(lambda s: [(a.band, a.score, a.complete, a.form_title) for a in s.scalars(which)])


def due_acts(desk: Desk, case: str) -> dict[str, tuple[str, str]]:
    return {line.code: (line.title, line.do) for line in desk.read(case_due, case, "", desk.today)}


def test_the_matrix_stands_aside_and_what_was_said_is_kept(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    alone(path)
    fill_risk(path)
    path.answer("safe", "abuse", "yes")
    asked = path.step("safe")
    assert not [a for a in asked.questions if a.question.id.startswith("risk.")]
    assert "not made for abuse at home" in next(card.text for card in asked.cards if card.label == "Welfare")
    path.finish("safe")
    kept = desk.read(lambda s: s.scalars(sa.select(Visit)).one().answers or {})["safe"]
    assert kept["risk.q1"] == RISK_HIGH["q1"], "nothing that was said is lost"
    assert assessed(desk) == [("high", 0, False, "Risk assessment")], "no lower than it was, and no score"
    assert due_acts(desk, case)["risk_assessment"][1] == "add:safety.abuse_form"


def test_the_landlords_own_form_takes_the_matrixs_place(desk: Desk, case: str) -> None:
    own = desk.store.paths.own_forms
    own.mkdir(exist_ok=True)
    text = (resources() / "forms" / "risk_matrix.yaml").read_text(encoding="utf-8")
    named = text.replace("id: risk_matrix", "id: domestic_abuse").replace("title: Risk assessment", "title: Our form")
    (own / "domestic_abuse.yaml").write_text(named, encoding="utf-8")
    path = VisitPath.start(desk, case)
    alone(path)
    path.answer("safe", "risk.q1", "most_days")
    path.answer("safe", "abuse", "yes")
    for question, value in RISK_HIGH.items():
        path.answer("safe", f"abuse_form.{question}", value)
    path.finish("safe")
    (made,) = assessed(desk)
    assert made[0] == "high" and made[2:] == (True, "Our form")
    assert "risk_assessment" not in due_acts(desk, case)
    shutil.rmtree(own)


def test_what_the_form_on_paper_came_to_meets_what_is_due(desk: Desk, case: str) -> None:
    who = str(desk.read(lambda s: people.reporter_of(s, case)).id)  # type: ignore[union-attr]
    with pytest.raises(UserError, match="Choose whom"):
        desk.do(abuse_form.came_to, case, "", "high")
    desk.do(abuse_form.came_to, case, who, "high", by="Rosalind Hughes")
    due = due_acts(desk, case)
    assert "risk_assessment" not in due and abuse_form.SPECIALIST in {title for title, _ in due.values()}
    assert desk.read(lambda s: s.get_one(Case, case).stream) == "domestic_abuse"
