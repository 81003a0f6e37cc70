"""An order of erasure reaches every desk, once two people approved it, and what was erased never comes back."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from asbdesk.casework.people import NewPerson, add_to_case
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.model import Case, Person
from asbdesk.store.work import Work, action
from asbdesk.sync import enrolment, erasing, keys
from tests import builders as b
from tests.sync.laptops import Three, empty, join, organisation, rounds


def test_an_order_is_obeyed_everywhere(tmp_path: Path, desk_clock: SetClock) -> None:
    with organisation(tmp_path, desk_clock) as (office, ben, cat):
        case, person, home = ben.do(b.open_whole_case)
        ben.do(b.hand_over, case, ben.member)
        other = ben.do(b.open_case, "ASB-2026-B0002", officer=ben.member)
        rounds(office, ben, cat)
        files = [f"case/{case}", f"person/{person}", f"home/{home}"]
        ben.do(b.note_contact, case, "written while the order was on its way")
        erasing.order_erasure(office.store, files, "retention_ended", [office.member, cat.member])
        rounds(office, ben, cat)
        dee = empty(tmp_path / "dee", desk_clock)
        join(office, dee, "Dee Office", "head_office")
        rounds(office, ben, dee)
        for laptop in (office, ben, dee):
            assert [laptop.texts(file) for file in files] == [[], [], []]
            assert laptop.column(sa.select(Case.id)) == [other]
            with laptop.store.reader.connect() as conn:
                assert not list(keys.keys_of(conn, files))
            data = b"".join(p.read_bytes() for p in laptop.store.paths.folder.glob("desk.db*"))
            assert b"on its way" not in data
            b.assert_whole(laptop.store)
        dee.store.close()


def test_a_case_goes_with_whoever_is_in_no_other_once_it_is_closed_and_done(three: Three) -> None:
    office, ben, cat = three
    case, person, home = ben.do(b.open_whole_case)
    ben.do(b.hand_over, case, ben.member)
    other = cat.do(b.open_case, "ASB-2026-C0001", officer=cat.member)
    rounds(*three)
    office.do(add_to_case, other, NewPerson(id=person), "witness")
    with pytest.raises(UserError, match="Only a head-office laptop"):
        erasing.what_goes(ben.store, case)
    with pytest.raises(UserError, match="is not closed"):
        erasing.erase_case(office.store, case, "request", ["Ann Office", "Cat Officer"])
    office.do(b.assess, other, "high")
    assert "Something is still owed" in erasing.what_goes(office.store, other).in_the_way[1]
    office.do(closed, case)
    going = erasing.what_goes(office.store, case)
    assert (going.files, going.people, going.homes, going.in_the_way) == ((f"case/{case}",), 0, 0, ())
    for approved, why in ((["Ann Office", "nobody"], "Nobody of the name"), (["Ann Office", "ann office "], "Two")):
        with pytest.raises(UserError, match=why):
            erasing.erase_case(office.store, case, "request", approved)
    with pytest.raises(UserError, match="Say why"):
        erasing.erase_case(office.store, case, "because", ["Ann Office", "Cat Officer"])
    erasing.erase_case(office.store, case, "request", ["Ann Office", "Cat Officer"])
    rounds(*three)
    assert [laptop.column(sa.select(Case.id)) for laptop in three] == [[other], [], [other]]
    assert cat.column(sa.select(Person.id)) == [person] and cat.texts(f"home/{home}"), "who is in another case stays"


@action("case.closed")
def closed(work: Work, case: str) -> None:
    work.get(Case, case).status = "closed"


def test_two_people_must_approve(tmp_path: Path, desk_clock: SetClock) -> None:
    with organisation(tmp_path, desk_clock) as (office, ben, _):
        for approved in ([], [office.member], [office.member, "nobody"]):
            with pytest.raises(UserError, match="Two people"):
                erasing.order_erasure(office.store, ["case/x"], "request", approved)
        both = [office.member, ben.member]
        with pytest.raises(UserError, match="Only a head-office laptop"):
            erasing.order_erasure(ben.store, ["case/x"], "request", both)
        with pytest.raises(UserError, match="can be erased"):
            erasing.order_erasure(office.store, ["landlord/x"], "request", both)
        assert enrolment.waiting(office.store) == ()
