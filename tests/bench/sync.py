"""How fast laptops sync, beside Anki and PouchDB in one interleaved run: `python -m tests.bench.sync [--help]`.

Entries of an officer's day (a report each, 680 bytes as text) go from one laptop to another: encrypted, signed,
checked, with their history, through two SQLCipher stores. The peers move the same reports as documents of eight fields.

What is timed is the same for all: from the moment at which the first has written until the second has committed what
it was sent, through a folder or a server on the same disk. What each works out afterwards is not in it: our duties,
lists and search (a figure of its own), the peers' queues and views.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import peers
from tests.bench.__main__ import table
from tests.bench.measure import Measured, times_floor, within
from tests.bench.sync_desks import Pair, pair
from tests.bench.sync_entries import Writing

CHANGED = 10_000
CASES = 1000
"""Cases that the entries belong to, in no order: about ten to a case of ten thousand."""
OFTEN = 5
"""How often a sync with nothing new is timed, each time."""
LAPTOPS = 100
STEADY = 1.5
"""How many times as long a sync with nothing new may take in the largest store as in the smallest: a look at the heads
takes no longer, the rest is what else happens on the machine."""


@dataclass
class Runs:
    """Seconds and sizes of every round, by who (`folder`, `service`, `Anki`, `PouchDB`) and what (`10000 new`)."""

    both: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    push: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    nothing: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    per_entry: dict[tuple[str, str], float] = field(default_factory=dict)
    processor: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    afterwards: dict[tuple[str, str], list[float]] = field(default_factory=dict)

    def note(self, who: str, what: str, push: float, pull: float, processor: float | None = None) -> None:
        self.both.setdefault((who, what), []).append(push + pull)
        self.push.setdefault((who, what), []).append(push)
        if processor is not None:
            self.processor.setdefault((who, what), []).append(processor)


def ours(runs: Runs, who: str, desks: Pair, steps: list[tuple[str, int]]) -> None:
    """One round of ours."""
    for do, count in steps:
        what = f"{count} {do}"
        desks.write(desks.writing.new(count) if do == "new" else desks.writing.changed(count))
        before = time.process_time()
        push, sent = desks.meet("a")
        pull, came = desks.meet("b")
        used = time.process_time() - before
        if (sent.sent, came.applied, desks.arrived()) != (count, count, len(desks.writing.reports)):
            raise RuntimeError(f"{who}, {what}: {sent.sent} sent, {came.applied} came, {desks.arrived()} stand")
        runs.note(who, what, push, pull, used if who == "folder" else None)  # the service's own is elsewhere
        runs.per_entry[who, what] = sent.bytes_out / count
        desks.meet("a")  # hears what the other has said last
        runs.nothing.setdefault((who, what), []).extend(desks.meet(which)[0] for which in "ab" * OFTEN)
        runs.afterwards.setdefault((who, what), []).append(desks.catch_up())


def theirs(runs: Runs, who: str, command: list[str], scratch: Path, steps: list[tuple[str, int]]) -> str:
    """One round of a peer with the same records; its version."""
    writing = Writing("peer", "0" * 32)
    list(writing.open(CASES))
    with peers.running(command, scratch / who) as peer:
        for number, (do, count) in enumerate(steps):
            list(writing.new(count) if do == "new" else writing.changed(count))
            first = len(writing.reports) - count if do == "new" else 0
            docs = writing.documents(scratch / f"{who}-{number}.jsonl", first, count)
            taken = peer.sync(do, docs, len(writing.reports))
            runs.note(who, f"{count} {do}", taken.push, taken.pull, taken.processor)
        return peer.version


@contextlib.contextmanager
def places(scratch: Path, service: bool) -> Iterator[dict[str, tuple[str, str]]]:
    """Where to meet, by name: what laptops are told, and the code it was made with."""
    shared = scratch / "shared"
    shared.mkdir()
    with contextlib.ExitStack() as stack:
        found = {"folder": (str(shared), "")}
        if service:
            from tests.bench.sync_service import running

            found["service"] = stack.enter_context(running(scratch))
        yield found


def one_round(runs: Runs, counts: list[int], *, service: bool, beside: dict[str, list[str]]) -> dict[str, str]:
    """Everything once, in turn: each size by everybody before the next. The peers' versions."""
    versions = {}
    for count in counts:
        steps = [("new", count), ("changed", min(count, CHANGED))]
        with tempfile.TemporaryDirectory(prefix="asbdesk-bench-") as name:
            scratch = Path(name)
            with places(scratch, service) as found:
                for who, (where, code) in found.items():
                    with pair(scratch / f"laptops-{who}", where, code, CASES) as desks:
                        ours(runs, who, desks, steps)
                for who, command in beside.items():
                    versions[who] = theirs(runs, who, command, scratch, steps)
    return versions


