"""An XLSX file into rows of text: values, never formulas; what is hidden or merged is noticed and said."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import iterparse

from asbdesk.errors import UserError
from asbdesk.exchange.sheet import OTHER, Row, Sheet, numbered

MOST_UNPACKED = 1_000_000_000
DAMAGED = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError),  # what unpacks it; RuntimeError: a password, a way unknown
    *(SyntaxError, RuntimeError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError),
)
"""What the readers of a damaged file raise; both readers of XML say SyntaxError, each by a name of its own."""
BROKEN = "is broken: a spreadsheet program may be able to mend it. Open it there, save it anew, and choose it again."


def read_xlsx(name: str, data: bytes) -> Sheet:
    """The first sheet that is not hidden. Raises UserError for a file that is broken or no spreadsheet."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise UserError(f"{name} unpacks to more than any list of cases. Ask whoever sent it.")
            if "xl/workbook.xml" not in packed.namelist():
                raise UserError(f"{name} {OTHER}")
        return _read(name, data)
    except DAMAGED as error:
        raise UserError(f"{name} {BROKEN}") from error


def _read(name: str, data: bytes) -> Sheet:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        sheets: list[Any] = [each for each in book.worksheets if each.sheet_state == "visible"]
        if not sheets:
            raise UserError(f"{name} has no sheet that can be seen. Unhide the one with the cases.")
        sheet = next((each for each in sheets if _has_rows(each)), sheets[0])
        rows = tuple(_rows(name, sheet))
        hidden, merged = _looks(data, sheet)
        shown = {number for number, _ in rows}
        return Sheet(name, rows, hidden & shown, tuple(_notes(sheets, sheet, hidden & shown)), merged)
    finally:
        book.close()


def _has_rows(sheet: Any) -> bool:
    return any(any(cell is not None for cell in row) for row in sheet.iter_rows(max_row=50, values_only=True))


def _rows(name: str, sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    yield from numbered(name, ([_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)))


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _looks(data: bytes, sheet: Any) -> tuple[frozenset[int], frozenset[int]]:
    """Rows that are hidden, and rows with merged cells: what reading in one pass does not tell."""
    hidden, merged = set[int](), set[int]()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(sheet._worksheet_path) as part:
        for number, (_, node) in enumerate(iterparse(part, events=("end",))):
            tag = node.tag.rpartition("}")[2]
            if tag == "row":
                if node.get("hidden") in ("1", "true"):
                    hidden.add(int(node.get("r") or number))
                node.clear()
            elif tag == "mergeCell":
                first, _, last = (node.get("ref") or "").partition(":")
                ends = [int("".join(c for c in end if c.isdigit()) or 0) for end in (first, last or first)]
                merged.update(range(ends[0], min(ends[1], ends[0] + 20) + 1))
    return frozenset(hidden), frozenset(merged)


def _notes(sheets: list[Any], sheet: Any, hidden: frozenset[int]) -> Iterator[str]:
    if len(sheets) > 1:
        yield f"The file has {len(sheets)} sheets. Only “{sheet.title}” is read."
    if hidden:
        some = ", ".join(str(number) for number in sorted(hidden)[:8])
        more = ", …" if len(hidden) > 8 else ""
        yield f"The spreadsheet hides {len(hidden)} of its rows ({some}{more}). They are read like the others."
