"""What a roster that grew changes in what was taken in already: strangers known now, laptops lost, segments accepted.

A desk that learns late of a lost laptop must end with the same records as one that knew in time: what was taken in of
it and is for review is set aside, and comes back when a person at head office has accepted it.
"""

from __future__ import annotations

import sqlalchemy as sa

from asbdesk.model import journal as t
from asbdesk.store.apply import slices
from asbdesk.store.setting_aside import bring_back, set_aside
from asbdesk.sync import cabinet, held
from asbdesk.sync.cabinet import Kept
from asbdesk.sync.opening import opened
from asbdesk.sync.receive import Receiver

REVIEW = "It was written on a laptop that had been reported lost. Somebody at head office looks at it first."


def roster_grew(receiver: Receiver) -> None:
    """Look again at what depends on the roster: with the one that `receiver` has now."""
    journal, roster = receiver.journal, receiver.roster
    journal.write_local(lambda conn: held.let_go(conn, held.in_state(conn, "stranger")))
    receiver.retry_waiting()
    for device in roster.devices():
        if device.revoked and device.device != journal.device:
            with journal.reading() as conn:
                kept = cabinet.of_device(conn, device.device)
            for one in kept:
                _look_again(receiver, one)


def version_changed(receiver: Receiver) -> None:
    """Read again what an older version could not."""
    journal = receiver.journal
    journal.write_local(lambda conn: held.let_go(conn, held.in_state(conn, "newer")))
    with journal.reading() as conn:
        refused = cabinet.blocks_in(conn, "refused")
    receiver.reopen(refused)


def _look_again(receiver: Receiver, kept: Kept) -> None:
    under_review = receiver.roster.under_review(kept.device, kept.seq, kept.hash)
    if under_review and kept.state == "taken":
        _put_aside(receiver, kept)
    elif not under_review and kept.state == "review":
        with receiver.journal.reading() as conn:
            found = cabinet.segment_of(conn, kept)
        receiver.take_in(kept.name, found)
        _back(receiver, kept)


def _put_aside(receiver: Receiver, kept: Kept) -> None:
    numbers = _entries(receiver, kept)

    def write(conn: sa.Connection) -> set[tuple[str, str]]:
        stood = _set_aside(conn, numbers)
        changed = set_aside(conn, {n: REVIEW for n in numbers if n not in stood})
        cabinet.becomes(conn, kept, "review")
        return changed

    receiver.journal.announce(frozenset(receiver.journal.write_local(write)))


def _back(receiver: Receiver, kept: Kept) -> None:
    numbers = _entries(receiver, kept)

    def write(conn: sa.Connection) -> set[tuple[str, str]]:
        stood = _set_aside(conn, numbers)
        return bring_back(conn, [n for n in numbers if stood.get(n) == REVIEW])

    receiver.journal.announce(frozenset(receiver.journal.write_local(write)))


def _entries(receiver: Receiver, kept: Kept) -> list[int]:
    """The numbers here of the entries that a segment brought."""
    with receiver.journal.reading() as conn:
        found = cabinet.segment_of(conn, kept)
        keys = cabinet.keys_of(conn, {line.key_id for line in found.header.blocks})
        ids: list[str] = []
        for index, (line, sealed) in enumerate(zip(found.header.blocks, found.blocks, strict=True)):
            one = opened(found.header, index, sealed, keys.get(line.key_id), lambda body: None)
            ids += [body["id"] for _, body in one.found.entries]
        return cabinet.numbers_of(conn, ids)


def _set_aside(conn: sa.Connection, numbers: list[int]) -> dict[int, str]:
    c = t.set_aside.c
    return {r.n: r.why for some in slices(numbers) for r in conn.execute(sa.select(c.n, c.why).where(c.n.in_(some)))}
