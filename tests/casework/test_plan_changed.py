"""What changed since: a later plan says it, also where the officer wrote nothing, in words for the resident."""

from __future__ import annotations

import dataclasses

from asbdesk.casework.desk import Desk
from asbdesk.casework.plan_changed import AGAIN, MOST, since
from asbdesk.casework.plans import action_done
from asbdesk.casework.visit import VisitPath
from asbdesk.documents.paper import Step
from asbdesk.model import Action
from tests.casework.walk import ready, signed, walk_to_plan
from tests.documents.builders import plan as paper
from tests.sealed_plans import sealed_plan


def test_each_kind_of_change_is_a_sentence(desk: Desk, case: str) -> None:
    first = sealed_plan(desk, case)
    old = paper()
    assert old.speak is not None
    new = dataclasses.replace(
        old,
        ours=(dataclasses.replace(old.ours[1], by="2026-12-02"), *old.ours[2:], Step("Fit a camera", "Repairs team")),
        speak=dataclasses.replace(old.speak, day="2026-12-04"),
        yours=(),
        review_by="2026-12-21",
        wants=("I want to move.",),
    )
    assert desk.read(since, [first], new) == (
        "We took out: Agree with you if, when and how we speak to the other household.",
        "The day has moved to Wednesday 2 December: Fit a new front door lock and a spy hole.",
        "We added: Fit a camera.",
        "We speak next on Friday 4 December.",
        "We took out: You can keep a note of the day, the time and what happened.",
        "We look at this plan again by Monday 21 December.",
        "We wrote down anew what you want to happen.",
    )


def test_nothing_else_and_no_paper_before_say_that_we_went_through_it(desk: Desk, case: str) -> None:
    first = sealed_plan(desk, case)
    assert desk.read(since, [first], paper()) == (AGAIN,)
    assert desk.read(since, ["0" * 32], paper()) == (AGAIN,)


def test_many_changes_end_in_how_many_more(desk: Desk, case: str) -> None:
    first = sealed_plan(desk, case)
    new = paper(ours=tuple(Step(f"Do part {n}", by="2026-12-01") for n in range(20)))
    said = desk.read(since, [first], new)
    assert len(said) == MOST + 1 and said[-1] == "We changed 16 more things."


def test_the_next_plan_of_a_visit_says_it_by_itself(desk: Desk, case: str) -> None:
    path = VisitPath.start(desk, case)
    walk_to_plan(path)
    ready(path)
    first = path.sign(signed(path))
    with desk.store.reader.connect() as conn:
        step = conn.execute(Action.__table__.select().where(Action.__table__.c.plan == first.version)).first()
    assert step is not None
    desk.do(action_done, step.id)
    again = VisitPath.start(desk, case)
    again.set_plan(dataclasses.replace(path.plan, review_by="2026-12-01"))
    said = again.paper().what
    assert said.version == "2" and said.replaces == "2026-11-23"
    assert "We look at this plan again by Tuesday 1 December." in said.changed
    again.set_plan(dataclasses.replace(again.plan, changed=("In our own words.",)))
    assert again.paper().what.changed == ("In our own words.",)
