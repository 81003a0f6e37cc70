"""Evidence between two laptops: whole, once, in order, broken off and gone on with, and never plain on a disk."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import textwrap
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pytest
import sqlalchemy as sa

from asbdesk.clock import SetClock
from asbdesk.model import sync as q
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.engine import make_engine
from asbdesk.store.erase import Order, erase
from asbdesk.store.files import ARRIVING, Kept
from asbdesk.store.local import look_for_evidence_from
from asbdesk.store.vault import Store
from asbdesk.sync import names, packs
from asbdesk.sync.depot import DepotAway
from asbdesk.sync.folder import FolderDepot, create
from tests import builders as b
from tests.conftest import BEGUN, PASSPHRASE

ORG = "0f" * 16
KIB, MIB = 1 << 10, 1 << 20


@dataclass
class Line:
    """A depot at the end of a line that is counted, and that breaks after so many more objects."""

    depot: FolderDepot
    breaks_after: int | None = None
    put_names: list[str] = field(default_factory=list)
    got_names: list[str] = field(default_factory=list)
    bytes_out: int = 0
    bytes_in: int = 0

    def _one_more(self) -> None:
        if self.breaks_after is not None:
            if self.breaks_after == 0:
                raise DepotAway("The line broke.")
            self.breaks_after -= 1

    def put(self, name: str, data: bytes) -> bytes | None:
        self._one_more()
        assert len(data) <= 8 * MIB
        self.put_names.append(name)
        self.bytes_out += len(data)
        return self.depot.put(name, data)

    def get(self, wanted: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        for name, data in self.depot.get(wanted):
            self._one_more()
            self.got_names.append(name)
            self.bytes_in += len(data or b"")
            yield name, data

    def has(self, wanted: Collection[str]) -> set[str]:
        return self.depot.has(wanted)

    def remove(self, gone: Collection[str]) -> None:
        self.depot.remove(gone)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.depot, name)


@dataclass
class Pair:
    """Two laptops and the folder they meet in."""

    a: Store
    b: Store
    root: Path

    def line(self, breaks_after: int | None = None) -> Line:
        return Line(FolderDepot(self.root, ""), breaks_after)

    def tell(self, one: Store, other: Store) -> list[Any]:
        """Everything one wrote, and what its next header says of packs, to the other."""
        told = one.journal.write_local(packs.to_announce)
        other.journal.take_in(b.texts(one), also=lambda conn: packs.announced(conn, {"packs": told}) and None)
        packs.stage(other)
        return told


@pytest.fixture
def pair(blank_store: tuple[Path, str], tmp_path: Path) -> Iterator[Pair]:
    stores = []
    for name in "ab":
        paths = StorePaths(Path(shutil.copytree(blank_store[0], tmp_path / name)))
        store = vault.unlock(paths, SetClock(BEGUN), passphrase=PASSPHRASE)
        store.drafts.remember("device", name * 16)
        store.close()
        stores.append(vault.unlock(paths, SetClock(BEGUN), passphrase=PASSPHRASE))
    create(tmp_path / "depot", ORG, SetClock(BEGUN))
    made = Pair(*stores, tmp_path / "depot")
    yield made
    for store in (made.a, made.b):
        b.assert_whole(store)
        store.close()


def photographs(store: Store, count: int, size: int, case: str = "") -> tuple[str, list[Kept]]:
    """A case with photographs of random bytes, each taken a minute after the last."""
    case = case or store.do(b.open_case).value
    kept = []
    for _ in range(count):
        store.clock.pass_time(minutes=1)  # type: ignore[attr-defined]
        kept.append(store.files.keep(os.urandom(size)))
        store.do(b.take_evidence, case, kept[-1])
    return case, kept


def same(pair: Pair, kept: Kept) -> bool:
    return pair.a.files.read(kept.blob, kept.key) == pair.b.files.read(kept.blob, kept.key)


def states(store: Store, way: str) -> set[str]:
    with store.reader.connect() as conn:
        return set(conn.scalars(sa.select(q.evidence_move.c.state).where(q.evidence_move.c.way == way)))


def tally(store: Store) -> packs.Tally:
    return store.ask(packs.tally).value


def partials(store: Store) -> list[Path]:
    return list(store.files.folder.glob(f"{ARRIVING}*"))


def test_a_visits_photographs_travel_in_few_packs(pair: Pair) -> None:
    _, kept = photographs(pair.a, 20, 300 * KIB)
    line, heard = pair.line(), []
    moved = packs.send(pair.a, line, lambda done, total: heard.append((done, total)))  # type: ignore[arg-type]
    assert moved.files == 20 and len(line.put_names) == 1
    assert heard[-1] == (moved.bytes, moved.bytes)
    assert tally(pair.a) == packs.Tally()
    pair.tell(pair.a, pair.b)
    assert tally(pair.b).in_files == 20 and tally(pair.b).away == 0
    came = packs.fetch(pair.b, line)
    assert came.files == 20 and len(line.got_names) == 1  # one pack, read once
    assert all(same(pair, one) for one in kept)
    assert tally(pair.b) == packs.Tally() and not partials(pair.b)


def test_nothing_new_moves_nothing(pair: Pair) -> None:
    photographs(pair.a, 2, KIB)
    packs.send(pair.a, pair.line())
    told = pair.tell(pair.a, pair.b)
    packs.fetch(pair.b, pair.line())
    assert len(told) == 1 and pair.a.journal.write_local(packs.to_announce) == []
    line = pair.line(breaks_after=0)
    for store in (pair.a, pair.b):
        assert packs.send(store, line) == packs.fetch(store, line) == packs.Moved()


def test_each_case_has_its_own_packs_and_the_newest_visit_goes_first(pair: Pair) -> None:
    photographs(pair.a, 2, 10 * KIB)
    case, newest = photographs(pair.a, 2, 10 * KIB)
    line = pair.line()
    packs.send(pair.a, line)
    assert len(line.put_names) == 2
    told = pair.a.journal.write_local(packs.to_announce)
    first = next(parts for pack, _, parts in told if pack == line.put_names[0])
    assert {part[0] for part in first} == {kept.blob for kept in newest}
    with pair.a.reader.connect() as conn:
        keys = {r.key_id: r.file for r in conn.execute(sa.select(q.file_key))}
    assert keys[next(key_id for pack, key_id, _ in told if pack == line.put_names[0])] == f"case/{case}"
    assert len({key_id for _, key_id, _ in told}) == 2


def test_what_nobody_sent_yet_is_away_and_comes_later(pair: Pair) -> None:
    _, kept = photographs(pair.a, 1, KIB)
    pair.tell(pair.a, pair.b)
    assert packs.fetch(pair.b, pair.line()) == packs.Moved()
    assert tally(pair.b).away == 1
    assert pair.b.ask(packs.of, kept[0].blob).value.state == "away"  # type: ignore[union-attr]
    packs.send(pair.a, pair.line())
    pair.tell(pair.a, pair.b)
    packs.fetch(pair.b, pair.line())
    assert same(pair, kept[0])


def test_announced_before_it_has_arrived_in_the_folder(pair: Pair) -> None:
    _, kept = photographs(pair.a, 1, KIB)
    line = pair.line()
    packs.send(pair.a, line)
    pair.tell(pair.a, pair.b)
    lying = pair.root / line.put_names[0]
    whole = lying.read_bytes()
    for torn in (b"", whole[:100], bytes(len(whole)), b"<!DOCTYPE html>"):
        lying.write_bytes(torn)
        assert packs.fetch(pair.b, pair.line()).files == 0
        assert states(pair.b, "in") == {"away"}
    lying.write_bytes(whole)
    packs.fetch(pair.b, pair.line())
    assert same(pair, kept[0])


def test_a_file_that_was_missing_and_was_put_back_goes_out(pair: Pair) -> None:
    """As after a restore whose evidence was copied back later."""
    _, kept = photographs(pair.a, 1, KIB)
    path = pair.a.files.folder / kept[0].blob
    held = path.rename(path.with_name("held"))
    assert packs.send(pair.a, pair.line()).files == packs.fetch(pair.a, pair.line()).files == 0
    assert states(pair.a, "in") == {"away"}
    held.rename(path)
    assert packs.fetch(pair.a, pair.line()) == packs.Moved()
    assert packs.send(pair.a, pair.line()).files == 1 and states(pair.a, "in") == set()
    pair.tell(pair.a, pair.b)
    assert packs.fetch(pair.b, pair.line()).files == 1


def test_what_an_officer_asks_for_comes_first(pair: Pair) -> None:
    _, kept = photographs(pair.a, 3, 9 * MIB)  # each in packs of its own
    packs.send(pair.a, pair.line())
    pair.tell(pair.a, pair.b)
    oldest = kept[0]
    assert pair.b.ask(packs.waiting).value[0].blob == kept[-1].blob
    assert packs.ask_for(pair.b, oldest.blob) == "waiting"
    assert pair.b.ask(packs.waiting).value[0].blob == oldest.blob
    packs.fetch(pair.b, pair.line(), stop=lambda: (pair.b.files.folder / oldest.blob).exists())
    assert same(pair, oldest) and not (pair.b.files.folder / kept[-1].blob).exists()
    assert packs.ask_for(pair.b, oldest.blob) == "here"
    assert packs.ask_for(pair.b, "0" * 64) == "unknown"
    packs.fetch(pair.b, pair.line())


def test_a_file_lost_from_the_disk_is_fetched_again(pair: Pair) -> None:
    _, kept = photographs(pair.a, 1, KIB)
    packs.send(pair.a, pair.line())
    pair.a.journal.write_local(packs.to_announce)
    whole = (pair.a.files.folder / kept[0].blob).read_bytes()
    pair.a.files.delete(kept[0].blob)
    assert packs.ask_for(pair.a, kept[0].blob) == "waiting"
    packs.fetch(pair.a, pair.line())
    assert (pair.a.files.folder / kept[0].blob).read_bytes() == whole


def test_two_laptops_with_the_same_file_send_it_once(pair: Pair) -> None:
    _, kept = photographs(pair.a, 3, KIB)
    for one in kept:  # as in a copied laptop
        shutil.copy(pair.a.files.folder / one.blob, pair.b.files.folder / one.blob)
    pair.b.journal.take_in(b.texts(pair.a))
    assert packs.stage(pair.b) == 3 and states(pair.b, "out") == {"waiting"}
    line = pair.line()
    packs.send(pair.a, line)
    sent = line.bytes_out
    pair.tell(pair.a, pair.b)
    assert packs.send(pair.b, line).bytes == 0  # announced: it is looked for, and lies there
    assert line.bytes_out == sent and pair.b.journal.write_local(packs.to_announce) == []


def test_two_copies_of_a_laptop_make_the_same_pack(pair: Pair) -> None:
    _, kept = photographs(pair.a, 3, KIB)
    for one in kept:
        shutil.copy(pair.a.files.folder / one.blob, pair.b.files.folder / one.blob)
    pair.b.journal.take_in(b.texts(pair.a))
    line = pair.line()
    packs.send(pair.a, line)
    assert packs.send(pair.b, line).bytes == 0  # not announced yet, and there under the same name
    assert len(line.put_names) == 1


def test_a_promise_that_was_not_kept_does_not_hold_a_file_back(pair: Pair) -> None:
    _, kept = photographs(pair.a, 1, KIB)
    packs.stage(pair.a)
    lie = ["blob/00/" + "0" * 32 + ".pak", "1" * 32, [[kept[0].blob, 0, 1, 0, 100]]]
    pair.a.journal.write_local(lambda conn: packs.announced(conn, {"packs": [lie]}))
    packs.send(pair.a, pair.line())
    told = pair.tell(pair.a, pair.b)
    assert [pack for pack, _, _ in told] != [lie[0]]
    pair.b.journal.write_local(lambda conn: packs.announced(conn, {"packs": [lie]}))
    packs.fetch(pair.b, pair.line())
    assert same(pair, kept[0])


def test_wrong_bytes_under_a_right_announcement_are_refused_and_healed(pair: Pair) -> None:
    _, kept = photographs(pair.a, 1, KIB)
    pair.tell(pair.a, pair.b)
    wrong = os.urandom(2000)
    pair.line().put(names.pack(wrong), wrong)
    lie = [names.pack(wrong), "1" * 32, [[kept[0].blob, 0, 1, 0, 1234]]]
    pair.b.journal.write_local(lambda conn: packs.announced(conn, {"packs": [lie]}))
    assert packs.fetch(pair.b, pair.line()).files == 0
    assert tally(pair.b).refused == 1 and not partials(pair.b)
    packs.send(pair.a, pair.line())
    pair.tell(pair.a, pair.b)
    packs.fetch(pair.b, pair.line())
    assert same(pair, kept[0])


@pytest.mark.parametrize(
    "packs_said",
    [
        *(None, 7, "x", {}, [None], [[]], [["a", "b", []]], [["blob/00/" + "0" * 32 + ".pak", "1" * 32, 3]]),
        *([["blob/00/" + "0" * 32 + ".pak", "1" * 32, [line]]] for line in (
            None, [], ["z" * 64, 0, 1, 0, 1], ["0" * 64, 0, 1, 0], ["0" * 64, 1, 1, 0, 1], ["0" * 64, 0, 1, -1, 1],
            ["0" * 64, 0, 1, 0, 0], ["0" * 64, 0, 1, 0, 9 * MIB], ["0" * 64, 0, 1, 2**70, 1], ["0" * 64, True, 2, 0, 1],
            ["0" * 64, 0, 10**9, 0, 1], [{}, 0, 1, 0, 1],
        )),
        [["dev/" + "a" * 16 + "/00000001-" + "0" * 32 + ".seg", "1" * 32, [["0" * 64, 0, 1, 0, 1]]]],
        [["blob/01/" + "0" * 32 + ".pak", "1" * 32, [["0" * 64, 0, 1, 0, 1]]]],
    ],
)  # fmt: skip
def test_misshapen_announcements_are_passed_over(store: Store, packs_said: Any) -> None:
    assert store.journal.write_local(lambda conn: packs.announced(conn, {"packs": packs_said})) == 0


def test_a_damaged_file_is_not_sent_and_its_neighbours_are(pair: Pair) -> None:
    _, kept = photographs(pair.a, 3, KIB)
    path = pair.a.files.folder / kept[1].blob
    good = path.read_bytes()
    path.write_bytes(good[:-1] + b"x")
    assert packs.send(pair.a, pair.line()).files == 2
    assert tally(pair.a).refused == 1
    assert "not whole" in next(w.why for w in pair.a.ask(packs.waiting).value if w.why)  # type: ignore[operator]
    path.write_bytes(good)
    packs.look_again(pair.a)
    assert packs.send(pair.a, pair.line()).files == 3
    pair.tell(pair.a, pair.b)
    assert packs.fetch(pair.b, pair.line()).files == 3


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that is there and gives an error when it is read")
def test_a_file_that_cannot_be_read_just_now_waits_and_its_neighbours_go(pair: Pair) -> None:
    """As while a virus scanner holds it, or on a disk that begins to fail."""
    _, kept = photographs(pair.a, 3, KIB)
    packs.stage(pair.a)
    path = pair.a.files.folder / kept[1].blob
    held = path.rename(path.with_name("held"))
    for gone in (2, 0):
        path.symlink_to("/proc/self/mem")
        assert packs.send(pair.a, pair.line()).files == gone
        path.unlink()
        assert tally(pair.a).out_files == 1 and tally(pair.a).refused == 0
    held.rename(path)
    assert packs.send(pair.a, pair.line()).files == 1
    pair.tell(pair.a, pair.b)
    assert packs.fetch(pair.b, pair.line()).files == 3


def test_erased_files_are_not_sent_not_fetched_and_leave_the_depot(pair: Pair) -> None:
    case, kept = photographs(pair.a, 2, 9 * MIB)
    packs.send(pair.a, pair.line())
    pair.tell(pair.a, pair.b)
    with pytest.raises(DepotAway):
        packs.fetch(pair.b, pair.line(breaks_after=2))
    assert len(partials(pair.b)) == 1
    photographs(pair.a, 1, KIB, case)
    packs.stage(pair.a)
    for store in (pair.a, pair.b):
        erase(store, Order("order", (f"case/{case}",)))
        line = pair.line()
        assert packs.send(store, line) == packs.fetch(store, line) == packs.Moved()
        assert store.ask(packs.waiting).value == () and not partials(store)
        assert not list(store.files.names())
        with store.reader.connect() as conn:
            assert conn.scalar(sa.select(sa.func.count()).select_from(q.pack_part)) == 0
    assert not list(pair.root.rglob("*.pak"))
    assert len(kept) == 2


def test_erased_while_it_is_being_fetched(pair: Pair) -> None:
    case, _ = photographs(pair.a, 1, 13 * MIB)
    packs.send(pair.a, pair.line())
    pair.tell(pair.a, pair.b)
    order = Order("order", (f"case/{case}",))
    packs.fetch(pair.b, pair.line(), progress=lambda done, total: done and erase(pair.b, order) and None)
    packs.fetch(pair.b, pair.line())
    assert not list(pair.b.files.folder.iterdir()) and pair.b.ask(packs.waiting).value == ()


def test_a_depot_that_lost_everything_is_given_it_again_by_either(pair: Pair) -> None:
    photographs(pair.a, 3, 10 * KIB)
    photographs(pair.a, 1, 9 * MIB)
    line = pair.line()
    packs.send(pair.a, line)
    pair.tell(pair.a, pair.b)
    packs.fetch(pair.b, pair.line())
    before = {p.name: p.read_bytes() for p in pair.root.rglob("*.pak")}
    for store in (pair.a, pair.b):
        shutil.rmtree(pair.root / "blob")
        assert packs.look_again(store) == 4
        assert packs.send(store, line).files == 4
        assert {p.name: p.read_bytes() for p in pair.root.rglob("*.pak")} == before
        assert store.journal.write_local(packs.to_announce) == []  # under the names that everybody knows


def big(store: Store, size: int) -> Kept:
    """A recording of `size` bytes, made without holding it in memory."""
    case = store.do(b.open_case).value
    kept = store.files.keep(Stream(size))  # type: ignore[arg-type]
    store.do(b.take_evidence, case, kept)
    return kept


class Stream:
    """Bytes that do not repeat, as long as wanted."""

    def __init__(self, size: int) -> None:
        self.left, self.n = size, 0

    def read(self, wanted: int = -1) -> bytes:
        self.n += 1
        size = min(wanted, self.left)
        self.left -= size
        return hashlib.shake_128(self.n.to_bytes(8, "big")).digest(size)


def digest_of(stream: BinaryIO) -> str:
    found = hashlib.sha256()
    while piece := stream.read(MIB):
        found.update(piece)
    return found.hexdigest()


@pytest.mark.parametrize("size", [40 * MIB, pytest.param(400 * MIB, marks=pytest.mark.long)])
def test_a_large_file_over_a_line_that_breaks_thirty_times(pair: Pair, size: int) -> None:
    kept = big(pair.a, size)
    psutil = pytest.importorskip("psutil")
    process = psutil.Process()
    heights: list[int] = []
    start = process.memory_info().rss

    def look(done: int, total: int) -> None:
        heights.append(process.memory_info().rss - start)

    parts = -(-kept.size // (4 * MIB))
    step = max(parts // 31, 1)
    out, breaks = pair.line(), 0
    while tally(pair.a).out_files or not out.put_names:
        out.breaks_after = step if breaks < 30 else None
        try:
            packs.send(pair.a, out, look)
        except DepotAway:
            breaks += 1
    assert len(out.put_names) == len(set(out.put_names)), "a part was sent twice"
    pair.tell(pair.a, pair.b)
    back, came = pair.line(), 0
    while tally(pair.b).in_files:
        back.breaks_after = step if came < 30 else None
        try:
            packs.fetch(pair.b, back, look)
        except DepotAway:
            came += 1
    assert len(back.got_names) <= len(out.put_names) + came, "a part was fetched again that had come"
    assert breaks >= min(parts // step - 1, 30) and came == breaks
    assert back.bytes_in <= kept.size + kept.size // 1000 + 4 * MIB
    assert max(heights) < 48 * MIB, f"{max(heights) / MIB:.0f} MiB"
    with pair.b.files.open(kept.blob, kept.key) as reader:
        assert digest_of(reader) == kept.sha256  # type: ignore[arg-type]
    assert not partials(pair.b)


def test_nothing_plain_on_any_disk(pair: Pair, tmp_path: Path) -> None:
    canary = b"Canary Window Photograph " * 400_000  # 10 MB: several parts
    case = pair.a.do(b.open_case).value
    kept = pair.a.files.keep(canary)
    pair.a.do(b.take_evidence, case, kept)
    seen = 0

    def look(done: int, total: int) -> None:
        nonlocal seen
        for path in [p for p in tmp_path.rglob("*") if p.is_file() and "desk.db" not in p.name]:
            assert b"Canary Window" not in path.read_bytes(), path
            seen += 1

    packs.send(pair.a, pair.line(), look)
    pair.tell(pair.a, pair.b)
    packs.fetch(pair.b, pair.line(), look)
    assert seen and pair.b.files.read(kept.blob, kept.key) == canary


KILLED = """
    import sys
    from pathlib import Path
    from asbdesk.clock import SetClock
    from asbdesk.paths import StorePaths
    from asbdesk.store import vault
    from asbdesk.sync import packs
    from asbdesk.sync.folder import FolderDepot
    store = vault.unlock(StorePaths(Path(sys.argv[1])), SetClock("2026-11-21T10:00:00.000Z"), passphrase=sys.argv[2])
    print("open", flush=True)
    getattr(packs, sys.argv[4])(store, FolderDepot(Path(sys.argv[3]), ""), lambda *told: print(*told, flush=True))
    print("done", flush=True)
