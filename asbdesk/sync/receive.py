"""Segments from elsewhere taken in: proved, put in order, opened block by block, filed a slice at a time (SYNC.md 2.4).

A segment counts when its signature is that of a laptop of the organisation, the one before it is here, and so is the
roster it was made under; else it waits. Two under one number (a laptop that was restored or copied) both count. What
a revoked laptop wrote and nobody held waits for a person. A block without its key stays locked until the key comes.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from asbdesk.clock import instant
from asbdesk.store.apply import slices
from asbdesk.store.journal import Journal
from asbdesk.sync import cabinet, effects, held, names, packs, segment
from asbdesk.sync.cabinet import Kept
from asbdesk.sync.headers import Misread
from asbdesk.sync.opening import Filing, Opened, opened
from asbdesk.sync.roster import Roster
from asbdesk.sync.segment import Segment

SMALL, MIDDLE, LARGE = 50, 500, 10_000
"""Entries to a transaction: beside an open window; at head office, where every transaction that is open holds up what
all laptops are told of new things; where a command runs alone."""
GAP, ROSTER = "gap", "roster"
"""Why a segment waits: one before it is missing, or the roster it was made under."""


@dataclass
class Came:
    """What came of what was received. `segments` came, `sealed` entries in them; `entries`: new in the journal."""

    segments: int = 0
    sealed: int = 0
    entries: int = 0
    waiting: int = 0
    refused: int = 0
    forks: int = 0


class Receiver:
    """Takes in what a depot gives, for one exchange. `slice`: most entries to a transaction."""

    def __init__(self, journal: Journal, roster: Roster, org: str, *, slice: int = SMALL) -> None:
        self.journal, self.roster, self.org = journal, roster, org
        self.slice = slice
        self.came = Came()

    # ---- one object
    def take(self, name: str, data: bytes) -> str:
        """One segment by its name and bytes; what became of it: a state of `segment` or of `object_seen`, or `known`.

        Raises nothing for what is wrong with it; UserError when this laptop cannot write.
        """
        found = self.prove(name, data)
        return found if isinstance(found, str) else self.accept(name, found)

    def prove(self, name: str, data: bytes) -> Segment | str:
        """A segment of ours, whole and rightly signed; else what it was noted as."""
        parts = names.read(name)
        if parts is None or parts.kind != "dev":
            return "not_ours"
        named_rightly = names.digest(data) == parts.hash
        try:
            found = segment.parse(data)
        except Misread as error:
            if not named_rightly:
                return self._note(name, held.NOT_WHOLE)
            return self._note(name, "newer" if error.newer else "refused", str(error))
        if not named_rightly and found.whole:
            return self._note(name, held.NOT_WHOLE)
        wrong = self._not_ours(parts, found)
        return self._note(name, *wrong) if wrong else found

    def _note(self, name: str, state: str, why: str | None = None) -> str:
        at = instant(self.journal.clock.now())
        self.journal.write_local(lambda conn: held.hold(conn, [name], state, why, at))
        self.came.refused += state == "refused"
        self.came.waiting += state in ("newer", "stranger", held.NOT_WHOLE)
        return state

    def _not_ours(self, parts: names.Name, found: Segment) -> tuple[str, str] | None:
        header = found.header
        if header.org != self.org:
            return "refused", "it is another organisation's"
        if (header.device, header.seq) != (parts.device, parts.number):
            return "refused", "it bears another's name"
        if (header.seq == 1) != (header.prev == segment.FIRST):
            return "refused", "it does not say rightly which one came before it"
        public = self.roster.sign_key(header.device)
        if public is None:
            return "stranger", "its laptop is not known here yet"
        return None if found.signed_by(public) else ("refused", "its signature is not that of its laptop")

    def accept(self, name: str, found: Segment) -> str:
        """A segment that was proved: kept, and taken in, or waiting, or for review; what became of it."""
        with self.journal.reading() as conn:
            kept = cabinet.find(conn, found.header.device, found.header.seq, found.hash)
        if kept is not None and kept.state != "waiting":
            return self._again(name, kept, found)
        if kept is None:
            self.came.segments += 1
            self.came.sealed += sum(line.entries for line in found.header.blocks)
        state = self._place(name, found)
        ready = [found] if state != "waiting" else []
        while ready:  # what waited for this one, and for those in turn
            for after_it in self._waiting_for(ready.pop()):
                if self._place(after_it[0], after_it[1]) != "waiting":
                    ready.append(after_it[1])
        return state

    def _waiting_for(self, found: Segment) -> list[tuple[str, Segment]]:
        with self.journal.reading() as conn:
            waiting = cabinet.waiting_after(conn, found.header.device, found.header.seq, found.hash)
            return [(kept.name, cabinet.segment_of(conn, kept)) for kept in waiting]

    def _place(self, name: str, found: Segment) -> str:
        header = found.header
        with self.journal.reading() as conn:
            before = header.seq == 1 or cabinet.counts(conn, header.device, header.seq - 1, header.prev)
        if not self.roster.knows(header.roster) or not before:
            self._keep(name, found, "waiting", GAP if not before else ROSTER)
            self.came.waiting += 1
            return "waiting"
        if header.device != self.journal.device and self.roster.under_review(header.device, found.hash):
            self._keep(name, found, "review", None)
            return "review"
        self.take_in(name, found)
        return "taken"

    def _keep(self, name: str, found: Segment, state: str, why: str | None) -> None:
        """Keep a segment as it came, unopened."""
        with self.journal.reading() as conn:
            keys = cabinet.keys_of(conn, {line.key_id for line in found.header.blocks})
        gone = {key_id for key_id, (_, key) in keys.items() if key is None}
        lines = [Opened("erased" if line.key_id in gone else state) for line in found.header.blocks]
        self.journal.write_local(lambda conn: self._write(conn, name, found, state, why, lines))

    def _again(self, name: str, kept: Kept, found: Segment) -> str:
        """A segment that is here already, under this name or another: blocks that were kept back may have come."""

        def write(conn: sa.Connection) -> None:
            cabinet.fill(conn, kept, found.blocks)
            held.hold(conn, [name], at=instant(self.journal.clock.now()))

        self.journal.write_local(write)
        return "known"

    # ---- opening
    def take_in(self, name: str, found: Segment) -> None:
        """File what a segment holds, and note what became of each block with the last of it."""
        filing = self._filing()
        lines = []
        with self.journal.reading() as conn:
            keys = cabinet.keys_of(conn, {line.key_id for line in found.header.blocks})
        judge = self.roster.judge(found.header.device, found.header.roster)
        for index, (line, sealed) in enumerate(zip(found.header.blocks, found.blocks, strict=True)):
            one = opened(found.header, index, sealed, keys.get(line.key_id), judge)
            lines.append(one)
            filing.add(one.found)
        own = found.header.device == self.journal.device
        aside = {entry_id: why for one in lines for entry_id, why in one.found.aside.items()}
        reviewed = self.roster.is_revoked(found.header.device)
        changed: effects.Changed = set()

        def note(conn: sa.Connection) -> None:
            self._write(conn, name, found, "placed" if own else "taken", None, lines)
            packs.announced(conn, found.header.raw)
            ids = [body["id"] for one in lines for _, body in one.found.entries] if own or aside or reviewed else []
            if own:
                cabinet.no_longer_unsent(conn, ids)
            if aside or reviewed:
                changed.update(effects.settle(conn, ids, aside, reviewed=reviewed))

        filing.add(Opened("").found, note)
        self._file(filing)
        self.journal.announce(frozenset(changed))
        self.came.refused += sum(one.state == "refused" for one in lines)

    def _write(
        self, conn: sa.Connection, name: str, found: Segment, state: str, why: str | None, lines: list[Opened]
    ) -> None:
        at = instant(self.journal.clock.now())
        forked = cabinet.write(conn, name, found, state, why, at, [(one.state, one.why) for one in lines])
        self.came.forks += forked
        held.hold(conn, [name], at=at)

    def _filing(self) -> Filing:
        return Filing(self.journal, self.slice, self._give_way)

    def _give_way(self) -> None:
        if self.slice <= SMALL:
            time.sleep(0.0005)  # the lock goes to whoever waits, not back to us at once

    def _file(self, filing: Filing) -> None:
        filing.finish()
        self.came.entries += filing.applied

    # ---- later
    def retry(self, kept: Kept) -> str:
        """A segment that waits, once more."""
        with self.journal.reading() as conn:
            found = cabinet.segment_of(conn, kept)
        return self.accept(kept.name, found)

    def retry_waiting(self) -> None:
        """Every segment that waits for one before it or for the roster, once more."""
        with self.journal.reading() as conn:
            waiting = cabinet.in_state(conn, "waiting")
        for kept in waiting:
            self.retry(kept)

    def unlock(self, key_ids: Collection[str]) -> None:
        """Open what was locked under these keys and is here."""
        with self.journal.reading() as conn:
            locked = cabinet.locked(conn, key_ids)
        self.reopen(locked)

    def fill(self, name: str, index: int, data: bytes) -> bool:
        """A block that a depot had kept back: opened when it is the one the header names; else False."""
        with self.journal.reading() as conn:
            one = cabinet.lacking(conn, name, index)
        if one is None or not one.fits(data):
            return False
        self.reopen([one.with_bytes(data)])
        return True

    def reopen(self, locked: Iterable[cabinet.Locked]) -> None:
        """Open blocks that are kept, with the keys that are here now."""
        filing = self._filing()
        changed: effects.Changed = set()
        for some in slices(list(locked)):
            with self.journal.reading() as conn:
                keys = cabinet.keys_of(conn, {one.line.key_id for one in some})
            for one in some:
                judge = self.roster.judge(one.header.device, one.header.roster)
                found = opened(one.header, one.index, one.sealed, keys.get(one.line.key_id), judge)
                filing.add(found.found, partial(self._reopened, one, found, changed))
                self.came.refused += found.state == "refused"
        self._file(filing)
        self.journal.announce(frozenset(changed))

    def _reopened(self, one: cabinet.Locked, found: Opened, changed: effects.Changed, conn: sa.Connection) -> None:
        one.becomes(found.state, found.why)(conn)
        reviewed = self.roster.is_revoked(one.header.device)
        if found.found.aside or reviewed:
            ids = [body["id"] for _, body in found.found.entries]
            changed |= effects.settle(conn, ids, found.found.aside, reviewed=reviewed)
