"""Many rows by one statement: what SQLAlchemy works out anew for each row of a list is worked out once for all.

Still its own statements, compiled for the database at hand: no SQL is written here. A colleague's thousand entries are
filed in a third of the time.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.sql.dml import Insert

Process = Callable[[Any], Any]
T = TypeVar("T")


TOGETHER = 32
"""Rows that SQLite is given by one statement: fewer begin one for each row, more take longer again."""


class _Ready(NamedTuple):
    text: str
    together: str
    processors: tuple[tuple[int, Process], ...]
    """Which values of a row are bound otherwise than they are, and how: JSON as text."""


class Rows:
    """An insert of some columns of a table. `statement` is given the name of the database's dialect."""

    def __init__(self, table: sa.Table, names: Sequence[str], statement: Callable[[str], Insert]) -> None:
        self._table = table
        self.names = tuple(column.key for column in table.columns if column.key in set(names))
        """The columns in the order in which a row gives their values: the table's own."""
        self._statement = statement
        self._made: dict[str, _Ready] = {}
        self._by_columns: Insert | None = None

    def write(self, conn: sa.Connection, rows: Sequence[list[Any]]) -> None:
        """Insert these rows; each a list of values in the order of `names`, which is used up."""
        if not rows:
            return
        if not conn.dialect.positional:
            self._write_by_columns(conn, rows)
            return
        ready = self._made.get(conn.dialect.name) or self._make(conn.dialect)
        _bind(rows, ready.processors)
        whole = len(rows) - len(rows) % TOGETHER
        if whole:
            groups = (chain.from_iterable(rows[start : start + TOGETHER]) for start in range(0, whole, TOGETHER))
            conn.exec_driver_sql(ready.together, [tuple(values) for values in groups])
        if whole < len(rows):
            conn.exec_driver_sql(ready.text, [tuple(row) for row in rows[whole:]])

    def _write_by_columns(self, conn: sa.Connection, rows: Sequence[list[Any]]) -> None:
        """For PostgreSQL, which takes a list for each column in one statement, and else one statement for each row."""
        if self._by_columns is None:
            kinds = [_wide(self._table.c[name].type) for name in self.names]
            lists = [
                sa.bindparam(f"all_{name}", type_=sa.ARRAY(kind, dimensions=1)) for name, kind in self._with(kinds)
            ]
            given = sa.func.unnest(*lists).table_valued(*(sa.column(n, kind) for n, kind in self._with(kinds)))
            chosen = sa.select(*given.render_derived().c)
            self._by_columns = self._statement(conn.dialect.name).from_select(self.names, chosen)
        columns = zip(self.names, zip(*rows, strict=True), strict=True)
        conn.execute(self._by_columns, {f"all_{name}": list(values) for name, values in columns})

    def _with(self, kinds: Sequence[sa.types.TypeEngine[Any]]) -> Sequence[tuple[str, sa.types.TypeEngine[Any]]]:
        return list(zip(self.names, kinds, strict=True))

    def _make(self, dialect: sa.Dialect) -> _Ready:
        compiled = self._statement(dialect.name).compile(dialect=dialect, column_keys=list(self.names))
        if tuple(compiled.positiontup or ()) != self.names:
            raise AssertionError(f"{self._table.name}: the order of columns is not the table's")
        text, one = str(compiled), f"({', '.join('?' * len(self.names))})"
        if text.count(one) != 1:
            raise AssertionError(f"{self._table.name}: not the values that were expected")
        together = text.replace(one, ", ".join([one] * TOGETHER))
        made = _Ready(text, together, _processors(self._table, self.names, dialect))
        self._made[dialect.name] = made
        return made


class Changes:
    """An update of some columns of a table's rows, each named by its id. For databases that take `?`."""

    def __init__(self, table: sa.Table, names: Sequence[str]) -> None:
        self._table = table
        self.names = tuple(column.key for column in table.columns if column.key in set(names))
        """The columns in the table's own order."""
        self._made: dict[str, tuple[str, tuple[tuple[int, Process], ...]]] = {}

    def write(self, conn: sa.Connection, rows: Sequence[list[Any]]) -> bool:
        """Change these rows, each a list of values in the order of `names`, which is used up, and then its id. False
        when not all of them are there."""
        text, processors = self._made.get(conn.dialect.name) or self._make(conn.dialect)
        _bind(rows, processors)
        return conn.exec_driver_sql(text, [tuple(row) for row in rows]).rowcount == len(rows)

    def _make(self, dialect: sa.Dialect) -> tuple[str, tuple[tuple[int, Process], ...]]:
        values: dict[str, Any] = {name: sa.bindparam(name) for name in self.names}
        changed = self._table.update().where(self._table.c.id == sa.bindparam("its_id")).values(values)
        compiled = changed.compile(dialect=dialect)
        if tuple(compiled.positiontup or ()) != (*self.names, "its_id"):
            raise AssertionError(f"{self._table.name}: the order of columns is not the table's")
        made = self._made[dialect.name] = str(compiled), _processors(self._table, self.names, dialect)
        return made


def _processors(table: sa.Table, names: Sequence[str], dialect: sa.Dialect) -> tuple[tuple[int, Process], ...]:
    """How values are bound, of the columns (by their place) whose values are not bound as they are."""
    found = ((place, table.c[name].type.dialect_impl(dialect)) for place, name in enumerate(names))
    made = ((place, _processor(kind, dialect)) for place, kind in found)
    return tuple((place, process) for place, process in made if process)


def _processor(kind: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Process | None:
    if isinstance(kind, sa.LargeBinary):
        return None
    # what SQLAlchemy makes calls this for each value, and asks again each time whether there is one
    return _as_json if isinstance(kind, sa.JSON) else kind.bind_processor(dialect)


_as_json = json.JSONEncoder(check_circular=False).encode


def _bind(rows: Sequence[list[Any]], processors: Sequence[tuple[int, Process]]) -> None:
    for place, process in processors:
        for row in rows:
            if row[place] is not None:
                row[place] = process(row[place])


def _wide(kind: sa.types.TypeEngine[Any]) -> sa.types.TypeEngine[Any]:
    return sa.BigInteger() if isinstance(kind, sa.Integer) else kind


def inserting(table: sa.Table) -> Rows:
    """A plain insert of every column."""
    return Rows(table, [column.key for column in table.columns], lambda dialect: table.insert())


def batches(values: Iterator[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size`."""
    while part := list(islice(values, size)):
        yield part
