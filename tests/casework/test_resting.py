"""Planned for a day, late and waiting, not needed: on a real desk, seen by Today and the case's panel."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.casework import evidence, evidence_told, plans, telling
from asbdesk.casework.case_due import case_due, to_tell
from asbdesk.casework.contacts import record_contact
from asbdesk.casework.desk import Desk
from asbdesk.casework.exceptions import for_the_manager
from asbdesk.casework.lists import adopt_policy
from asbdesk.casework.people import NewPerson
from asbdesk.casework.plan_outcome import PlanTold, StepTold, record_version
from asbdesk.casework.reports import Telling, open_case
from asbdesk.casework.resting import plan_for, wait_for
from asbdesk.casework.today import today
from asbdesk.casework.waivers import not_needed
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.model import Action, Member
from asbdesk.model.journal import due

PERSON = NewPerson(name="Mr Sam Farrow", address="1 Mill Fold", postcode="ZZ1 1AB")


@pytest.fixture
def quiet(desk: Desk) -> str:
    """A case of noise: first contact is due within 5 working days."""
    return str(desk.do(open_case, PERSON, Telling(words="Music at night", behaviours=("noise",))).value)


def view(desk: Desk, **more: Any) -> Any:
    return desk.read(today, desk.member, desk.today, **more)


def key(desk: Desk, case: str, code: str) -> str:
    return next(line.key for line in desk.read(case_due, case, "", desk.today) if line.code == code)


def owed(desk: Desk) -> list[tuple[Any, ...]]:
    def rows(session: Any) -> list[tuple[Any, ...]]:
        return [tuple(r) for r in session.execute(sa.select(due).order_by(due.c.case, due.c.key))]

    return desk.read(rows)


def test_our_own_closing_days_are_no_days_to_plan_for_and_none_of_the_next_five(desk: Desk, quiet: str) -> None:
    desk.do(adopt_policy, "2", "2026-11-01", {}, working_days={"closed": ["2026-11-24"]})
    with pytest.raises(UserError, match="no working day"):
        desk.do(plan_for, quiet, "2026-11-24")
    assert [day.day for day in view(desk).coming][:2] == ["2026-11-25", "2026-11-26"]


def test_a_card_planned_for_a_day_rests_and_comes_back(desk: Desk, quiet: str, desk_clock: SetClock) -> None:
    before = owed(desk)
    desk.do(plan_for, quiet, "2026-11-24")
    assert owed(desk) == before, "nothing that is owed changes"
    assert not view(desk).late_or_due
    coming = {day.day: day.count for day in view(desk).coming}
    assert coming["2026-11-24"] == 1 and sum(coming.values()) == 1
    desk_clock.put("2026-11-24T09:00:00.000Z")
    card = view(desk).late_or_due[0]
    assert [p.text for p in card.pills] == ["Not assessed yet", "Planned for today"] and card.can_plan
    desk.do(record_contact, quiet, _resident(desk, quiet), method="phone")
    assert "first_contact" not in {b.code for c in view(desk).late_or_due for b in c.behind}


def test_no_plan_after_the_day_it_is_due_nor_for_sunday_nor_when_late(
    desk: Desk, quiet: str, desk_clock: SetClock
) -> None:
    with pytest.raises(UserError, match="Something is due"):
        desk.do(plan_for, quiet, "2026-12-14")
    with pytest.raises(UserError, match="no working day"):
        desk.do(plan_for, quiet, "2026-11-29")
    desk_clock.put("2026-12-09T09:00:00.000Z")
    with pytest.raises(UserError, match="late already"):
        desk.do(plan_for, quiet, "2026-12-10")


def test_what_stands_under_now_is_not_planned(desk: Desk, case: str) -> None:
    with pytest.raises(UserError, match="under Now"):
        desk.do(plan_for, case, "2026-11-23")


def test_late_and_waiting_has_its_own_lane_and_the_third_goes_to_the_manager(
    desk: Desk, quiet: str, desk_clock: SetClock
) -> None:
    desk_clock.put("2026-12-09T09:00:00.000Z")
    first = key(desk, quiet, "first_contact")
    with pytest.raises(UserError, match="at the latest"):
        desk.do(wait_for, quiet, first, "their holiday", "2026-12-18")
    with pytest.raises(UserError, match="what it waits for"):
        desk.do(wait_for, quiet, first, " ", "2026-12-11")
    late = view(desk).counts
    desk.do(wait_for, quiet, first, "their return from hospital", "2026-12-11")
    seen = view(desk)
    assert "first_contact" not in {b.code for c in seen.late_or_due for b in c.behind}
    assert [w.text for w in seen.waiting] == [
        "Late 13 days · waits for their return from hospital · look again Fri 11 Dec"
    ]
    assert seen.counts == f"{late} · 1 late and waiting"
    panel = next(d for d in desk.read(case_due, quiet, "", desk.today) if d.code == "first_contact")
    assert panel.tone == "danger" and panel.waits.startswith("Waits for their return")
    for day in ("2026-12-11", "2026-12-15"):
        desk_clock.put(f"{day}T09:00:00.000Z")
        assert not view(desk).waiting, "it came back by itself"
        desk.do(
            wait_for, quiet, first, "their return from hospital", "2026-12-16" if day.endswith("15") else "2026-12-15"
        )
    assert view(desk).waiting[0].manager and "third wait" in view(desk).waiting[0].text


def test_what_is_not_late_does_not_wait(desk: Desk, quiet: str) -> None:
    with pytest.raises(UserError, match="not late yet"):
        desk.do(wait_for, quiet, key(desk, quiet, "first_contact"), "x", "2026-11-24")


def test_not_needed_takes_a_reason_and_one_line(desk: Desk, quiet: str) -> None:
    with pytest.raises(UserError, match="why it is not needed"):
        desk.do(not_needed, quiet, key(desk, quiet, "first_contact"), " ")
    desk.do(not_needed, quiet, key(desk, quiet, "first_contact"), "They asked by e-mail not to be rung.")
    codes = [line.code for line in desk.read(case_due, quiet, "", desk.today)]
    assert "first_contact" not in codes and "regular_update" in codes


def test_a_plan_is_let_go_by_two(desk: Desk, quiet: str) -> None:
    plan = key(desk, quiet, "action_plan")
    with pytest.raises(UserError, match="second person"):
        desk.do(not_needed, quiet, plan, "Advice only.")
    desk.do(not_needed, quiet, plan, "Advice only.", second="Rosalind Hughes")
    assert "action_plan" not in [line.code for line in desk.read(case_due, quiet, "", desk.today)]


def test_tries_that_reached_nobody_are_said(desk: Desk, quiet: str, desk_clock: SetClock) -> None:
    who = _resident(desk, quiet)
    for day, method in (("2026-12-08", "phone"), ("2026-12-09", "text")):
        desk_clock.put(f"{day}T09:00:00.000Z")
        desk.do(record_contact, quiet, who, made=False, method=method)
    card = view(desk).late_or_due[0]
    assert card.title == "Tried Mr Sam Farrow twice: next, a letter. Are you worried about him?"
    assert card.button == "Try again" and card.count >= 2


def test_mine_the_team_and_a_theme(desk: Desk, quiet: str, desk_clock: SetClock) -> None:
    desk_clock.put("2026-12-09T09:00:00.000Z")
    other = desk.read(today, "nobody", desk.today)
    assert not other.late_or_due and not other.empty
    assert desk.read(today, "nobody", desk.today, team=True).due_count == view(desk).due_count == 1
    plans = view(desk, theme="action_plan").late_or_due[0]
    assert {b.code for b in plans.behind} == {"action_plan"}
    assert not view(desk, theme="hate").late_or_due


def test_a_manager_sees_exceptions(desk: Desk, quiet: str, desk_clock: SetClock) -> None:
    assert desk.read(for_the_manager, desk.member, desk.today) == ()

    from asbdesk.store.work import Work, action

    @action("member.changed")
    def be_manager(work: Work, member: str) -> None:
        work.get(Member, member).role = "manager"

    desk.do(be_manager, desk.member)
    desk_clock.put("2026-12-20T09:00:00.000Z")
    assert desk.read(for_the_manager, desk.member, desk.today) == ("1 other case late for over 5 working days",)


def test_nothing_waits_to_be_told_in_a_new_case(desk: Desk, quiet: str) -> None:
    assert desk.read(to_tell, quiet) == ()


def test_a_decision_on_evidence_and_a_new_day_wait_to_be_told_and_are_told_when_ticked(desk: Desk, quiet: str) -> None:
    who = _resident(desk, quiet)
    seen = desk.do(evidence_told.received, quiet, who, type_="recording", count=1).value
    desk.do(evidence.review, seen, "It shows the music.")
    desk.do(record_version, quiet, who, PlanTold([StepTold("Mend the wall", by="2026-11-24")]))
    step = desk.read(lambda s: s.scalar(sa.select(Action.id)))
    desk.do(plans.move_action, step, "2026-11-30", told=False, why="no builder")
    waits = {t.value: t.text for t in desk.read(to_tell, quiet)}
    assert set(waits) == {seen, step} and "Monday 30 November" in waits[step]
    desk.do(telling.record, quiet, who, [], method="phone")
    assert {t.value for t in desk.read(to_tell, quiet)} == set(waits), "what is not ticked stays owed"
    desk.do(telling.record, quiet, who, list(waits), method="phone", made=False)
    assert {t.value for t in desk.read(to_tell, quiet)} == set(waits), "a try tells nothing"
    desk.do(telling.record, quiet, who, list(waits), method="phone")
    assert desk.read(to_tell, quiet) == ()
    lines = {d.code: d.due_on for d in desk.read(case_due, quiet, "", desk.today)}
    assert lines["plan_action"] == "2026-11-30", "a day that they were told of is the day"


def _resident(desk: Desk, case: str) -> str:
    from asbdesk.casework.people import reporter_of

    found = desk.read(reporter_of, case)
    assert found is not None
    return str(found.id)
