"""Three random desks, offline and together in any order, end with the same records and the same conflicts."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.model import Assessment, Case, Permission, Promise, Record, Report, journal, kinds
from asbdesk.store.apply import rebuild
from asbdesk.store.engine import make_engine
from asbdesk.store.entries import dumps
from asbdesk.store.journal import Journal, Work, action
from asbdesk.store.schema import create_or_upgrade
from tests.builders import dump

KEY = b"k" * 32
GROUPS, RUNS, STEPS = 25, 20, 24
SHM = Path("/dev/shm")

FIELDS: tuple[tuple[type[Record], str, tuple[Any, ...]], ...] = (
    (Case, "status", ("open", "closed", None)),
    (Case, "officer", ("khan", "smith", "jones")),
    (Case, "struck", (None, "opened twice")),
    (Assessment, "band", ("standard", "medium", "high", None)),
    (Report, "serious", (["weapon"], ["arson", "threat"], [], None)),
    (Report, "dissatisfied", (True, False, None)),
    (Permission, "answer", ("yes", "ask_first", "no", None)),
    (Promise, "by", ("2026-12-01", "2026-11-25", None)),
)


@action("put")
def put(work: Work, cls: type[Record], record: str, file: str, name: str, value: Any, *, decide: bool) -> None:
    found = work.find(cls, record)
    if found is None:
        work.add(cls(id=record, file=file, **{name: value}))
    elif decide:
        work.decide(found, name, value)
    else:
        setattr(found, name, value)


class Desk:
    """One laptop: a real encrypted file, its journal, and the screen its officer read last."""

    def __init__(self, database: Path, device: str, clock: SetClock) -> None:
        self.engine = make_engine(database, KEY, cache_kb=512)
        self.device, self.clock = device, clock
        self.as_of: int | None = None
        self.acts: list[str] = []
        self.unlock()

    def unlock(self) -> None:
        self.journal = Journal(self.engine, self.clock, self.device)

    def texts(self, file: str) -> list[str]:
        which = sa.select(journal.body.c.text).join(journal.entry, journal.entry.c.n == journal.body.c.n)
        with self.engine.connect() as conn:
            return list(conn.scalars(which.where(journal.entry.c.file.startswith(file))))


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("desks") / "blank.db"
    engine = make_engine(path, KEY, migrating=True)
    create_or_upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=SHM if SHM.is_dir() else None) as name:
        yield Path(name)


@pytest.mark.parametrize("seed", range(GROUPS))
def test_desks_converge(blank: Path, folder: Path, seed: int, long: bool) -> None:
    converge(blank, folder, seed, RUNS * 10 if long else RUNS)


def converge(blank: Path, folder: Path, seed: int, runs: int) -> None:
    clock = SetClock("2026-11-21T10:00:00.000Z")
    desks = [Desk(Path(shutil.copy(blank, folder / f"{x}.db")), x * 16, clock) for x in "abc"]
    stood = 0
    try:
        for run in range(runs):
            stood += one_run(random.Random(seed * 1000 + run), desks, clock, f"{seed:04x}{run:02x}")
        for desk in desks:
            the_rebuild_equals_what_stands(desk)
        assert stood, "no conflict stood in any run: the runs try too little"
    finally:
        for desk in desks:
            desk.engine.dispose()


def one_run(chance: random.Random, desks: list[Desk], clock: SetClock, name: str) -> int:
    """One case on three desks; how many conflicts stand in it at the end."""
    for step in range(STEPS):
        clock.pass_time(seconds=chance.choice([-86400 * 3650, -3600, 0, 1, 60, 86400]) if step % 5 == 0 else 1)
        desk = chance.choice(desks)
        if chance.random() < 0.2:
            desk.unlock()
        one_step(chance, desk, desks, name, step)
    clock.put("2026-11-21T10:00:00.000Z")
    everything = sorted({text for desk in desks for text in desk.texts(f"case/{name}")})
    for desk in desks:
        order = chance.sample(everything, len(everything))
        for start in range(0, len(order), 9):
            desk.journal.take_in(order[start : start + 9])
        assert len(desk.texts(f"case/{name}")) == len(everything), "an entry was lost"
        with desk.engine.connect() as conn:
            assert not conn.scalars(sa.select(journal.set_aside.c.why).where(journal.set_aside.c.why != WRONG)).all()
    ends = [standing(desk, name) for desk in desks]
    assert ends[0] == ends[1] == ends[2], "the desks differ"
    return sum(line[2] != "struck" for line in ends[0]["conflict"])  # crossed out and edited apart needs no two heads


def one_step(chance: random.Random, desk: Desk, desks: list[Desk], name: str, step: int) -> None:
    dice = chance.random()
    if dice < 0.55:
        cls, field, values = chance.choice(FIELDS)
        record = f"{name}{chance.randrange(2)}"
        as_of = desk.as_of if chance.random() < 0.5 else None
        args = (cls, record, f"case/{name}{chance.randrange(2)}", field, chance.choice(values))
        done = desk.journal.do(put, *args, decide=chance.random() < 0.2, as_of=as_of)
        desk.acts += [done.act] if done.act else []
    elif dice < 0.65:
        with desk.engine.connect() as conn:  # the screen is read now, and used later
            desk.as_of = desk.journal.now(conn)
    elif dice < 0.72 and desk.acts:
        with contextlib.suppress(UserError):  # something came after it
            desk.journal.undo(chance.choice(desk.acts[-4:]))
    elif dice < 0.76:
        desk.journal.take_in([from_a_newer_version(name, step)])
    else:
        theirs = chance.choice(desks).texts(f"case/{name}")
        desk.journal.take_in(chance.sample(theirs, chance.randrange(len(theirs) + 1)))


WRONG = "case/0000: case.status should be str, not int"


def from_a_newer_version(name: str, step: int) -> str:
    """An entry with a kind and a field that this version does not know, or one with a value it cannot take."""
    known = {"novelty/1": {"words": ["x"]}, f"case/{name}0": {"novel": [{"deep": [1]}]}}
    sets = known if step % 2 else {"case/0000": {"status": [5]}}
    body = {
        "id": f"{'d' * 16}.{int(name, 16):018x}.{step + 1}",
        "file": f"case/{name}0",
        "do": "x",
        "by": "",
        "set": sets,
    }
    at = "2026-11-21T10:00:00.000Z"
    return dumps({**body, "happened": at, "recorded": at, "hlc": f"{step:016x}"})


def standing(desk: Desk, name: str) -> dict[str, list[tuple[Any, ...]]]:
    with desk.engine.connect() as conn:
        found = {
            kind: conn.execute(sa.select(cls.__table__).where(cls.id.startswith(name)).order_by(cls.id)).all()
            for kind, cls in kinds().items()
        }
        lines = sa.select(journal.conflict).where(journal.conflict.c.id.startswith(name))
        found["conflict"] = sorted(conn.execute(lines).all(), key=str)
    return {what: [tuple(row) for row in rows] for what, rows in found.items()}


def the_rebuild_equals_what_stands(desk: Desk) -> None:
    with desk.engine.connect() as conn:
        before = dump(conn, derived=False)
        rebuild(conn)
        assert dump(conn, derived=False) == before, "a rebuild differs from what stands"
        for text in conn.scalars(sa.select(journal.body.c.text)):
            assert dumps(json.loads(text)) == text
        conn.rollback()
