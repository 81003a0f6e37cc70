"""One person written down twice, among several laptops: each case names who stays, and nothing slips out meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from asbdesk.casework import contacts, merging, person_details
from asbdesk.casework.people import NewPerson, involved
from asbdesk.casework.release import rules_of
from asbdesk.casework.way_out import Leaving, in_the_way
from asbdesk.clock import SetClock
from asbdesk.model import Person
from tests import builders as b
from tests.sync.laptops import Laptop, Three, organisation, rounds


@pytest.fixture
def three(tmp_path: Path, desk_clock: SetClock) -> Iterator[Three]:
    with organisation(tmp_path, desk_clock) as made:
        yield made
        for laptop in made:
            b.assert_whole(laptop.store)


def stops(laptop: Laptop, case: str, to: str, text: str) -> int:
    """What stands in the way of these words going to this name."""
    leaving = Leaving(case, laptop.member, "The pack", to, reader=who(laptop, to), texts=(text,))
    return len(laptop.store.ask(in_the_way, leaving).value)


def who(laptop: Laptop, name: str) -> str:
    found = laptop.column(sa.select(Person.id).where(Person.name == name, Person.struck.is_(None)))
    return str(found[0]) if found else ""


def names_in(laptop: Laptop, case: str) -> set[str]:
    def read(session: Session) -> set[str]:
        return {str(i.person) for i in involved(session, case)} | {
            str(id) for rule in rules_of(session, case) for id in (rule.about, rule.not_to)
        }

    return laptop.store.ask(read).value


def test_an_officer_finds_it_and_a_colleague_s_case_names_who_stays(three: Three) -> None:
    office, ben, cat = three
    case, him, _ = ben.do(b.open_whole_case, "Mr David Invented")
    ben.do(b.hand_over, case, ben.member)
    twice = ben.do(person_details.add_person, case, NewPerson(name="Dave next door"), "witness")
    rounds(*three)
    hers, she, _ = office.do(b.open_whole_case, "Ms Kept Safe")
    office.do(person_details.add_person, hers, NewPerson(id=twice), "alleged_perpetrator")
    office.do(b.hand_over, hers, cat.member)
    rounds(*three)
    ben.do(merging.merge, case, twice, him)  # he cannot see her case
    cat.do(contacts.do_not_disclose, hers, she, twice)  # she has not heard
    text = "Ms Safe has moved."
    rounds(ben, cat, office, times=1)
    assert {twice} < names_in(office, hers) and stops(office, hers, "Mr David Invented", text), "strict meanwhile"
    merging.catch_up(office.store)
    merging.catch_up(cat.store)
    assert names_in(office, hers) == {she, him}
    rounds(*three, times=2)
    assert names_in(cat, hers) == {she, him}, "and who stays came along"
    assert stops(cat, hers, "Mr David Invented", text) == 1 and stops(cat, hers, "Mr Other", text) == 0
    before = len(office.texts(f"case/{hers}"))
    merging.catch_up(office.store)
    assert len(office.texts(f"case/{hers}")) == before
