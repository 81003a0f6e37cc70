"""The report to the governing body and the week's pack: numbers that are right, and nobody by name (FEATURES.md C09,
L02, L03, L07, L11)."""

from __future__ import annotations

from typing import Any

import pytest

from asbdesk.casework import complaints
from asbdesk.casework.desk import Desk
from asbdesk.casework.governing import looked, paper, period
from asbdesk.casework.landlord import change_landlord
from asbdesk.casework.learning_statement import state_learning
from asbdesk.casework.lists import adopt_policy
from asbdesk.casework.parts import Taking, part
from asbdesk.casework.people import NewPerson
from asbdesk.casework.periods import began
from asbdesk.casework.reports import Telling, open_case
from asbdesk.casework.weekly import pack
from asbdesk.clock import SetClock, instant
from asbdesk.documents import governing_report, weekly_pack
from asbdesk.documents.governing_report import Counted, told_apart
from asbdesk.documents.words import words
from asbdesk.duties import CODES
from asbdesk.model import Assessment, new_id
from asbdesk.store.work import Work, action
from tests.casework.test_finished import CHECKS
from tests.casework.test_whose import colleague
from tests.documents.test_plan import text_of

SINCE, UNTIL = "2026-11-01", "2026-11-30"
WELL: dict[str, Any] = {"who_says": "us", "why": "She slept", "share": "board"}


def say_well(desk: Desk, case: str, what: str) -> None:
    part("course").add("went_well").carry_out(Taking(desk, case, "", {**WELL, "what": what}))


def later(desk: Desk, clock: SetClock, day: str) -> None:
    clock.put(f"{day}T09:00:00.000Z")


def test_what_fell_due_is_counted_once_with_how_it_was_done(desk: Desk, case: str, desk_clock: SetClock) -> None:
    found = desk.read(period, desk.member, SINCE, UNTIL, desk.today)
    assert found.themes == () and (found.opened, found.closed, found.now) == (1, 0, 1)
    later(desk, desk_clock, "2026-11-27")
    found = desk.read(period, desk.member, SINCE, UNTIL, desk.today)
    contact = next(theme for theme in found.themes if theme.name == "communication")
    assert contact.owed == contact.still == contact.departed and contact.in_time == 0
    assert found.unassessed == 1 and "A first word" not in found.gaps and len(found.worst) == 5
    before = desk.read(period, desk.member, "2026-10-01", "2026-10-31", desk.today)
    assert before.themes == () and before.opened == 0


def test_practice_cases_are_counted_only_where_there_is_no_other(desk: Desk) -> None:
    who, told = NewPerson(name="Ms Practice"), Telling(words="Noise", behaviours=("noise",))
    desk.do(open_case, who, told, practice=True)
    assert desk.read(period, desk.member, SINCE, UNTIL, desk.today).practice
    desk.do(open_case, NewPerson(name="Ms Real"), told)
    found = desk.read(period, desk.member, SINCE, UNTIL, desk.today)
    assert not found.practice and found.now == 1


def test_complaints_beside_what_the_ombudsman_decided(desk: Desk, case: str) -> None:
    for about, upheld in (("handling", "yes"), ("handling", "part"), ("discrimination", "no")):
        made = str(desk.do(complaints.accept, case, about).value)
        desk.do(complaints.answer, case, made, 1, upheld=upheld)
    found = desk.read(period, desk.member, SINCE, UNTIL, desk.today)
    assert (found.complaints, found.answered, found.upheld) == (3, 3, 2)
    assert found.about == (("how we handled it", 2), ("being treated worse for who they are", 1))
    assert desk.read(looked, SINCE, desk.today).answered == 3


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        ((), "none"),
        ((("race", 4),), "too few to tell apart"),
        ((("race", 4), ("faith", 1)), "too few to tell apart"),
        ((("race", 9), ("faith", 5)), "race 9, faith 5"),
        ((("race", 9), ("faith", 4)), "too few to tell apart"),
        ((("race", 9), ("faith", 6), ("age", 1)), "race 9, faith not given, age not given"),
        ((("race", 9), ("faith", 2), ("age", 1)), "race 9, faith not given, age not given"),
    ],
)
def test_a_small_number_points_to_nobody(counted: Counted, said: str) -> None:
    assert told_apart(counted) == said


def test_nothing_of_it_is_late_yet_where_nothing_is_due(desk: Desk, case: str) -> None:
    assert desk.read(looked, SINCE, desk.today).kept == ()


