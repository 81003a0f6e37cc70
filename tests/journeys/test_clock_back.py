"""A clock set back ten years, or on by ten: said in plain words, nothing refused, nothing lost, order kept."""

from __future__ import annotations

import pytest

from asbdesk.clock import SetClock
from asbdesk.model import Contact
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from tests.builders import assert_whole, note_contact, open_whole_case, texts
from tests.conftest import PASSPHRASE

YEARS = 365 * 10


@pytest.mark.parametrize("days", [-YEARS, YEARS], ids=["ten years back", "ten years on"])
def test_work_goes_on_and_the_last_word_stands(store_paths: StorePaths, desk_clock: SetClock, days: int) -> None:
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    case, _, _ = store.do(open_whole_case).value
    contact = store.do(note_contact, case, "as it was").value
    run = store.drafts.start(case, "visit", "sha256:0")
    store.drafts.save(run, "words", "said before")
    store.close()

    desk_clock.pass_time(days=days)
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    assert store.drafts.values(run) == {"words": "said before"}
    store.drafts.save(run, "words", "said after")
    store.do(change, contact, "as it is")
    assert store.ask(note_of, contact).value == "as it is"
    assert store.drafts.values(run) == {"words": "said after"}
    store.close()

    desk_clock.pass_time(days=-days, minutes=5)  # somebody puts the clock right
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    store.do(change, contact, "put right")
    assert store.ask(note_of, contact).value == "put right"
    assert len(texts(store)) == 3 + 1 + 2
    assert_whole(store)
    store.close()


def test_a_doubtful_clock_is_said_and_marked(store_paths: StorePaths, desk_clock: SetClock) -> None:
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    case, _, _ = store.do(open_whole_case).value
    store.close()
    desk_clock.pass_time(days=-YEARS)
    store = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    said = store.clock_note()
    assert said
    assert "clock" in said
    store.do(note_contact, case, "written under a wrong clock")
    assert '"clock":"suspect"' in texts(store)[-1]
    store.close()


def note_of(session, contact: str) -> str:
    return str(session.get(Contact, contact).note)


def change(work, contact: str, note: str) -> None:
    work.get(Contact, contact).note = note


change.journal_name = "contact.corrected"
