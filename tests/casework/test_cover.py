"""Cover: who has a case today is worked out, comes back by itself, and nothing that happened meanwhile is missed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from asbdesk.casework import appointments, contacts, cover, people, promises
from asbdesk.casework.cases import case_page
from asbdesk.casework.desk import Desk
from asbdesk.casework.handover import hand_over
from asbdesk.casework.today import due_counts, today
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from tests.casework.test_whose import colleague

LAST = "2026-12-04"
DURING, AFTER = "2026-12-04T09:00:00.000Z", "2026-12-05T09:00:00.000Z"


@pytest.fixture
def rosalind(desk: Desk) -> str:
    return str(desk.do(colleague, "Rosalind Hughes").value)


@contextmanager
def sat_at_by(desk: Desk, member: str) -> Iterator[None]:
    before = desk.member
    desk.store.journal.member = member
    try:
        yield
    finally:
        desk.store.journal.member = before


def give(desk: Desk, case: str, *, begins: str = "", until: str = LAST) -> str:
    return str(desk.do(cover.cover, [case], "Rosalind Hughes", until, "Ring before you go.", begins).value[0])


def has(desk: Desk, member: str) -> tuple[int, int, int]:
    """How many cards, how many of those that remind, how many of the next days have something."""
    view = desk.read(today, member, desk.today)
    many = len(view.now) + len(view.late_or_due)
    return many, desk.read(due_counts, member, desk.today)[0], sum(bool(day.count) for day in view.coming)


def test_a_covered_case_is_on_the_others_today_and_comes_back_by_itself(
    desk: Desk, case: str, rosalind: str, desk_clock: SetClock
) -> None:
    give(desk, case)
    desk_clock.put(DURING)
    assert has(desk, desk.member) == (0, 0, 0)
    assert has(desk, rosalind)[:2] == (1, 1)
    view, theirs = desk.read(today, desk.member, desk.today), desk.read(today, rosalind, desk.today)
    assert view.cover[0].words == "1 case of yours is with Rosalind Hughes until Friday 4 December"
    assert theirs.cover[0].words == "You cover for Dami Okafor until Friday 4 December: 1 case"
    assert "0 open cases" in view.counts and "1 open case" in theirs.counts
    page = desk.read(case_page, case, desk.today)
    assert (page.officer, page.covered) == ("Dami Okafor", "Rosalind Hughes covers until Friday 4 December")
    desk_clock.put(AFTER)
    assert has(desk, desk.member)[:2] == (1, 1) and has(desk, rosalind) == (0, 0, 0)
    assert desk.read(case_page, case, desk.today).covered == ""


def test_it_begins_on_the_day_it_is_to_begin(desk: Desk, case: str, rosalind: str, desk_clock: SetClock) -> None:
    give(desk, case, begins="2026-12-01")
    desk_clock.put("2026-11-30T09:00:00.000Z")
    assert has(desk, desk.member)[0] == 1 and has(desk, rosalind)[0] == 0
    desk_clock.put("2026-12-01T00:30:00.000Z")
    assert has(desk, desk.member)[0] == 0 and has(desk, rosalind)[0] == 1


def test_whoever_covers_knows_what_was_promised_and_who_is_back_what_happened(
    desk: Desk, case: str, rosalind: str, desk_clock: SetClock
) -> None:
    who = str(desk.read(lambda s: people.reporter_of(s, case)).id)  # type: ignore[union-attr]
    desk.do(promises.promise, case, "Ring about the door", by="2026-12-02")
    mine = give(desk, case)
    (told,) = desk.read(lambda s: cover.in_order(s, [case]))
    assert told.must_know == ("Promised: Ring about the door, by Wednesday 2 December", "To know: Ring before you go.")
    desk_clock.put(DURING)
    with sat_at_by(desk, rosalind):
        desk.do(contacts.record_contact, case, who, note="The door is in.")
        desk.do(promises.promise, case, "Paint it", by="2026-12-11")
    desk_clock.put(AFTER)
    (line,) = desk.read(today, desk.member, desk.today).cover
    assert (line.kind, line.covers) == ("back", (mine,))
    (found,) = desk.read(cover.meanwhile, desk.member, line.covers, desk.today)
    assert found.promised == ("Paint it, by Friday 11 December",) and found.by == "Rosalind Hughes"
    assert [x.text for x in found.lines] == ["The door is in."] and {x.by for x in found.lines} == {found.by}
    desk.do(cover.back, line.covers)
    assert desk.read(today, desk.member, desk.today).cover == ()


def test_who_is_back_early_has_them_at_once(desk: Desk, case: str, rosalind: str) -> None:
    give(desk, case)
    (line,) = desk.read(today, desk.member, desk.today).cover
    desk.do(cover.back, line.covers)
    assert has(desk, desk.member)[0] == 1 and has(desk, rosalind)[0] == 0


def test_of_two_covers_the_last_written_has_it_and_a_handover_ends_them(desk: Desk, case: str, rosalind: str) -> None:
    other = str(desk.do(colleague, "Jo Speaker").value)
    give(desk, case)
    desk.do(cover.cover, [case], "Jo Speaker", "2026-12-01", "For the first week")
    assert (has(desk, rosalind)[0], has(desk, other)[0]) == (0, 1)
    desk.do(hand_over, case, "Rosalind Hughes")
    assert (has(desk, rosalind)[0], has(desk, other)[0], has(desk, desk.member)[0]) == (1, 0, 0)


def test_a_colleague_who_left_covers_nothing(desk: Desk, case: str) -> None:
    desk.do(colleague, "Gone Away", left_on="2026-11-20")
    desk.do(cover.cover, [case], "Gone Away", LAST, "Ring first")
    assert has(desk, desk.member)[0] == 1


def test_a_booked_visit_is_the_covers_on_those_days(desk: Desk, case: str, rosalind: str, desk_clock: SetClock) -> None:
    for day in ("2026-12-02", "2026-12-07"):
        desk.do(appointments.book, case, day)
    give(desk, case)
    stops = {(m, day): len(desk.read(appointments.stops, m, day)) for m in (desk.member, rosalind) for day in
             ("2026-12-02", "2026-12-07")}  # fmt: skip
    assert stops == {
        (desk.member, "2026-12-02"): 0, (rosalind, "2026-12-02"): 1,
        (desk.member, "2026-12-07"): 1, (rosalind, "2026-12-07"): 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("to", "until", "begins", "why"),
    [
        ("", LAST, "", "who covers"),
        ("Nobody Here", LAST, "", "does not work with this desk"),
        ("Dami Okafor", LAST, "", "looks after this case already"),
        ("Rosalind Hughes", "2026-11-20", "", "first day from today on"),
        ("Rosalind Hughes", LAST, "2026-12-08", "first day from today on"),
    ],
)
def test_what_cannot_be_is_said(
    desk: Desk, case: str, rosalind: str, to: str, until: str, begins: str, why: str
) -> None:
    with pytest.raises(UserError, match=why):
        desk.do(cover.cover, [case], to, until, "Ring first", begins)


def test_without_a_last_day_it_is_handed_over(desk: Desk, case: str, rosalind: str) -> None:
    give(desk, case, until="")
    assert has(desk, rosalind)[0] == 1 and desk.read(today, rosalind, desk.today).cover == ()
