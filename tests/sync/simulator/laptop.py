"""A laptop of the simulator: a real encrypted store that can die at any commit, be copied, and be put back."""

from __future__ import annotations

import contextlib
import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from filelock import FileLock
from sqlalchemy import event

from asbdesk.clock import SetClock, instant
from asbdesk.model import Assessment, Case, Permission, Promise, Record, Report, Rest, journal, kinds
from asbdesk.model import sync as q
from asbdesk.paths import StorePaths
from asbdesk.store.apply import rebuild
from asbdesk.store.engine import make_engine
from asbdesk.store.journal import Journal, Work, action
from asbdesk.store.vault import Store
from tests.sync.simulator.cloud import Points

FILES = ("slots.json", "authority.pem")
"""What lies beside the database and is copied with it."""
FIELDS: tuple[tuple[type[Record], str, tuple[Any, ...]], ...] = (
    (Case, "status", ("open", "closed", None)),
    (Case, "struck", (None, "opened twice")),
    (Assessment, "band", ("standard", "medium", "high", None)),
    (Report, "serious", (["weapon"], ["arson", "threat"], [], None)),
    (Permission, "answer", ("yes", "ask_first", "no", None)),
    (Promise, "by", ("2026-12-01", "2026-11-25", None)),
)


@action("put")
def put(work: Work, cls: type[Record], record: str, file: str, name: str, value: Any, *, decide: bool = False) -> None:
    """Set one field of a record, making the record where there is none."""
    found = work.find(cls, record)
    if found is None:
        work.add(cls(id=record, file=file, **{name: value}))
    elif decide:
        work.decide(found, name, value)
    else:
        setattr(found, name, value)


@action("case.covered")
def give_cover(work: Work, case: str, record: str, by: str, struck: str | None) -> None:
    """A colleague has a case in its officer's place, or the officer is back: as it is seen here."""
    found, officer = work.find(Rest, record), getattr(work.find(Case, case), "officer", None)
    if found is None:
        work.add(Rest(id=record, file=f"case/{case}", sort="cover", about=by, waits_for=officer, struck=struck))
    else:
        found.about, found.waits_for, found.struck = by, officer, struck


