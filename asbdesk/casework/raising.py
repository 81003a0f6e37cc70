"""Sealed papers are raised by a time stamp when there is a connection: whom the landlord asks, what waits, doing it.

Nothing is asked of anybody before the landlord names an authority. What waits is worked out from the journal, so that
nothing is forgotten; each paper is raised on its own, and one that cannot be does not hold up the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.records import landlord_of
from asbdesk.casework.seals import PAPERS, TIME_STAMP, Copy, copies, keep_stamped
from asbdesk.clock import instant
from asbdesk.errors import UserError
from asbdesk.model import Landlord, LaterSeal
from asbdesk.model import journal as t
from asbdesk.store.local import still_coming
from asbdesk.store.noted import note, noted
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.documents.stamp import Asked
    from asbdesk.store.work import Work

OTHERS_AFTER = dt.timedelta(days=14)
"""Each laptop raises what was sealed on it; what still waits after so long, any laptop does."""
AT_ONCE = 200
"""Most papers looked at in one go."""
UPTO = "raised_upto"
"""The local setting that says up to which entry every paper is raised."""

Told = Callable[[int, int], object]
"""Called with how many are done of how many."""
Stop = Callable[[], bool]


@dataclass(frozen=True)
class TimeAuthority:
    """Whom this landlord asks for the time. `address` is empty where it asks nobody."""

    address: str = ""
    name: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Raised:
    """What came of raising: how many were, how many wait, and what stood in the way."""

    done: int = 0
    waiting: int = 0
    trouble: str = ""
    away: bool = False


def time_authority(session: Session) -> TimeAuthority:
    """Whom the landlord asks."""
    from asbdesk.documents.authority import common_name, fingerprint

    address, root = _named(session)
    if not address or not root:
        return TimeAuthority()
    return TimeAuthority(address, common_name(root.encode()), fingerprint(root.encode()))


def _named(session: Session) -> tuple[str, str]:
    which = sa.select(Landlord.time_authority, Landlord.time_root).order_by(Landlord.id).limit(1)
    found = session.execute(which).first()
    return (found[0] or "", found[1] or "") if found else ("", "")


def look_at(address: str) -> Asked:
    """Ask at this address once, to see who answers. Raises UserError (`documents.stamp.NoStamp`)."""
    from asbdesk.documents.stamp import address_of, ask

    return ask(address_of(address))


@action("landlord.time_authority_named")
def name_time_authority(work: Work, address: str, root: str) -> None:
    """From now on this authority is asked (`root`: the certificate behind it, PEM); with an empty address, nobody.

    Its certificate stays known when nobody is asked any more: older time stamps are still checked with it."""
    found = landlord_of(work)
    if found.time_authority != address:
        found.time_authority = address
    if address and found.time_root != root:
        found.time_root = root


def waiting(session: Session, device: str, now: dt.datetime) -> tuple[Copy, ...]:
    """The newest copies of the papers that this laptop is to raise, the oldest first."""
    upto = int(noted(session.connection(), UPTO) or 0)
    return tuple(copy for _, copy in _waiting(session, device, now, upto))


def _waiting(session: Session, device: str, now: dt.datetime, upto: int) -> Iterator[tuple[int, Copy]]:
    """Each with the entry it came by."""
    missing = still_coming(session.connection())
    old = instant(now - OTHERS_AFTER)
    for n, document, made_on, at in _papers(session, upto):
        found = copies(session, document)
        if not found or found[-1].last == TIME_STAMP or found[-1].blob in missing:
            continue
        if made_on == device or at < old:
            yield n, found[-1]


def _papers(session: Session, upto: int) -> Iterator[tuple[int, str, str, str]]:
    """(entry, document, laptop, instant) of each paper that an entry after `upto` is about."""
    touched = (
        sa.select(t.touch.c.kind, t.touch.c.id, sa.func.min(t.touch.c.n))
        .where(t.touch.c.n > upto, t.touch.c.kind.in_([*PAPERS, LaterSeal.kind]))
        .group_by(t.touch.c.kind, t.touch.c.id)
        .order_by(sa.func.min(t.touch.c.n))
    )
    seen: set[str] = set()
    for kind, record, n in session.connection().execute(touched).all():
        document = f"{kind}/{record}"
        if kind == LaterSeal.kind:
            document = session.scalar(sa.select(LaterSeal.document).where(LaterSeal.id == record)) or ""
        of, _, one = document.partition("/")
        if of not in PAPERS or document in seen:
            continue
        seen.add(document)
        at = session.scalar(sa.select(PAPERS[of].at).where(PAPERS[of].id == one)) or ""
        yield n, document, _made_on(session, of, one), at


def _made_on(session: Session, kind: str, record: str) -> str:
    """The laptop on which a record was made."""
    first = sa.select(sa.func.min(t.touch.c.n)).where(t.touch.c.kind == kind, t.touch.c.id == record).scalar_subquery()
    which = sa.select(t.session.c.device).join(t.entry, t.entry.c.session == t.session.c.n).where(t.entry.c.n == first)
    return session.scalar(which) or ""


def raise_due(desk: Desk, told: Told | None = None, stop: Stop | None = None) -> Raised:
    """Raise what waits, one paper after the other; for a worker's thread. Never raises for what stands in the way."""
    from asbdesk.documents.stamp import NoStamp

    address, root = desk.read(_named)
    if not address or desk.store.reading:
        return Raised()
    left = list(desk.read(waiting, desk.store.journal.device, desk.clock.now()))[:AT_ONCE]
    done, trouble = 0, ""
    for number, copy in enumerate(left, 1):
        if stop is not None and stop():
            break
        try:
            _raise(desk, copy, address, root.encode())
            done += 1
        except NoStamp as problem:
            if problem.away:
                return Raised(done, len(left) - done, str(problem), away=True)
            trouble = str(problem)
        except UserError as problem:
            trouble = str(problem)
        if told is not None:
            told(number, len(left))
    _note(desk)
    return Raised(done, len(left) - done, trouble)


