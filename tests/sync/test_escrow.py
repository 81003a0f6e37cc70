"""A passphrase forgotten far from the office: a code over the telephone, once, with no connection on either side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.model import journal as t
from asbdesk.store import office_slot, vault
from asbdesk.store.keys import Slots, WrongSecret
from asbdesk.store.recovery_code import RecoveryTypo
from asbdesk.store.slot import KDF_FAST
from asbdesk.sync import escrow, revocation
from tests import builders as b
from tests.conftest import PASSPHRASE
from tests.sync.laptops import Laptop, empty, join, organisation, rounds

NEW = "lemon tractor velvet harbour"
Three = tuple[Laptop, Laptop, Laptop]


@pytest.fixture
def three(tmp_path: Path, desk_clock: SetClock) -> Iterator[Three]:
    with organisation(tmp_path, desk_clock) as made:
        rounds(*made, times=1)
        yield made


def challenge(laptop: Laptop) -> str:
    return office_slot.challenge(Slots.load(laptop.store.paths.slots))[0]


def done_in(laptop: Laptop) -> list[str]:
    return [json.loads(text)["do"] for text in laptop.column(sa.select(t.body.c.text))]


def test_a_code_opens_the_desk_once(three: Three, desk_clock: SetClock) -> None:
    office, ben, _ = three
    case = ben.do(b.open_case)
    paths, shown = ben.store.paths, challenge(ben)
    code = escrow.code_for(office.store, ben.device, shown.lower().replace("-", " "))
    ben.store.close()
    office_slot.use(paths, code, NEW, desk_clock, kdf=KDF_FAST)
    with pytest.raises(WrongSecret):
        vault.unlock(paths, desk_clock, passphrase=PASSPHRASE)
    desk_clock.pass_time(hours=1)
    ben.store = vault.unlock(paths, desk_clock, passphrase=NEW)
    assert ben.texts(f"case/{case}")
    with pytest.raises(UserError, match="never given a way"):
        ben.store.close()
        office_slot.use(paths, code, NEW, desk_clock, kdf=KDF_FAST)
    ben.store = vault.unlock(paths, desk_clock, passphrase=NEW)
    ben.meet()
    assert challenge(ben) != shown
    office.meet()
    assert "passphrase.set_by_head_office" in done_in(ben) and "passphrase.set_by_head_office" in done_in(office)
    assert "unlock_code.given" in done_in(office)
    again = escrow.code_for(office.store, ben.device, challenge(ben))
    assert again != code
    ben.store.close()
    office_slot.use(paths, again, PASSPHRASE, desk_clock, kdf=KDF_FAST)
    ben.store = vault.unlock(paths, desk_clock, passphrase=PASSPHRASE)
    b.assert_whole(ben.store)


def test_a_slip_is_told_apart_from_the_wrong_code(three: Three, desk_clock: SetClock) -> None:
    office, ben, cat = three
    paths, shown = ben.store.paths, challenge(ben)
    other = escrow.code_for(office.store, cat.device, shown)
    code = escrow.code_for(office.store, ben.device, shown)
    ben.store.close()
    with pytest.raises(WrongSecret, match="not the answer"):
        office_slot.use(paths, other, NEW, desk_clock, kdf=KDF_FAST)
    with pytest.raises(RecoveryTypo):
        office_slot.use(paths, code[:-1] + ("A" if code[-1] != "A" else "B"), NEW, desk_clock, kdf=KDF_FAST)
    with pytest.raises(RecoveryTypo):
        escrow.code_for(office.store, ben.device, shown[:-1])
    ben.store = vault.unlock(paths, desk_clock, passphrase=PASSPHRASE)


def test_nobody_but_head_office_gives_codes_and_none_for_a_lost_laptop(three: Three) -> None:
    office, ben, cat = three
    with pytest.raises(UserError, match="Only a head-office laptop"):
        escrow.code_for(cat.store, ben.device, challenge(ben))
    revocation.revoke(office.store, ben.device)
    with pytest.raises(UserError, match="reported lost"):
        escrow.code_for(office.store, ben.device, challenge(ben))
    with pytest.raises(UserError, match="no laptop"):
        escrow.code_for(office.store, "z" * 16, challenge(ben))


def test_only_head_office_is_given_the_secret(three: Three) -> None:
    office, ben, cat = three
    for one in (ben, cat):
        file = escrow.file_for(one.device)
        with office.store.reader.connect() as conn:
            assert list(escrow.keys.keys_of(conn, [file]))
    with cat.store.reader.connect() as conn:
        assert not list(escrow.keys.keys_of(conn, [escrow.file_for(ben.device), "org/authority"]))
    assert b"escrow" not in ben.store.paths.slots.read_bytes()


def test_a_lost_laptop_of_head_office_answers_nothing_more(three: Three, tmp_path: Path, desk_clock: SetClock) -> None:
    office, ben, _ = three
    dee = empty(tmp_path / "dee", desk_clock)
    join(office, dee, "Dee Office", "head_office")
    rounds(office, ben, dee)
    shown = challenge(ben)
    assert escrow.code_for(dee.store, ben.device, shown) == escrow.code_for(office.store, ben.device, shown)
    with dee.store.reader.connect() as conn:
        known = {k.key for k in escrow.keys.keys_of(conn, [escrow.file_for(ben.device)])}
    revocation.revoke(office.store, dee.device, "stolen")
    rounds(office, ben)
    assert challenge(ben) != shown
    code = escrow.code_for(office.store, ben.device, challenge(ben))
    assert code not in {escrow.answer(secret, ben.device, challenge(ben)) for secret in known}
    dee.store.close()


def test_codes_worked_out_before_are_worked_out_the_same_for_ever() -> None:
    assert escrow.answer(b"k" * 32, "abcdefgh234567ab", "00000-00002") == "WC4V0-BP2C8-X1JE7-074DK-Z9G3Y"


def test_a_code_is_told_from_the_recovery_sheets(three: Three) -> None:
    office, ben, _ = three
    assert office_slot.is_code(escrow.code_for(office.store, ben.device, challenge(ben)))
    assert not office_slot.is_code("-".join(["ABCDE"] * 8))
