"""Enrolment between real stores and a real folder: who is admitted, who is not, and what everybody then has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from asbdesk.casework.desk import Desk
from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.exchange.bringing import bring
from asbdesk.exchange.history import import_history
from asbdesk.exchange.history_out import history_of
from asbdesk.model import Case, Landlord, Member
from asbdesk.store import vault
from asbdesk.sync import enrolment, founding, invitation, meeting, place
from asbdesk.sync.invitation import RecoveryTypo
from tests import builders as b
from tests.conftest import PASSPHRASE
from tests.sync.laptops import Laptop, alone, empty, join, organisation, rounds

HISTORIES = Path(__file__).parents[1] / "histories"


@pytest.fixture
def office(tmp_path: Path, desk_clock: SetClock) -> Iterator[Laptop]:
    made = alone(tmp_path / "office", desk_clock)
    founding.create(made.store, str(tmp_path / "shared"))
    yield made
    made.store.close()


def test_three_laptops_meet_in_a_folder(tmp_path: Path, desk_clock: SetClock) -> None:
    with organisation(tmp_path, desk_clock) as (office, ben, cat):
        names = sorted(office.column(sa.select(Member.name)))
        assert names == ["Ann Office", "Ben Officer", "Cat Officer"]
        for laptop in (ben, cat):
            assert sorted(laptop.column(sa.select(Member.name))) == names
            assert laptop.column(sa.select(Landlord.name)) == ["Wharram Homes"]
            assert laptop.store.paths.authority.read_bytes() == office.store.paths.authority.read_bytes()
            b.assert_whole(laptop.store)
        letters = [place.org_of(one.store).letter for one in (office, ben, cat)]
        assert letters == ["A", "B", "C"]
        assert enrolment.waiting(office.store) == ()
        assert not list((tmp_path / "shared" / "join").glob("*.req")), "answered requests are taken away"


def test_an_officer_has_his_cases_and_head_office_all(tmp_path: Path, desk_clock: SetClock) -> None:
    with organisation(tmp_path, desk_clock) as (office, ben, cat):
        bens, person, home = ben.do(b.open_whole_case)
        ben.do(b.hand_over, bens, ben.member)
        cats = cat.do(b.open_case, "ASB-2026-C0001", officer=cat.member)
        rounds(office, ben, cat)
        assert set(office.column(sa.select(Case.id))) == {bens, cats}
        assert ben.column(sa.select(Case.id)) == [bens]
        assert cat.column(sa.select(Case.id)) == [cats]
        for file in (f"case/{bens}", f"person/{person}", f"home/{home}"):
            assert office.texts(file) == ben.texts(file) != [] == cat.texts(file)
        for laptop in (office, ben, cat):
            b.assert_whole(laptop.store)


def test_an_officers_certificate_is_the_landlords(tmp_path: Path, desk_clock: SetClock) -> None:
    from asbdesk.casework.desk import Desk
    from asbdesk.casework.identity import officer_identity
    from asbdesk.documents.authority import certificate, common_name

    with organisation(tmp_path, desk_clock) as (office, ben, _):
        identity, authority = officer_identity(Desk(ben.store))
        assert authority == office.store.paths.authority.read_bytes()
        assert common_name(identity.cert_pem) == "Ben Officer"
        certificate(identity.cert_pem).verify_directly_issued_by(certificate(authority))


def test_a_second_head_office_laptop_admits_others(tmp_path: Path, desk_clock: SetClock) -> None:
    with organisation(tmp_path, desk_clock) as (office, ben, _):
        dee, eli = empty(tmp_path / "dee", desk_clock), empty(tmp_path / "eli", desk_clock)
        join(office, dee, "Dee Office", "head_office")
        assert join(dee, eli, "Eli Officer").letter == "E"
        rounds(office, dee, eli, ben)
        assert "Eli Officer" in ben.column(sa.select(Member.name))
        for laptop in (dee, eli):
            laptop.store.close()


def test_a_wrong_code_is_a_slip_or_is_not_admitted(office: Laptop, tmp_path: Path, desk_clock: SetClock) -> None:
    ours, other = enrolment.invite(office.store, "officer"), enrolment.invite(office.store, "officer")
    told = invitation.read_invitation(ours.file, "x.asborg")
    laptop = empty(tmp_path / "ben", desk_clock)
    with pytest.raises(RecoveryTypo, match="first group"):
        enrolment.join(laptop.store, told, "AAAAA" + ours.code[5:], {"name": "Ben"})
    enrolment.join(laptop.store, told, other.code, {"name": "Ben"})
    meeting.meet(laptop.store)
    office.meet()
    (waiting,) = enrolment.waiting(office.store)
    assert waiting.why.startswith("It was not made with the code")
    with pytest.raises(UserError, match="cannot be admitted"):
        enrolment.admit(office.store, waiting.id)
    laptop.store.close()


def test_an_invitation_is_used_once_and_runs_out(office: Laptop, tmp_path: Path, desk_clock: SetClock) -> None:
    invited = enrolment.invite(office.store, "officer")
    told = invitation.read_invitation(invited.file, "x.asborg")
    ben, cat, dee = (empty(tmp_path / name, desk_clock) for name in ("ben", "cat", "dee"))
    for laptop in (ben, cat):
        enrolment.join(laptop.store, told, invited.code, {"name": "Somebody"})
        meeting.meet(laptop.store)
    office.meet()
    first, second = enrolment.waiting(office.store)
    enrolment.admit(office.store, first.id)
    (left,) = enrolment.waiting(office.store)
    assert left.id == second.id and "used already" in left.why
    desk_clock.pass_time(days=8)
    with pytest.raises(UserError, match="ran out on 2026-11-28"):
        enrolment.join(dee.store, told, invited.code, {"name": "Dee"})
    for laptop in (ben, cat, dee):
        laptop.store.close()


def test_an_altered_invitation_is_none(office: Laptop) -> None:
    file = enrolment.invite(office.store, "officer").file
    for bad in (file.replace(b"officer", b"manager"), file[:-20], b"<!DOCTYPE html>", b"", b"[1]"):
        with pytest.raises(UserError, match="not an invitation"):
            invitation.read_invitation(bad, "x.asborg")


def test_the_six_words_differ_when_a_key_was_exchanged(office: Laptop, tmp_path: Path, desk_clock: SetClock) -> None:
    invited = enrolment.invite(office.store, "officer")
    told = invitation.read_invitation(invited.file, "x.asborg")
    laptop = empty(tmp_path / "ben", desk_clock)
    asked = enrolment.join(laptop.store, told, invited.code, {"name": "Ben"})
    assert enrolment.join(laptop.store, told, invited.code, {"name": "Ben"}) == asked, "asking again is no harm"
    request = invitation.read_request(enrolment.request_due(laptop.store)[1])  # type: ignore[index]
    other = invitation.Request(**{**vars(request), "sign": "0" * 64})
    assert invitation.six_words(told.root, told.admin_sign, other) != asked.words
    assert len(asked.words) == 6 and invitation.same_words(" ".join(asked.words).upper(), asked.words)
    assert not invitation.same_words("one two", asked.words)
    laptop.store.close()


def test_a_desk_with_cases_of_its_own_is_told_the_way(office: Laptop, tmp_path: Path, desk_clock: SetClock) -> None:
    other = alone(tmp_path / "other", desk_clock)
    other.do(b.open_case)
    invited = enrolment.invite(office.store, "officer")
    with pytest.raises(UserError, match="asbdesk --store NEW bring THIS"):
        enrolment.join(other.store, invitation.read_invitation(invited.file, "x"), invited.code, {"name": "Zoe"})
    assert other.store.journal.sending is False and len(other.column(sa.select(Case.id))) == 1
    other.store.close()


def test_only_head_office_invites_and_changes_the_landlord(tmp_path: Path, desk_clock: SetClock) -> None:
    from asbdesk.casework.landlord import change_landlord, change_member

    with organisation(tmp_path, desk_clock) as (office, ben, _):
        with pytest.raises(UserError, match="Only a head-office laptop"):
            enrolment.invite(ben.store, "officer")
        with pytest.raises(UserError, match="Only head office may change this"):
            ben.do(change_landlord, name="Ben's Homes")
        ben.do(change_member, ben.member, number="01632 960199")
        office.do(change_landlord, name="Wharram & Dale Homes")
        rounds(office, ben)
        assert ben.column(sa.select(Landlord.name)) == ["Wharram & Dale Homes"]
        assert "01632 960199" in office.column(sa.select(Member.number))


def test_case_references_are_each_desks_own(tmp_path: Path, desk_clock: SetClock) -> None:
    from asbdesk.casework.reports import next_reference
    from asbdesk.store.journal import Work, action

    @action("asked")
    def asked(work: Work) -> str:
        return next_reference(work)

    with organisation(tmp_path, desk_clock) as (office, ben, _):
        ben.do(b.open_case, "ASB-2026-BB0007", officer=ben.member)
        ben.do(b.open_case, "ASB-2026-B0011", officer=ben.member)
        assert (office.do(asked), ben.do(asked)) == ("ASB-2026-A0001", "ASB-2026-B0012")


def test_work_begun_before_being_admitted_is_sent(office: Laptop, tmp_path: Path, desk_clock: SetClock) -> None:
    invited = enrolment.invite(office.store, "officer")
    laptop = empty(tmp_path / "ben", desk_clock)
    told = invitation.read_invitation(invited.file, "x")
    enrolment.join(laptop.store, told, invited.code, {"name": "Ben"})
    case = laptop.do(b.open_case, officer=laptop.member)
    meeting.meet(laptop.store)
    office.meet()
    enrolment.admit(office.store, enrolment.waiting(office.store)[0].id)
    rounds(office, laptop)
    assert office.column(sa.select(Case.id)) == [case] == laptop.column(sa.select(Case.id))
    laptop.store.close()


def test_the_place_may_be_another_from_one_day_on(tmp_path: Path, desk_clock: SetClock) -> None:
    with organisation(tmp_path, desk_clock) as (office, ben, _):
        case = ben.do(b.open_case, officer=ben.member)
        new = str(tmp_path / "elsewhere")
        assert not founding.create(office.store, new).new
        office.meet()
        founding.create(ben.store, new)
        rounds(ben, office)
        assert case in office.column(sa.select(Case.id))
        (tmp_path / "empty").mkdir()
        with pytest.raises(UserError):
            founding.create(ben.store, str(tmp_path / "empty"))


def test_a_desk_with_a_landlord_of_its_own_takes_its_cases_along_by_the_steps_it_is_told(
    office: Laptop, tmp_path: Path, desk_clock: SetClock
) -> None:
    own = alone(tmp_path / "own", desk_clock, "Pat Small")
    taken = import_history(Desk(own.store), HISTORIES / "202110576-well.json")
    invited = enrolment.invite(office.store, "officer")
    told = invitation.read_invitation(invited.file, "invitation")
    with pytest.raises(UserError) as refused:
        enrolment.join(own.store, told, invited.code, {"name": "Pat Small"})
    for step in ("1. Join with a new store", "2. When head office", "3. asbdesk --store NEW bring THIS"):
        assert step in str(refused.value)
    new = empty(tmp_path / "new", desk_clock)
    join(office, new, "Pat Small")
    assert bring(own.store, Desk(new.store)).cases == {taken.reference: "ASB-2026-B0001"}
    rounds(new, office)
    before = Desk(own.store).read(history_of, taken.case)
    assert json.loads(Desk(office.store).read(history_of, taken.case))["events"] == json.loads(before)["events"]
    assert new.texts(f"case/{taken.case}") == office.texts(f"case/{taken.case}") != []
    assert own.column(sa.select(Case.id)) == [taken.case], "nothing of the first desk is lost"
    for laptop in (own, new):
        b.assert_whole(laptop.store)
        laptop.store.close()


def test_a_request_made_with_a_wrong_code_is_made_again_with_the_right_one(
    office: Laptop, tmp_path: Path, desk_clock: SetClock
) -> None:
    other, invited = (enrolment.invite(office.store, "officer") for _ in range(2))
    told = invitation.read_invitation(invited.file, "invitation")
    ben = empty(tmp_path / "ben", desk_clock)
    first = enrolment.join(ben.store, told, other.code, {"name": "Ben"})
    ben.store.close()
    ben = Laptop(vault.unlock(ben.store.paths, desk_clock, passphrase=PASSPHRASE))
    assert meeting.meet(ben.store).trouble == meeting.NOT_YET
    office.meet()
    assert "not made with the code" in enrolment.waiting(office.store)[0].why
    asked = enrolment.join(ben.store, told, invited.code, {"name": "Ben"})
    assert asked.request != first.request
    assert enrolment.join(ben.store, told, invited.code, {"name": "Ben"}) == asked, "the same once more"
    assert meeting.meet(ben.store).trouble == meeting.NOT_YET
    office.meet()
    enrolment.forget(office.store, [first.request])
    office.meet()
    assert len(list((tmp_path / "shared" / "join").glob("*.req"))) == 1, "what was thrown away lies there no longer"
    good = [w for w in enrolment.waiting(office.store) if not w.why]
    assert [w.words for w in good] == [asked.words]
    enrolment.admit(office.store, good[0].id)
    rounds(office, ben)
    assert enrolment.waiting(office.store) == ()
    ben.store.close()
