"""Blocks opened: from sealed bytes to entries that may be filed, and in words what could not be read.

Everything in a block is as hostile as whoever sealed it. Whatever happens to one block, the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from asbdesk.store.incoming import SortedOut, sort_out
from asbdesk.store.journal import Journal
from asbdesk.sync import blocks
from asbdesk.sync.segment import BlockLine, Header

Also = Callable[[sa.Connection], None]
NotEffective = Callable[[Mapping[str, Any]], str | None]
"""Why an entry, by its body, has no effect; None when it has."""

UNFOLDABLE = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
    sa.exc.DataError, sa.exc.IntegrityError, sa.exc.InterfaceError, sa.exc.ProgrammingError,
)  # fmt: skip
"""What an entry that passed every check may still raise when it is folded or bound; never a disk's own trouble."""

ANOTHER_LAPTOPS = "it bears another laptop's name"
ANOTHER_FILES = "it belongs to another file than its key"


@dataclass
class Opened:
    """What a block came to. `state`: `taken`, `locked`, `refused` (`why`), `erased`; `found`: what of it is filed."""

    state: str
    why: str | None = None
    found: SortedOut = field(default_factory=SortedOut)


def opened(
    header: Header, index: int, sealed: bytes | None, key: tuple[str, bytes | None] | None, effective: NotEffective
) -> Opened:
    """Open block `index` of a segment. `key`: its file and key; the key is None where it was destroyed, the whole is
    None where it is not here."""
    if key is not None and key[1] is None:
        return Opened("erased")
    if key is None or sealed is None:
        return Opened("locked")
    file, secret = key[0], key[1] or b""
    line = header.blocks[index]
    try:
        place = blocks.context(header.org, header.device, header.seq, index, line.key_id)
        return _sorted(blocks.unpack(sealed, secret, place), header.device, file, line, effective)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this block's doing alone
        return Opened("refused", f"{type(error).__name__}: {error}"[:300])


def _sorted(texts: list[str], device: str, file: str, line: BlockLine, effective: NotEffective) -> Opened:
    if len(texts) != line.entries:
        return Opened("refused", f"it holds {len(texts)} entries and not {line.entries}")
    found = sort_out(texts)
    wrong = [why for _, why in found.refused]
    good, its_own = [], f"{device}."
    for one in found.entries:
        body = one[1]
        if not body["id"].startswith(its_own):
            wrong.append(ANOTHER_LAPTOPS)
        elif body["file"] != file:
            wrong.append(ANOTHER_FILES)
        else:
            good.append(one)
            if (why := effective(body)) and body["id"] not in found.aside:
                found.aside[body["id"]] = why
    found.entries = good
    if not wrong:
        return Opened("taken", None, found)
    return Opened("refused", f"{len(wrong)} of {len(texts)} entries cannot be read: {wrong[0]}"[:300], found)


class Filing:
    """Entries on their way into the journal, a slice to a transaction, and what is noted with the last of them."""

    def __init__(self, journal: Journal, slice: int, give_way: Callable[[], None]) -> None:
        self.journal, self.slice, self.give_way = journal, slice, give_way
        self.applied = 0
        self._waiting = SortedOut()
        self._notes: list[tuple[int, Also]] = []

    def add(self, found: SortedOut, note: Also | None = None) -> None:
        """These entries; `note` is written in the same transaction as the last of them."""
        self._waiting.entries += found.entries
        self._waiting.aside |= found.aside
        if note is not None:
            self._notes.append((len(self._waiting.entries), note))
        while len(self._waiting.entries) > self.slice:
            self._commit(self.slice)

    def finish(self) -> None:
        """Write what is left."""
        if self._waiting.entries or self._notes:
            self._commit(self.slice)

    def _commit(self, most: int) -> None:
        part = SortedOut(self._waiting.entries[:most])
        if aside := self._waiting.aside:
            part.aside = {i: why for _, body in part.entries if (why := aside.get(i := body["id"]))}
        del self._waiting.entries[:most]
        notes = [note for upto, note in self._notes if upto <= len(part.entries)]
        self._notes = [(upto - len(part.entries), note) for upto, note in self._notes if upto > len(part.entries)]

        def write(conn: sa.Connection) -> None:
            for note in notes:
                note(conn)

        self.applied += self._take(part, write)
        if self._waiting.entries:
            self.give_way()
        else:
            self._waiting.aside = {}

    def _take(self, part: SortedOut, write: Also) -> int:
        try:
            return self.journal.take_sorted(part, also=write).new
        except UNFOLDABLE:
            new = sum(self._one(text, body, part.aside.get(body["id"])) for text, body in part.entries)
            self.journal.write_local(write)
            return new

    def _one(self, text: str, body: dict[str, Any], aside: str | None) -> int:
        one = SortedOut([(text, body)], {body["id"]: aside} if aside else {})
        try:
            return self.journal.take_sorted(one).new
        except UNFOLDABLE as error:
            one.aside[body["id"]] = f"it could not be filed under its records ({type(error).__name__})"
            return self.journal.take_sorted(one).new
