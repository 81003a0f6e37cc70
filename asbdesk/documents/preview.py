"""A copy for the screen and the printer: Qt draws no signature fields, so what they show is drawn into the page."""

from __future__ import annotations

import io

from asbdesk.errors import UserError


def flattened(pdf: bytes) -> bytes:
    """`pdf` with its fields drawn into the pages. For looking at and printing only: the seal does not survive it."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            opened.flatten_annotations("all")
            for page in opened.pages:  # a time stamp's field has no place on the page, and is left over
                if "/Annots" in page:
                    page.Annots = pikepdf.Array([each for each in page.Annots if each.get("/Subtype") != "/Widget"])
            out = io.BytesIO()
            opened.save(out)
    except pikepdf.PdfError as error:
        raise UserError("This file cannot be shown: it is damaged, or is not a PDF.") from error
    return out.getvalue()


def only(pdf: bytes, pages: tuple[int, ...]) -> bytes:
    """Those pages of a (flattened) PDF, counted from 1, in their order."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for at in reversed(range(len(opened.pages))):
            if at + 1 not in pages:
                del opened.pages[at]
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()
