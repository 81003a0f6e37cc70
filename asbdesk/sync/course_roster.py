"""The part of an exchange that is about who belongs and who may read: the roster, keys given, requests to join."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import sqlalchemy as sa

from asbdesk import __version__
from asbdesk.clock import instant
from asbdesk.model import sync as q
from asbdesk.store.noted import note, noted
from asbdesk.sync import held, review, roster
from asbdesk.sync.course_common import BUNDLES, ROSTER, VERSION, Common, is_whole
from asbdesk.sync.depot import area_of
from asbdesk.sync.roster import Roster


class Keeping(Common):
    """The roster, bundles of keys, requests to join: what is taken in before the segments, or beside them."""

    # ---- the roster and keys
    def _roster(self) -> None:
        with self.journal.reading() as conn:
            lines = roster.names_of(conn)
            ours, refused = area_of([*lines, *held.names_in(conn, "roster")]), held.names_in(conn, "roster")
            ownis_whole = held.areas(conn).get(self.me[1], held.EMPTY) == self.there.get(self.me[1], held.EMPTY)
        if ours != self.there.get("roster", held.EMPTY):
            if ownis_whole:
                self._stage()  # what was written under the roster that is known says so
            known = {*lines, *refused}
            there = set(self._listed(["roster"]))
            for name, data in self._got(sorted(there - known)):
                self.journal.write_local(partial(self._take_statement, name, data))
            self._give_again(known - there)
        self._look_again()

    def _take_statement(self, name: str, data: bytes, conn: sa.Connection) -> None:
        if is_whole(name, data):
            why = roster.take(conn, name, data, self.org)
            if why is not None:
                held.hold(conn, [name], "refused", why, instant(self.journal.clock.now()))

    def _look_again(self) -> None:
        """What a roster or a version that changed since last time makes of what is here."""
        with self.journal.reading() as conn:
            now = Roster.load(conn, self.org)
            stood = {name: noted(conn, name) for name in (VERSION, ROSTER)}
        self.receiver.roster = now
        stands = {VERSION: __version__, ROSTER: " ".join(now.heads)}
        if stood[ROSTER] != stands[ROSTER]:
            self.members.roster_grew(now)
            review.roster_grew(self.receiver)
        else:
            self.receiver.retry_waiting()
        if stood[VERSION] != stands[VERSION]:
            review.version_changed(self.receiver)
        if stood != stands:
            self.journal.write_local(partial(note, stands))

    def _grants(self) -> None:
        area = self.me[0]
        with self.journal.reading() as conn:
            same = held.areas(conn).get(area, held.EMPTY) == self.there.get(area, held.EMPTY)
        if not same:
            self._each(area, lambda name, data: self.members.take_grant(name, data, self.receiver.roster))
        with self.journal.reading() as conn:
            fresh = list(conn.scalars(sa.select(q.key_fresh.c.key_id)))
        self.receiver.unlock(fresh)
        self.fresh = fresh

    def _requests(self) -> None:
        with self.journal.reading() as conn:
            same = held.areas(conn).get("join", held.EMPTY) == self.there.get("join", held.EMPTY)
        if not same and self.members.wants_requests(self.receiver.roster):
            self._each("join", self.members.take_request)

    def _each(self, area: str, take: Callable[[str, bytes], str | None]) -> None:
        """Every new object of a small area; those that are there no more are forgotten."""
        there = set(self._listed([area]))
        with self.journal.reading() as conn:
            known = held.names_in(conn, area)
        for name, data in self._got(sorted(there - known)):
            if area == "join" or is_whole(name, data):
                why = take(name, data)
                self.journal.write_local(partial(_noted, name, why, instant(self.journal.clock.now())))
        if known - there:
            self.journal.write_local(partial(self._lost, known - there))

    def _look_for_bundles(self) -> None:
        """See that the bundles put from here for others are there still; a look at the heads where nothing changed."""
        with self.journal.reading() as conn:
            given = {a for a in held.areas(conn) if a.startswith("keys/") and a != self.me[0]}
            stood = json.loads(noted(conn, BUNDLES) or "{}")
        stands = {area: f"{found.count} {found.digest}" for area, found in self.there.items() if area in given}
        differing = [area for area in sorted(given) if stood.get(area) != stands.get(area, "")]
        if differing:
            there = set(self._listed(differing))
            with self.journal.reading() as conn:
                lost = {name for area in differing for name in held.names_in(conn, area)} - there
            if lost:
                self.journal.write_local(partial(self._lost, lost))
            self.journal.write_local(partial(note, {BUNDLES: json.dumps(stands, sort_keys=True)}))


def _noted(name: str, why: str | None, at: str, conn: sa.Connection) -> None:
    held.hold(conn, [name], "taken" if why is None else "refused", why, at)
