"""The simulator: three laptops and whatever can befall them, step by step, by a seed that repeats the run exactly."""

from __future__ import annotations

import gc
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.model import Case, Landlord
from asbdesk.sync import grants
from asbdesk.sync.depot import Depot
from asbdesk.sync.exchange import Exchange, exchange
from asbdesk.sync.membership import Membership
from asbdesk.sync.roster import Roster
from tests.conftest import BEGUN
from tests.sync.simulator import headquarters, verdict
from tests.sync.simulator.chance import Seeded
from tests.sync.simulator.cloud import Cloud, Crash, Points, View
from tests.sync.simulator.laptop import FIELDS, Laptop, give_cover, put
from tests.sync.simulator.world import KHAN, OFFICE, ROLES, SMITH, member, scratch, world

MOST_LAPTOPS = 5
CLOCKS = (-10 * 365 * 86400, -86400, -3600, 60, 3600, 86400, 10 * 365 * 86400)
which = st.integers(0, 7)
seeds = st.integers(0, 2**32)
slices = st.sampled_from([3, 1000])
deaths = st.none() | st.integers(1, 60) | st.integers(-2, -1)
STATS: Counter[str] = Counter()
"""What the runs of this process tried; for the tests that say that they try enough."""


class Lean(Membership):
    """An open store's part in its organisation, without what lies beside the store: escrow, authority, forms."""

    def give(self, depot: Depot, now: Roster, *, lost: bool = False) -> int:
        return grants.hand_out(self._store.journal, depot, now, lost=lost)