class Laptop:
    """One store. `said`: the ids of entries it acknowledged, in order; `points`: where its process may end."""

    def __init__(self, folder: Path, key: bytes, clock: SetClock, *, called: str = "", member: str = "") -> None:
        self.paths, self.key, self.clock = StorePaths(folder), key, clock
        self.points = Points()
        self.as_of: int | None = None
        self.acts: list[str] = []
        self.open()
        if called:
            self._call(called, member)

    def _call(self, device: str, member: str) -> None:
        """Give it a name and an owner before it is used for the first time."""
        c = journal.local_setting.c
        with self.store.writer.begin() as conn:
            conn.execute(journal.local_setting.update().where(c.name == "device").values(value=device))
            conn.execute(journal.local_setting.insert().values(name="member", value=member))
        self.die()

    def open(self) -> None:
        """Start the process: a new unlock."""
        writer = make_engine(self.paths.database, self.key, cache_kb=512)
        reader = make_engine(self.paths.database, self.key, readonly=True, cache_kb=512)
        self.store = Store(self.paths, self.key, self.clock, writer, reader, FileLock(self.paths.lock))
        self.device = self.store.journal.device
        self.store.journal._derive = None  # what is owed has tests of its own
        event.listen(writer, "commit", lambda _: self.points.one())

    def unlock(self) -> None:
        """A new unlock of the open file."""
        old, guard = self.store.journal, self.store.trouble
        now = Journal(old.engine, self.clock, old.device, reader=old.reader, member=old.member, guard=guard)
        now.sending, now.role = old.sending, old.role
        self.store.journal = now

    def die(self) -> None:
        """The process ended; start it again."""
        self.close()
        self.open()

    def close(self) -> None:
        """Let go of the file."""
        self.points.until = None
        self.store.close()

    # ---- copies of the file
    def copied(self) -> bytes:
        """The database's bytes, whole."""
        with contextlib.closing(self.store.writer.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self.paths.database.read_bytes()

    def put_back(self, database: bytes) -> None:
        """An older copy of the file takes the place of the one that is there."""
        self.close()
        for path in self.paths.folder.glob("desk.db*"):
            path.unlink()
        self.paths.database.write_bytes(database)
        self.acts.clear()
        self.as_of = None
        self.open()

    def doubled(self, folder: Path) -> Laptop:
        """The whole laptop copied, to go on beside this one under the same name."""
        folder.mkdir(parents=True)
        (folder / "desk.db").write_bytes(self.copied())
        for name in FILES:
            if (self.paths.folder / name).exists():
                shutil.copyfile(self.paths.folder / name, folder / name)
        return Laptop(folder, self.key, SetClock(self.clock.now()))

    def write_raw(self, file: str, did: str, sets: dict[str, dict[str, Any]]) -> None:
        """An entry that this version could not write itself, as the next one would."""
        held = self.store.journal
        recorded = instant(self.clock.now())
        with held.batch():
            held._write(held._batch.conn, did, {file: sets}, None, recorded, recorded)  # type: ignore[union-attr, arg-type]

    # ---- what is in it
    def entries(self) -> dict[str, str]:
        """Every entry's exact text by its id."""
        with self.store.reader.connect() as conn:
            texts = conn.scalars(sa.select(journal.body.c.text)).all()
        return {json.loads(text)["id"]: text for text in texts}

    def in_order(self) -> list[str]:
        """The ids of entries in the order in which this store took them in."""
        which = sa.select(journal.body.c.text).order_by(journal.body.c.n)
        with self.store.reader.connect() as conn:
            return [json.loads(text)["id"] for text in conn.scalars(which)]

    def aside(self) -> set[str]:
        """The ids of entries that are kept and have no effect."""
        which = sa.select(journal.body.c.text).join(journal.set_aside, journal.set_aside.c.n == journal.body.c.n)
        with self.store.reader.connect() as conn:
            return {json.loads(text)["id"] for text in conn.scalars(which)}

    def standing(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every record and conflict, by kind: what an officer is shown."""
        with self.store.reader.connect() as conn:
            return _standing(conn)

    def rebuilt(self) -> dict[str, list[tuple[Any, ...]]]:
        """The same, worked out afresh from the entries as a set."""

        def work(conn: sa.Connection) -> dict[str, list[tuple[Any, ...]]]:
            rebuild(conn)
            return _standing(conn)

        return self.store.journal.rehearse(work)

    def rows(self, table: sa.Table) -> list[Any]:
        """A local table's rows."""
        with self.store.reader.connect() as conn:
            return list(conn.execute(sa.select(table)))

    def key_ids(self) -> dict[str, str]:
        """The keys held: id, file."""
        return {row.key_id: row.file for row in self.rows(q.file_key) if row.key is not None}


def _standing(conn: sa.Connection) -> dict[str, list[tuple[Any, ...]]]:
    # the driver's own rows: a run reads seventy tables on three laptops
    cursor = conn.connection.cursor()
    tables = [cls.__table__ for cls in kinds().values()]
    found = {table.name: cursor.execute(_all(table)).fetchall() for table in tables}
    found["conflict"] = sorted(cursor.execute(_all(journal.conflict)).fetchall(), key=str)
    return found


@cache
def _all(table: sa.Table) -> str:
    first = [name for name in ("id", "file") if name in table.columns] if table is not journal.conflict else []
    names = [*first, *(name for name in table.columns.keys() if name not in first)]  # noqa: SIM118
    return f'SELECT {", ".join(f"{chr(34)}{n}{chr(34)}" for n in names)} FROM "{table.name}" ORDER BY 1, 2, 3'
