"""Every word of every record, in an FTS5 index inside the encrypted file: found as it is typed.

Derived from the records and always a little behind: it is brought up to the journal's end before a search and in the
background, never inside an officer's action, which should not wait for it. `secure-delete` is on, so that an erased
word leaves the index as well (SYNC.md 2.13). Turned down: an external-content index over forty tables, which would
need forty sets of triggers, and a search that reads every body, which a case of 5,000 entries makes slow.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from asbdesk.model import journal as t
from asbdesk.spelling import APOSTROPHES, close_up, search_text
from asbdesk.store.apply import Key, batches
from asbdesk.store.fold import known
from asbdesk.store.noted import note, noted

R = t.search_row
UPTO = "search_upto_2"
"""The local setting: the entry up to which the index has been brought. Its figure goes up where records have other
words than before, so that every one is taken in anew."""
SLICE = 500
"""Most entries looked at in one transaction."""
LEFT_OUT = frozenset(
    (
        *("approved_words", "form_text", "landlord", "list_word", "member", "policy_profile", "register_entry", "rest"),
        "useful_number",
    )
)
"""Kinds that nobody looks for by a word."""

_TABLE = "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(words, tokenize = 'unicode61', prefix = '2 3 4')"
_NOT_WORDS = re.compile(r"[0-9a-f]{16,}|\d{4}-\d\d-\d\dT[\d:.]+Z|sha256:\S+|[a-z]+_[a-z0-9_]+")
"""Ids, hashes, instants, codes: nobody types them."""
_CLOSED = re.compile(r"[A-Za-z]{0,5}[-/ ]?\d[\w/-]*(?: ?\d\w*)*")
"""What may be written with spaces or dashes: references, postcodes, telephone numbers."""
_NUMBER = re.compile(r"\d[\d -]*")
_CASE = re.compile(r"\b[A-Z]{2,5}-\d{4}-[A-Z]{1,2}(\d+)\b", re.I)
_ABROAD = re.compile(r"(?:\+|\b00)44[\s-]*(?:\(0\)|0)?[\s-]*(?=\d)")
"""Before a telephone number as it is written abroad."""
_PARTS_OF_NAMES = frozenset(("o", "d", "mc", "mac"))
"""Beginnings of names that are written closed up or apart: "O Brien", "Mc Donald"."""
_NAME = re.compile(r"\b(?:o|d|mc|mac) \w{2,}", re.I)
_RUNG, _LAST = 10, 6
"""Figures of what may be a telephone number, and how many at its end it is found by."""
_LONGEST = 100_000
"""Characters of one record that are indexed."""


def make(conn: sa.Connection) -> None:
    """The index, empty, where there is none yet."""
    if conn.dialect.name == "sqlite":
        conn.exec_driver_sql(_TABLE)
        conn.exec_driver_sql("INSERT INTO search(search, rank) VALUES('secure-delete', 1)")


def start_again(conn: sa.Connection) -> None:
    """Empty the index: it is filled again from the first entry. After an upgrade, and where it may be damaged."""
    conn.exec_driver_sql("DROP TABLE IF EXISTS search")
    make(conn)
    conn.execute(R.delete())
    _reached(conn, 0)


def behind(conn: sa.Connection) -> int:
    """How many entries the index has not followed yet."""
    return (conn.scalar(sa.select(sa.func.max(t.entry.c.n))) or 0) - _upto(conn)


def bring_up(conn: sa.Connection, most: int = SLICE) -> int:
    """Follow the journal by at most `most` entries; how many were left to follow before. 0: the index is current."""
    upto, waiting = _upto(conn), behind(conn)
    if waiting <= 0:
        return 0
    last = upto + min(most, waiting)
    touched = sa.select(t.touch.c.kind, t.touch.c.id).where(t.touch.c.n > upto, t.touch.c.n <= last).distinct()
    index(conn, [(kind, record) for kind, record in conn.execute(touched)])
    _reached(conn, last)
    return waiting


def index(conn: sa.Connection, records: Collection[Key]) -> None:
    """Put these records' words into the index as the records stand now; what is no record any more leaves it.

    Head office's database has no index of words.
    """
    if conn.dialect.name != "sqlite":
        return
    forget(conn, records)
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, record in records:
        if kind in known() and kind not in LEFT_OUT:
            by_kind[kind].append(record)
    last = conn.scalar(sa.select(sa.func.max(R.c.row))) or 0
    new = [line for kind, ids in by_kind.items() for line in _lines(conn, kind, ids)]
    if new:
        rows = [{**place, "row": n} for n, (place, _) in enumerate(new, last + 1)]
        conn.execute(R.insert(), rows)
        words = [(n, words) for n, (_, words) in enumerate(new, last + 1)]
        conn.exec_driver_sql("INSERT INTO search(rowid, words) VALUES (?, ?)", words)


def forget(conn: sa.Connection, records: Iterable[Key]) -> None:
    """Take these records out of the index."""
    by_kind: defaultdict[str, list[str]] = defaultdict(list)
    for kind, record in records:
        by_kind[kind].append(record)
    for kind, ids in by_kind.items():
        for part in batches(iter(ids), 400):
            which = (R.c.kind == kind) & R.c.id.in_(part)
            rows = [(row,) for row in conn.scalars(sa.select(R.c.row).where(which))]
            if rows:
                conn.exec_driver_sql("DELETE FROM search WHERE rowid = ?", rows)
                conn.execute(R.delete().where(which))


def question(typed: str) -> str:
    """What was typed, as FTS5 asks it: every word must be there, each may be the beginning of a longer one."""
    shown = "".join(sign if sign.isprintable() else " " for sign in typed)  # SQLite ends a question at a zero
    shown = _ABROAD.sub("0", shown)
    words = list(_asked(shown.split()))
    closed = close_up(shown)
    if len(words) > 1 and closed.isdigit():  # a number is found however it is spaced
        return f'({" AND ".join(words)}) OR "{closed}"*'
    return " AND ".join(words)


def _asked(typed: list[str]) -> Iterator[str]:
    """Each word as FTS5 asks it; the parts of a name together and apart."""
    before = ""
    for word in typed:
        parts = word.translate(_APART).split()
        form = _word(search_text(word))
        if len(parts) > 1 and len(parts[0]) == 1 and (apart := " AND ".join(filter(None, map(_word, parts)))):
            form = f"({form} OR ({apart}))"
        elif before and form:
            form = f'({form} OR "{close_up(search_text(before + word))}"*)'
        if form:
            yield form
        before = word if search_text(word) in _PARTS_OF_NAMES else ""


_APART = dict.fromkeys(map(ord, APOSTROPHES), " ")


def _word(word: str) -> str:
    """One word in quotation marks, as it is or closed up ("asb-2026" and "asb2026")."""
    plain, closed = word.replace('"', ""), close_up(word)
    if not closed:
        return ""
    return f'"{plain}"*' if plain == closed else f'("{plain}"* OR "{closed}"*)'


# ---- lines
def _lines(conn: sa.Connection, kind: str, ids: list[str]) -> Iterator[tuple[dict[str, str], str]]:
    table = known()[kind].__table__
    for part in batches(iter(ids), 400):
        for row in conn.execute(sa.select(table).where(table.c.id.in_(part))).mappings():
            words = words_of(row)
            if words:
                yield {"kind": kind, "id": row["id"], "file": row["file"] or ""}, words


def words_of(row: Any) -> str:
    """The words of a record, as they are searched: small letters, accents off, references also closed up."""
    said = "\n".join(text for name, value in row.items() if name not in ("id", "file") for text in texts(value))
    said = said[:_LONGEST]
    found = [*_CLOSED.findall(said), *_NUMBER.findall(said), *_NUMBER.findall(_ABROAD.sub("0", said))]
    closed = {close_up(each) for each in found}
    closed |= {word[-_LAST:] for word in closed if word.isdigit() and len(word) >= _RUNG}
    closed |= {form for n in _CASE.findall(said) for form in (n, n.lstrip("0"))}
    closed |= {close_up(name) for name in _NAME.findall(said)}
    return search_text(said, *(word for word in sorted(closed) if len(word) > 2))


def texts(value: Any) -> Iterator[str]:
    """The texts in a field's value, however deep, but for ids, hashes, instants and codes."""
    if isinstance(value, str):
        if value and not value.startswith("-----BEGIN") and not _NOT_WORDS.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def _upto(conn: sa.Connection) -> int:
    return int(noted(conn, UPTO) or 0)


def _reached(conn: sa.Connection, n: int) -> None:
    note({UPTO: str(n)}, conn)