def figures(runs: Runs, counts: list[int]) -> list[Measured]:
    """The table: entries a second from one to the other, each beside a peer's."""
    found = []
    for who in ("folder", "service"):
        for count in counts:
            for what in (f"{count} new", f"{min(count, CHANGED)} changed"):
                if (who, what) in runs.both:
                    found += list(_of(runs, who, what, int(what.split()[0])))
        found += _steady(runs, who, sorted(counts))
    return found


def _steady(runs: Runs, who: str, counts: list[int]) -> list[Measured]:
    """A sync with nothing new in the largest store, beside one in the smallest."""
    if len(counts) < 2 or (who, f"{counts[0]} new") not in runs.nothing:
        return []
    small, large = (statistics.median(runs.nothing[who, f"{count} new"]) * 1000 for count in (counts[0], counts[-1]))
    name = f"{who}: nothing new among {counts[-1]}, beside {counts[0]}"
    return [times_floor(name, large, "ms", small, STEADY)]


def _of(runs: Runs, who: str, what: str, count: int) -> Iterator[Measured]:
    mine = statistics.median(runs.both[who, what])
    push = statistics.median(runs.push[who, what])
    changed = what.endswith("changed")
    for peer, goal in (("Anki", 0.35 if changed else 0.7), ("PouchDB", 3.0)):
        if (peer, what) in runs.both:
            floor = count / statistics.median(runs.both[peer, what])
            name = f"{who}: {what}, A to B, beside {peer}"
            yield Measured(name, count / mine, "/s", floor, f"{goal:g} x floor", count / mine >= goal * floor)
        if (peer, what) in runs.processor and (who, what) in runs.processor:
            rate = count / statistics.median(runs.processor[who, what])
            floor = count / statistics.median(runs.processor[peer, what])
            yield Measured(f"{who}: {what}, by processor time, beside {peer}", rate, "/s", floor, "-", True)
    if not any(peer == "Anki" for peer, _ in runs.both):
        yield Measured(f"{who}: {what}, A to B", count / mine, "/s", None, "-", True)
    yield Measured(f"{who}: {what}, of it sending", count / push, "/s", None, "-", True)
    size = runs.per_entry[who, what]
    yield within(f"{who}: {what}, an entry", size, "bytes", 250)
    later = statistics.median(runs.afterwards[who, what])
    yield Measured(f"{who}: {what}, duties and lists afterwards", later, "s", None, "-", True)
    idle = statistics.median(runs.nothing[who, what]) * 1000
    yield within(f"{who}: nothing new, after {what}", idle, "ms", 50)


def measure(counts: list[int], rounds: int, *, service: bool, with_peers: bool) -> tuple[list[Measured], list[str]]:
    """All figures, and what to say beside them."""
    beside = peers.installed() if with_peers else {}
    said = [
        f"{name} is not installed: see tests/bench/peers/install.sh"
        for name in ("Anki", "PouchDB")
        if with_peers and name not in beside
    ]
    runs, versions = Runs(), dict[str, str]()
    for _ in range(rounds):
        versions |= one_round(runs, counts, service=service, beside=beside)
    said += [f"{name} {version}" for name, version in versions.items()]
    return figures(runs, counts), said


def main() -> int:
    told = argparse.ArgumentParser(prog="python -m tests.bench.sync", description=__doc__)
    told.add_argument("--json", action="store_true", help="a list of {name, value, unit, floor, ratio, goal, met}")
    told.add_argument("--counts", default="10000,100000", help="how many new entries, one after the other; '' for none")
    told.add_argument("--rounds", type=int, default=3, help="how often each is done (3)")
    told.add_argument("--no-service", action="store_true", help="without PostgreSQL")
    told.add_argument("--no-peers", action="store_true", help="ours alone")
    told.add_argument(
        "--laptops", type=int, default=LAPTOPS, help=f"against one service, all at once ({LAPTOPS}, 0: none)"
    )
    given = told.parse_args()
    counts = [int(count) for count in given.counts.split(",") if count]
    service, with_peers = not given.no_service, not given.no_peers
    found, said = measure(counts, given.rounds, service=service, with_peers=with_peers)
    if service and given.laptops:
        from tests.bench import sync_crowd

        found += sync_crowd.figures(given.laptops)
    if given.json:
        sys.stdout.write(json.dumps([figure.as_dict() for figure in found], indent=1) + "\n")
    else:
        sys.stdout.write("\n".join([table(found), *said]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
