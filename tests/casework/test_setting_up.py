"""First start without a window: a store, the landlord's authority, the officer's certificate, the recovery sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from asbdesk.casework.desk import Desk
from asbdesk.casework.identity import officer_identity
from asbdesk.casework.setting_up import Answers, set_up
from asbdesk.clock import SetClock
from asbdesk.documents.authority import common_name
from asbdesk.errors import UserError
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.keys import KDF_FAST
from tests.casework.conftest import ANSWERS, PASSPHRASE


def test_the_authority_lies_beside_the_store_and_the_keys_only_inside(desk: Desk) -> None:
    identity, authority = officer_identity(desk)
    assert common_name(identity.cert_pem) == "Dami Okafor"
    assert desk.store.paths.authority.read_bytes() == authority
    assert b"PRIVATE KEY" in identity.key_pem
    with desk.store.reader.connect() as conn:
        from asbdesk.model.journal import body

        assert not any("PRIVATE KEY" in text for text in conn.scalars(body.select().with_only_columns(body.c.text)))
    for file in desk.store.paths.folder.rglob("*"):
        if file.is_file():
            assert b"PRIVATE KEY" not in file.read_bytes(), file.name


def test_who_works_here_is_known_after_unlocking(tmp_path: Path, desk_clock: SetClock) -> None:
    paths = StorePaths(tmp_path / "desk")
    made = set_up(paths, desk_clock, PASSPHRASE, ANSWERS, kdf=KDF_FAST, reserve=False)
    assert made.recovery_sheet.startswith(b"%PDF")
    made.desk.close()
    opened = Desk(vault.unlock(paths, desk_clock, recovery=made.code))
    try:
        seen = opened.landlord
        assert (seen.name, seen.officer, seen.second_name) == ("Invented Homes", "Dami Okafor", "Rosalind Hughes")
        assert seen.complaint_number == "01632 960101" and seen.desk_letter == "A"
    finally:
        opened.close()


def test_names_are_needed_and_nothing_is_left_behind(tmp_path: Path, desk_clock: SetClock) -> None:
    paths = StorePaths(tmp_path / "desk")
    with pytest.raises(UserError, match="what your landlord is called"):
        set_up(paths, desk_clock, PASSPHRASE, Answers("", "Dami"), kdf=KDF_FAST)
    assert not paths.folder.exists()


def test_a_second_set_up_does_not_write_over_the_first(desk: Desk, desk_clock: SetClock) -> None:
    before = desk.store.paths.authority.read_bytes()
    with pytest.raises(UserError):
        set_up(desk.store.paths, desk_clock, PASSPHRASE, ANSWERS, kdf=KDF_FAST)
    assert desk.store.paths.authority.read_bytes() == before
