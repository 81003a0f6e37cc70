"""One person written down twice becomes one."""

from __future__ import annotations

import pytest

from asbdesk.casework import contacts, merging, person_details
from asbdesk.casework.cases import case_page
from asbdesk.casework.desk import Desk
from asbdesk.casework.people import NewPerson, reporter_of, solicitor_of
from asbdesk.errors import UserError
from asbdesk.model import Person


def resident(desk: Desk, case: str) -> Person:
    found = desk.read(reporter_of, case)
    assert found is not None
    return found


def test_everything_names_the_one_that_stays_and_undo_brings_both_back(desk: Desk, case: str) -> None:
    ours = resident(desk, case).id
    twice = str(
        desk.do(person_details.add_person, case, NewPerson(name="Rahima Begum", email="r@b.invalid"), "witness").value
    )
    desk.do(contacts.record_contact, case, twice, method="telephone", note="Rang her")
    assert (ours, "Ms Rahima Begum, 12 Harrow Court, ZZ1 1AA") in desk.read(merging.others, case, twice)
    done = desk.do(merging.merge, case, twice, ours)
    assert twice not in {p.id for p in desk.read(case_page, case, desk.today).people}
    assert resident(desk, case).email == "r@b.invalid"
    desk.undo(done.act or "")
    assert twice in {p.id for p in desk.read(case_page, case, desk.today).people}
    assert resident(desk, case).email is None


def test_nobody_becomes_the_neighbour_they_complain_of(desk: Desk, case: str) -> None:
    ours = resident(desk, case).id
    him = str(desk.do(person_details.add_person, case, NewPerson(name="Mr Begum"), "alleged_perpetrator").value)
    with pytest.raises(UserError, match="on both sides"):
        desk.do(merging.merge, case, him, ours)


def test_a_solicitor_is_known_by_what_is_written_of_their_part(desk: Desk, case: str) -> None:
    ours = resident(desk, case).id
    assert desk.read(solicitor_of, case, ours) is None
    who = NewPerson(name="Ms Lex Invented")
    desk.do(person_details.add_person, case, who, "advocate", of=ours, note="Solicitor, Lex and Co")
    found = desk.read(solicitor_of, case, ours)
    assert found is not None and found.name == "Ms Lex Invented"
    assert any("has a solicitor" in a.text for a in desk.read(case_page, case, desk.today).alerts)
