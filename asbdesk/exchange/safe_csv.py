"""CSV that leaves the desk: a cell that a spreadsheet would run as a formula is written as the text it is."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # and their full-width forms


def disarmed(cell: str) -> str:
    """The cell with an apostrophe before it, where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(DANGEROUS) else cell


def write_csv(out: TextIO, rows: Iterable[Iterable[str]]) -> None:
    """Write rows as CSV, disarmed. Open `out` with newline="" and encoding "utf-8-sig", which Excel knows."""
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([disarmed(cell) for cell in row])
