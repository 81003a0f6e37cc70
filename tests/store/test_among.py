"""Many values bound as one: the rows that `IN` gives, found by the index, and in each database's own words."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from asbdesk.model import journal as t
from asbdesk.store.among import among
from asbdesk.store.vault import Store
from tests import builders as b


def test_the_rows_are_those_of_in(store: Store) -> None:
    case = store.do(b.open_case).value
    notes = [store.do(b.note_contact, case, f"“{n}” é").value for n in range(5)]
    with store.reader.connect() as conn:
        for column, values in (
            (t.touch.c.id, [*notes[:3], "nobody", "a'b\"c"]),
            (t.touch.c.n, [1, 2, 99]),
            (t.touch.c.n, []),
        ):
            which = sa.select(t.touch).order_by(t.touch.c.n)
            assert (
                conn.execute(which.where(among(column, values))).all()
                == conn.execute(which.where(column.in_(values))).all()
            )
        named = sa.select(t.touch.c.id).where(among(t.touch.c.id, "ids"), t.touch.c.kind == "contact")
        for some in (notes, notes[:1], set(notes[1:])):
            assert set(conn.scalars(named, {"ids": some})) == set(some)


def test_an_index_finds_them(store: Store) -> None:
    with store.reader.connect() as conn:
        which = sa.select(t.touch.c.n).where(t.touch.c.kind == "x", among(t.touch.c.id, ["a"]))
        said = str(which.compile(dialect=conn.dialect))
        plan = " ".join(row.detail for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", ("x", '["a"]')))
    assert "SEARCH touch USING PRIMARY KEY (kind=? AND id=?)" in plan


def test_postgresql_is_given_an_array(postgres: object) -> None:
    which = sa.select(t.touch.c.n).where(among(t.touch.c.id, ["a"]), among(t.touch.c.n, [1]))
    said = str(which.compile(dialect=postgresql.psycopg.dialect()))
    assert "touch.id = ANY(%(param_1)s::TEXT[])" in said and "touch.n = ANY(%(param_2)s::BIGINT[])" in said
    engine = sa.create_engine(postgres.url("postgres").replace("postgresql:", "postgresql+psycopg:"))  # type: ignore[attr-defined]
    with engine.begin() as conn:
        conn.exec_driver_sql("CREATE TEMP TABLE touch (kind TEXT, id TEXT, n BIGINT)")
        conn.exec_driver_sql("INSERT INTO touch VALUES ('k', 'a', 1), ('k', 'b', 1), ('k', 'a', 2)")
        assert conn.execute(which).all() == [(1,)]
        assert conn.execute(which.where(among(t.touch.c.id, []))).all() == []
    engine.dispose()


@pytest.mark.parametrize("count", [1, 5000])
def test_any_number(store: Store, count: int) -> None:
    with store.reader.connect() as conn:
        assert conn.scalars(sa.select(t.touch.c.n).where(among(t.touch.c.n, list(range(-count, 0))))).all() == []
