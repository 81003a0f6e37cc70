"""A clock that cannot be right is said so, on the entry and in words, and stops nothing."""

from __future__ import annotations

import datetime as dt
import json

import sqlalchemy as sa

from asbdesk.clock import SetClock
from asbdesk.model import Case
from asbdesk.model import journal as t
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.ticking import new_device, new_session
from asbdesk.store.vault import Store
from tests import builders as b
from tests.conftest import PASSPHRASE


class LeapingClock(SetClock):
    """A laptop clock that somebody sets while the desk is open: it leaps, and the steady count does not."""

    def steady(self) -> float:
        return 0.0


def suspects(store: Store) -> list[bool]:
    return [json.loads(text).get("clock") == "suspect" for text in b.texts(store)]


def stamps(store: Store) -> list[str]:
    with store.reader.connect() as conn:
        return list(conn.scalars(sa.select(t.entry.c.hlc).order_by(t.entry.c.n)))


def test_a_clock_set_back_ten_years_ends_in_words_and_nothing_is_lost(store: Store, desk_clock: SetClock) -> None:
    case = store.do(b.open_case).value
    store.do(b.hand_over, case, "khan")
    assert store.clock_note() is None
    desk_clock.pass_time(days=-3653)
    store.do(b.hand_over, case, "smith")
    note = store.clock_note()
    assert note is not None and "Sunday 20 November 2016, 10:00" in note and "nothing is lost" in note
    desk_clock.pass_time(days=3653)
    store.do(b.hand_over, case, "jones")
    assert suspects(store) == [False, False, True, False]
    assert stamps(store) == sorted(set(stamps(store)))
    assert store.ask(lambda s: s.get(Case, case).officer).value == "jones"
    assert store.clock_note() is None


def test_it_is_known_at_the_next_unlock(store_paths: StorePaths, desk_clock: SetClock) -> None:
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    store.do(b.open_case)
    store.close()
    desk_clock.pass_time(days=-3653)
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    assert store.clock_note() is not None
    store.do(b.open_case)
    assert suspects(store) == [False, True]
    store.journal.trust_clock()  # the officer looked: it is this year that is right
    assert store.clock_note() is None
    store.do(b.open_case)
    store.close()
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    assert store.clock_note() is None and suspects(store) == [False, True, False]
    assert stamps(store) == sorted(set(stamps(store)))
    store.close()


def test_a_leap_ahead_while_the_desk_is_open_is_doubted_and_does_not_carry_the_stamps_along(
    store_paths: StorePaths,
) -> None:
    clock = LeapingClock("2026-11-21T10:00:00.000Z")
    store = vault.unlock(store_paths, clock, passphrase=PASSPHRASE)
    store.do(b.open_case)
    clock.pass_time(hours=23)
    store.do(b.open_case)
    clock.pass_time(hours=2)
    store.do(b.open_case)
    assert suspects(store) == [False, False, True]
    note = store.clock_note()
    assert note is not None and "a long way after" in note
    assert int(stamps(store)[-1], 16) >> 16 < dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC).timestamp() * 1000
    store.close()


def test_a_weekend_is_no_leap_and_two_years_are(store_paths: StorePaths, desk_clock: SetClock) -> None:
    for days, doubted in ((3, False), (800, True)):
        store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
        store.do(b.open_case)
        store.close()
        desk_clock.pass_time(days=days)
        store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
        assert (store.clock_note() is not None) is doubted
        store.close()


def test_a_few_minutes_between_two_laptops_are_nothing(store: Store, desk_clock: SetClock) -> None:
    store.do(b.open_case)
    desk_clock.pass_time(minutes=-4)
    store.do(b.open_case)
    assert suspects(store) == [False, False] and store.clock_note() is None


def test_a_colleagues_wild_stamp_moves_ours_ten_minutes_at_most(store: Store, desk_clock: SetClock) -> None:
    store.do(b.open_case)
    text = b.texts(store)[0]
    ours = text.split('"id":"')[1].split('"')[0]
    wild = text.replace(ours, f"{'c' * 16}.01a1fd8abf38e51b7a.1")
    wild = wild.replace(json.loads(text)["hlc"], f"{(json.loads(text)['hlc'])[:1]}fffffffffffffff")
    assert store.journal.take_in([wild]).new == 1
    store.do(b.open_case)
    own = int(stamps(store)[-1], 16) >> 16
    assert own <= desk_clock.now().timestamp() * 1000 + 10 * 60_000


def test_names_are_never_the_same_twice(desk_clock: SetClock) -> None:
    device = new_device()
    assert len({new_session(device, desk_clock) for _ in range(100)}) == 100
    assert len(device) == 16 and set(device) <= set("abcdefghijklmnopqrstuvwxyz234567")
    session = new_session(device, SetClock("1969-01-01T00:00:00.000Z"))
    assert len(session) == 16 + 1 + 18
