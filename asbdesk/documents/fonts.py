"""The fonts of everything printed: embedded as subsets, registered once for the life of the program."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from xml.sax.saxutils import escape

from asbdesk.clock import DAYS, MONTHS
from asbdesk.documents.scripts import FACES
from asbdesk.documents.shaping import covered
from asbdesk.paths import resources

REGULAR = "Paper"
BOLD = "Paper-Bold"
MISSING = "\N{REPLACEMENT CHARACTER}"
"""Drawn in place of a sign that the shipped font does not have; PDF/A and PDF/UA forbid an empty box."""


@cache
def ready() -> None:
    """Register the paper's fonts with ReportLab."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = resources() / "fonts"
    pdfmetrics.registerFont(TTFont(REGULAR, str(folder / "NotoSans-Regular.ttf")))
    pdfmetrics.registerFont(TTFont(BOLD, str(folder / "NotoSans-Bold.ttf")))
    # No italics on a resident's paper: what asks for them is set upright.
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


@cache
def _latin() -> frozenset[int]:
    """The signs of the paper's own font, which plain paragraphs can set."""
    from reportlab.pdfbase import pdfmetrics

    ready()
    regular, bold = (set(pdfmetrics.getFont(name).face.charToGlyph) for name in (REGULAR, BOLD))
    return frozenset(regular & bold)


@cache
def _drawable() -> frozenset[int]:
    """The signs of all the shipped fonts together."""
    return _latin().union(*(covered(family) for family in FACES))


def all_latin(text: str) -> bool:
    """Can a plain paragraph set this text?"""
    return text.isascii() or not any(ord(c) not in _latin() or c in _JOINING for c in text)


def cannot_print(text: str) -> tuple[str, ...]:
    """The signs of `text` that would print as a replacement sign, each once, in order."""
    if text.isascii() and text.isprintable():
        return ()
    return tuple(dict.fromkeys(c for c in _plain(text) if not c.isspace() and not _known(c)))


def printable(text: str) -> str:
    """`text` in signs the fonts have: composed letters, single spaces for control signs, else the replacement sign."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _known(c) else " " if c.isspace() else MISSING for c in _plain(text))


def _known(sign: str) -> bool:
    return ord(sign) in _latin() or sign in _JOINING or ord(sign) in _drawable()


_JOINING = "\u200c\u200d"
"""They say whether letters join; Urdu and Bengali need them."""
_NUMBER = re.compile(r"\b\d[\d ]{5,}\d\b")
_DATE = re.compile(rf"\b(?:(?:{'|'.join(DAYS)}) )?\d{{1,2}} (?:{'|'.join(MONTHS)})\b")


NEW_LINE = "\N{NO-BREAK SPACE}<br/>"
"""A line break that reads as a space: ReportLab drops a plain one there, and a screen reader joins the words."""


def together(text: str) -> str:
    """`text` with telephone numbers and dates held each on one line (the canvas draws plain spaces)."""
    return _DATE.sub(_on_one_line, _NUMBER.sub(_on_one_line, text))


_WEEKDAY = re.compile(rf"\b({'|'.join(DAYS)})\N{{NO-BREAK SPACE}}(?=\d)")


def for_narrow(markup: str) -> str:
    """`markup` for the cell of a table: a day of the week may stand on a line of its own there."""
    return _WEEKDAY.sub(r"\1 ", markup)


def _on_one_line(found: re.Match[str]) -> str:
    return found.group().replace(" ", "\N{NO-BREAK SPACE}")


def markup(text: str) -> str:
    """`text` made printable and safe inside ReportLab's paragraph markup; line breaks are kept."""
    return NEW_LINE.join(together(escape(printable(line))) for line in text.strip().splitlines())


def _plain(text: str) -> str:
    """Composed, without control signs and the invisible signs that steer direction, or join letters that never do."""
    composed = unicodedata.normalize("NFC", text)
    joining = _JOINING if any("\u0590" <= c < "\u1e00" for c in composed) else ""
    kept = (c for c in composed if c in joining or unicodedata.category(c) not in ("Cf", "Cs"))
    return "".join(" " if unicodedata.category(c) == "Cc" else c for c in kept)
