"""Erasure: what a file held is gone, from the bytes on the disk too; the chain still holds; it never comes back."""

from __future__ import annotations

import sqlalchemy as sa

from asbdesk.model import Case, Person
from asbdesk.model import journal as t
from asbdesk.store.check import check, is_whole
from asbdesk.store.engine import make_engine
from asbdesk.store.erase import Order, erase, sweep
from asbdesk.store.files import Files
from asbdesk.store.vault import Store
from tests import builders as b

NAME = "Zephyrine Quillfeather"


def test_erasure_keeps_the_chain_and_takes_the_rest(store: Store) -> None:
    case, person, _ = store.do(b.open_whole_case, NAME).value
    other = store.do(b.open_case).value
    blob = store.files.keep(b"a photograph")
    store.do(b.take_evidence, case, blob)
    run = store.drafts.start(case, "visit", "h")
    store.drafts.save(run, "q", NAME)
    entries = b.texts(store)
    done = erase(store, Order("order1", (f"case/{case}", f"person/{person}")))
    assert (done.entries, done.blobs, done.wiped) == (3, 1, True)
    assert is_whole(check(store))
    with store.reader.connect() as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(t.entry)) == len(entries)
        assert {e.file: e.order_id for e in conn.execute(sa.select(t.erased))} == {
            f"case/{case}": "order1",
            f"person/{person}": "order1",
        }
        lines = conn.scalars(sa.select(t.case_line.c.case)).all()
    assert lines == [other]
    assert store.drafts.open_runs() == [] and list(store.files.names()) == []
    assert store.ask(lambda s: (s.get(Case, case), s.get(Person, person))).value == (None, None)
    # late entries of what was erased are never taken in again, known or new
    assert store.journal.take_in(entries).new == 0
    fresh = entries[0].replace('.1"', '.999"', 1)
    assert store.journal.take_in([fresh]).new in (0, 1)  # a home's own entry may come; the case's and person's may not
    late = next(e for e in entries if f'"file":"case/{case}"' in e)
    head, _, tail = late.partition('"id":"')
    number = tail.split('"', 1)[0]
    assert store.journal.take_in([late.replace(number, number.rsplit(".", 1)[0] + ".998")]).new == 0
    assert head


def test_nothing_of_it_is_left_in_any_table(store: Store) -> None:
    """No row of any table holds it. (What SQLite freed is overwritten: `secure_delete` has a test of its own.)"""
    person = store.do(b.open_whole_case, NAME).value[1]
    assert found_in(store, NAME)
    erase(store, Order("order1", (f"person/{person}",)))
    store.journal.catch_up()
    assert not found_in(store, NAME) and not found_in(store, NAME.lower())


def found_in(store: Store, words: str) -> bool:
    with store.writer.connect() as conn:
        for table in sa.inspect(conn).get_table_names():
            for row in conn.exec_driver_sql(f'SELECT * FROM "{table}"'):
                if words in " ".join(map(str, row)):
                    return True
    return False


def test_a_file_that_is_not_here_is_listed_all_the_same(store: Store) -> None:
    assert erase(store, Order("order1", ("case/elsewhere",))).entries == 0
    assert erase(store, Order("order2", ("case/elsewhere",))).entries == 0
    with store.reader.connect() as conn:
        assert conn.execute(sa.select(t.erased.c.order_id)).scalars().all() == ["order1"]


def test_a_conflict_and_what_was_set_aside_go_with_their_file(store: Store) -> None:
    case = store.do(b.open_case).value
    text = b.texts(store)[0]
    ours = text.split('"id":"')[1].split('"')[0]
    theirs = text.replace(ours, f"{'c' * 16}.01a1fd8abf38e51b7a.1").replace("ASB-2026-A0001", "ASB-2026-B0001")
    wrong = text.replace(ours, f"{'c' * 16}.01a1fd8abf38e51b7a.2").replace('["ASB-2026-A0001"]', "[5]")
    assert store.journal.take_in([theirs, wrong]).set_aside == 1
    erase(store, Order("order1", (f"case/{case}",)))
    with store.reader.connect() as conn:
        for table in (t.conflict, t.set_aside, t.body, t.touch):
            assert conn.execute(sa.select(table)).all() == []


def test_files_that_nothing_names_are_swept_after_a_day(store: Store, desk_clock: object) -> None:
    case = store.do(b.open_case).value
    named, drafted, loose = (store.files.keep(content) for content in (b"named", b"drafted", b"loose"))
    store.do(b.take_evidence, case, named)
    run = store.drafts.start(case, "visit", "h")
    store.drafts.save(run, "photo", {"blob": drafted.blob, "key": drafted.key})
    import os

    for blob in store.files.names():
        os.utime(store.files.path(blob), (1_700_000_000, 1_700_000_000))
    assert sweep(store) == 0, "kept since this was opened: its record may be about to be written"
    store.files = Files(store.paths.evidence)  # as at the next unlocking
    assert sweep(store) == 1
    assert set(store.files.names()) == {named.blob, drafted.blob}
    assert loose.blob not in set(store.files.names())


def test_the_list_is_under_the_same_key(store: Store) -> None:
    erase(store, Order("order1", ("case/elsewhere",)))
    engine = make_engine(store.paths.database, store.key, readonly=True)
    with engine.connect() as conn:
        assert conn.scalar(sa.select(t.erased.c.file)) == "case/elsewhere"
    engine.dispose()
