"""Whoever is complained of is shown nothing of the complaint, by any way there is; a manager is shown all of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from asbdesk.casework import complaints, contacts, oversight, people, waivers
from asbdesk.casework.casefile import Asked, case_file
from asbdesk.casework.cases import case_page
from asbdesk.casework.chronology import Filter, chronology
from asbdesk.casework.desk import Desk
from asbdesk.casework.letter_facts import open_complaint
from asbdesk.casework.parts import part
from asbdesk.casework.release import Refused
from asbdesk.casework.search import find
from asbdesk.casework.sharing import offered
from asbdesk.casework.today import today
from asbdesk.errors import UserError
from asbdesk.exchange.export import export_case
from tests.casework.test_whose import colleague

SECRET = "shouted"
AT = "2026-11-24T09:00:00.000Z"


@contextmanager
def sat_at_by(desk: Desk, member: str) -> Iterator[Desk]:
    """Another member reads at this desk."""
    before = desk.member
    desk.store.journal.member = member
    try:
        yield desk
    finally:
        desk.store.journal.member = before


@pytest.fixture
def manager(desk: Desk) -> str:
    return str(desk.do(colleague, "Rosalind Hughes", "manager").value)


@pytest.fixture
def complaint(desk: Desk, case: str, manager: str) -> str:
    """Dami Okafor is complained of; it was acknowledged, something was offered, and a step is not needed."""
    told = {"staff": "Dami", "wanted": f"He {SECRET} at me: say sorry", "points": [f"He {SECRET}"]}
    made = str(desk.do(complaints.accept, case, "staff_conduct", **told).value)
    desk.do(complaints.acknowledge, case, made)
    desk.do(complaints.offer_redress, case, "apology", reason=f"Our officer {SECRET}")
    desk.do(waivers.waive, case, "complaint_stage1", f"He {SECRET} and left", about=made, second="Rosalind Hughes")
    desk.store.index_words()
    return made


def seen(desk: Desk, case: str) -> str:
    """All that the case's page, its parts, lists, search and Today say."""
    told: list[object] = [desk.read(case_page, case, desk.today), desk.read(today, desk.member, desk.today, team=True)]
    told += [desk.read(chronology, case, views=True), desk.read(chronology, case, only=Filter(theme="service"))]
    told += [desk.read(part(name).cards, case, desk.today) for name in ("complaints", "letters", "rules", "course")]
    told += [desk.read(find, SECRET), desk.read(find, "apology"), desk.read(offered, case, desk.today)]
    told += [desk.read(oversight.lists, desk.today), desk.read(lambda s: open_complaint(s, case) and "open complaint")]
    told += [desk.read(case_file, case, desk.member, Asked("investigator"), AT)]
    return repr(told)


def test_whoever_is_complained_of_reads_nothing_of_it_anywhere(
    desk: Desk, case: str, complaint: str, manager: str
) -> None:
    mine = seen(desk, case)
    assert SECRET not in mine and complaint not in mine and "open complaint" not in mine
    assert "Complaint acknowledged" not in mine and "An apology" not in mine
    with sat_at_by(desk, manager):
        theirs = seen(desk, case)
    assert theirs.count(SECRET) > 5 and complaint in theirs and "open complaint" in theirs


def test_they_are_told_that_there_is_one_and_with_whom(desk: Desk, case: str, complaint: str, manager: str) -> None:
    (card,) = desk.read(part("complaints").cards, case, desk.today)
    assert card.title == "A complaint, with a manager" and not card.acts and card.pills[0].text == "Open"
    assert "Your work here goes on." in card.text
    desk.do(complaints.answer, case, complaint, 1)
    (card,) = desk.read(part("complaints").cards, case, desk.today)
    assert card.pills[0].text == "Answered"
    with sat_at_by(desk, manager):
        assert not any(card.icon == "lock" for card in desk.read(part("complaints").cards, case, desk.today))


def test_the_case_stays_theirs_and_what_is_told_them_is_written_down(desk: Desk, case: str, complaint: str) -> None:
    who = desk.read(lambda s: people.reporter_of(s, case)).id  # type: ignore[union-attr]
    desk.do(contacts.record_contact, case, who, direction="in", answered=True, dissatisfied=True, note="Still unhappy")
    desk.do(complaints.accept, case, "handling", wanted="Ring when you say you will")
    titles = [card.title for card in desk.read(part("complaints").cards, case, desk.today)]
    assert titles[0] == "A complaint, with a manager" and "Complaint: how we handled it" in titles
    assert len(titles) == 2, "what was offered before it is still not theirs to see"
    assert "Still unhappy" in repr(desk.read(chronology, case))


def test_the_whole_case_is_given_out_by_somebody_else(
    desk: Desk, case: str, complaint: str, manager: str, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="Ask your manager to make it"):
        export_case(desk, case, tmp_path / "mine", "The Ombudsman asked")
    assert not (tmp_path / "mine").exists()
    with sat_at_by(desk, manager):
        export_case(desk, case, tmp_path / "theirs", "The Ombudsman asked")
    assert SECRET in (tmp_path / "theirs" / "records.json").read_text(encoding="utf-8")


def test_where_nobody_else_could_see_it_nothing_is_kept(desk: Desk, case: str) -> None:
    desk.do(complaints.accept, case, "staff_conduct", staff="Dami Okafor", wanted=f"He {SECRET}")
    assert SECRET in repr(desk.read(part("complaints").cards, case, desk.today))
    with pytest.raises(UserError, match="cannot handle"):
        desk.do(complaints.accept, case, "staff_conduct", staff="Mr D. Okafor", handler="Dami Okafor")


def test_a_complaint_answered_by_who_has_no_desk_stands_with_a_manager(desk: Desk, case: str, manager: str) -> None:
    told = {"staff": "Dami Okafor", "handler": "The chair of the board"}
    desk.do(complaints.accept, case, "staff_conduct", **told)
    theirs = desk.read(today, manager, "2027-01-11").late_or_due
    assert {line.code for card in theirs for line in card.behind} >= {"staff_conduct", "complaint_stage1"}
