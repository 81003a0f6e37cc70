"""Garbage that a laptop of the organisation signed, sealed and named as it should: none of it stops what is good."""

from __future__ import annotations

import contextlib
import random
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from asbdesk.clock import SetClock
from asbdesk.model import Report, journal
from asbdesk.model import sync as q
from asbdesk.store.engine import make_engine
from asbdesk.store.entries import dumps
from asbdesk.store.journal import Journal
from asbdesk.store.schema import create_or_upgrade
from asbdesk.sync import blocks, keys, names, sealing, segment
from asbdesk.sync.receive import Receiver
from tests.builders import dump, rebuild
from tests.conftest import BEGUN
from tests.sync.garbage import as_bytes, seeds, spoilt, strange
from tests.sync.organisation import AT, Organisation, device

STORE_KEY = b"k" * 32
FILES = {f"case/{i}": (f"{i}" * 32, bytes([i]) * 32) for i in range(1, 4)}
FEW, MANY = 400, 20_000
Sealed = tuple[str, int, bytes]
"""Key id, entries, sealed bytes."""


@dataclass
class Author:
    """A laptop that signs whatever it likes."""

    org: Organisation
    name: str
    heads: tuple[str, ...]
    seq: int = 0
    prev: str = segment.FIRST
    made: list[str] = field(default_factory=list)

    def entry(self, number: int, file: str = "case/1", **more: Any) -> dict[str, Any]:
        sets: dict[str, Any] = {f"assessment/{number // 500}": {"reason": [f"o{number}"], "novel": [number]}}
        sets[f"report/r{number}"] = {"serious": [["w"]], "words": ["w"]}
        body = {"id": f"{device(self.name)}.{'0' * 18}.{number}", "file": file, "do": "x", "by": f"member-{self.name}"}
        return {**body, "happened": AT, "recorded": AT, "hlc": f"{number:016x}", "set": sets, **more}

    def words(self) -> dict[str, Any]:
        return {
            "org": self.org.id, "dev": device(self.name), "seq": self.seq + 1, "prev": self.prev, "app": "1",
            "schema": "4", "roster": list(self.heads), "seen": {}, "chain": [1, "e" * 64], "packs": [],
        }  # fmt: skip

    def sealed(self, plain: bytes, index: int, file: str = "case/1", entries: int | None = None) -> Sealed:
        key_id, key = FILES[file]
        place = blocks.context(self.org.id, device(self.name), self.seq + 1, index, key_id)
        packer = zlib.compressobj(zdict=blocks._dictionary())
        packed = packer.compress(plain) + packer.flush()
        count = plain.count(b"\n") + 1 if entries is None else entries
        return key_id, count, sealing.seal_block(key, packed, place)

    def signed(self, header: bytes, parts: list[bytes]) -> tuple[str, bytes]:
        start = segment.WHOLE + struct.pack(">I", len(header)) + header
        data = start + sealing.sign(self.org.signs[self.name].private, segment.DOMAIN, header) + b"".join(parts)
        return names.segment(device(self.name), self.seq + 1, data), data

    def honest(self, bodies: list[dict[str, Any]]) -> tuple[str, bytes]:
        sealed = [self.sealed("\n".join(map(dumps, bodies)).encode(), 0, bodies[0]["file"])]
        made = segment.make(self.words(), sealed, segment.sign_with(self.org.signs[self.name].private))
        return self.signed(made.header_bytes, [block for block in made.blocks if block])

    def follow(self, data: bytes) -> None:
        self.seq, self.prev = self.seq + 1, segment.parse(data).hash