@action("risk.assessed")
def _level(work: Work, case: str, computed: str, band: str) -> None:
    told = {"computed": computed, "band": band, "complete": True}
    work.add(Assessment(id=new_id(), file=f"case/{case}", at=work.happened, **told))


def test_levels_set_otherwise_than_the_form_came_to_are_counted(desk: Desk, case: str) -> None:
    for levels in (("medium", "high"), ("high", "medium"), ("standard", "high"), ("medium", "medium")):
        desk.do(_level, case, *levels)
    assert desk.read(period, desk.member, SINCE, UNTIL, desk.today).levels_set == (2, 1)


def test_every_duty_has_a_name_for_the_board() -> None:
    said = {name.removeprefix("duty.") for name in words("governing_report").plain if name.startswith("duty.")}
    assert said == {*CODES}


def test_times_longer_than_usual_are_said(desk: Desk) -> None:
    desk.do(adopt_policy, "1", "2026-11-01", {"first_contact.serious_wd": 4, "first_contact.low_wd": 1})
    (longer,) = desk.read(looked, SINCE, desk.today).longer
    assert longer.endswith("4 working days; usual 1")


@pytest.mark.needs("pdftotext")
def test_the_report_names_nobody(desk: Desk, case: str, desk_clock: SetClock) -> None:
    desk.do(change_landlord, name="Invented <& Homes>")
    say_well(desk, case, "We fitted a camera the same day")
    say_well(desk, case, "Ms Begum thanked us")
    learned = ("Fault", "Late", "We ring at 12 Harrow Court")
    desk.do(state_learning, case, *learned, changes=[("Train", "2027-01-01")], agreed_by="The board")
    later(desk, desk_clock, "2026-11-27")
    at = instant(desk.clock.now())
    text = text_of(governing_report.make(desk.read(paper, desk.member, SINCE, UNTIL, desk.today, at)))
    assert "We fitted a camera the same day" in text and "Risk assessment" in text and "<& Homes>" in text
    assert not [word for word in ("Begum", "Rahima", "Harrow", "Okafor", "ASB-2026") if word in text]


@pytest.mark.needs("pdftotext")
def test_the_weeks_pack_has_cases_by_number(desk: Desk, case: str, desk_clock: SetClock) -> None:
    made = str(desk.do(complaints.accept, case, "handling", handler="Rosalind Hughes").value)
    say_well(desk, case, "Ms Begum slept")
    later(desk, desk_clock, "2026-11-30")
    at = instant(desk.clock.now())
    text = text_of(weekly_pack.make(desk.read(pack, desk.member, desk.today, at)))
    reference = desk.read(pack, desk.member, desk.today, at).what.lists[0].lines[0].reference
    assert reference in text and "with Rosalind Hughes" in text and "(left out)" in text
    assert not [word for word in ("Begum", "Rahima", "Harrow") if word in text]
    checks = part("complaints").add("complaint_checked")
    told = dict.fromkeys(CHECKS, "yes")
    desk.do(complaints.acknowledge, case, made)
    (before,) = _complaints(desk, at)
    assert "is it handled well?" in before
    checks.carry_out(Taking(desk, case, made, told))
    (after,) = _complaints(desk, at)
    assert "is it handled well?" not in after


def _complaints(desk: Desk, at: str) -> list[str]:
    """How the answers to complaints stand in the pack of ten days on."""
    found = desk.read(pack, desk.member, "2026-12-12", at).what
    return [x.text for x in found.lists[0].lines if "stage 1" in x.text]


def test_a_complaint_about_whoever_prints_it_is_not_in_the_pack(desk: Desk, case: str) -> None:
    desk.do(colleague, "Rosalind Hughes", "manager")
    desk.do(complaints.accept, case, "staff_conduct", staff="Dami Okafor", handler="Rosalind Hughes")
    found = desk.read(pack, desk.member, desk.today, instant(desk.clock.now())).what
    assert "Complaints about us" not in [each.title for each in found.lists]


@pytest.mark.parametrize(
    ("which", "today", "day"),
    [
        ("3", "2026-11-30", "2026-08-28"),
        ("12", "2026-11-23", "2025-11-23"),
        ("3", "2027-02-10", "2026-11-10"),
        ("year", "2027-03-31", "2026-04-01"),
        ("year", "2027-04-01", "2027-04-01"),
    ],
)
def test_a_period_begins(which: str, today: str, day: str) -> None:
    assert began(which, today) == day
