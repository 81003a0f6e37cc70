"""Answers are on the disk when `save` returns, on this laptop alone, until their step is finished."""

from __future__ import annotations

from asbdesk.clock import SetClock
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.vault import Store
from tests import builders as b
from tests.conftest import PASSPHRASE


def test_an_answer_is_there_after_the_next_unlock(store_paths: StorePaths, desk_clock: SetClock) -> None:
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    run = store.drafts.start("c1", "visit", "sha256:0", "before", as_of=7)
    store.drafts.save(run, "q1", {"unanswered": "wont_say"})
    desk_clock.pass_time(seconds=5)
    store.drafts.save(run, "q2", ["a"])
    store.drafts.save(run, "q2", None)
    store.drafts.at(run, "q2", "room")
    store.close()
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    (found,) = store.drafts.open_runs("c1")
    assert (found.id, found.question, found.step, found.hash, found.as_of) == (run, "q2", "room", "sha256:0", 7)
    assert (found.started, found.saved) == ("2026-11-21T10:00:00.000Z", "2026-11-21T10:00:05.000Z")
    assert store.drafts.values(run) == {"q1": {"unanswered": "wont_say"}, "q2": None}
    assert store.drafts.open_runs("another") == []
    store.close()


def test_drafts_write_no_entry_and_leave_when_told(store: Store) -> None:
    case = store.do(b.open_case).value
    first = store.drafts.start(case, "visit", "h")
    second = store.drafts.start(case, "risk", "h")
    for run in (first, second):
        for question in ("q1", "q2"):
            store.drafts.save(run, question, "x")
    assert len(b.texts(store)) == 1
    store.drafts.forget(first, ["q1"])
    assert store.drafts.values(first) == {"q2": "x"}
    store.drafts.end(first)
    assert store.drafts.values(first) == {} and store.drafts.values(second) == {"q1": "x", "q2": "x"}
    assert [r.id for r in store.drafts.open_runs()] == [second]


def test_the_run_saved_last_comes_first(store: Store, desk_clock: SetClock) -> None:
    first, second = (store.drafts.start("c", form, "h") for form in ("visit", "risk"))
    desk_clock.pass_time(minutes=1)
    store.drafts.save(first, "q", 1)
    assert [r.id for r in store.drafts.open_runs()] == [first, second]


def test_a_screen_remembers_small_things(store: Store) -> None:
    assert store.drafts.remembered("place") is None
    store.drafts.remember("place", "case/1")
    store.drafts.remember("place", "case/2")
    assert store.drafts.remembered("place") == "case/2"
    store.drafts.remember("place", None)
    assert store.drafts.remembered("place") is None
