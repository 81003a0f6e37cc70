"""Two laptops wrote different things: both values with who and when, the duty, and a decision that both desks share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from asbdesk.casework import promises
from asbdesk.casework.chronology import chronology
from asbdesk.casework.conflicts import conflict_view, conflicts, count, decide, decide_assessment
from asbdesk.casework.corrections import correct
from asbdesk.casework.desk import Desk
from asbdesk.casework.landlord import change_landlord
from asbdesk.casework.reports import move_to_welfare
from asbdesk.casework.risk import level_of, record_outcome
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.model import ConflictDecision, Involvement, Promise, Report
from asbdesk.model.journal import due
from tests.apart import apart, carry, second_laptop
from tests.builders import assert_whole, assess, change_band, promise


@pytest.fixture
def sam(desk: Desk, case: str, tmp_path: Path) -> Iterator[Desk]:
    """A colleague's laptop with the same case."""
    other = second_laptop(desk, tmp_path / "sam")
    try:
        yield other
        assert_whole(other.store)
    finally:
        other.close()


def report_of(desk: Desk, case: str) -> str:
    return desk.read(lambda s: s.scalar(sa.select(Report.id).where(Report.file == f"case/{case}"))) or ""


def person_of(desk: Desk, case: str) -> str:
    found = sa.select(Involvement.person).where(Involvement.file == f"case/{case}")
    return desk.read(lambda s: s.scalar(found)) or ""


def duties(desk: Desk, case: str) -> list[tuple[str, str]]:
    which = sa.select(due.c.state, due.c.due_on).where(due.c.case == case, due.c.code == "conflict")
    return [tuple(row) for row in desk.read(lambda s: s.execute(which).all())]


def test_both_values_with_who_when_and_why_then_one_is_kept(
    desk: Desk, sam: Desk, case: str, desk_clock: SetClock
) -> None:
    made = desk.do(assess, case, "standard").value
    carry(desk, sam)
    desk_clock.pass_time(minutes=5)
    apart(desk, sam, change_band, (made, "medium"), (made, "high"))
    (line,) = desk.read(conflicts, desk.member, case=case)
    assert (line.title, line.weighs, line.case) == ("Sam and you both changed the risk level", True, case)
    view = desk.read(conflict_view, desk.member, line.id)
    assert "High risk applies until you decide" in view.meanwhile and not view.free
    sides = {side.who: side for side in view.sides}
    assert sides["You"].words == "Medium risk" and sides["You"].where == "On this laptop" and not sides["You"].applies
    theirs = sides["Sam Whitlock"]
    assert theirs.words == "High risk" and theirs.applies and theirs.where == "On Sam’s laptop"
    assert theirs.when == "Mon 23 Nov, 09:05"
    assert duties(desk, case) == [("open", "2026-11-24")] == duties(sam, case)
    with pytest.raises(UserError, match="why"):
        desk.do(decide, line.id, theirs.entry, "  ")
    desk.do(decide, line.id, theirs.entry, "Spoke to Sam: a witness heard it.", heads=view.heads)
    carry(desk, sam)
    for each in (desk, sam):
        assert each.read(count) == 0 and each.read(level_of, case) == "high"
        assert duties(each, case) == [("met", "2026-11-24")]
    told = desk.read(lambda s: s.scalars(sa.select(ConflictDecision)).one().reason)
    assert told == "Spoke to Sam: a witness heard it."
    said = [(c.title, c.text) for c in sam.read(chronology, case)]
    assert ("Decided between two that differed", "Spoke to Sam: a witness heard it.") in said
    with pytest.raises(UserError, match="meanwhile"):
        sam.do(decide, line.id, theirs.entry, "Again.")


def test_a_decision_replaces_only_what_was_seen(desk: Desk, sam: Desk, case: str, tmp_path: Path) -> None:
    made = desk.do(assess, case, "standard").value
    carry(desk, sam)
    priya = second_laptop(desk, tmp_path / "priya", "Priya Nair", "p" * 16)
    apart(desk, sam, change_band, (made, "medium"), (made, "high"))
    asked = desk.ask(conflicts, desk.member, case=case)
    view = desk.read(conflict_view, desk.member, asked.value[0].id)
    priya.do(change_band, made, None)
    carry(desk, priya)
    mine = next(side for side in view.sides if side.who == "You")
    desk.do(decide, view.line.id, mine.entry, "Mine.", heads=view.heads, as_of=asked.as_of)
    (line,) = desk.read(conflicts, desk.member, case=case)
    assert line.title == "Priya and you both changed the risk level", "what came unseen still stands beside it"
    priya.close()


