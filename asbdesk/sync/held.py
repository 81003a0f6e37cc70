"""Which objects of the depot were dealt with here, and a digest of them by area, kept up in the same transactions.

A depot says of each area how much it holds, and its digest. Where both agree nothing is listed, fetched or sent: that
is what makes a sync with nothing new independent of how much there is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import sqlalchemy as sa

from asbdesk.model import sync as q
from asbdesk.store.among import among
from asbdesk.store.apply import slices
from asbdesk.sync import names
from asbdesk.sync.depot import Area

NOT_WHOLE = "not_whole"
"""The one state that does not count as dealt with."""
EMPTY = Area(0, f"{0:016x}")
_seen = q.object_seen.c


def hold(
    conn: sa.Connection, held: Collection[str], state: str = "taken", why: str | None = None, at: str = ""
) -> None:
    """These objects were dealt with (`state`, `why`: see `object_seen`); saying so again is harmless."""
    before = _states(conn, held)
    new = [name for name in dict.fromkeys(held) if name not in before and names.read(name) is not None]
    if new:
        conn.execute(q.object_seen.insert(), [{"name": name, "state": state, "why": why, "at": at} for name in new])
    for name, stood in before.items():
        if stood != state and state != NOT_WHOLE:
            conn.execute(q.object_seen.update().where(_seen.name == name).values(state=state, why=why, at=at))
    if state != NOT_WHOLE:
        _count(conn, [*new, *(name for name, stood in before.items() if stood == NOT_WHOLE)], 1)


def let_go(conn: sa.Connection, gone: Collection[str]) -> None:
    """These objects are as if never seen: they are fetched again where they lie, and missed nowhere."""
    before = _states(conn, gone)
    for some in slices(before):
        conn.execute(q.object_seen.delete().where(_seen.name.in_(some)))
    _count(conn, [name for name, stood in before.items() if stood != NOT_WHOLE], -1)


def _states(conn: sa.Connection, wanted: Collection[str]) -> dict[str, str]:
    which = sa.select(_seen.name, _seen.state)
    return {r.name: r.state for some in slices(wanted) for r in conn.execute(which.where(among(_seen.name, some)))}


def _count(conn: sa.Connection, changed: Iterable[str], by: int) -> None:
    deltas: dict[str, list[int]] = {}
    for name in changed:
        parts = names.read(name)
        if parts is not None:
            delta = deltas.setdefault(parts.area, [0, 0])
            delta[0] += by
            delta[1] ^= int(parts.hash[:16], 16)
    table = q.area_held
    for area, (count, mixed) in deltas.items():
        row = conn.execute(sa.select(table).where(table.c.area == area)).first()
        if row is None:
            conn.execute(table.insert().values(area=area, count=count, digest=f"{mixed:016x}"))
        else:
            _, before, digest = row
            line = {"count": before + count, "digest": f"{int(digest, 16) ^ mixed:016x}"}
            conn.execute(table.update().where(table.c.area == area).values(line))


def areas(conn: sa.Connection) -> dict[str, Area]:
    """What was dealt with, by area; as many lines as there are laptops."""
    c = q.area_held.c
    lines = conn.execute(sa.select(c.area, c.count, c.digest).where(c.count > 0))
    return {area: Area(count, digest) for area, count, digest in lines}


def names_in(conn: sa.Connection, area: str) -> set[str]:
    """The names of an area that were dealt with."""
    which = sa.select(_seen.name).where(_seen.name >= f"{area}/", _seen.name < f"{area}0", _seen.state != NOT_WHOLE)
    return set(conn.scalars(which))


def unknown(conn: sa.Connection, wanted: Collection[str]) -> list[str]:
    """Those that were not dealt with yet, in the order given."""
    stood = _states(conn, wanted)
    return [name for name in dict.fromkeys(wanted) if stood.get(name, NOT_WHOLE) == NOT_WHOLE]


def to_look_after(conn: sa.Connection, after: str, most: int) -> list[str]:
    """The next names, after this one, of what should still lie in the depot: segments, and bundles given to others."""
    segments = sa.and_(_seen.name.startswith("dev/"), _seen.state == "taken")
    bundles = sa.and_(_seen.name.startswith("keys/"), _seen.state == "given")
    which = sa.select(_seen.name).where(_seen.name > after, segments | bundles)
    return list(conn.scalars(which.order_by(_seen.name).limit(most)))


def in_state(conn: sa.Connection, state: str) -> list[str]:
    """The names in a state; with `area_held` small, for states that are rare."""
    return list(conn.scalars(sa.select(_seen.name).where(_seen.state == state)))
