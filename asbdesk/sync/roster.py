"""Who belongs to the organisation: the roster as this desk knows it, asked, kept, passed on, and added to."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from asbdesk.model import sync as q
from asbdesk.store.roles import exceeds
from asbdesk.sync import names, statement
from asbdesk.sync.standing import Standing, Statements
from asbdesk.sync.statement import HELD, Misread, Statement

NOBODY = "It was written on a laptop that did not belong to the organisation then."
OTHER_NAME = "It was written in the name of somebody else."


@dataclass(frozen=True)
class Device:
    """One laptop, or the service. `letter`: of its case references; `since`: when it was enrolled."""

    device: str
    member: str
    role: str
    team: str
    letter: str
    sign: bytes
    box: bytes
    since: str
    revoked: str = ""
    """When it was revoked; empty while it belongs."""


@dataclass(frozen=True)
class Order:
    """An order of erasure, approved by two members."""

    order: str
    files: tuple[str, ...]
    at: str


class Roster:
    """Every statement known, and what they come to. Made by `load`; it never changes."""

    def __init__(self, known: Iterable[Statement], org: str) -> None:
        self.org = org
        self._statements = Statements(known, org)
        self._now = self._statements.now
        self.heads = self._statements.heads
        """Hashes of the statements that no other names as before it: what a segment says it was made under."""

    @classmethod
    def load(cls, conn: sa.Connection, org: str | None = None) -> Roster:
        """The roster as this desk knows it; `org`: its id, when it is at hand. Empty before there is one."""
        lines = tuple(conn.scalars(sa.select(q.roster_line.c.bytes).order_by(q.roster_line.c.hash)))
        return _loaded(lines, org or "")

    # ---- what it says
    def knows(self, heads: Collection[str]) -> bool:
        """Whether all these statements are here, with all before them."""
        return all(h in self._statements.index for h in heads)

    @property
    def recovery(self) -> bytes:
        """The recovery box's public key; empty before the founding."""
        return self._now.recovery

    @property
    def min_reader(self) -> str:
        """The oldest step of the store's tables that may still write; empty for any."""
        return self._now.reader

    def device(self, device: str) -> Device | None:
        """A device that was ever enrolled."""
        return self._device(device, self._now) if device in self._now.enrolled else None

    def devices(self) -> tuple[Device, ...]:
        """Every device that was ever enrolled, the first first."""
        return tuple(self._device(d, self._now) for d in self._now.enrolled)

    def sign_key(self, device: str) -> bytes | None:
        """What this device's signatures are checked with, a revoked one's too; None for one never enrolled."""
        found = self.device(device)
        return found.sign if found else None

    def is_revoked(self, device: str) -> bool:
        return device in self._now.revoked

    def role(self, device: str, heads: Collection[str] | None = None) -> str | None:
        """A device's role now, or at these heads; None where it did not belong."""
        standing = self._now if heads is None else self._statements.at(heads)
        belongs = device in standing.enrolled and device not in standing.revoked
        return self._statements.given(device, standing)[0] if belongs else None

    def judge(self, device: str, heads: Collection[str]) -> Callable[[Mapping[str, Any]], str | None]:
        """Says of an entry of this device, written under these heads, why it has no effect; None where it has. For the
        many of one segment: what the device was is looked up once."""
        role = self.role(device, heads)
        if role is None:
            return lambda body: NOBODY
        member = self._statements.all[self._statements.at(heads).enrolled[device]].told["member"]
        its_own = ("", member)
        return lambda body: exceeds(role, member, body.get("set", {})) if body.get("by") in its_own else OTHER_NAME

    def under_review(self, device: str, hash: str) -> bool:
        """Whether a segment (by its header's hash) is for a person to look at first: it is a revoked device's, who
        revoked it had not held it, and nobody has accepted it since. Its number would prove nothing: a lost laptop can
        write any."""
        revocations = self._now.revoked.get(device, ())
        if not revocations or hash in self._now.accepted.get(device, ()):
            return False
        return not any(hash[:HELD] in self._statements.all[r].told["held"] for r in revocations)

    def orders(self) -> tuple[Order, ...]:
        """Every order of erasure."""
        found = (self._statements.all[i] for i in self._now.orders.values())
        return tuple(Order(s.told["order"], tuple(s.told["files"]), s.at) for s in found)

    def next_number(self) -> int:
        """The number of the next statement."""
        return 1 + max((self._statements.all[self._statements.index[h]].n for h in self.heads), default=0)

    def free_letter(self) -> str:
        """A letter for case references that no device has."""
        taken, n = set(self._now.letters.values()), 0
        while (letter := _letters(n)) in taken:
            n += 1
        return letter

    def _device(self, device: str, standing: Standing) -> Device:
        known = self._statements.all
        s = known[standing.enrolled[device]]
        role, team = self._statements.given(device, standing)
        revoked = min((known[r].at for r in standing.revoked.get(device, ())), default="")
        box, sign = bytes.fromhex(s.told["box"]), bytes.fromhex(s.told["sign"])
        return Device(device, s.told["member"], role, team, standing.letters[device], sign, box, s.at, revoked)


@lru_cache(maxsize=8)
def _loaded(lines: tuple[bytes, ...], org: str) -> Roster:
    found = [statement.read(data) for data in lines]
    return Roster(found, org or next((s.org for s in found), ""))


def _letters(n: int) -> str:
    """A, B … Z, AA, AB …"""
    more, last = divmod(n, 26)
    return (_letters(more - 1) if more else "") + chr(ord("A") + last)


# ---- kept and passed on
def take(conn: sa.Connection, name: str, data: bytes, org: str) -> str | None:
    """Keep a statement of our organisation, whatever is still missing before it; why not, or None."""
    try:
        s = statement.read(data)
    except Misread as error:
        return str(error)
    if s.org != org:
        return "of another organisation"
    parts = names.read(name)
    if parts is None or parts.number != s.n or parts.hash != names.digest(data):
        return "its name is not its own"
    known = conn.scalar(sa.select(q.roster_line.c.hash).where(q.roster_line.c.hash == s.hash))
    if known is None:
        conn.execute(q.roster_line.insert().values(hash=s.hash, n=s.n, name=name, bytes=data))
    return None


def lines(conn: sa.Connection) -> list[tuple[str, bytes]]:
    """Every statement kept: its name in the depot, and its bytes."""
    c = q.roster_line.c
    return [(row.name, row.bytes) for row in conn.execute(sa.select(c.name, c.bytes).order_by(c.n, c.hash))]


def names_of(conn: sa.Connection) -> list[str]:
    """The names in the depot of every statement kept."""
    return list(conn.scalars(sa.select(q.roster_line.c.name)))


def declare(conn: sa.Connection, private: bytes, by: str, org: str, kind: str, at: str, **told: Any) -> Statement:
    """Sign a statement after all that are known, and keep it. Whether `by` may is for everybody's fold to say."""
    now = Roster.load(conn, org)
    n = now.next_number()
    data = statement.make(private, org=org, by=by, kind=kind, at=at, n=n, prev=now.heads, told=told)
    made = statement.read(data)
    conn.execute(q.roster_line.insert().values(hash=made.hash, n=n, name=names.roster_line(n, data), bytes=data))
    return made