def test_three_laptops_and_long_text_in_words_of_ones_own(desk: Desk, sam: Desk, case: str, tmp_path: Path) -> None:
    report = report_of(desk, case)
    priya = second_laptop(desk, tmp_path / "priya", "Ms Priya Nair", "p" * 16)
    long = "He stood at the door and shouted. " * 60
    desk.do(correct, "report", report, {"words": long})
    sam.do(correct, "report", report, {"words": "He hit me on the stairs, twice."})
    priya.do(correct, "report", report, {"words": "He hit me on the landing."})
    carry(desk, sam)
    carry(desk, priya)
    (line,) = desk.read(conflicts, desk.member)
    assert line.title == "Sam, Ms Priya Nair and you each changed what was reported" and not line.weighs
    view = desk.read(conflict_view, desk.member, line.id)
    assert view.free and {side.words for side in view.sides} >= {long.strip(), "He hit me on the landing."}
    desk.do(decide, line.id, "", "All three are right.", heads=view.heads, text="He hit me on the stairs, and shouted.")
    assert desk.read(count) == 0
    assert desk.read(lambda s: s.get(Report, report).words) == "He hit me on the stairs, and shouted."
    priya.close()


@pytest.mark.parametrize("keep", ["edit", "strike"])
def test_crossed_out_here_and_written_in_there(desk: Desk, sam: Desk, case: str, keep: str) -> None:
    made = desk.do(promise, case, "A new lock", "2026-12-01")
    carry(desk, sam)
    sam.do(promises.keep, case, made.value)
    desk.undo(str(made.act))
    carry(desk, sam)
    lines = desk.read(conflicts, desk.member, case=case)
    assert [line.title for line in lines] == ["Sam and you differ about a promise: crossed out, and written in"]
    view = desk.read(conflict_view, desk.member, lines[0].id)
    sides = {side.label: side for side in view.sides}
    assert "stays as it was written" in view.meanwhile and sides["Written in"].applies
    chosen = sides["Written in" if keep == "edit" else "Crossed out"]
    desk.do(decide, lines[0].id, chosen.entry, "We spoke.", heads=view.heads)
    carry(desk, sam)
    for each in (desk, sam):
        assert each.read(count) == 0
        struck = each.read(lambda s: s.get(Promise, made.value).struck)
        assert struck == ("undone" if keep == "strike" else None)


def test_two_assessments_made_apart_are_decided_by_one_that_follows_both(
    desk: Desk, sam: Desk, case: str, desk_clock: SetClock
) -> None:
    person = person_of(desk, case)
    desk_clock.pass_time(hours=1)
    sam.do(record_outcome, case, person, "high", score=31)
    desk_clock.pass_time(hours=1)
    desk.do(record_outcome, case, person, "standard", score=9)
    carry(desk, sam)
    (line,) = desk.read(conflicts, desk.member, case=case)
    assert line.title == "Sam Whitlock and you each assessed the risk, apart" and line.weighs
    view = desk.read(conflict_view, desk.member, line.id)
    assert view.meanwhile.startswith("High risk applies") and [s.words for s in view.sides] == ["Standard", "High risk"]
    assert desk.read(level_of, case) == "high"
    second = line.id.rpartition("/")[2]
    desk_clock.pass_time(hours=1)
    desk.do(decide_assessment, second, view.sides[0].entry, "Spoke to Sam: it was another flat.")
    carry(desk, sam)
    for each in (desk, sam):
        assert each.read(conflicts, each.member) == () and each.read(level_of, case) == "standard"
        assert duties(each, case) == [("met", "2026-11-24")]


def test_the_landlords_own_conflict_is_listed_without_a_case(desk: Desk, sam: Desk) -> None:
    def change(each: Desk, number: str) -> Callable[[], object]:
        return lambda: each.do(change_landlord, closed_number=number)

    change(desk, "01632 960001")()
    change(sam, "01632 960002")()
    carry(desk, sam)
    (line,) = desk.read(conflicts, desk.member)
    assert (line.case, line.where) == ("", "Our landlord’s own records") and not line.weighs


def test_a_welfare_case_says_no_place_in_the_list(desk: Desk, sam: Desk, case: str) -> None:
    desk.do(move_to_welfare, case)
    carry(desk, sam)
    report = report_of(desk, case)
    apart(desk, sam, correct, ("report", report, {"words": "One."}), ("report", report, {"words": "Two."}))
    (line,) = desk.read(conflicts, desk.member)
    assert line.where.startswith("Welfare · ") and "Harrow" not in line.where
