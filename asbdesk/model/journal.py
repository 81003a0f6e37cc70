"""The journal's own tables, what is derived from it, and what is local to this laptop (FOUNDATION.md).

`entry`, `body`, `touch`, `session`, `set_aside` and `erased` are the truth; `conflict`, `due`, `due_stale` and
`case_line` can be worked out again at any time; the rest never leaves this laptop. No foreign keys: nothing here
may vanish because something else did.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from asbdesk.model.record import Base

_META = Base.metadata


def _text(name: str, *, key: bool = False, index: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text, primary_key=key, index=index)


def _whole(name: str, *, key: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer, primary_key=key, autoincrement=False if key else "auto")


# ---- the truth
session = sa.Table(
    "session",
    _META,
    _whole("n", key=True),
    sa.Column("id", sa.Text, unique=True),
    _text("device"),
    _text("member"),
)
"""One line per unlock, ours and others'. `id` is `device.<48-bit ms><24 random bits>`."""

entry = sa.Table(
    "entry",
    _META,
    _whole("n", key=True),
    _whole("session"),
    _whole("k"),
    _text("file"),
    _text("hlc"),
    sa.Column("leaf", sa.LargeBinary),
    sa.Column("link", sa.LargeBinary),
    sa.UniqueConstraint("session", "k", name="entry_once"),
    sa.Index("entry_file", "file", "n"),
)
"""In the order this store took them in. Never changed, never deleted."""

body = sa.Table("body", _META, _whole("n", key=True), sa.Column("salt", sa.LargeBinary), _text("text"))
"""An entry's exact bytes; they leave only by erasure."""

touch = sa.Table(
    "touch",
    _META,
    _text("kind", key=True),
    _text("id", key=True),
    _whole("n", key=True),
    sa.Index("touch_entry", "n"),
    sqlite_with_rowid=False,
)
"""Which entries are about a record."""

set_aside = sa.Table("set_aside", _META, _whole("n", key=True), _text("why"))
"""Entries kept and shown, and left out of the fold."""

erased = sa.Table("erased", _META, _text("file", key=True), _text("order_id"), _text("at"))
"""Files whose entries are never taken in again."""

# ---- derived
conflict = sa.Table(
    "conflict",
    _META,
    _text("kind", key=True),
    _text("id", key=True),
    _text("field", key=True),
    sa.Column("heads", sa.JSON(none_as_null=True)),
    sqlite_with_rowid=False,
)
"""`heads`: `[[entry id, value], …]`, the latest first."""

due = sa.Table(
    "due",
    _META,
    _text("case", key=True),
    _text("key", key=True),
    *(_text(name) for name in ("code", "theme", "about", "about_id", "arose", "due_on", "at", "met_on", "written")),
    *(_text(name) for name in ("waived", "state", "why", "source", "officer")),
    sa.Index("due_officer", "officer", "state", "due_on", "code", "about_id"),  # Today counts in it alone
    sa.Index("due_conflict", "case", sqlite_where=sa.text("code = 'conflict'")),
    sa.Index("due_open", "due_on", "state"),  # not state first: SQLite would read every open line for one case
    sqlite_with_rowid=False,
)
"""What is owed, and was. `state` holds no "now": `open`, `met`, `met_late`, `waived`; overdue is `open` and
`due_on < today`. `at`: the instant agreed, where one was. `written`: the day it was written down, where that was
late."""

due_stale = sa.Table("due_stale", _META, _text("case", key=True), sqlite_with_rowid=False)
"""Cases whose derived lines wait to be worked out again."""

case_line = sa.Table(
    "case_line",
    _META,
    _text("case", key=True),
    *(_text(name) for name in ("reference", "title", "stream", "status", "band", "officer", "reporter", "address")),
    *(_text(name) for name in ("search", "opened", "updated", "next_due", "next_code")),
    _whole("due_count"),
    sa.Index("case_line_list", "status", "officer", "next_due"),
    sa.Index("case_line_due", "status", "next_due", "reference"),
    sa.Index("case_line_all", "next_due", "reference"),
    sqlite_with_rowid=False,
)
"""What a list shows of a case. `search` is the lower-case text a search looks in."""

search_row = sa.Table(
    "search_row",
    _META,
    _text("kind", key=True),
    _text("id", key=True),
    sa.Column("row", sa.Integer, unique=True),
    _text("file"),
    sqlite_with_rowid=False,
)
"""Which row of the search's index holds which record. A record touched again gets a new row: the newest is last."""

# ---- local to this laptop
form_run = sa.Table(
    "form_run",
    _META,
    _text("id", key=True),
    _text("case", index=True),
    *(_text(name) for name in ("form", "hash", "step", "question", "started", "saved")),
    _whole("as_of"),
    sqlite_with_rowid=False,
)
"""A form being filled in: which one, for which case, and the question last shown."""

draft = sa.Table(
    "draft",
    _META,
    _text("form_run", key=True),
    _text("question", key=True),
    sa.Column("value", sa.JSON),
    _text("saved"),
    sqlite_with_rowid=False,
)

local_setting = sa.Table("local_setting", _META, _text("name", key=True), _text("value"), sqlite_with_rowid=False)
local_secret = sa.Table(
    "local_secret", _META, _text("name", key=True), sa.Column("value", sa.LargeBinary), sqlite_with_rowid=False
)

TRUTH = (session, entry, body, touch, set_aside, erased)
