"""What a roster that grew changes in what was taken in already: strangers known now, laptops lost, segments accepted.

A desk that learns late of a lost laptop must end with the same records as one that knew in time: what was taken in of
it and is for review is set aside, and comes back when a person at head office has accepted it.
"""

from __future__ import annotations

import sqlalchemy as sa

from asbdesk.sync import cabinet, effects, held
from asbdesk.sync.cabinet import Kept
from asbdesk.sync.opening import opened
from asbdesk.sync.receive import Receiver


def roster_grew(receiver: Receiver) -> None:
    """Look again at what depends on the roster: with the one that `receiver` has now."""
    journal, roster = receiver.journal, receiver.roster
    journal.write_local(lambda conn: held.let_go(conn, held.in_state(conn, "stranger")))
    for device in roster.devices():
        if device.revoked and device.device != journal.device:
            _look_again(receiver, device.device)
    receiver.retry_waiting()


def version_changed(receiver: Receiver) -> None:
    """Read again what an older version could not."""
    journal = receiver.journal
    journal.write_local(lambda conn: held.let_go(conn, held.in_state(conn, "newer")))
    with journal.reading() as conn:
        refused = cabinet.blocks_in(conn, "refused")
    receiver.reopen(refused)


def _look_again(receiver: Receiver, device: str) -> None:
    """Every segment of a lost laptop: those that count, those for review now, those accepted since."""
    with receiver.journal.reading() as conn:
        kept = cabinet.of_device(conn, device)
    doubtful = {one.hash for one in kept if receiver.roster.under_review(device, one.hash)}
    late = [one for one in kept if one.state == "taken" and one.hash in doubtful]
    if late:
        counting = [one for one in kept if one.state == "taken" and one.hash not in doubtful]
        good = {entry_id for one in counting for entry_id in _entries(receiver, one)}
        for one in late:
            _put_aside(receiver, one, [entry_id for entry_id in _entries(receiver, one) if entry_id not in good])
    for one in kept:
        if one.state == "review" and one.hash not in doubtful:
            with receiver.journal.reading() as conn:
                found = cabinet.segment_of(conn, one)
            receiver.take_in(one.name, found)


def _put_aside(receiver: Receiver, kept: Kept, ids: list[str]) -> None:
    def write(conn: sa.Connection) -> effects.Changed:
        cabinet.becomes(conn, kept, "review")
        return effects.review(conn, ids)

    receiver.journal.announce(frozenset(receiver.journal.write_local(write)))


def _entries(receiver: Receiver, kept: Kept) -> list[str]:
    """The ids of the entries that a segment brought."""
    with receiver.journal.reading() as conn:
        found = cabinet.segment_of(conn, kept)
        keys = cabinet.keys_of(conn, {line.key_id for line in found.header.blocks})
    ids: list[str] = []
    for index, (line, sealed) in enumerate(zip(found.header.blocks, found.blocks, strict=True)):
        one = opened(found.header, index, sealed, keys.get(line.key_id), lambda body: None)
        ids += [body["id"] for _, body in one.found.entries]
    return ids
