"""What is owed stands on somebody's Today whatever became of the case: closed, handed to nobody, answered elsewhere."""

from __future__ import annotations

import pytest

from asbdesk.casework import (
    closing,
    complaints,
    contacts,
    cover,
    data_incident,
    exceptions,
    handover,
    oversight,
    people,
)
from asbdesk.casework.case_due import case_due
from asbdesk.casework.desk import Desk
from asbdesk.casework.internal import internal, internal_done
from asbdesk.casework.records import new
from asbdesk.casework.today import due_counts, today
from asbdesk.clock import SetClock
from asbdesk.model import Member
from asbdesk.store.work import Work, action


@action("member.added")
def colleague(work: Work, name: str, role: str = "officer", left_on: str = "") -> str:
    return new(work, Member, name=name, role=role, left_on=left_on).id


@action("plan.agreed")
def ask_manager(work: Work, case: str) -> None:
    internal(work, case, "manager_reads", "A manager reads what they want instead", "2026-11-25", "Manager")


@action("step.done")
def answer_manager(work: Work, case: str) -> None:
    internal_done(work, case, "manager_reads", "Read")


def titles(desk: Desk, member: str = "", theme: str = "") -> list[str]:
    view = desk.read(today, member or desk.member, desk.today, theme=theme)
    return [card.title for card in (*view.now, *view.late_or_due)]


def pills(desk: Desk, member: str = "") -> set[str]:
    view = desk.read(today, member or desk.member, desk.today)
    return {pill.text for card in (*view.now, *view.late_or_due) for pill in card.pills}


def test_a_closed_case_keeps_its_late_things_on_today_and_on_the_managers(
    desk: Desk, case: str, desk_clock: SetClock
) -> None:
    desk.do(complaints.accept, case, "handling")
    desk.do(closing.close, case, "It stopped")
    desk_clock.put("2027-02-22T09:00:00.000Z")
    assert len(titles(desk)) == 1 and "Closed case" in pills(desk)
    assert desk.read(due_counts, desk.member, desk.today) == (1, 1), "and reminds of it"
    assert "1 other case late for over 5 working days" in desk.read(exceptions.exceptions, desk.today)
    assert [found.line.case for found in desk.read(cover.cases_of, desk.member)] == [case], "a cover has it too"


@pytest.mark.parametrize("left", [False, True])
def test_a_case_that_nobody_looks_after_is_the_managers(desk: Desk, case: str, left: bool) -> None:
    gone = str(desk.do(colleague, "Gone Away", left_on="2026-11-20" if left else "").value)
    desk.do(handover.hand_over, case, "Gone Away" if left else "", member=gone if left else "")
    assert len(titles(desk)) == 1 and "Nobody looks after it" in pills(desk), "where there is no manager: everybody's"
    manager = str(desk.do(colleague, "Rosalind Hughes", "manager").value)
    assert titles(desk) == [] and len(titles(desk, manager)) == 1
    assert "1 case that nobody looks after" in desk.read(exceptions.for_the_manager, manager, desk.today)
    assert "Nobody looks after it" in [found.title for found in desk.read(oversight.lists, desk.today)]


def test_a_new_officer_speaks_to_the_resident_themselves(desk: Desk, case: str) -> None:
    new_one = str(desk.do(colleague, "Rosalind Hughes").value)
    who = desk.read(lambda s: people.reporter_of(s, case)).id  # type: ignore[union-attr]
    desk.do(handover.hand_over, case, "Rosalind Hughes")
    desk.do(contacts.record_contact, case, who, note="By who had it before")
    codes = {line.code for line in desk.read(case_due, case, "", desk.today)}
    assert "handover" in codes and "first_contact" not in codes, "spoken to, and not by her"
    desk.store.journal.member, me = new_one, desk.member
    try:
        desk.do(contacts.record_contact, case, who, note="By the new one")
    finally:
        desk.store.journal.member = me
    assert "handover" not in {line.code for line in desk.read(case_due, case, "", desk.today)}


def test_what_waits_for_a_managers_word_stands_with_the_manager(desk: Desk, case: str) -> None:
    desk.do(ask_manager, case)
    assert "1 thing that waits for a manager's word" in desk.read(exceptions.exceptions, desk.today)
    (listed,) = (each for each in desk.read(oversight.lists, desk.today) if each.title.startswith("Waits for a"))
    assert [line.text for line in listed.lines] == ["A manager reads what they want instead · by Wed 25 Nov"]
    desk.do(answer_manager, case)
    assert not [line for line in desk.read(exceptions.exceptions, desk.today) if "manager's word" in line]


def test_a_complaint_stands_with_whoever_answers_it_and_data_with_the_officer(
    desk: Desk, case: str, desk_clock: SetClock
) -> None:
    manager = str(desk.do(colleague, "Rosalind Hughes", "manager").value)
    other = str(desk.do(people.add_to_case, case, people.NewPerson(name="Him"), "alleged_perpetrator").value)
    desk.do(complaints.accept, case, "handling", handler="Rosalind Hughes")
    desk.do(data_incident.disclosed, case, other, "her address")
    desk_clock.put("2027-01-11T09:00:00.000Z")
    assert "Acknowledge" in titles(desk, manager)[0] and desk.read(due_counts, manager, desk.today) == (1, 1)
    mine = desk.read(today, desk.member, desk.today).now[0]
    codes = {line.code for line in mine.behind}
    assert "data_breach" in codes and not [code for code in codes if code.startswith("complaint_")]


def test_whoever_is_complained_of_does_not_see_it_and_the_manager_does(
    desk: Desk, case: str, desk_clock: SetClock
) -> None:
    manager = str(desk.do(colleague, "Rosalind Hughes", "manager").value)
    desk.do(complaints.accept, case, "staff_conduct", staff="D. Okafor (Dami Okafor)".partition(" (")[2].rstrip(")"))
    desk_clock.put("2027-01-11T09:00:00.000Z")
    mine = {line.code for line in desk.read(today, desk.member, desk.today).now[0].behind}
    assert "staff_conduct" not in mine
    theirs = desk.read(today, manager, desk.today).late_or_due
    assert {line.code for card in theirs for line in card.behind} >= {"staff_conduct", "complaint_stage1"}


def test_a_complaint_for_somebody_without_a_desk_stays_with_the_officer(
    desk: Desk, case: str, desk_clock: SetClock
) -> None:
    desk.do(complaints.accept, case, "handling", handler="The chair of the board")
    desk_clock.put("2027-01-11T09:00:00.000Z")
    assert titles(desk, theme="complaint"), "else nobody would see it"


def test_dissatisfaction_shows_from_its_second_working_day(desk: Desk, case: str, desk_clock: SetClock) -> None:
    who = desk.read(lambda s: people.reporter_of(s, case)).id  # type: ignore[union-attr]
    told = {"direction": "in", "answered": True, "dissatisfied": True}
    desk.do(contacts.record_contact, case, who, **told)
    desk_clock.put("2026-11-24T09:00:00.000Z")
    assert titles(desk, theme="complaint") == []
    desk_clock.put("2026-11-25T09:00:00.000Z")
    assert titles(desk, theme="complaint") == ["Not content with us: a complaint, or not?"]
