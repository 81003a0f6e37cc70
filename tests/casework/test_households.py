"""One case, several households: each is seen for itself, and none learns who else spoke (PRACTICE.md 17)."""

from __future__ import annotations

import dataclasses

import pytest
import sqlalchemy as sa

from asbdesk.casework import other_person, people, plans, reports, visit_plan
from asbdesk.casework.desk import Desk
from asbdesk.casework.other_person import FourAnswers
from asbdesk.casework.people import NewPerson
from asbdesk.casework.reports import Telling
from asbdesk.casework.visit import VisitPath
from asbdesk.casework.visit_begin import to_choose_from
from asbdesk.casework.visit_views import PlanStep
from asbdesk.documents.paper import Signing
from asbdesk.errors import UserError
from asbdesk.model import Action, Contact, Report
from tests.casework.walk import alone, tell

WORDS = "I saw him do it from my window at number 20."


@pytest.fixture
def second(desk: Desk, case: str) -> str:
    """A neighbour who told us of the same, and whose answers about the other person came last."""
    who = NewPerson(name="Mr Lev Adler", address="20 Harrow Court", postcode="ZZ1 1AA")
    person = str(desk.do(people.add_to_case, case, who, "reporter").value)
    desk.do(reports.record_report, case, person, Telling(words=WORDS, behaviours=("noise",)))
    return person


def told(path: VisitPath) -> str:
    return " ".join(card.text for card in path.step("happened").cards)


def test_whom_a_visit_is_to_is_asked_where_there_are_several(desk: Desk, case: str, second: str) -> None:
    first = desk.read(people.reporter_of, case)
    assert first is not None
    desk.do(people.add_to_case, case, NewPerson(name="PC Lyle"), "agency_officer")
    assert to_choose_from(desk, case) == ((first.id, "Ms Rahima Begum"), (second, "Mr Lev Adler"))
    VisitPath.start(desk, case, person=second)
    assert to_choose_from(desk, case) == (), "one that is begun goes on"


def test_one_household_is_not_asked_about(desk: Desk, case: str) -> None:
    assert to_choose_from(desk, case) == ()
    with pytest.raises(UserError, match="reported it or is affected"):
        VisitPath.start(desk, case, person="nobody")


def test_what_another_household_said_is_on_nobodys_screen(desk: Desk, case: str, second: str) -> None:
    desk.do(other_person.decide, case, "reporter_asked_not", FourAnswers("no", "no", "Not that it was Rahima", "-"))
    theirs = VisitPath.start(desk, case, person=second)
    assert WORDS in told(theirs) and "He hit me" not in told(theirs)
    assert "must_not_say" not in theirs.state.values(), "what she asked us not to say is hers"
    alone(theirs)
    tell(theirs)
    theirs.finish("happened")
    theirs.finish("who")
    theirs.out_safe()
    by = desk.read(lambda s: s.scalars(sa.select(Report.by).where(Report.visit == theirs.visit)).one())
    spoke = desk.read(lambda s: s.scalars(sa.select(Contact.with_).where(Contact.visit == theirs.visit)).one())
    assert by == spoke == second, "what they tell is theirs, and the talk counts for them"
    hers = VisitPath.start(desk, case)
    assert "He hit me" in told(hers) and WORDS not in told(hers)


def test_each_household_has_steps_of_its_own(desk: Desk, case: str, second: str) -> None:
    hers = VisitPath.start(desk, case)
    agree(desk, case, hers, "Fit a new lock")
    hers.out_safe()
    theirs = VisitPath.start(desk, case, person=second)
    assert theirs.plan.ours == (), "her lock is not on their plan"
    agree(desk, case, theirs, "Light the stair")
    which = sa.select(Action.what).where(Action.struck.is_(None), Action.plan.is_not(None)).order_by(Action.id)
    assert desk.read(lambda s: list(s.scalars(which))) == ["Fit a new lock", "Light the stair"], "both are owed"


def agree(desk: Desk, case: str, path: VisitPath, what: str) -> None:
    person = path.state.person
    draft = dataclasses.replace(path.plan, ours=(PlanStep(what, by="2026-12-01"),))
    number, follows = desk.read(plans.next_version, case, person)
    paper = visit_plan.paper_of(path.state, draft, None)
    version = plans.NewVersion(number, follows, paper, draft, Signing("signed", path.resident))
    desk.do(plans.agree, case, person, version)
