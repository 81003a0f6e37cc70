"""What every record shares: an id, the file it lives in, and whether it was struck out.

Record tables carry a primary key and indexes and nothing else (no NOT NULL, UNIQUE, CHECK or FOREIGN KEY):
a merge may bring the second half first, or two desks may each be right alone. Actions keep the rules when
they write. Rows are written by `store.journal.apply` alone.
"""

from __future__ import annotations

import secrets
import threading
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from asbdesk.clock import milliseconds

Text = Mapped[str | None]
Number = Mapped[int | None]
Flag = Mapped[bool | None]
Many = Mapped[list[Any] | None]
Table = Mapped[dict[str, Any] | None]

HIGHER = {"conflict": "higher"}
"""While two values stand, the higher counts (a risk level, a flag)."""
EARLIER = {"conflict": "earlier"}
"""While two values stand, the earlier counts (a due date)."""
STRICTER = {"conflict": "stricter"}
"""While two values stand, the one that discloses less counts."""


class Base(DeclarativeBase):
    """All record kinds. `type_annotation_map` fixes each Python type to what SQLite and PostgreSQL both keep."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: sa.Text(),
        int: sa.Integer(),
        bool: sa.Boolean(),
        list[Any]: sa.JSON(none_as_null=True),
        dict[str, Any]: sa.JSON(none_as_null=True),
    }


def some_rows(name: str, column: str, where: str) -> sa.Index:
    """An index of the rows alone for which `where` holds: a list of few among many. Told in SQLite's words; head office
    puts them in PostgreSQL's, which would bring all of that dialect with them here."""
    return sa.Index(name, column, sqlite_where=sa.text(where))


class Record:
    """A row of one kind. `kind` names it in the journal (`report/ID`); the table's name can be typed in a report."""

    kind: str

    id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    file: Text = mapped_column(sa.Text, index=True)
    struck: Text = mapped_column(sa.Text)
    """Why the record was crossed out; nothing is deleted."""


def new_id() -> str:
    """A new UUIDv7 as 32 hex digits: made on the device, sorts by the time it was made, and within a millisecond by
    the order they were asked for, so that the lines of one action stay in their order."""
    with _LOCK:
        now = milliseconds()
        _last[:] = [now, _last[1] + 1 if now == _last[0] else secrets.randbits(10)]
        count = _last[1]
    if count >> 12:  # more than the field holds: the rest of this millisecond's share the end
        count = 0xFFF
    value = (now << 80) | (7 << 76) | (count << 64) | (2 << 62) | secrets.randbits(62)
    return f"{value:032x}"


_LOCK = threading.Lock()
_last = [0, 0]
"""The millisecond of the last id, and the last count within it."""


def kinds() -> dict[str, type[Record]]:
    """Every mapped record class by its kind."""
    import asbdesk.model  # noqa: F401  (makes sure that all are mapped)

    return {m.class_.kind: m.class_ for m in Base.registry.mappers}
