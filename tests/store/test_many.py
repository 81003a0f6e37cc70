"""Many rows by one statement: the rows that SQLAlchemy writes itself, and statements that other databases have too."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from asbdesk.model import journal as t
from asbdesk.store.engine import APPLYING, gate
from asbdesk.store.fold import known
from asbdesk.store.many import TOGETHER, inserting
from asbdesk.store.projecting import _rows_of, _upsert
from asbdesk.store.vault import Store

VALUES = {
    "id": "a" * 32, "file": "case/x", "words": "“Said”", "behaviours": ["noise", "é"], "hate_signs": True,
    "about": [], "dissatisfied": False,
}  # fmt: skip


def test_rows_are_those_that_sqlalchemy_writes(store: Store) -> None:
    table = known()["report"].__table__
    rows = _rows_of("report")

    def both(conn: sa.Connection) -> list[sa.Row[tuple[object, ...]]]:
        with gate(conn, APPLYING):
            rows.write(conn, [[VALUES.get(name) for name in rows.names]])
            plain = {name: (VALUES | {"id": "b" * 32}).get(name) for name in rows.names}
            conn.execute(_upsert("sqlite", "report"), [plain])
        return list(conn.execute(sa.text("SELECT * FROM reports ORDER BY id")))

    one, other = store.journal.rehearse(both)
    assert one[1:] == other[1:] and len(one) == len(table.columns)
    assert (one.behaviours, one.hate_signs, one.dissatisfied) == ('["noise", "\\u00e9"]', 1, 0)


@pytest.mark.parametrize("few", [None, ("none_known", "to")])
def test_a_row_that_is_there_is_replaced_whole(store: Store, few: tuple[str, ...] | None) -> None:
    rows = _rows_of("report")

    def twice(conn: sa.Connection) -> tuple[object, ...]:
        with gate(conn, APPLYING):
            rows.write(conn, [[VALUES.get(name) for name in rows.names]])
            told = {"id": VALUES["id"], "file": "case/x", "to": "x"}
            _rows_of("report", few).write(conn, [[told.get(name) for name in _rows_of("report", few).names]])
        return tuple(conn.execute(sa.text('SELECT words, behaviours, "to" FROM reports')).one())

    assert store.journal.rehearse(twice) == (None, None, "x")


@pytest.mark.parametrize("kind", sorted(known()))
def test_values_stand_in_the_order_of_the_columns(kind: str, store: Store) -> None:
    _rows_of(kind)._make(store.writer.dialect)


def test_postgresql_is_given_a_list_for_each_column() -> None:
    sent: list[object] = []

    class Connection:
        dialect = postgresql.dialect(paramstyle="pyformat")

        def execute(self, statement: sa.Insert, rows: object) -> None:
            sent.append((str(statement.compile(dialect=self.dialect)).split("(")[0].strip(), rows))

    inserting(t.body).write(Connection(), [[1, b"s", "text"]])  # type: ignore[arg-type]
    assert sent == [("INSERT INTO body", {"all_n": [1], "all_salt": [b"s"], "all_text": ["text"]})]


@pytest.mark.parametrize("count", [1, TOGETHER - 1, TOGETHER, 3 * TOGETHER + 5])
def test_any_number_of_rows(store: Store, count: int) -> None:
    lines = inserting(t.due_stale)

    def write(conn: sa.Connection) -> list[str]:
        lines.write(conn, [[f"case{n:04}"] for n in range(count)])
        return list(conn.scalars(sa.select(t.due_stale.c.case).order_by(t.due_stale.c.case)))

    assert store.journal.rehearse(write) == [f"case{n:04}" for n in range(count)]
