"""The store's tables brought to this version, and the triggers that guard them, made from one list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa

from asbdesk.errors import UserError
from asbdesk.store import search
from asbdesk.store.apply import rebuild
from asbdesk.store.fold import known
from asbdesk.store.local import mark_all_stale

MIGRATIONS = Path(__file__).parent / "migrations"
VERSIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012")
"""Every step, oldest first; the last is this version's. Kept here so that an unlock need not import Alembic."""

GUARDED = (
    # table, when, the condition under which it is refused (None: always)
    ("session", "insert", "gate() = 0"),
    ("session", "update", None),
    ("session", "delete", None),
    ("entry", "insert", "gate() <> 1 OR new.n IS NOT (SELECT coalesce(max(n), 0) + 1 FROM entry)"),
    ("entry", "update", None),
    ("entry", "delete", None),
    ("body", "insert", "gate() <> 1 OR EXISTS (SELECT 1 FROM body WHERE n = new.n)"),
    ("body", "update", None),
    ("body", "delete", "gate() <> 2"),
    ("touch", "insert", "gate() <> 1"),
    ("touch", "update", None),
    ("touch", "delete", "gate() <> 2"),
    ("set_aside", "insert", "gate() <> 1"),
    ("set_aside", "update", None),
    ("set_aside", "delete", "gate() = 0"),
    ("erased", "insert", "gate() <> 2"),
    ("erased", "update", None),
    ("erased", "delete", None),
)
APPEND_ONLY = "the journal is append-only"
OUTSIDE = "write outside the journal"


def triggers() -> Iterator[tuple[str, str]]:
    """`(name, statement)` of every trigger: the journal's own, and three for each record table and for `conflict`."""
    tables = sorted(cls.__tablename__ for cls in known().values())
    gated = [(table, when, "gate() = 0") for table in ("conflict", *tables) for when in ("insert", "update", "delete")]
    for table, when, refused in (*GUARDED, *gated):
        name = f"{table}_{when}"
        condition = f" WHEN {refused}" if refused else ""
        why = OUTSIDE if refused else APPEND_ONLY
        yield (
            f"guard_{name}",
            f'CREATE TRIGGER "guard_{name}" BEFORE {when.upper()} ON "{table}"{condition} '
            f"BEGIN SELECT RAISE(ABORT, '{why}'); END",
        )


def version(conn: sa.Connection) -> str | None:
    """The step this store is at, or None when it has no tables of ours."""
    if not sa.inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def is_current(conn: sa.Connection) -> bool:
    """Whether the store is at this version. UserError when it is newer, or no store of ours."""
    at = version(conn)
    if at is None:
        raise UserError("This database holds no desk. Choose another folder, or restore a copy of your desk.")
    if at not in VERSIONS:
        raise UserError(
            "This desk was last used with a newer asbdesk, and this one could not read everything in it. "
            "Nothing was changed. Install the newest version on this computer, then unlock again."
        )
    return at == VERSIONS[-1]


def create_or_upgrade(
    engine: sa.Engine,
    *,
    before: Callable[[], object] | None = None,
    places: Sequence[Path] = (),
    to: str = "head",
) -> tuple[str, ...]:
    """Bring the store to this version in one transaction; the steps taken. `engine` must be a `migrating` one.

    Guards are taken off first and made again from the list, because a batch step drops them unseen. `before` is
    called first when there is something to lose. `places`: more folders of steps (a test's own).
    """
    with engine.connect() as conn:
        if version(conn) is not None and before is not None:
            before()
    with engine.begin() as conn:
        drop_triggers(conn)
        steps = _run(conn, places, to)
        for _, statement in triggers():
            conn.exec_driver_sql(statement)
        again = {kind for _, kinds in steps for kind in kinds}
        if again:
            rebuild(conn, again)
        if steps:
            mark_all_stale(conn)  # another version may owe other things
            search.start_again(conn)
    return tuple(step for step, _ in steps)


def drop_triggers(conn: sa.Connection) -> None:
    """Take every trigger off."""
    names = conn.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    for name in names:
        conn.exec_driver_sql(f'DROP TRIGGER "{name}"')


def _run(conn: sa.Connection, places: Sequence[Path], to: str) -> list[tuple[str, tuple[str, ...]]]:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    folders = [MIGRATIONS / "versions", *places]
    config.set_main_option("version_locations", "\n".join(str(f).replace("%", "%%") for f in folders))
    config.attributes["connection"] = conn
    script = ScriptDirectory.from_config(config)
    at = version(conn)
    steps = list(script.iterate_revisions(to, at or "base"))[::-1]
    command.upgrade(config, to)
    return [(step.revision, tuple(getattr(step.module, "REBUILD", ()))) for step in steps]
