"""The course of one exchange, step by step: who belongs, who may read, what came, what is ours."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import partial

import sqlalchemy as sa

from asbdesk.model import journal as t
from asbdesk.store.noted import note, noted
from asbdesk.sync import cabinet, held, publish
from asbdesk.sync.arrivals import Arrivals
from asbdesk.sync.course_common import AT_ONCE, CURSOR
from asbdesk.sync.course_roster import Keeping
from asbdesk.sync.depot import NotThere
from asbdesk.sync.told import Exchange, Progress


class Course(Keeping):
    """One exchange, step by step."""

    def go(self) -> None:
        found = self.depot.marker()
        if found.org != self.org:
            raise NotThere(
                f"{self.depot.where} is another organisation's place to meet. Look at what head office wrote."
            )
        self.there = dict(self.depot.heads())
        self._roster()
        self._grants()
        self._segments()
        self._look_after()
        self._give_again(())  # also what an exchange that was broken off had begun to
        self._kept_back()
        self._requests()
        self._send()
        if not self.stop():
            self._look_for_bundles()
            self.members.give(self.depot, self.receiver.roster, lost=self.done.again > 0)

    def finished(self) -> Exchange:
        came = self.receiver.came
        done = self.done
        done.received, done.applied, done.waiting = came.sealed, came.entries, came.waiting
        done.refused += came.refused
        done.forks = came.forks
        done.trouble = done.trouble or done.not_taken
        if came.entries and self.conflicts is not None:
            with self.journal.reading() as conn:
                done.conflicts = max(0, _conflicts(conn) - self.conflicts)
        return done

    # ---- segments
    def _segments(self) -> None:
        differing = self._differing()
        if not differing:
            return
        with self.journal.reading() as conn:
            cursor = (noted(conn, CURSOR) or "").partition("\n")
        news = self.depot.news(differing, cursor[2] if cursor[0] == self.depot.where else "")
        self._take(news.names)
        self.journal.write_local(partial(note, {CURSOR: f"{self.depot.where}\n{news.cursor}"}))
        if differing := self._differing():
            there = set(self._listed(differing))
            self._take(there)
            self._settle(differing, there)

    def _differing(self) -> list[str]:
        with self.journal.reading() as conn:
            ours = held.areas(conn)
        areas = sorted(area for area in {*ours, *self.there} if area.startswith("dev/"))
        return [a for a in areas if ours.get(a, held.EMPTY) != self.there.get(a, held.EMPTY)]

    def _take(self, there: Iterable[str]) -> None:
        with self.journal.reading() as conn:
            new = held.unknown(conn, [name for name in there if name.startswith("dev/")])
            if new and self.conflicts is None:
                self.conflicts = _conflicts(conn)
        arrivals = Arrivals(new, self.receiver.accept)
        missing = set(new)
        for number, (name, data) in enumerate(self._got(new), 1):
            missing.discard(name)
            found = self.receiver.prove(name, data)
            arrivals.arrived(name, None if isinstance(found, str) else found)
            self.tell(Progress("receiving", number, len(new), self.done.bytes_in))
        for name in sorted(missing):
            arrivals.arrived(name, None)
        arrivals.finish()

    def _settle(self, differing: Collection[str], there: set[str]) -> None:
        """What the depot lacks of these areas is put there again; copies that never came whole are forgotten."""
        with self.journal.reading() as conn:
            ours = {name for area in differing for name in held.names_in(conn, area)}
            torn = {name for name in held.in_state(conn, held.NOT_WHOLE) if name not in there}
        if torn:
            self.journal.write_local(lambda conn: held.let_go(conn, torn))
        self._give_again(ours - there)

    def _kept_back(self) -> None:
        """Blocks that the depot had kept back, of keys that came since."""
        with self.journal.reading() as conn:
            lacking = cabinet.locked(conn, self.fresh, here=False)
        wanted = [(one.kept.name, one.index) for one in lacking]
        for start in range(0, len(wanted), AT_ONCE):
            for name, index, data in self.depot.blocks(wanted[start : start + AT_ONCE]):
                if data is not None:
                    self.done.bytes_in += len(data)
                    self.receiver.fill(name, index, data)
        if self.fresh:
            self.journal.write_local(partial(cabinet.opened_with, self.fresh))

    # ---- what is ours
    def _send(self) -> None:
        self._stage()
        sent = publish.publish(self.journal, self.depot, self.receiver.roster, self._told, self.stop)
        self.done.sent += sent.entries
        self.done.bytes_out += sent.bytes
        self.done.not_taken = sent.not_taken or self.done.not_taken

    def _told(self, size: int, done: int, of: int) -> None:
        self.tell(Progress("sending", done, of, size))


def _conflicts(conn: sa.Connection) -> int:
    return conn.scalar(sa.select(sa.func.count()).select_from(t.conflict)) or 0
