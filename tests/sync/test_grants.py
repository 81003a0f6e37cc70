"""Keys: who is given which, what a handover brings and takes, and what a stranger's key may not do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from asbdesk.casework import cover
from asbdesk.clock import SetClock
from asbdesk.model import Case, Person, Rest, new_id
from asbdesk.model import sync as q
from asbdesk.store.work import Work, action
from asbdesk.sync import bundle, enrolment, grants, keys, revocation, sealing
from asbdesk.sync.keys import FileKey
from tests import builders as b
from tests.sync.laptops import Laptop, Three, empty, join, rounds


@action("case.covered")
def give_cover(work: Work, case: str, officer: str, by: str) -> str:
    told = {"sort": cover.COVER, "waits_for": officer, "about": by, "at": work.happened, "until": "2027-01-01"}
    return work.add(Rest(id=new_id(), file=f"case/{case}", **told)).id


def held(laptop: Laptop, file: str) -> set[str]:
    which = sa.select(q.file_key.c.key_id).where(q.file_key.c.file == file, q.file_key.c.key.is_not(None))
    return set(laptop.column(which))


def newest(laptop: Laptop, file: str) -> str:
    with laptop.store.reader.connect() as conn:
        return keys.newest_of(conn, [file])[file][0]


def bundles(folder: Path) -> int:
    return len(list((folder / "shared" / "keys").rglob("*.grt")))


def test_nothing_new_gives_nothing(three: Three, tmp_path: Path) -> None:
    three[1].do(b.open_whole_case)
    rounds(*three)
    before = bundles(tmp_path)
    rounds(*three, times=2)
    assert bundles(tmp_path) == before
    for laptop in three:
        assert grants.stage(laptop.store.journal, laptop.roster()) is None
        assert laptop.column(sa.select(q.key_due.c.key_id)) == []


def test_a_case_handed_over_arrives_whole(three: Three) -> None:
    office, ben, cat = three
    case, person, home = ben.do(b.open_whole_case)
    ben.do(b.hand_over, case, ben.member)
    ben.do(b.note_contact, case, "before the handover")
    rounds(*three)
    assert cat.column(sa.select(Case.id)) == []
    ben.do(b.hand_over, case, cat.member)
    rounds(*three)
    for file in (f"case/{case}", f"person/{person}", f"home/{home}"):
        assert cat.texts(file) == office.texts(file) != []
    assert cat.column(sa.select(Person.id)) == [person]


def test_head_office_hands_over_while_the_officer_is_away(three: Three) -> None:
    office, ben, cat = three
    case = ben.do(b.open_case, officer=ben.member)
    rounds(*three)
    office.do(b.hand_over, case, cat.member)
    rounds(office, cat)
    assert cat.texts(f"case/{case}") == office.texts(f"case/{case}") != []


def test_what_is_written_after_a_handover_has_a_new_key(three: Three) -> None:
    office, ben, cat = three
    case, _, _ = ben.do(b.open_whole_case)
    ben.do(b.hand_over, case, ben.member)
    rounds(*three)
    before = newest(ben, f"case/{case}")
    ben.do(b.hand_over, case, cat.member)
    rounds(*three)
    after = newest(cat, f"case/{case}")
    assert after != before and newest(office, f"case/{case}") == after
    assert after not in held(ben, f"case/{case}")
    cat.do(b.note_contact, case, "after the handover")
    rounds(*three)
    assert not any("after the handover" in text for text in ben.texts(f"case/{case}"))
    assert office.texts(f"case/{case}") == cat.texts(f"case/{case}")


def test_the_person_of_another_of_my_cases_stays_mine(three: Three) -> None:
    _, ben, cat = three
    case, person, _ = ben.do(b.open_whole_case)
    other = ben.do(b.open_case, "ASB-2026-B0009", officer=ben.member)
    ben.do(involve, other, person)
    rounds(*three)
    before = newest(ben, f"person/{person}")
    ben.do(b.hand_over, case, cat.member)
    rounds(*three)
    assert newest(cat, f"person/{person}") == before, "Ben still looks after somebody's other case"


def test_a_covered_case_is_with_both_until_its_officer_is_back(three: Three) -> None:
    office, ben, cat = three
    case, person, _ = ben.do(b.open_whole_case)
    ben.do(b.hand_over, case, ben.member)
    rounds(*three)
    covered = ben.do(give_cover, case, ben.member, cat.member)
    rounds(*three)
    for file in (f"case/{case}", f"person/{person}"):
        assert cat.texts(file) == office.texts(file) == ben.texts(file) != []
    cat.do(b.note_contact, case, "while Ben was away")
    rounds(*three)
    assert any("while Ben was away" in text for text in ben.texts(f"case/{case}"))
    ben.do(cover.back, [covered])
    rounds(*three, times=3)
    assert cat.column(sa.select(Case.id)) == [], "it has left the laptop that covered"
    ben.do(b.note_contact, case, "after Ben was back")
    rounds(*three)
    assert not any("after Ben was back" in text for text in cat.texts(f"case/{case}"))
    assert office.texts(f"case/{case}") == ben.texts(f"case/{case}")


def test_a_case_that_comes_back_comes_whole(three: Three) -> None:
    office, ben, cat = three
    case = ben.do(b.open_case, officer=ben.member)
    rounds(*three)
    ben.do(b.hand_over, case, cat.member)
    rounds(*three)
    cat.do(b.note_contact, case, "while it was Cat's")
    rounds(*three)
    cat.do(b.hand_over, case, ben.member)
    rounds(*three)
    assert ben.texts(f"case/{case}") == office.texts(f"case/{case}")
    assert any("while it was Cat's" in text for text in ben.texts(f"case/{case}"))


def test_a_manager_has_the_teams_cases_and_an_auditor_reads_all(
    three: Three, tmp_path: Path, desk_clock: SetClock
) -> None:
    office, ben, cat = three
    case, other = ben.do(b.open_case, officer=ben.member), cat.do(b.open_case, "C1", officer=cat.member)
    revocation.give_role(office.store, ben.device, "officer", "north")
    mia, aud = empty(tmp_path / "mia", desk_clock), empty(tmp_path / "aud", desk_clock)
    join(office, mia, "Mia Manager", "manager", team="north")
    join(office, aud, "Aud Auditor", "auditor")
    rounds(*three, mia, aud)
    assert mia.column(sa.select(Case.id)) == [case]
    assert set(aud.column(sa.select(Case.id))) == {case, other}
    revocation.give_role(office.store, mia.device, "manager")
    rounds(*three, mia)
    assert set(mia.column(sa.select(Case.id))) == {case, other}
    for laptop in (mia, aud):
        laptop.store.close()


def test_a_place_that_lost_everything_is_given_everything_again(
    three: Three, tmp_path: Path, desk_clock: SetClock
) -> None:
    office, ben, _ = three
    case = ben.do(b.open_case, officer=ben.member)
    rounds(*three)
    for lost in ("dev", "keys", "roster", "blob", "join"):
        shutil.rmtree(tmp_path / "shared" / lost, ignore_errors=True)
    rounds(*three)
    dee = empty(tmp_path / "dee", desk_clock)
    join(office, dee, "Dee Office", "head_office")
    rounds(office, ben, dee)
    assert case in dee.column(sa.select(Case.id))
    dee.store.close()


@b.action("involved")
def involve(work: b.Work, case: str, person: str) -> None:
    work.add(b.Involvement(id=b.new_id(), file=f"case/{case}", person=person, role="reporter"))


# ---- bundles as bytes
def given_by(author: Laptop, to: Laptop, *some: FileKey) -> tuple[str, bytes]:
    with author.store.reader.connect() as conn:
        sign = keys.secret(conn, keys.SIGN)
    box, org = to.roster().device(to.device).box, to.roster().org  # type: ignore[union-attr]
    data = bundle.make(
        sign or b"", box, org=org, by=author.device, to=to.device, given=some, holders=lambda _: [to.device]
    )
    return bundle.names.grants(to.device, 7, data), data


def test_a_key_from_somebody_who_never_held_the_file_seals_nothing(three: Three) -> None:
    office, ben, cat = three
    case = ben.do(b.open_case, officer=ben.member)
    rounds(*three)
    file = f"case/{case}"
    before = newest(office, file)
    name, data = given_by(cat, office, FileKey("f" * 32, file, 99, b"x" * 32, ""))
    came = grants.take(office.store.journal, office.roster(), name, data)
    assert came.keys == {"f" * 32} and newest(office, file) == before
    name, data = given_by(cat, office, FileKey("e" * 32, file, 100, b"x" * 32, ""))
    grants.take(office.store.journal, office.roster(), name, data)
    rounds(office, ben)
    assert newest(office, file) == newest(ben, file) == before, "nor the second time, nor later, nor at anybody else's"


def test_what_is_no_bundle_for_us_is_refused(three: Three) -> None:
    office, ben, cat = three
    one = FileKey("e" * 32, "case/x", 1, b"x" * 32, "")
    name, data = given_by(ben, office, one)

    def why(name: str = name, data: bytes = data, at: Laptop = office) -> str:
        return grants.take(at.store.journal, at.roster(), name, data).why or ""

    assert why(data=data[:-3]) == "its keys are not those that were signed for"
    assert why(data=b"<html>") == "not a bundle of keys"
    assert why(at=cat) == "for another device"
    flipped = data.replace(ben.device.encode(), cat.device.encode())
    assert why(data=flipped) == "not signed by anybody who belongs"
    assert "under another name" in why(name=bundle.names.grants(office.device, 8, b"other"))
    revocation.revoke(office.store, ben.device)
    assert why() == "given by a laptop that was revoked"
    assert bundle.read(data).ids == ("e" * 32,) == grants.key_ids(data)


def test_an_erased_file_is_given_to_nobody(three: Three) -> None:
    from asbdesk.store.erase import Order, erase

    office, ben, _ = three
    case = ben.do(b.open_case, officer=ben.member)
    rounds(*three)
    erase(office.store, Order("order-1", (f"case/{case}",)))
    assert held(office, f"case/{case}") == set()
    name, data = given_by(ben, office, next(iter(_keys(ben, f"case/{case}"))))
    assert grants.take(office.store.journal, office.roster(), name, data).keys == frozenset()


def _keys(laptop: Laptop, file: str) -> list[FileKey]:
    with laptop.store.reader.connect() as conn:
        return list(keys.keys_of(conn, [file]))


def test_only_the_device_it_is_for_opens_a_bundle(three: Three) -> None:
    office, ben, cat = three
    _, data = given_by(ben, office, FileKey("e" * 32, "case/x", 1, b"x" * 32, ""))
    with cat.store.reader.connect() as conn:
        private = keys.secret(conn, keys.BOX) or b""
    with pytest.raises(sealing.Unsealable):
        bundle.open_(bundle.read(data), private)
    assert enrolment.waiting(office.store) == ()