def _raise(desk: Desk, copy: Copy, address: str, root: bytes) -> None:
    """One paper. It is kept only when all that was sealed is in it and the stamp is the named authority's."""
    from asbdesk.documents.known import trust_file
    from asbdesk.documents.stamp import NoStamp, time_stamp
    from asbdesk.documents.verify import verify

    pdf = desk.files.read(copy.blob, copy.key)
    stamped, asked = time_stamp(pdf, address)
    authority = desk.read(lambda session: session.scalar(sa.select(Landlord.authority).order_by(Landlord.id).limit(1)))
    verdict = verify(stamped, trust_file((authority or "").encode(), b"", [root]) if authority else None)
    if not (verdict.whole and stamped.startswith(pdf) and verdict.stamps):
        raise UserError(f"A locked paper cannot be time-stamped. {verdict.words[0]}")
    if not verdict.stamps[-1][2]:
        raise NoStamp("Another time-stamp authority answered than the one this landlord looked at. Look at it again.")
    desk.do(keep_stamped, copy, asked.name, asked.at, desk.files.keep(stamped))


def _note(desk: Desk) -> None:
    """Remember up to which entry nothing waits, so that the next look is short."""

    def read(session: Session) -> int:
        upto = int(noted(session.connection(), UPTO) or 0)
        last = session.scalar(sa.select(sa.func.max(t.entry.c.n))) or 0
        still = [n for n, document, _, _ in _papers(session, upto) if not _is_raised(session, document)]
        return min(still, default=last + 1) - 1

    desk.store.journal.write_local(partial(note, {UPTO: str(desk.read(read))}))


def _is_raised(session: Session, document: str) -> bool:
    found = copies(session, document)
    return not found or found[-1].last == TIME_STAMP
