"""What head office says in the roster, for the simulator."""

from __future__ import annotations

from typing import Any, NamedTuple

from asbdesk.clock import instant
from asbdesk.model import sync as q
from asbdesk.sync import keys, place, roster, statement
from asbdesk.sync.roster import Roster
from asbdesk.sync.statement import HELD
from tests.sync.simulator.laptop import Laptop
from tests.sync.simulator.world import device, member


def _declare(office: Laptop, kind: str, **told: Any) -> None:
    at = instant(office.clock.now())
    org = place.org_of(office.store).id

    def write(conn: Any) -> None:
        private = keys.device_keys(conn).sign.private
        roster.declare(conn, private, office.device, org, kind, at, **told)

    office.store.journal.write_local(write)


def revoke(office: Laptop, whom: str) -> None:
    """A laptop was lost; what the office held of it by then counts."""
    held = {row.hash[:HELD] for row in office.rows(q.segment) if row.device == device(whom) and row.state != "waiting"}
    _declare(office, "revoke", device=device(whom), held=sorted(held), why="lost")


def accept(office: Laptop, whom: str) -> None:
    """A person looked at what waits of a revoked laptop, and accepts it."""
    held = {r.hash for r in office.rows(q.segment) if r.device == device(whom) and r.state == "review"}
    if held:
        _declare(office, "accept", device=device(whom), segments=sorted(held))


def order_erasure(office: Laptop, file: str) -> None:
    """Two people approved that a file is erased."""
    approved = [member("h"), member("x")]
    _declare(office, "erase", order=f"order-{file[5:]}", files=[file], reason="retention", approved=approved)


class Decided(NamedTuple):
    """What stands in the roster: files erased, and by laptop the beginnings of hashes of segments that count."""

    erased: frozenset[str]
    revoked: dict[str, frozenset[str]]


def decided(office: Laptop) -> Decided:
    """What head office's roster comes to: a decision that was lost with the laptop it was made on is none."""
    with office.store.reader.connect() as conn:
        now = Roster.load(conn, place.org_of(office.store).id)
        told = [statement.read(data).told for _, data in roster.lines(conn)]
    revoked: dict[str, frozenset[str]] = {}
    for held in (d for d in now.devices() if d.revoked):
        mine = [line for line in told if line.get("device") == held.device]
        hashes = [hash_[:HELD] for line in mine for hash_ in [*line.get("held", []), *line.get("segments", [])]]
        revoked[held.device[0]] = frozenset(hashes)
    return Decided(frozenset(file for order in now.orders() for file in order.files), revoked)
