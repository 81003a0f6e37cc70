"""A paragraph in any script: Arabic and Urdu from the right, Indic letters joined, several scripts in one line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from html import unescape

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable

from asbdesk.documents.blocks import WHOLE, draw_bar
from asbdesk.documents.glyphs import Placed, drawn_only, read
from asbdesk.documents.scripts import PAPER, Script
from asbdesk.documents.shaping import Run, Word, in_pieces, places, shape, words
from asbdesk.documents.tags import Element, TaggedCanvas

_MARKS = re.compile(r"(<b>|</b>|<br\s*/?>)")
Line = tuple[Word, ...]


class Shaped(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Does what `blocks.Text` does, for text that ReportLab cannot set.

    `markup` is as everywhere: escaped text with `<b>`, `</b>` and `<br/>` (make it with `fonts.markup`). `script` says
    from which side it is read, and which font is asked first; signs that it lacks are sought in the others. The style's
    size, leading, indents and colour hold; in a script from the right its indents and its bullet stand on the right.
    `Paper.text` makes one by itself wherever plain `Text` will not do.
    """

    repeats = False
    stays = False
    whole = False

    def __init__(
        self, markup: str, style: ParagraphStyle, script: Script, bullet: str = "", *, barred: bool = False
    ) -> None:
        super().__init__()
        self.source, self.style, self.script, self.bullet, self.barred = markup, style, script, bullet, barred
        self.element: Element | None = None
        self._lines: list[Line] = []
        self._set_for: tuple[float, int] | None = None
        self._first = True

    # ---- size
    @property
    def size(self) -> float:
        """Of the type, in points."""
        return float(self.style.fontSize) * self.script.scale

    @property
    def leading(self) -> float:
        """From line to line, in points."""
        return float(max(self.style.leading, self.script.leading * self.style.fontSize))

    @property
    def climbs(self) -> float:
        """How far letters reach above their line, in points."""
        return self.script.climbs * self.size

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        now = (width, id(self.style))
        if self._set_for != now:
            self._lines = self._set(width - self.style.leftIndent - self.style.rightIndent - self._inset)
            self._set_for = now
        self.width, self.height = width, len(self._lines) * self.leading
        return self.width, self.height

    @property
    def _inset(self) -> float:
        return self.script.inset * self.size

    def _set(self, room: float) -> list[Line]:
        """The words on lines of `room` points."""
        wide = max(room, self.size) * 1000 / self.size
        return [line for text, bold in self._text() for line in _lines(words(text, bold, self.script), wide)] or [()]

    def _text(self) -> list[tuple[str, tuple[bool, ...]]]:
        """Each hard line as plain text, with which of its signs are bold."""
        bold = "bold" in self.style.fontName.lower()
        lines: list[tuple[str, list[bool]]] = [("", [])]
        heavy = bold
        for part in _MARKS.split(self.source):
            if part in ("<b>", "</b>"):
                heavy = bold or part == "<b>"
            elif part.startswith("<br"):
                lines.append(("", []))
            elif part:
                text, marks = lines[-1]
                said = unescape(part).replace("\n", " ")
                lines[-1] = (text + said, [*marks, *[heavy] * len(said)])
        return [(text, tuple(marks)) for text, marks in lines]

    # ---- over pages
    def split(self, width: float, height: float) -> list[Shaped]:
        self.wrap(width, height)
        fits = int((height + 0.01) // self.leading)
        if fits >= len(self._lines):
            return [self]
        if self.whole and len(self._lines) <= WHOLE:
            return []
        fits = min(fits, len(self._lines) - 2)  # no line stands alone on the next page, nor on this one
        return [self._part(0, fits), self._part(fits, None)] if fits >= 2 else []

    def _part(self, start: int, end: int | None) -> Shaped:
        part = type(self)(self.source, self.style, self.script, self.bullet, barred=self.barred)
        part.element, part.repeats = self.element, self.repeats
        part._lines, part._set_for, part._first = self._lines[start:end], self._set_for, start == 0 and self._first
        return part

    # ---- drawing
    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:
        canvas.saveState()
        if self.barred:
            draw_bar(canvas, x + (self.width - 1.3 if self.script.right_to_left else 1.3), y, self.height)
        canvas.setFillColor(self.style.textColor)
        lines = [*self._placed(x, y)]
        if shapes := [code for placed, at in lines if (code := drawn_only(canvas.glyphs, placed, self.size, at))]:
            with canvas.decoration():
                canvas._code += shapes
        with self._element(canvas):
            canvas._code += [read(canvas.glyphs, placed, self.size, at) for placed, at in lines if placed]
        canvas.restoreState()

    def _element(self, canvas: TaggedCanvas) -> AbstractContextManager[None]:
        if self.element is None or (self.repeats and self.element.kids):
            return canvas.decoration("/Type /Pagination")
        return canvas.tagged(self.element)

    def _placed(self, x: float, y: float) -> Iterator[tuple[list[Placed], float]]:
        """Each line with its runs at their places, and where it stands."""
        base, per = y + self.height - self._rise(), self.size / 1000
        for number, line in enumerate(self._lines):
            runs = self._runs(line, last=number == len(self._lines) - 1)
            left = self._starts(x, runs)
            placed = [(left + at * per, run) for at, run in zip(places(runs), runs, strict=True)]
            if self.bullet and self._first and number == 0:
                placed.insert(0, (self._bullet_at(x), shape(self.bullet, (PAPER, False), 0)))
            yield placed, base - number * self.leading

    def _rise(self) -> float:
        """From the top of a line to where its letters stand, in points."""
        return 0.5 * self.leading + (0.30 if self.script.leading < 2 else 0.16) * self.size

    def _runs(self, line: Line, *, last: bool) -> list[Run]:
        """The runs of a line as they are read. A space ends each line but the last, or a reader joins the words."""
        runs: list[Run] = []
        for number, word in enumerate(line):
            runs += word.runs
            if not word.space.glyphs:
                continue
            if number < len(line) - 1:
                runs.append(word.space)
            elif not last:
                runs.append(word.space._replace(level=int(self.script.right_to_left)))
        return runs

    def _starts(self, x: float, runs: list[Run]) -> float:
        style, wide = self.style, sum(run.width for run in runs) * self.size / 1000
        from_right = self.script.right_to_left != (style.alignment == TA_RIGHT)
        if not from_right:
            return float(x + (style.rightIndent if self.script.right_to_left else style.leftIndent))
        indent = style.leftIndent if self.script.right_to_left else style.rightIndent
        return float(x + self.width - indent - wide - (self._inset if self.script.right_to_left else 0.0))

    def _bullet_at(self, x: float) -> float:
        wide = shape(self.bullet, (PAPER, False), 0).width * self.size / 1000
        indent = float(self.style.bulletIndent)
        return x + self.width - indent - wide if self.script.right_to_left else x + indent


def _lines(found: Sequence[Word], width: float) -> list[Line]:
    """Words on lines, as many as fit on each; one that is longer than a line comes apart."""
    lines: list[list[Word]] = [[]]
    used = 0.0
    for word in found:
        for piece in (word,) if word.width <= width else tuple(in_pieces(word, width)):
            gap = lines[-1][-1].space.width if lines[-1] else 0.0
            if lines[-1] and used + gap + piece.width > width:
                lines.append([])
                used = gap = 0.0
            lines[-1].append(piece)
            used += gap + piece.width
    return [tuple(line) for line in lines]


def plain(markup: str) -> str:
    """What a paragraph says, without its markup."""
    return " ".join(unescape(_MARKS.sub(lambda mark: " " if mark.group().startswith("<br") else "", markup)).split())
