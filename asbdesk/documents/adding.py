"""Writes behind a PDF's end without touching what stands before it, and without a word about when or with what."""

from __future__ import annotations

from typing import Any

from asbdesk.documents.reading import reading


def adding_to(pdf: bytes) -> Any:
    """pyHanko's incremental writer for `pdf`, which leaves the file's description as it is: pyHanko would put the
    laptop's own time and its own name there. Raises pyHanko's `PdfError` for what is no PDF."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class AsItIs(IncrementalPdfFileWriter):  # type: ignore[misc]  # pyHanko is untyped here
        def _update_meta(self) -> None:
            pass

    return AsItIs.from_reader(reading(pdf))