"""


def killed(store: Store, root: Path, what: str, after: int) -> bool:
    """Run one side in a process of its own and kill it after so many words of progress; whether it ended first."""
    command = [sys.executable, "-c", textwrap.dedent(KILLED), str(store.paths.folder), PASSPHRASE, str(root), what]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as child:
        assert child.stdout is not None
        lines = []
        for line in child.stdout:
            lines.append(line.strip())
            if len(lines) > after:
                break
        time.sleep(0.002 * (after % 7))  # somewhere within the next step
        child.kill()
        lines += child.stdout.read().split("\n")
    return "done" in lines


@pytest.mark.parametrize("rounds", [4, pytest.param(60, marks=pytest.mark.long)])
def test_killed_on_both_sides(pair: Pair, rounds: int) -> None:
    kept = big(pair.a, 30 * MIB)
    photographs(pair.a, 5, 3 * MIB)
    for store, what in ((pair.a, "send"), (pair.b, "fetch")):
        store.close()
        ended = False
        for n in range(rounds):
            ended = killed(store, pair.root, what, 1 + n % 3) or ended
        again = vault.unlock(store.paths, SetClock(BEGUN), passphrase=PASSPHRASE)
        if what == "send":
            pair.a = again
            packs.send(pair.a, pair.line())
            pair.tell(pair.a, pair.b)
        else:
            pair.b = again
            packs.fetch(pair.b, pair.line())
    assert tally(pair.a) == tally(pair.b) == packs.Tally()
    assert same(pair, kept)
    assert set(pair.a.files.names()) == set(pair.b.files.names())


def test_the_queue_is_looked_through_once(store: Store) -> None:
    photographs(store, 2, KIB)
    assert packs.stage(store) == 2
    assert packs.stage(store) == 0
    engine = make_engine(store.paths.database, store.key)
    with engine.begin() as conn:  # an older version looked for fewer kinds
        conn.execute(sa.text("UPDATE local_setting SET value = '9 evidence.blob' WHERE name = 'evidence_upto'"))
        conn.execute(q.evidence_move.delete())
    engine.dispose()
    assert packs.stage(store) == 2


def test_a_depot_that_is_doubted_is_looked_through_at_the_next_round(pair: Pair) -> None:
    photographs(pair.a, 2, KIB)
    packs.send(pair.a, pair.line())
    shutil.rmtree(pair.root / "blob")
    assert packs.send(pair.a, pair.line()) == packs.Moved()
    pair.a.journal.write_local(packs.doubt)
    assert packs.send(pair.a, pair.line()).files == 2
    assert len(list(pair.root.rglob("*.pak"))) == 1
    assert packs.send(pair.a, pair.line(breaks_after=0)) == packs.Moved()


def test_texts_that_came_back_have_their_evidence_fetched_again(pair: Pair) -> None:
    _, kept = photographs(pair.a, 1, KIB)
    packs.send(pair.a, pair.line())
    pair.tell(pair.a, pair.b)
    packs.fetch(pair.b, pair.line())
    pair.b.files.delete(kept[0].blob)  # as when a case is handed on
    pair.b.journal.write_local(lambda conn: conn.execute(q.evidence_move.delete()) and None)
    assert packs.stage(pair.b) == 0
    pair.b.journal.write_local(lambda conn: look_for_evidence_from(conn, 1))
    assert packs.stage(pair.b) == 1
    packs.fetch(pair.b, pair.line())
    assert same(pair, kept[0])
