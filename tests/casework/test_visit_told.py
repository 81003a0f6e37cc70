"""What the questions of a visit bring up is kept, though nothing was written under "What has happened"."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.casework import now, people
from asbdesk.casework.cases import case_page
from asbdesk.casework.desk import Desk
from asbdesk.casework.today import today
from asbdesk.casework.visit import VisitPath
from asbdesk.casework.visit_told import ASKED, OWN_VIEW
from asbdesk.model import Now, Report
from tests.casework.walk import alone


@pytest.fixture
def path(desk: Desk, case: str) -> VisitPath:
    """A visit about a report that came by telephone, to a case in which nothing waits for an answer."""
    desk.do(now.answer, case, danger="No", told="Rosalind Hughes", tonight="with her sister")
    path = VisitPath.start(desk, case)
    alone(path)
    path.finish("who")
    return path


def told(desk: Desk, path: VisitPath) -> list[tuple[Any, ...]]:
    which = sa.select(Report).where(Report.visit == path.visit)
    return desk.read(lambda s: [(r.words, r.serious, r.hate, r.about) for r in s.scalars(which)])


def codes(desk: Desk, case: str) -> set[str]:
    return {line.code for line in desk.read(case_page, case, desk.today).due}


def test_a_thought_of_ending_their_life_is_a_report_a_decision_and_now(desk: Desk, case: str, path: VisitPath) -> None:
    path.answer("safe", "self_harm", "yes")
    path.answer("safe", "danger_here", "no")
    path.finish("safe")
    assert told(desk, path) == [(ASKED, ["suicidal_statement"], None, None)]
    assert "safeguarding" in codes(desk, case)
    assert desk.read(today, desk.member, desk.today).now, "asked, and not answered yet"
    path.finish("safe")
    assert len(told(desk, path)) == 1, "finished again, it is put right, not written twice"


def test_hate_named_on_a_visit_is_hate_about_the_person_named(desk: Desk, case: str, path: VisitPath) -> None:
    other = desk.do(people.add_to_case, case, people.NewPerson(name="Kester Stroud"), "alleged_perpetrator").value
    path.answer("safe", "hate_reason", "yes")
    path.answer("safe", "hate_words", "He says go home, each time.")
    path.answer("safe", "hate_fits", ["race"])
    path.finish("safe")
    assert told(desk, path) == [
        ("He says go home, each time.", None, {"perceived_by": "victim", "strands": ["race"]}, [other])
    ]
    assert codes(desk, case) >= {"hate_record", "hate_action"}


def test_an_officers_own_view_is_not_put_into_their_mouth(desk: Desk, case: str, path: VisitPath) -> None:
    path.answer("safe", "abuse_concern", "yes")
    path.finish("safe")
    assert [row[:2] for row in told(desk, path)] == [(OWN_VIEW, ["domestic_abuse"])]
    assert desk.read(today, desk.member, desk.today).now


@pytest.mark.parametrize(("step", "question"), [("affects", "home_secure"), ("safe", "safe_tonight")])
def test_a_home_that_is_not_safe_tonight_does_not_wait(
    desk: Desk, case: str, path: VisitPath, step: str, question: str
) -> None:
    path.answer(step, question, "no")
    path.finish(step)
    assert desk.read(today, desk.member, desk.today).now
    for asked, said in (
        ("danger_here", "no"),
        ("danger_told", "Out of hours, 17:50"),
        ("danger_tonight", "Boarded up"),
    ):
        path.answer("safe", asked, said)
    path.finish("safe")
    assert not desk.read(today, desk.member, desk.today).now, "answered where the other questions are"
    path.finish(step)
    cards = desk.read(lambda s: [bool(n.answered) for n in s.scalars(sa.select(Now))])
    assert cards == [True, True] and not desk.read(today, desk.member, desk.today).now


def test_a_visit_that_brings_up_nothing_writes_no_report(desk: Desk, path: VisitPath) -> None:
    for question in ("abuse", "self_harm", "hate_reason"):
        path.answer("safe", question, "no")
    path.answer("safe", "safe_tonight", "yes")
    path.finish("safe")
    assert told(desk, path) == []
