"""A list of cases as a file: CSV of any usual kind, or XLSX, read into rows of text. What cannot be read is said."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from asbdesk.errors import UserError
from asbdesk.paths import read_given

MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 200_000_000, 200_000, 400
DELIMITERS = (",", ";", "\t", "|")
LOCKED = (
    "is locked with a password, or was saved by a very old Excel. Open it, save it as .xlsx without one, try again."
)
OTHER = "is not a list that asbdesk can read. Save it as .xlsx or .csv, and choose it again."
Row = tuple[int, tuple[str, ...]]
"""(its number as a spreadsheet shows it, its cells)."""


@dataclass(frozen=True)
class Sheet:
    """What stands in a file. Empty rows are left out; days from XLSX are text like 2025-04-03."""

    name: str
    rows: tuple[Row, ...]
    hidden: frozenset[int] = frozenset()
    """Numbers of the rows that the spreadsheet hides."""
    notes: tuple[str, ...] = ()
    """What the officer should know of the file, a sentence each."""
    merged: frozenset[int] = frozenset()
    """Numbers of the rows with merged cells."""


def read_sheet(path: Path) -> Sheet:
    """Read a list. Raises UserError naming the file and the mend: missing, locked, broken, empty, too long."""
    try:
        data = read_given(path, MOST_BYTES + 1)
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such file. Look how it is called, and try again.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}). Close it elsewhere, and try again.") from None
    if len(data) > MOST_BYTES:
        raise UserError(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB. Take it on in parts.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UserError(f"{path.name} {LOCKED}")
    if data.startswith(b"PK"):
        from asbdesk.exchange.sheet_xlsx import read_xlsx

        sheet = read_xlsx(path.name, data)
    else:
        sheet = Sheet(path.name, tuple(_csv_rows(path.name, data)))
    if not sheet.rows:
        raise UserError(f"{path.name} is empty. Choose the list that holds the cases.")
    return sheet


def numbered(name: str, rows: Iterable[Iterable[str]]) -> Iterator[Row]:
    """Rows with their numbers, without empty ones. Raises UserError for more than asbdesk takes."""
    for number, cells in enumerate(rows, 1):
        told = tuple(_plain(cell.strip()) for cell in cells)
        if len(told) > MOST_COLUMNS and any(told[MOST_COLUMNS:]):
            raise UserError(f"{name}, row {number}: has more than {MOST_COLUMNS} columns. Take out what is not needed.")
        if number > MOST_ROWS:
            raise UserError(f"{name} has more than {MOST_ROWS:,} rows. Take it on in parts.")
        if any(told):
            yield number, told[:MOST_COLUMNS]


def _plain(cell: str) -> str:
    """Without the apostrophe that disarmed it when it was written."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@") else cell


def _csv_rows(name: str, data: bytes) -> Iterator[Row]:
    text = _text(name, data)
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        delimiter, text = first.strip()[4], "\n" + rest
    else:
        delimiter = _delimiter(text)
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from numbered(name, reader)
    except csv.Error:
        words = "a quotation mark does not end. Mend it, or save the list as .xlsx"
        raise UserError(f"{name}, line {reader.line_num}: {words}.") from None


def _text(name: str, data: bytes) -> str:
    """The text, by its mark or by what fits. Raises UserError for what is no text."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        names = ["utf-16"]
    elif data[1:200:2].count(0) > len(data[:200]) // 4:
        names = ["utf-16-le"]
    elif data[0:200:2].count(0) > len(data[:200]) // 4:
        names = ["utf-16-be"]
    else:
        names = ["utf-8-sig", "cp1252"]
    for encoding in names:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and not text.lstrip().startswith(("{", "<", "%PDF")):
            return text
    raise UserError(f"{name} {OTHER}")


def _delimiter(text: str) -> str:
    """What parts the cells: whichever makes most of the first lines equally wide, and the widest."""

    def fits(delimiter: str) -> tuple[int, int]:
        try:
            lines = csv.reader(io.StringIO(text[:20_000], newline=""), delimiter=delimiter)
            widths = [len(line) for line, _ in zip(lines, range(20), strict=False) if any(line)]
        except csv.Error:
            return 0, 0
        most = max(set(widths), key=lambda w: (widths.count(w), w), default=1)
        return (widths.count(most) if most > 1 else 0), most

    return max(DELIMITERS, key=fits)
