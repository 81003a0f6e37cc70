"""The index of every word: found as typed, never in an action's way, gone with what is erased."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.store import search
from asbdesk.store.erase import Order, erase
from asbdesk.store.vault import Store
from tests import builders as b


def bring_up(store: Store, most: int = 500) -> None:
    while store.journal.write_local(partial(search.bring_up, most=most)):
        pass


def found(store: Store, typed: str) -> list[tuple[str, str]]:
    asked = search.question(typed)
    with store.reader.connect() as conn:
        which = "SELECT kind, id FROM search_row JOIN search ON rowid = row WHERE search MATCH ? ORDER BY rowid DESC"
        return [(row[0], row[1]) for row in conn.exec_driver_sql(which, (asked,))]


def test_every_word_is_found_from_its_beginning_on(store: Store) -> None:
    case = store.do(b.open_case, "ASB-2026-A0412").value
    report = store.do(b.report, case, "He shouted at Zażółć O'Brien's window, “again”!").value
    bring_up(store)
    for typed in ("shout", "SHOUTED window", "zazolc", "Zażółć", "again", "wind shou", "o’brien", "OBrien"):
        assert found(store, typed) == [("report", report)], typed
    for typed in ("asb-2026-a0412", "asb2026a04", "2026-A0412", "ASB 2026"):
        assert ("case", case) in found(store, typed), typed
    assert found(store, "shouted nowhere") == []


def test_what_is_corrected_is_found_by_its_new_words_only(store: Store) -> None:
    case = store.do(b.open_case, "ASB-2026-A0412").value
    bring_up(store)
    store.do(b.hand_over, case, "okafor")
    assert found(store, "okafor") == []  # not followed yet
    bring_up(store, most=1)
    assert found(store, "okafor") == [("case", case)]
    store.do(b.hand_over, case, "hughes")
    bring_up(store)
    assert found(store, "okafor") == [] and found(store, "hughes") == [("case", case)]


def test_an_action_does_not_wait_for_the_index(store: Store) -> None:
    bring_up(store)
    store.do(b.open_case)
    with store.reader.connect() as conn:
        assert search.behind(conn) == 1


def test_what_is_erased_leaves_no_word_behind(store: Store) -> None:
    case, person, _ = store.do(b.open_whole_case, "Zephyrine Quillfeather").value
    bring_up(store)
    assert ("person", person) in found(store, "quillfeather")
    erase(store, Order("order1", (f"case/{case}", f"person/{person}")))
    assert found(store, "quillfeather") == []
    with store.writer.connect() as conn:
        blocks = b"".join(bytes(row[0]) for row in conn.exec_driver_sql("SELECT block FROM search_data"))
        words = [row[0] for row in conn.exec_driver_sql("SELECT c0 FROM search_content")]
    assert b"quillfeather" not in blocks and not any("quillfeather" in word for word in words)


@pytest.mark.parametrize("typed", ["", "   ", '"', "*", "(", "NOT", "a:b", "-", "NEAR(", "\x00", "ʼ", "AND OR", "^x"])
def test_whatever_is_typed_is_no_error(store: Store, typed: str) -> None:
    store.do(b.open_case)
    bring_up(store)
    if search.question(typed):
        found(store, typed)


def test_an_index_begun_again_finds_the_same(store: Store) -> None:
    case = store.do(b.open_case, "ASB-2026-A0412").value
    store.do(b.report, case, "loud music until three")
    bring_up(store)
    before = everything(store)
    store.journal.write_local(search.start_again)
    assert everything(store) == []
    bring_up(store)
    assert everything(store) == before


def everything(store: Store) -> list[Any]:
    with store.reader.connect() as conn:
        return list(
            conn.execute(
                sa.text("SELECT kind, id, file, words FROM search_row JOIN search ON rowid = row ORDER BY kind, id")
            )
        )
