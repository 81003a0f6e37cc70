"""What this laptop keeps of its exchange with others: segments, keys, the roster, what waits (SYNC.md 2).

Local tables: nothing here is journalled. Keys lie here and nowhere in the journal, because a key in a log that is
never shortened could not be destroyed. A depot that lost what it held is given it again from `segment` and `block`.
"""

from __future__ import annotations

import sqlalchemy as sa

from asbdesk.model.journal import _META, _text, _whole


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary)


unsent = sa.Table("unsent", _META, _whole("n", key=True))
"""Entries of this laptop that lie in no segment yet."""

segment = sa.Table(
    "segment",
    _META,
    _text("device", key=True),
    _whole("seq", key=True),
    _text("hash", key=True),
    *(_text(name) for name in ("name", "state", "why", "at", "put_at", "received_at")),
    *(_bytes(name) for name in ("header", "signature", "receipt")),
    sa.Index("segment_state", "state"),
    sqlite_with_rowid=False,
)
"""Every segment known. `hash`: SHA-256 of the header, hex; `name`: its name in the depot; `at`: when it came or was
made. `state`: `outgoing` (ours, its exact bytes kept, not in the depot yet), `placed` (ours, in the depot),
`waiting` (one before it is missing, or the roster it was made under: `why`), `taken` (taken in), `review` (of a
revoked laptop, kept for a person to look at). `receipt`: head office's
signed word that it has it, `received_at` the time it says."""

block = sa.Table(
    "block",
    _META,
    _text("device", key=True),
    _whole("seq", key=True),
    _text("hash", key=True),
    _whole("idx", key=True),
    _text("key_id"),
    _whole("entries"),
    _text("state"),
    _text("why"),
    _bytes("bytes"),
    sa.Index("block_key", "key_id", "state"),
    sa.Index("block_wrong", "state", sqlite_where=sa.text("state = 'refused'")),
)
"""A segment's sealed blocks. `state`: `ours`, `taken`, `locked` (no key for it here; `bytes` is NULL where head
office kept it back), `refused` (`why`; what of it could be read was taken in), `waiting` and `review` (as their
segment), `erased` (its bytes are gone by order)."""

file_key = sa.Table(
    "file_key",
    _META,
    _text("key_id", key=True),
    _text("file", index=True),
    _whole("epoch"),
    _bytes("key"),
    _text("made"),
    _text("by"),
    sqlite_with_rowid=False,
)
"""The 32-byte keys of files (`case/ID` …). A file's newest epoch seals what is written from now on; ties go to the
larger `key_id`. `by`: the laptop that gave it, NULL for one made here. A negative epoch opens what lies under it and
seals nothing: it is not known yet that whoever made it should hold the file. Destroying a file's keys is the erasure
of every block sealed under them: the line stays, `key` is NULL then."""

key_given = sa.Table("key_given", _META, _text("device", key=True), _text("key_id", key=True), sqlite_with_rowid=False)
"""To which devices a key was given already, by this desk or, as far as it saw, by another."""

key_due = sa.Table("key_due", _META, _text("key_id", key=True), sqlite_with_rowid=False)
"""Keys that came or were made since it was last worked out who else should have them."""

roster_line = sa.Table("roster_line", _META, _text("hash", key=True), _whole("n"), _text("name"), _bytes("bytes"))
"""The signed statements of the roster, by their exact bytes."""

object_seen = sa.Table("object_seen", _META, _text("name", key=True), _text("state"), _text("why"), _text("at"))
"""The objects of the depot by name that were dealt with here. `state`: `taken` (or known already), `refused`, `newer`
(needs a newer version; read again after the upgrade), `stranger` (signed by a laptop not known here; read again when
the roster grows), `not_whole` (not all there yet; tried each time, since `at`, and not counted in `area_held`)."""

area_held = sa.Table(
    "area_held", _META, _text("area", key=True), _whole("count"), _text("digest"), sqlite_with_rowid=False
)
"""How many objects of each area of the depot were dealt with here, and their digest: what a depot says of itself is
compared with this, so that a sync with nothing new reads nothing that grows. Kept beside `object_seen`."""

put_due = sa.Table("put_due", _META, _text("name", key=True), sqlite_with_rowid=False)
"""Objects that the depot had lost and that are being put there again: until each is known to lie there whole."""

key_fresh = sa.Table("key_fresh", _META, _text("key_id", key=True), sqlite_with_rowid=False)
"""Keys that came and whose locked blocks were not all opened yet."""

handed_file = sa.Table(
    "handed_file", _META, _text("file", key=True), _text("case", index=True), _text("at"), sqlite_with_rowid=False
)
"""Files that left this laptop when their case was somebody else's and all that was written here had been received."""

handed_entry = sa.Table("handed_entry", _META, _whole("n", key=True), _bytes("salt"))
"""Entries whose text left with their file, and the salts that prove it when the case comes back."""

handed_key = sa.Table(
    "handed_key", _META, _text("key_id", key=True), _text("file", index=True), sqlite_with_rowid=False
)
"""Keys that left with their file: they are not taken again until the case comes back with a newer one."""

pack_part = sa.Table(
    "pack_part",
    _META,
    _text("blob", key=True),
    _whole("part", key=True),
    _text("pack", key=True),
    *(_whole(name) for name in ("parts", "start", "size")),
    _text("state"),
    sa.Index("pack_part_pack", "pack"),
    sa.Index("pack_part_state", "state"),
    sqlite_with_rowid=False,
)
"""Which pack of the depot holds which part of which evidence file (by its encrypted name). All parts of a file but
the last have one length; `start`: where in the pack; `size`: bytes. `state`: `planned` (ours, to be put), `placed`
(ours, in the depot, to be announced), `known` (announced, by us or another), `bad` (announced, not what it said)."""

evidence_move = sa.Table(
    "evidence_move",
    _META,
    _text("blob", key=True),
    _text("way", key=True),
    *(_text(name) for name in ("state", "file", "why", "asked", "at")),
    _whole("size"),
    _whole("done"),
    sa.Index("evidence_move_state", "way", "state"),
)
"""The queue of evidence files. `way`: `out`, `in`, or `drop` (`blob` is then a pack of an erased file, to be taken out
of the depot); `state`: `waiting`, `moving`, `done`, `away` (nobody has sent it yet), `refused` (`why`); `asked`: when
the officer asked for it first; `at`: when it was recorded; `size`, `done`: bytes."""

sync_run = sa.Table(
    "sync_run",
    _META,
    _whole("n", key=True),
    *(_text(name) for name in ("began", "ended", "place", "trouble")),
    *(
        _whole(name)
        for name in ("sent", "received", "applied", "waiting", "refused", "conflicts", "bytes_out", "bytes_in")
    ),
)
"""One line per exchange: what was moved, and in plain words what went wrong."""

QUEUES = (
    unsent, segment, block, file_key, key_given, key_due, key_fresh, roster_line, object_seen, area_held, put_due,
    handed_file, handed_entry, handed_key, pack_part, evidence_move, sync_run,
)  # fmt: skip