@dataclass
class Reader:
    """The laptop that receives."""

    journal: Journal
    org: Organisation

    def take(self, name: str, data: bytes) -> str:
        return Receiver(self.journal, self.org.roster(), self.org.id, slice=7).take(name, data)

    def count(self, table: sa.Table) -> int:
        with self.journal.reading() as conn:
            return int(conn.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


@pytest.fixture
def org() -> Organisation:
    made = Organisation()
    made.enrol("a", "g", "manager", [made.first])
    return made


@pytest.fixture
def reader(org: Organisation, tmp_path: Path) -> Iterator[Reader]:
    engine = make_engine(tmp_path / "desk.db", STORE_KEY, migrating=True)
    create_or_upgrade(engine)
    engine.dispose()
    engine = make_engine(tmp_path / "desk.db", STORE_KEY)
    held = Journal(engine, SetClock(BEGUN), "r" * 16)
    with engine.begin() as conn:
        for file, (key_id, key) in FILES.items():
            keys.add(conn, key_id, file, 1, key)
    try:
        yield Reader(held, org)
        with engine.connect() as conn:
            before = dump(conn, derived=False)
            rebuild(conn)
            assert dump(conn, derived=False) == before, "a rebuild differs from what stands"
            conn.rollback()
    finally:
        engine.dispose()


def test_signed_garbage_stops_nobody(reader: Reader, org: Organisation, long: bool) -> None:
    bad, good = Author(org, "g", org.roster().heads), Author(org, "a", org.roster().heads)
    states: dict[str, int] = {}
    for number, chance in enumerate(seeds(MANY if long else FEW), 1):
        name, data = garbage(bad, chance, number)
        state = reader.take(name, data)
        states[state] = states.get(state, 0) + 1
        if state == "taken":
            bad.follow(data)
        if number % 20 == 0:
            name, data = good.honest([good.entry(number * 10 + 9)])
            assert reader.take(name, data) == "taken"
            good.follow(data)
            with reader.journal.reading() as conn:
                shown = conn.scalar(sa.select(Report.serious).where(Report.id == f"r{number * 10 + 9}"))
            assert shown == ["w"]
    assert {"taken", "refused"} <= states.keys(), f"the garbage tries too little: {states}"
    assert reader.count(q.block) > 0
    assert reader.count(journal.set_aside) > 0
    assert reader.count(journal.entry) > 0


def garbage(author: Author, chance: random.Random, number: int) -> tuple[str, bytes]:
    """One segment: something in it is strange, the signature and the name are right."""
    sealed = [garbled_block(author, chance, number * 10 + i, i) for i in range(chance.randrange(1, 4))]
    lines = [[key_id, count, len(data), blocks.digest(data)] for key_id, count, data in sealed]
    header: Any = {"v": 1, **author.words(), "blocks": lines}
    parts = [data for _, _, data in sealed]
    if chance.random() < 0.4:
        return author.signed(as_bytes(strange(header, chance), chance), parts)
    return author.signed(dumps(header).encode(), parts)


def garbled_block(author: Author, chance: random.Random, number: int, index: int) -> Sealed:
    """A block under a right key: entries in which anything may be anything, or no entries at all."""
    file = chance.choice(sorted(FILES))
    body = author.entry(number, file if chance.random() < 0.9 else "case/2")
    if chance.random() < 0.5:
        body["set"] = strange(body["set"], chance)
    lines = [as_written(strange(body, chance) if chance.random() < 0.6 else body, chance)]
    lines += [dumps(author.entry(number + 1, file)).encode()] * chance.choice([0, 1, 1, 2])
    match chance.randrange(12):
        case 0:
            key_id, key = FILES[file]
            return key_id, 1, sealing.seal_block(key, spoilt(b"\x78\xbb" + bytes(50), chance), b"elsewhere")
        case 1:
            return author.sealed(b"\n".join(lines), index, file, chance.choice([1, 2, 99_999]))
        case 2:
            return author.sealed(
                chance.choice([b"", b"\n\n\n", b"\xff\xfe", b"\0" * 9999, b"[" * 9999, b"null"]), index
            )
        case 3:
            return author.sealed(spoilt(b"\n".join(lines), chance), index, file)
        case _:
            return author.sealed(b"\n".join(lines), index, file)


def as_written(body: Any, chance: random.Random) -> bytes:
    """Mostly as entries are written, so that what is strange in it is met further in."""
    if chance.random() < 0.8:
        with contextlib.suppress(ValueError):
            return dumps(body).encode("utf-8", "surrogatepass")
    return as_bytes(body, chance)
