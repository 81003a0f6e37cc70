"""Certificates renew by themselves, a lost laptop's later seals are refused, and what checks them is kept up."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from asbdesk.casework.desk import Desk
from asbdesk.casework.identity import officer_identity
from asbdesk.casework.raising import Raised, name_time_authority, raise_due
from asbdesk.casework.seals import newest
from asbdesk.clock import SetClock, instant
from asbdesk.documents.authority import certificate, ends_at, public_half
from asbdesk.documents.known import read
from asbdesk.documents.plan import make
from asbdesk.documents.seal import seal
from asbdesk.documents.verify import verify
from asbdesk.errors import UserError
from asbdesk.model import Member, WithdrawnList
from asbdesk.sync import place, revocation
from asbdesk.sync.exchange import evidence
from asbdesk.sync.seal_care import keep_up
from tests import builders as b
from tests.documents.builders import released
from tests.documents.time_authority import time_authority
from tests.sealed_plans import sealed_plan
from tests.sync.laptops import Laptop, Three, alone, empty, join, rounds


def sealed(laptop: Laptop) -> bytes:
    """A paper sealed on this laptop, now."""
    identity, authority = officer_identity(Desk(laptop.store))
    return seal(make(released()), identity, authority, reason="x", at=instant(laptop.store.clock.now()))


def trust(laptop: Laptop) -> bytes:
    return laptop.store.paths.authority.read_bytes()


def years_pass(laptop: Laptop, clock: SetClock, days: int) -> None:
    """With somebody at this laptop who says that its clock is right."""
    clock.pass_time(days=days)
    laptop.store.journal.trust_clock()


def own(laptop: Laptop) -> bytes:
    return officer_identity(Desk(laptop.store))[0].cert_pem


# ---- renewed
def test_a_certificate_near_its_end_is_renewed_and_old_seals_stay_good(tmp_path: Path, desk_clock: SetClock) -> None:
    laptop = alone(tmp_path / "desk", desk_clock)
    old, before = sealed(laptop), own(laptop)
    years_pass(laptop, desk_clock, 4 * 365)
    keep_up(laptop.store)
    assert own(laptop) == before, "too early"
    desk_clock.pass_time(days=300)
    keep_up(laptop.store)
    after = own(laptop)
    assert after != before and public_half(after) == public_half(before) and ends_at(after) > ends_at(before)
    keep_up(laptop.store)
    assert own(laptop) == after, "once is enough"
    desk_clock.pass_time(days=3 * 365)
    for data in (old, sealed(laptop)):
        assert verify(data, trust(laptop)).passes
    b.assert_whole(laptop.store)
    laptop.store.close()


def test_a_clock_that_is_years_ahead_renews_nothing(tmp_path: Path, desk_clock: SetClock) -> None:
    laptop = alone(tmp_path / "desk", desk_clock)
    before = own(laptop)
    desk_clock.pass_time(days=6 * 365)
    keep_up(laptop.store)
    desk_clock.pass_time(days=-6 * 365)
    assert own(laptop) == before and verify(sealed(laptop), trust(laptop)).passes, "it would be good in six years only"
    laptop.store.close()


def test_a_certificate_that_ended_seals_nothing_and_says_why(tmp_path: Path, desk_clock: SetClock) -> None:
    laptop = alone(tmp_path / "desk", desk_clock)
    years_pass(laptop, desk_clock, 6 * 365)
    with pytest.raises(UserError, match="ended on Friday 21 November"):
        sealed(laptop)
    keep_up(laptop.store)
    assert verify(sealed(laptop), trust(laptop)).passes
    laptop.store.close()


def test_head_office_renews_for_everybody_and_the_officer_learns_of_it(three: Three, desk_clock: SetClock) -> None:
    office, ben, _ = three
    before = own(ben)
    years_pass(office, desk_clock, 5 * 365 - 100)
    keep_up(ben.store)
    assert own(ben) == before, "an officer's laptop holds no authority"
    keep_up(office.store)
    rounds(*three, times=2)
    assert public_half(own(ben)) == public_half(before) and ends_at(own(ben)) > ends_at(before)
    assert verify(sealed(ben), trust(ben)).passes


def test_an_officer_with_two_laptops_seals_on_both(three: Three, desk_clock: SetClock, tmp_path: Path) -> None:
    office, ben, _ = three
    second = empty(tmp_path / "ben2", desk_clock)
    desk_clock.pass_time(minutes=1)
    join(office, second, "Ben Officer", member=ben.member)
    rounds(*three, second)
    assert public_half(own(ben)) != public_half(own(second))
    for laptop in (ben, second):
        assert verify(sealed(laptop), trust(laptop)).passes
    years_pass(office, desk_clock, 5 * 365 - 100)
    keep_up(office.store)
    rounds(*three, second)
    assert all(ends_at(own(laptop)) > "2036" for laptop in (ben, second))
    b.assert_whole(second.store)
    second.store.close()


# ---- withdrawn
def test_a_lost_laptops_later_seals_are_refused_and_its_earlier_ones_stand(three: Three, desk_clock: SetClock) -> None:
    office, ben, cat = three
    early = sealed(ben)
    desk_clock.pass_time(days=1)
    revocation.revoke(office.store, ben.device, "stolen")
    keep_up(office.store)
    rounds(office, cat, times=2)
    keep_up(cat.store)
    desk_clock.pass_time(days=1)
    late = sealed(ben)  # whoever has it goes on with it
    for laptop in (office, cat):
        refused = verify(late, trust(laptop))
        assert refused.whole and refused.refused and not refused.passes
        assert "was withdrawn on Sunday 22 November 2026 at 10:00" in " ".join(refused.words)
        stands = verify(early, trust(laptop))
        assert stands.passes and "only the laptop's clock bears it out" in " ".join(stands.words)
        assert verify(sealed(cat), trust(laptop)).passes
    assert office.column(sa.select(sa.func.count()).select_from(WithdrawnList)) == [1]
    keep_up(office.store)
    assert office.column(sa.select(sa.func.count()).select_from(WithdrawnList)) == [1], "once is enough"


def test_only_the_lost_one_of_two_laptops_is_withdrawn_and_nothing_renews_it(
    three: Three, desk_clock: SetClock, tmp_path: Path
) -> None:
    office, ben, _ = three
    second = empty(tmp_path / "ben2", desk_clock)
    desk_clock.pass_time(minutes=1)
    join(office, second, "Ben Officer", member=ben.member)
    revocation.revoke(office.store, ben.device, "lost")
    desk_clock.pass_time(minutes=1)
    keep_up(office.store)
    listed = read(trust(office)).withdrawn
    assert set(listed) == {certificate(own(ben)).serial_number}
    assert verify(sealed(second), trust(office)).passes
    years_pass(office, desk_clock, 5 * 365 - 100)
    keep_up(office.store)
    (shown,) = office.column(sa.select(Member.certificate).where(Member.id == ben.member))
    assert public_half(shown.encode()) == public_half(own(second))
    b.assert_whole(second.store)
    second.store.close()


def test_head_offices_own_first_certificate_is_withdrawn_with_it(three: Three, desk_clock: SetClock) -> None:
    """The first laptop's certificate was made before there was anybody to admit it."""
    office, _, cat = three
    revocation.give_role(office.store, cat.device, "head_office")
    rounds(office, cat)
    desk_clock.pass_time(days=1)
    revocation.revoke(cat.store, office.device, "stolen")
    keep_up(cat.store)
    assert set(read(trust(cat)).withdrawn) == {certificate(own(office)).serial_number}


@pytest.mark.needs("openssl")
def test_a_raised_copy_reaches_the_others_with_its_file(three: Three, tmp_path: Path) -> None:
    office, ben, _ = three
    case = ben.do(b.open_case, officer=ben.member)
    plan = sealed_plan(Desk(ben.store), case)
    with time_authority(tmp_path / "tsa") as clock:
        office.do(name_time_authority, clock.address, clock.root.decode())
        rounds(office, ben, times=2)
        assert raise_due(Desk(office.store)) == Raised(), "each laptop raises what was sealed on it"
        assert raise_due(Desk(ben.store)) == Raised(1, 0)
    for _ in range(2):
        for laptop in (ben, office):
            laptop.meet()
            evidence(laptop.store, place.open_depot(laptop.store))
    keep_up(office.store)
    blob, key = Desk(office.store).read(newest, f"plan_version/{plan}") or ("", "")
    verdict = verify(office.store.files.read(blob, key), trust(office))
    assert verdict.passes and [known for _, _, known in verdict.stamps] == [True]
