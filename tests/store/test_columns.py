"""For every mapped column of every kind: set by an action it is in the entry; set by raw SQL it is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import orm

from asbdesk.model import Record, kinds, new_id
from asbdesk.model import journal as t
from asbdesk.store.entries import fields, types
from asbdesk.store.erase import BLOBS
from asbdesk.store.journal import Work, action
from asbdesk.store.vault import Store
from tests import builders as b

EXAMPLES: dict[type, tuple[Any, Any]] = {
    str: ("first", "second"),
    int: (1, 2),
    bool: (True, False),
    list: (["a"], ["a", "b"]),
    dict: ({"a": 1}, {"a": [2, None]}),
}


@action("made")
def make(work: Work, cls: type[Record], record: str, values: dict[str, Any]) -> None:
    work.add(cls(id=record, file="case/x", **values))


@action("changed")
def change(work: Work, cls: type[Record], record: str, name: str, value: Any) -> None:
    setattr(work.get(cls, record), name, value)


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_column_is_journalled_and_refuses_raw_writes(store: Store, kind: str) -> None:
    cls = kinds()[kind]
    record = new_id()
    first = {name: EXAMPLES[types(kind)[name]][0] for name in fields(kind)}
    assert set(first) | {"id", "file"} == {c.key for c in sa.inspect(cls).columns}
    store.do(make, cls, record, first)
    made = json.loads(b.texts(store)[-1])["set"][f"{kind}/{record}"]
    assert made == {name: [value] for name, value in first.items()}
    for name in fields(kind):
        before = json.loads(b.texts(store)[-1])["id"]
        value = EXAMPLES[types(kind)[name]][1]
        store.do(change, cls, record, name, value)
        changed = json.loads(b.texts(store)[-1])["set"][f"{kind}/{record}"]
        assert list(changed) == [name] and changed[name][0] == value
        assert len(changed[name]) == 2 or name == "struck"  # crossing out names all that was seen of the record
        assert before != json.loads(b.texts(store)[-1])["id"]
        stands = store.ask(lambda s, name=name: getattr(s.get(cls, record), name)).value
        assert stands == value
    _refuses_raw_writes(store, cls, record)
    for name in (blob for of, blob, _, _ in BLOBS if of == kind):
        store.do(change, cls, record, name, None)  # there is no such file, and the store must be whole at the end


def _refuses_raw_writes(store: Store, cls: type[Record], record: str) -> None:
    table = cls.__table__
    name = cls.__tablename__
    for column in (*fields(cls.kind), "file"):
        with pytest.raises(sa.exc.DBAPIError, match="outside the journal"), store.writer.begin() as conn:
            conn.execute(sa.update(cls).values({column: None}))
        with pytest.raises(sa.exc.DBAPIError, match="outside the journal"), store.writer.begin() as conn:
            conn.exec_driver_sql(f'UPDATE "{name}" SET "{column}" = NULL WHERE id = ?', (record,))
        with pytest.raises(sa.exc.DBAPIError, match="outside the journal"), orm.Session(store.writer) as session:
            session.execute(sa.update(cls), [{"id": record, column: None}])
    for statement in (table.delete(), table.insert().values(id="x")):
        with pytest.raises(sa.exc.DBAPIError, match="outside the journal"), store.writer.begin() as conn:
            conn.execute(statement)
    with pytest.raises(sa.exc.DBAPIError, match="outside the journal"), orm.Session(store.writer) as session:
        session.add(cls(id="x", file="case/x"))
        session.flush()
    with pytest.raises(sa.exc.DBAPIError, match="outside the journal"), store.writer.begin() as conn:
        conn.exec_driver_sql(f'INSERT OR REPLACE INTO "{name}" (id) VALUES (?)', (record,))


APPEND_ONLY = [
    "UPDATE entry SET file = 'case/y'",
    "DELETE FROM entry",
    "INSERT OR REPLACE INTO entry SELECT * FROM entry WHERE n = 1",
    "INSERT INTO entry (n, session, k) VALUES (99, 1, 99)",
    "INSERT INTO entry (n, session, k) VALUES ((SELECT max(n) + 1 FROM entry), 1, 99)",
    "REPLACE INTO entry (n, session, k) SELECT max(n) + 1, session, k FROM entry",
    "UPDATE body SET text = '{}'",
    "DELETE FROM body",
    "INSERT OR REPLACE INTO body VALUES (1, x'00', '{}')",
    "UPDATE touch SET id = 'y'",
    "DELETE FROM touch",
    "INSERT INTO touch VALUES ('case', 'y', 1)",
    "UPDATE session SET id = 'y'",
    "DELETE FROM session",
    "INSERT INTO session VALUES (99, 'y', 'y', 'y')",
    "INSERT INTO set_aside VALUES (1, 'y')",
    "INSERT INTO erased VALUES ('case/y', 'y', 'y')",
    "INSERT INTO conflict VALUES ('case', 'y', 'y', '[]')",
]


@pytest.mark.parametrize("gate_open", [False, True])
@pytest.mark.parametrize("statement", APPEND_ONLY)
def test_the_journal_itself_is_append_only(store: Store, statement: str, gate_open: bool) -> None:
    store.do(b.open_case)
    inserts = statement.startswith("INSERT INTO") and "99, 1, 99" not in statement
    if gate_open and inserts and "erased" not in statement:
        pytest.skip("inserting is what the open gate is for")
    with pytest.raises(sa.exc.DBAPIError, match=r"append-only|outside the journal"), store.writer.begin() as conn:
        conn.info["gate"].open = int(gate_open)
        try:
            conn.exec_driver_sql(statement)
        finally:
            conn.info["gate"].open = 0


def test_readers_write_nothing_and_every_writer_syncs_fully(store: Store) -> None:
    for engine in (store.writer, store.reader):
        with engine.connect() as conn:
            assert conn.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            assert conn.exec_driver_sql("PRAGMA recursive_triggers").scalar() == 1
            assert conn.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
            assert conn.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert conn.exec_driver_sql("PRAGMA page_size").scalar() == "4096"
    with store.reader.connect() as conn, pytest.raises(sa.exc.DBAPIError, match="readonly"):
        conn.execute(t.local_setting.delete())


def test_what_an_action_wrote_leaves_the_gate_shut(store: Store) -> None:
    store.do(b.open_case)
    with store.writer.connect() as conn:
        assert conn.info["gate"].open == 0
