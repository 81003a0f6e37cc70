"""The hub's tables in PostgreSQL: the same as a laptop's, made from the same classes, in a schema of their own.

Why no steps of Alembic here: everything in this schema but the journal's own tables is worked out, so a new kind or
column is added where it is missing and filled from the journal, on whatever version the service was before.
"""

from __future__ import annotations

import sqlalchemy as sa

from asbdesk.headoffice import database
from asbdesk.headoffice.place import HubKeys
from asbdesk.model import journal as t
from asbdesk.model import sync as q
from asbdesk.paths import resources
from asbdesk.store.apply import rebuild
from asbdesk.store.fold import known

SCHEMA = "desk"
_BOUNDED = {table.name for table in (*t.TRUTH, *q.QUEUES)}
"""Tables whose indexed words are short by their form; others may hold any text, too long for a tree to be made of."""


class _Whole(sa.BigInteger):
    """Whole numbers as entries may hold them: up to 2^53."""

    render_bind_cast = True


def make_engine(url: str, keys: HubKeys) -> sa.Engine:
    """Connections to the hub's tables. The hub's own keys are in each connection's memory and in no table."""
    from sqlalchemy import event, util

    made = database.engine(url, schema=SCHEMA)
    made.dialect.colspecs = util.immutabledict({**made.dialect.colspecs, sa.Integer: _Whole})

    @event.listens_for(made, "connect")
    def lend_keys(connection: object, _: object) -> None:
        import psycopg

        assert isinstance(connection, psycopg.Connection)
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE local_secret (name text PRIMARY KEY, value bytea)")
            held = [("device_sign", keys.sign), ("device_box", keys.box)]
            cursor.executemany("INSERT INTO local_secret VALUES (%s, %s)", held)
        connection.commit()

    return made


def prepare(engine: sa.Engine) -> tuple[str, ...]:
    """Bring the tables to this version, in one transaction; the kinds that were filled again from the journal."""
    with engine.begin() as conn:
        conn.execute(sa.text("SELECT pg_advisory_xact_lock(:n)"), {"n": database.ONE_AT_A_TIME})
        conn.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        wanted = _for_postgres()
        held = sa.inspect(conn).get_multi_columns(schema=SCHEMA)
        there = {name: {column["name"] for column in columns} for (_, name), columns in held.items()}
        wanted.create_all(conn, checkfirst=True)
        grown = {name for name in there if name in wanted.tables and _grow(conn, wanted.tables[name], there[name])}
        kinds = (
            {kind for kind, record in known().items() if _is_new(record.__tablename__, there, grown)} if there else ()
        )
        if kinds:
            rebuild(conn, kinds)
            _work_out_again(conn)
        _reports(conn)
        return tuple(sorted(kinds))


def _reports(conn: sa.Connection) -> None:
    """The views that reporting tools read; documented where they are made, resources/headoffice/reports.sql."""
    conn.exec_driver_sql("CREATE SCHEMA IF NOT EXISTS report")
    text = (resources() / "headoffice" / "reports.sql").read_text(encoding="utf-8")
    conn.connection.cursor().execute(text)  # as it is: SQLAlchemy and the driver would read % and : in it


class Counting:
    """Keeps the planner's figures near the truth while tables grow a hundredfold in minutes: after the first commit,
    the second, the fourth, the eighth … It listens to the hub's journal."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._commits = 0

    def __call__(self, _: object) -> None:
        self._commits += 1
        if self._commits & (self._commits - 1) == 0:
            with self._engine.begin() as conn:
                conn.exec_driver_sql("ANALYZE session, entry, body, touch, due, due_stale, segment, block, object_seen")


def _is_new(name: str, there: dict[str, set[str]], grown: set[str]) -> bool:
    return name in grown or name not in there


def _grow(conn: sa.Connection, table: sa.Table, there: set[str]) -> bool:
    """Add the columns that are missing; whether there were any."""
    new = [column for column in table.columns if column.name not in there]
    for column in new:
        form = sa.schema.CreateColumn(column).compile(dialect=conn.dialect)
        conn.exec_driver_sql(f'ALTER TABLE "{table.name}" ADD COLUMN {form}')
    return bool(new)


def _work_out_again(conn: sa.Connection) -> None:
    cases = known()["case"].__table__
    conn.execute(t.due_stale.delete())
    conn.execute(t.due_stale.insert().from_select(["case"], sa.select(cases.c.id)))


def _for_postgres() -> sa.MetaData:
    """Every table with numbers wide enough, words in the order of their bytes, indexes that take any text."""
    made = sa.MetaData()
    for table in t.session.metadata.sorted_tables:
        copy = table.to_metadata(made)
        for column in copy.columns:
            if isinstance(column.type, sa.Integer):
                column.type = sa.BigInteger()
            elif isinstance(column.type, sa.Text):
                column.type = sa.Text(collation="C")
        for index in copy.indexes:
            if (where := index.dialect_options["sqlite"]["where"]) is not None:
                index.dialect_kwargs["postgresql_where"] = where
        if table.name not in _BOUNDED:
            copy.indexes.clear()
            for index in sorted(table.indexes, key=lambda i: str(i.name)):
                first = next(iter(index.columns))
                sa.Index(str(index.name), copy.columns[first.name], postgresql_using="hash")
    return made
