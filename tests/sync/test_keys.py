"""The keys of files: made once, renewed forward, destroyed by erasure; the device's own keys stay the same."""

from __future__ import annotations

import sqlalchemy as sa

from asbdesk.model import sync as q
from asbdesk.store.erase import Order, erase
from asbdesk.store.vault import Store
from asbdesk.sync import keys
from tests import builders as b


def test_a_file_has_one_key_until_it_is_renewed(store: Store) -> None:
    def work(conn: sa.Connection) -> None:
        key_id, key = keys.key_for(conn, "case/a")
        assert keys.key_for(conn, "case/a") == (key_id, key) and len(key) == 32
        assert keys.key_for(conn, "case/b")[0] != key_id
        newer = keys.renew(conn, "case/a")
        assert keys.key_for(conn, "case/a") == newer
        assert keys.key(conn, key_id) == key and keys.file_of(conn, key_id) == "case/a"
        assert [k.epoch for k in keys.keys_of(conn, ["case/a"])] == [1, 2]

    store.journal.write_local(work)


def test_of_two_keys_of_one_epoch_the_larger_id_is_taken_by_everybody(store: Store) -> None:
    def work(conn: sa.Connection) -> None:
        assert keys.add(conn, "f" * 32, "case/a", 1, b"f" * 32)
        assert keys.add(conn, "a" * 32, "case/a", 1, b"a" * 32)
        assert not keys.add(conn, "a" * 32, "case/a", 1, b"x" * 32), "known already"
        assert keys.key_for(conn, "case/a") == ("f" * 32, b"f" * 32)

    store.journal.write_local(work)


def test_an_erased_files_keys_are_gone_and_never_come_back(store: Store) -> None:
    case = store.do(b.open_case).value
    file = f"case/{case}"
    key_id, key = store.journal.write_local(lambda conn: keys.key_for(conn, file))
    erase(store, Order("order-1", (file,)))

    def work(conn: sa.Connection) -> None:
        assert keys.key(conn, key_id) is None and keys.file_of(conn, key_id), "known, and destroyed"
        assert not keys.add(conn, "b" * 32, file, 2, key)
        assert conn.scalar(sa.select(sa.func.count()).select_from(q.key_due)) == 0

    store.journal.write_local(work)
    assert key not in store.paths.database.read_bytes()


def test_a_devices_own_keys_are_made_once(store: Store) -> None:
    first = store.journal.write_local(keys.device_keys)
    assert store.journal.write_local(keys.device_keys) == first
    assert first.sign.private != first.box.private