class Simulation(RuleBasedStateMachine):
    """One run. `laptops`: the office's first; a copied laptop stands at the end of the list."""

    honest = True
    """Until something comes late or goes wrong on the way: then the order of arrival is not looked at."""

    calm = False
    """Nothing comes late or goes wrong in this run at all: in others that takes the order of arrival out of sight."""

    @initialize(seed=seeds, calm=st.sampled_from([False, False, False, False, True]))
    def begin(self, seed: int, calm: bool = False) -> None:
        STATS["runs"] += 1
        self.calm = calm
        made, self.number = world(), seed
        if STATS["runs"] == 1:
            gc.freeze()  # what was made until now stays: it need not be looked through again and again
        self.folder = scratch_once() / f"{STATS['runs']}"
        self.chance = Seeded(seed or 1 << 33)  # with the world's own seed its ids would be made once more
        self.chance.start()
        self.cloud = made.cloud.copy()
        self.then: Cloud | None = None
        self.laptops: list[Laptop] = [made.copy(name, self.folder / name, SetClock(BEGUN)) for name in ROLES]
        self.owners: list[str] = list(ROLES)
        self.copies: dict[int, bytes] = {}
        self.revoked: dict[str, frozenset[str]] = {}
        self.erased: set[str] = set()
        self.numbers = 0
        self.must: dict[str, str] = {}
        """Every entry that somebody held when the run ended, and every statement of the roster."""
        self.said: set[str] = set()

    def teardown(self) -> None:
        if not hasattr(self, "laptops"):
            return
        try:
            verdict.settle(self)
            verdict.check(self)
        finally:
            self.chance.stop()
            for laptop in self.laptops:
                laptop.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def one(self, number: int) -> Laptop:
        return self.laptops[number % len(self.laptops)]

    def next(self) -> int:
        self.numbers += 1
        return self.numbers

    # ---- officers at work
    @rule(
        n=which,
        where=which,
        record=st.integers(0, 1),
        what=which,
        value=which,
        decide=st.booleans(),
        seen=st.booleans(),
    )
    def write(self, n: int, where: int, record: int, what: int, value: int, decide: bool, seen: bool) -> None:
        laptop = self.one(n)
        cls, field, values = FIELDS[what % len(FIELDS)]
        case = self.case_on(laptop, where)
        name = case if cls is Case else f"{case}-{record}"
        as_of = laptop.as_of if seen else None
        laptop.clock.pass_time(seconds=1)
        args = (cls, name, f"case/{case}", field, values[value % len(values)])
        done = laptop.store.do(put, *args, decide=decide, as_of=as_of)
        laptop.acts += [done.act] if done.act else []
        STATS["writes"] += 1

    def case_on(self, laptop: Laptop, where: int) -> str:
        there = sorted(
            {f[5:] for f in laptop.key_ids().values() if f.startswith("case/")} | {f"new{laptop.device[:2]}"}
        )
        return there[where % len(there)]

    @rule(n=which, where=which, to=st.sampled_from([KHAN, SMITH]))
    def hand_over(self, n: int, where: int, to: str) -> None:
        laptop = self.one(n)
        case = self.case_on(laptop, where)
        laptop.store.do(put, Case, case, f"case/{case}", "officer", member(to))
        STATS["handovers"] += 1

    @rule(n=which, where=which, to=st.sampled_from([KHAN, SMITH]), over=st.booleans())
    def cover(self, n: int, where: int, to: str, over: bool) -> None:
        laptop = self.one(n)
        case = self.case_on(laptop, where)
        laptop.store.do(give_cover, case, f"{case}-c", member(to), struck="Back" if over else None)
        STATS["covers"] += 1

    @rule(n=which, where=which)
    def write_as_the_next_version(self, n: int, where: int) -> None:
        laptop, number = self.one(n), self.next()
        case = self.case_on(laptop, where)
        sets: Any = {f"novelty/{case}": {"words": [f"w{number}"]}, f"case/{case}": {"novel": [{"deep": [number]}]}}
        laptop.write_raw(f"case/{case}", "novel.done", sets)
        STATS["newer"] += 1

    @rule(n=which)
    def go_beyond_the_role(self, n: int) -> None:
        laptop, number = self.one(n), self.next()
        journal = laptop.store.journal
        was, journal.role = journal.role, ""
        laptop.store.do(put, Landlord, "l", "landlord/l", "name", f"{laptop.device[0]}{number}")
        journal.role = was
        STATS["beyond"] += 1

    @rule(n=which)
    def look(self, n: int) -> None:
        laptop = self.one(n)
        with laptop.store.reader.connect() as conn:
            laptop.as_of = laptop.store.journal.now(conn)

    @rule(n=which, back=st.integers(1, 4))
    def undo(self, n: int, back: int) -> None:
        laptop = self.one(n)
        if laptop.acts:
            try:
                laptop.store.journal.undo(laptop.acts[-min(back, len(laptop.acts))])
            except UserError:
                STATS["not undone"] += 1

    # ---- machines
    @rule(n=which, seconds=st.sampled_from(CLOCKS), unlocked=st.booleans())
    def clock_jumps(self, n: int, seconds: int, unlocked: bool) -> None:
        self.one(n).clock.pass_time(seconds=seconds)
        if unlocked:
            self.one(n).unlock()

    @rule(n=which)
    def back_up(self, n: int) -> None:
        number = n % len(self.laptops)
        self.copies[number] = self.laptops[number].copied()

    @precondition(lambda self: bool(self.copies) and not self.calm)
    @rule(n=which)
    def restore(self, n: int) -> None:
        number = sorted(self.copies)[n % len(self.copies)]
        self.laptops[number].put_back(self.copies[number])
        self.honest = False
        STATS["restores"] += 1

    @precondition(lambda self: len(self.laptops) < MOST_LAPTOPS and not self.calm)
    @rule(n=which)
    def copy_the_laptop(self, n: int) -> None:
        number = n % len(self.laptops)
        laptop = self.laptops[number].doubled(self.folder / f"copy{len(self.laptops)}")
        self.laptops.append(laptop)
        self.owners.append(self.owners[number])
        self.honest = False
        STATS["clones"] += 1

    # ---- the way between them
    def sync(self, n: int, slice: int) -> None:
        self.exchange(self.one(n), None, slice)

    def sync_badly(self, n: int, seed: int, dies: int | None, slice: int) -> None:
        laptop = self.one(n)
        laptop.points.until, laptop.points.passed = dies, 0
        self.honest = False
        self.exchange(laptop, random.Random(seed), slice)

    # twice as often as anything else
    sync_once = rule(n=which, slice=slices)(sync)
    sync_twice = rule(n=which, slice=slices)(sync)
    badly = rule(n=which, seed=seeds, dies=deaths, slice=slices)
    sync_badly_once = precondition(lambda self: not self.calm)(badly(sync_badly))
    sync_badly_twice = precondition(lambda self: not self.calm)(badly(sync_badly))

    def exchange(self, laptop: Laptop, chance: random.Random | None, slice: int = 1000) -> Exchange | None:
        STATS["exchanges"] += 1
        laptop.clock.pass_time(seconds=1)
        view = View(self.cloud, laptop.device, laptop.points, chance)
        try:
            done = exchange(laptop.store, view, slice=slice, members=Lean(laptop.store))
        except Crash:
            STATS["crashes"] += 1
            laptop.die()
            return None
        finally:
            laptop.points.until = None
        STATS["forks"] += done.forks
        STATS["away"] += done.away
        STATS["again"] += done.again
        return done

    @precondition(lambda self: not self.calm)
    @rule(seed=seeds, how=st.sampled_from(["some is lost", "some is lost", "is wiped", "is copied", "is rolled back"]))
    def cloud_suffers(self, seed: int, how: str) -> None:
        STATS[f"the cloud: {how}"] += 1
        self.honest = self.honest and how == "is copied"
        if how == "some is lost":
            self.cloud.lose(random.Random(seed), 0.2)
        elif how == "is wiped":
            self.cloud.wipe()
        elif how == "is copied":
            self.then = self.cloud.copy()
        elif self.then is not None:
            self.cloud.roll_back(self.then)

    # ---- head office decides
    @rule(whom=st.sampled_from([KHAN, SMITH]), what=st.sampled_from(["revoke", "accept", "erase"]))
    def head_office_decides(self, whom: str, what: str) -> None:
        office = self.laptops[0]
        if what == "revoke" and not self.revoked:
            self.revoked = {whom: frozenset()}
            headquarters.revoke(office, whom)
        elif what == "accept" and self.revoked:
            headquarters.accept(office, next(iter(self.revoked)))
        elif what == "erase" and not self.erased:
            self.erased = {f"case/{'1' if whom == KHAN else '2'}"}
            headquarters.order_erasure(office, next(iter(self.erased)))
        STATS[what] += 1

    def keep_to(self, decided: headquarters.Decided) -> None:
        """What was decided and known to nobody any more was not decided."""
        self.erased, self.revoked = set(decided.erased), decided.revoked


_SCRATCH: list[Path] = []


def scratch_once() -> Path:
    """One folder for all runs of this process."""
    if not _SCRATCH:
        _SCRATCH.append(scratch())
    return _SCRATCH[0]


__all__ = ["OFFICE", "STATS", "Points", "Simulation"]
