"""The service's PostgreSQL: how it is reached, brought to this version, and known again after a restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from asbdesk.errors import UserError

if TYPE_CHECKING:
    import sqlalchemy as sa
    from psycopg_pool import ConnectionPool

MIGRATIONS = Path(__file__).parent / "migrations"
OLDEST = 15
"""The oldest PostgreSQL that is looked after."""
ONE_AT_A_TIME = 0x617362_01
"""The advisory lock of whoever changes the database's form."""

ERA = """
    SELECT md5(concat_ws('.', s.system_identifier, c.timeline_id, d.oid, e.value))
    FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d, depot.setting e
    WHERE d.datname = current_database() AND e.name = 'era'
"""
"""Another after every restore and move: what a laptop remembers of the feed then counts for nothing."""


def engine(url: str, *, schema: str = "depot") -> sa.Engine:
    """An SQLAlchemy engine on `url`, its unqualified names in `schema`. Raises UserError for what is no address."""
    import sqlalchemy as sa

    return sa.create_engine(
        _address(url),
        connect_args={"options": f"-c search_path={schema} -c timezone=UTC"},
        pool_size=2,
        max_overflow=2,
        pool_pre_ping=True,
    )


def _address(url: str) -> sa.URL:
    import sqlalchemy as sa

    try:
        found = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise UserError(NO_ADDRESS) from None
    if not found.drivername.startswith("postgres"):
        raise UserError(NO_ADDRESS)
    return found.set(drivername="postgresql+psycopg")


NO_ADDRESS = (
    "--database: this is no address of a PostgreSQL database. It looks like "
    "postgresql://name@host:5432/database; leave the password to a .pgpass file."
)


def plain(url: str) -> str:
    """The address as psycopg takes it."""
    return _address(url).set(drivername="postgresql").render_as_string(hide_password=False)


def make_pool(url: str, *, most: int = 8) -> ConnectionPool[Any]:
    """Connections for one worker. They are opened as they are needed and looked at before they are handed out."""
    from psycopg_pool import ConnectionPool

    return ConnectionPool(
        plain(url),
        kwargs={"options": "-c timezone=UTC", "prepare_threshold": 2},
        min_size=1,
        max_size=most,
        timeout=5,
        check=ConnectionPool.check_connection,
        open=True,
    )


def migrate(url: str) -> tuple[str, ...]:
    """Bring the database to this version, in one transaction; the steps taken. Raises UserError: too old, too new,
    not there."""
    import sqlalchemy as sa

    reached = engine(url)
    try:
        with reached.begin() as conn:
            _look_at(conn)
            conn.execute(sa.text("SELECT pg_advisory_xact_lock(:n)"), {"n": ONE_AT_A_TIME})
            conn.execute(sa.text("CREATE SCHEMA IF NOT EXISTS depot"))
            steps = _steps(conn)
            _know_again(conn)
            return steps
    except sa.exc.OperationalError as error:
        raise UserError(f"--database: PostgreSQL does not let us in: {_said(error)}") from None
    finally:
        reached.dispose()


def _look_at(conn: sa.Connection) -> None:
    version = int(conn.exec_driver_sql("SHOW server_version_num").scalar() or 0) // 10_000
    if version < OLDEST:
        raise UserError(f"--database: this is PostgreSQL {version}; head office needs {OLDEST} or newer.")
    if conn.exec_driver_sql("SHOW server_encoding").scalar() != "UTF8":
        raise UserError("--database: this database is not in UTF8. Make another: createdb --encoding=UTF8 NAME")


def _said(error: Exception) -> str:
    said = " ".join(str(getattr(error, "orig", error)).split())
    return said[:300].rstrip(".") + "."


def _steps(conn: sa.Connection) -> tuple[str, ...]:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from alembic.script.revision import RevisionError
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = conn
    script = ScriptDirectory.from_config(config)
    at = _version(conn)
    try:
        steps = [step.revision for step in script.iterate_revisions("head", at or "base")][::-1]
    except (CommandError, RevisionError):
        raise UserError("This database was last served by a newer asbdesk. Install the newest version here.") from None
    command.upgrade(config, "head")
    return tuple(steps)


def _version(conn: sa.Connection) -> str | None:
    if conn.exec_driver_sql("SELECT to_regclass('depot.alembic_version')").scalar() is None:
        return None
    found: str | None = conn.exec_driver_sql("SELECT version_num FROM depot.alembic_version").scalar()
    return found


def _know_again(conn: sa.Connection) -> None:
    """After a restore elsewhere this cluster counts its transactions anew: every line of the feed is given its own."""
    import sqlalchemy as sa

    cluster = conn.exec_driver_sql("SELECT system_identifier::text FROM pg_control_system()").scalar()
    held = conn.exec_driver_sql("SELECT value FROM depot.setting WHERE name = 'cluster'").scalar()
    if held == cluster:
        return
    conn.exec_driver_sql("UPDATE depot.object SET xid = pg_current_xact_id()")
    put = sa.text("INSERT INTO depot.setting VALUES (:n, :v) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
    conn.execute(put, {"n": "cluster", "v": cluster})
    conn.exec_driver_sql(
        "INSERT INTO depot.setting SELECT 'era', gen_random_uuid() ON CONFLICT (name) DO UPDATE "
        "SET value = excluded.value"
    )
