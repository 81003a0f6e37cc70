"""A laptop that is lost, or leaves: revoked in one step, and what it held written down for the data protection lead.

Nothing is sealed again: what the laptop held it held. From now on files it knew have new keys, what it sends later is
kept for a person to look at, and this says what was on it, when it was last heard of, and what the law asks.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.clock import instant, parse_instant, today
from asbdesk.errors import UserError
from asbdesk.model import Case, Member
from asbdesk.model import sync as q
from asbdesk.store.apply import slices
from asbdesk.sync import cabinet, colleagues, keys, members, place, roster
from asbdesk.sync.enrolment import see_that_this_is_head_office
from asbdesk.sync.scope import Scope, covers_all, files_of
from asbdesk.sync.statement import HELD

if TYPE_CHECKING:
    from asbdesk.store.vault import Store

WHYS = ("lost", "stolen", "left", "replaced")
HOURS = 72
"""The ICO is to be told within this many hours of knowing, where there is a risk to people (UK GDPR Article 33)."""


@dataclass(frozen=True)
class Breach:
    """What the data protection lead needs to know of a laptop that is gone. References and counts; names of nobody
    whose case it is. `incomplete`: why there may be more than this says."""

    device: str
    officer: str
    role: str
    letter: str
    why: str
    known_at: str
    tell_ico_by: str
    last_met: str
    version: str
    cases: tuple[str, ...]
    people: int
    homes: int
    encryption: str
    incomplete: str = ""


ENCRYPTED = (
    "The case file on the laptop is encrypted (SQLCipher, 256 bits). It opens with the officer's passphrase, or, where "
    "that was switched on, with their sign-in to the laptop."
)


def breach(store: Store, device: str, why: str = "lost") -> Breach:
    """What is known of a laptop, whether it was revoked yet or not. UserError where there is no such laptop."""
    found = colleagues.called(store, device)
    known = found.revoked or instant(store.clock.now())
    with store.reader.connect() as conn:
        org = place.read(conn)
        assert org is not None
        files = _held(conn, roster.Roster.load(conn, org.id), found.device)
        cases = sorted(_references(conn, files))
        gaps = conn.scalar(sa.select(sa.func.count()).select_from(q.block).where(q.block.c.state == "locked")) or 0
    by = instant(parse_instant(known) + dt.timedelta(hours=HOURS))
    incomplete = f"{gaps} sealed parts that came here could not be opened yet, so there may be more." if gaps else ""
    people, homes = (sum(f.startswith(kind) for f in files) for kind in ("person/", "home/"))
    return Breach(
        found.device, found.name, found.role, found.letter, why, known, by, found.last_met, found.version,
        tuple(cases), people, homes, ENCRYPTED, incomplete,
    )  # fmt: skip


def _held(conn: sa.Connection, now: roster.Roster, device: str) -> set[str]:
    """The files whose keys a laptop had, as far as this desk knows: given, used, or covered by its role."""
    c = q.file_key.c
    given = sa.select(q.key_given.c.key_id).where(q.key_given.c.device == device)
    used = sa.select(q.block.c.key_id).where(q.block.c.device == device)
    files = {
        f for which in (given, used) for f in conn.scalars(sa.select(c.file).where(c.key_id.in_(which)).distinct())
    }
    found = now.device(device)
    if found is not None and covers_all(found):
        files |= set(conn.scalars(sa.select(c.file).where(c.key.is_not(None)).distinct()))
    elif found is not None:
        files |= {file for _, file in files_of(conn, Scope(now).cases_for(conn, found))}
    return files


def _references(conn: sa.Connection, files: set[str]) -> list[str]:
    cases = [file[5:] for file in files if file.startswith("case/")]
    which = sa.select(Case.reference)
    return [r or "" for some in slices(cases) for r in conn.scalars(which.where(Case.id.in_(some)))]


def revoke(store: Store, device: str, why: str = "lost", *, left: bool = False) -> Breach:
    """Revoke a laptop; what it held. New keys for those files follow at once, for whoever still should have them.

    `left`: its officer works here no longer. Raises UserError: not head office, no such laptop, this very laptop.
    """
    if why not in WHYS:
        raise UserError(f"Say why in one of these words: {', '.join(WHYS)}.")
    org = see_that_this_is_head_office(store)
    found = colleagues.called(store, device)
    if found.here:
        raise UserError("This is the laptop you are working on. Revoke it from another head-office laptop.")
    if found.revoked:
        return breach(store, found.device, why)
    at = instant(store.clock.now())

    def write(conn: sa.Connection) -> None:
        now = roster.Roster.load(conn, org.id)
        files = _held(conn, now, found.device)
        held = sorted(kept.hash[:HELD] for kept in cabinet.of_device(conn, found.device) if kept.state != "refused")
        private = keys.device_keys(conn).sign.private
        told = {"device": found.device, "held": held, "why": why}
        roster.declare(conn, private, store.journal.device, org.id, "revoke", at, **told)
        for file in sorted(keys.newest_of(conn, files)):
            if not file.startswith(("escrow/", "org/")):
                keys.renew(conn, file, at)

    store.journal.write_local(write)
    if left:
        with store.reader.connect() as conn:
            known = conn.scalar(sa.select(Member.id).where(Member.id == found.member))
        if known:
            store.do(members.has_left, found.member, today(store.clock))
    return breach(store, found.device, why)


def accept(store: Store, device: str, segments: list[str]) -> None:
    """A person looked at what a revoked laptop sent afterwards: these segments (hashes of their headers) count."""
    org = see_that_this_is_head_office(store)
    at = instant(store.clock.now())

    def write(conn: sa.Connection) -> None:
        private = keys.device_keys(conn).sign.private
        told = {"device": device, "segments": sorted(segments)}
        roster.declare(conn, private, store.journal.device, org.id, "accept", at, **told)

    store.journal.write_local(write)


def give_role(store: Store, device: str, role: str, team: str = "") -> None:
    """Another role, or team, from now on. UserError where this desk may not."""
    org = see_that_this_is_head_office(store)
    found = colleagues.called(store, device)
    at = instant(store.clock.now())

    def write(conn: sa.Connection) -> None:
        private = keys.device_keys(conn).sign.private
        told = {"device": found.device, "role": role, "team": team}
        roster.declare(conn, private, store.journal.device, org.id, "role", at, **told)

    store.journal.write_local(write)
    store.do(members.give_role, found.member, role)


def ask_for_version(store: Store, schema: str) -> None:
    """From now on only desks whose store is at this step (`store.schema.VERSIONS`) or newer write; older ones go on
    reading, and send what they have. UserError where this desk may not."""
    org = see_that_this_is_head_office(store)
    at = instant(store.clock.now())

    def write(conn: sa.Connection) -> None:
        private = keys.device_keys(conn).sign.private
        roster.declare(conn, private, store.journal.device, org.id, "reader", at, schema=schema)

    store.journal.write_local(write)


def sheet(store: Store, found: Breach) -> bytes:
    """The breach sheet as a PDF, for the data protection lead."""
    from asbdesk.documents.breach_sheet import make

    with store.reader.connect() as conn:
        name = members.landlord(conn)[1]
    return make(name, found)
