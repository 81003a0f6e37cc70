"""The landlord's timescales as people read them: what each is for, what is usual, ours, and from where it comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.duties import policy
from asbdesk.duties.working_days import TABLE
from asbdesk.errors import UserError
from asbdesk.model import PolicyProfile
from asbdesk.store.profile import profile

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Timescale:
    """One number. `ours` holds on the day asked for; `own` when the landlord set it itself."""

    name: str
    what: str
    unit: str
    usual: int
    ours: int
    own: bool
    source: str
    reviewed_on: str


@dataclass(frozen=True)
class Version:
    """One set of timescales the landlord adopted."""

    version: str
    begins: str
    reason: str
    changed: int


@dataclass(frozen=True)
class Read:
    """What a landlord's file says: numbers that differ from ours, closing days, the day they begin, or empty."""

    numbers: Mapping[str, int]
    working_days: Mapping[str, tuple[str, ...]]
    begins: str


def timescales(session: Session, day: str) -> tuple[Timescale, ...]:
    """Every number, as it holds on a day, in the order of the shipped profile."""
    found = profile(session.connection())
    return tuple(
        Timescale(
            line.name, line.what, line.unit, line.value, found.number(line.name, day), found.is_set(line.name, day),
            line.source, line.reviewed_on,
        )
        for line in policy.default().lines.values()
    )  # fmt: skip


def closing_days(session: Session) -> dict[str, tuple[str, ...]]:
    """The landlord's own calendar: `closed`, `added` and `removed`, as days."""
    days = profile(session.connection()).days
    return {name: tuple(sorted(day.isoformat() for day in getattr(days, name))) for name in TABLE}


def versions(session: Session) -> tuple[Version, ...]:
    """What was adopted, the newest first."""
    which = sa.select(PolicyProfile).where(PolicyProfile.struck.is_(None))
    found = session.scalars(which.order_by(PolicyProfile.begins.desc(), PolicyProfile.id.desc()))
    return tuple(Version(p.version or "", p.begins or "", p.reason or "", len(p.numbers or {})) for p in found)


def read_file(path: Path, ours: Mapping[str, int]) -> Read:
    """What a file of timescales would change. Raises UserError naming the file, the line and the mend."""
    found = policy.own(path)
    begins = max((since for since, _ in found.changes), default="")
    numbers = {name: found.number(name) for name in found.lines if found.is_set(name)}
    changed = {name: number for name, number in numbers.items() if ours.get(name) != number}
    days = {name: tuple(sorted(day.isoformat() for day in getattr(found.days, name))) for name in TABLE}
    if not changed and not any(days.values()):
        raise UserError(f"{path.name} says what holds already: nothing would change.")
    return Read(changed, days if any(days.values()) else {}, begins)


def as_file(session: Session, day: str) -> bytes:
    """Ours as a file to change and read again: each number with what it is for beside it."""
    lines = ["# Our timescales. Change a number, then read this file again in Settings, Timescales.", "numbers:"]
    lines += [f"  {s.name}: {s.ours}  # {s.unit}: {s.what}" for s in timescales(session, day)]
    lines += ["working_days:"]
    for name, days in closing_days(session).items():
        lines += [f"  {name}: [{', '.join(f'{chr(34)}{d}{chr(34)}' for d in days)}]"]
    return ("\n".join(lines) + "\n").encode()
