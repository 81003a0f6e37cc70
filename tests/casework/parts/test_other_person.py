"""The other person's part: findings, proportion before a tool, a second officer where two report each other."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.casework import enforcement, intake, other_person, people, reports
from asbdesk.casework.desk import Desk
from asbdesk.casework.other_person import FourAnswers
from asbdesk.casework.parts import PartCard, Taking, part
from asbdesk.casework.people import NewPerson
from asbdesk.casework.reports import Telling
from asbdesk.errors import UserError
from asbdesk.model import Action, FormText, Proportion, Report
from asbdesk.store.work import Work, action

PART = part("other_person")
WEIGHED = {"tool": "Injunction", "decision": "go_on", "reason": "Nothing else held.", "decided_by": "Rosalind Hughes"}


@action("report.corrected")
def name_them(work: Work, case: str, person: str) -> None:
    for report in work.select(sa.select(Report).where(Report.file == f"case/{case}")):
        report.about = [person]


def named(desk: Desk, case: str) -> str:
    """Somebody whom the case's report is about."""
    who = NewPerson(name="Mr Kester Stroud", address="14 Harrow Court", postcode="ZZ1 1AA")
    person = str(desk.do(people.add_to_case, case, who, "alleged_perpetrator").value)
    desk.do(name_them, case, person)
    return person


def cards(desk: Desk, case: str) -> list[PartCard]:
    return list(desk.read(PART.cards, case, desk.today))


def take(desk: Desk, case: str, add: str, about: str = "", **answers: Any) -> None:
    PART.add(add).carry_out(Taking(desk, case, about, answers))


def test_each_allegation_has_a_finding_and_the_last_counts(desk: Desk, case: str) -> None:
    named(desk, case)
    said = next(c for c in cards(desk, case) if c.title == "Said of Mr Kester Stroud")
    assert [p.text for p in said.pills] == ["No finding yet"] and said.acts == ("finding",)
    take(desk, case, "finding", said.about, finding="not_enough", reason="Nobody saw it.")
    take(desk, case, "finding", said.about, finding="shown", reason="The camera at the door.")
    again = next(c for c in cards(desk, case) if c.about == said.about)
    assert [p.text for p in again.pills] == ["Shown by evidence"] and again.lines == ("The camera at the door.",)


def test_what_bears_hard_is_weighed_first_or_within_two_days_of_danger(desk: Desk, case: str) -> None:
    person = named(desk, case)
    with pytest.raises(UserError, match="proportionate"):
        take(desk, case, "tool", person, tool="injunction", used="yes", reason="He comes back.")
    take(desk, case, "tool", person, tool="injunction", used="yes", reason="A knife.", urgent="yes")
    owed = sa.select(Action).where(Action.code == "proportion", Action.done_on.is_(None))
    assert desk.read(lambda s: [a.by for a in s.scalars(owed)]) == ["2026-11-25"]
    take(desk, case, "proportion", person, **WEIGHED)
    assert desk.read(lambda s: list(s.scalars(owed))) == []
    kept, text = desk.read(
        lambda s: (s.scalars(sa.select(Proportion)).one(), [t.hash for t in s.scalars(sa.select(FormText))])
    )
    assert kept.form in text and kept.answers["decided_by"] == "Rosalind Hughes" and kept.person == person
    take(desk, case, "tool", person, tool="injunction", used="yes", reason="He came back.")
    take(desk, case, "tool", person, tool="none_yet", used="no", reason="He keeps to it.", look_again="2026-12-01")
    with pytest.raises(UserError, match="not used"):
        desk.do(enforcement.use, case, "mediation", " ", used=False)


def test_two_who_report_each_other_are_offered_a_second_officer_and_a_reading(desk: Desk, case: str) -> None:
    person = named(desk, case)
    back = Telling(words="She bangs.", behaviours=("noise",))
    desk.do(intake.open_from, intake.Intake(NewPerson(id=person), back))
    tied = cards(desk, case)[0]
    assert tied.title.startswith("They report each other") and tied.acts == ("second_officer", "both_plans_read")
    take(desk, case, "both_plans_read", tied.about, outcome="Both are even.", reader="Rosalind Hughes")
    assert cards(desk, case)[0].lines[-1].startswith("A manager read both plans")


def test_going_against_the_reporters_answer_needs_a_manager(desk: Desk, case: str) -> None:
    person = named(desk, case)
    no = FourAnswers("no", "no", "nothing", "do not come")
    assert "not asked yet" in str(cards(desk, case)[0].lines)
    desk.do(other_person.decide, case, "reporter_asked_not", no)
    assert "May we speak to them: no" in cards(desk, case)[0].lines
    with pytest.raises(UserError, match="asked us not to"):
        take(desk, case, "other_decided", person, outcome="spoken")
    take(desk, case, "other_decided", person, outcome="spoken", manager="Rosalind Hughes", note="A child is at risk.")
    desk.do(reports.move_to_welfare, case)
    with pytest.raises(UserError, match="welfare case"):
        take(desk, case, "other_decided", person, outcome="not_safe", meanwhile="A safe way is agreed.")


def test_how_young_they_are_is_asked_of_the_day_of_birth(desk: Desk, case: str) -> None:
    person = named(desk, case)
    for born, young in (("2012-11-24", "yes"), ("1990-01-01", "no"), ("", "no")):
        desk.do(people.change_person, person, born=born)
        facts = desk.read(PART.add("proportion").facts, case, person)
        assert facts["under_18"] == young and facts["under_10"] == "no"


def test_support_offered_to_them_is_written_after_their_talk(desk: Desk, case: str) -> None:
    person = named(desk, case)
    take(desk, case, "other_person", person, account="I was at work.")
    account = next(c for c in cards(desk, case) if c.title == "What they say")
    take(desk, case, account.acts[0], account.about, support="A support worker. He wants to think.")
    assert "Support: A support worker. He wants to think." in next(
        line for c in cards(desk, case) if c.about == account.about for line in c.lines
    )
