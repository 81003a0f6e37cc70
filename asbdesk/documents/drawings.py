"""Drawings on paper: a signature as it was drawn, and the code that lets anyone check a copy."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from asbdesk.documents.blocks import INK, LINE, Picture
from asbdesk.documents.tags import Element, TaggedCanvas

Stroke = Sequence[tuple[int, int]]
QUIET = 2
"""Empty modules around the code. Four are usual; the white paper around it gives the rest."""
_ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+./:-]+")
"""What a code holds in fewer squares."""


class Signature(Picture):
    """Ink as vector lines, fitted into its place with its proportions kept."""

    def __init__(self, element: Element, strokes: Sequence[Stroke], width: float, height: float) -> None:
        super().__init__(element, width, height)
        self.strokes = [stroke for stroke in strokes if stroke]

    def sketch(self, canvas: TaggedCanvas) -> None:
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.8)
        canvas.line(0, 1, self.width, 1)
        if not self.strokes:
            return
        canvas.setStrokeColor(INK)
        canvas.setFillColor(INK)
        canvas.setLineWidth(1.3)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        path = canvas.beginPath()
        for stroke in self._fitted():
            if len(stroke) == 1:
                path.circle(*stroke[0], 0.5)
            else:
                _smooth(path, stroke)
        canvas.drawPath(path)

    def _fitted(self) -> Iterator[list[tuple[float, float]]]:
        xs = [x for stroke in self.strokes for x, _ in stroke]
        ys = [y for stroke in self.strokes for _, y in stroke]
        wide, high = max(max(xs) - min(xs), 1), max(max(ys) - min(ys), 1)
        scale = min((self.width - 8) / wide, (self.height - 10) / high)
        low = 5 + (self.height - 10 - high * scale) / 2
        for stroke in self.strokes:
            yield [(4 + (x - min(xs)) * scale, low + (max(ys) - y) * scale) for x, y in stroke]


def _smooth(path: object, points: list[tuple[float, float]]) -> None:
    """Quadratic curves through the midpoints, written as cubics: the line the resident saw on the pad."""
    path.moveTo(*points[0])  # type: ignore[attr-defined]
    at = points[0]
    for here, following in itertools.pairwise(points[1:]):
        end = ((here[0] + following[0]) / 2, (here[1] + following[1]) / 2)
        first = (at[0] + (here[0] - at[0]) * 2 / 3, at[1] + (here[1] - at[1]) * 2 / 3)
        second = (end[0] + (here[0] - end[0]) * 2 / 3, end[1] + (here[1] - end[1]) * 2 / 3)
        path.curveTo(*first, *second, *end)  # type: ignore[attr-defined]
        at = end
    path.lineTo(*points[-1])  # type: ignore[attr-defined]


def draw_code(canvas: TaggedCanvas, text: str, side: float, *, quiet: int = QUIET) -> None:
    """A QR code of `text` as one path, `side` points a side, from the lower left. `quiet`: empty modules around it."""
    step = side / (len(_modules(text)) + 2 * quiet)
    canvas.setFillColor(INK)
    canvas.scale(step, step)
    canvas._code.append(_squares(text, quiet))


@lru_cache(maxsize=4)
def _squares(text: str, quiet: int) -> str:
    """The operators that draw it: each page of a paper carries the same."""
    lines = enumerate(reversed(_modules(text)), quiet)
    rows = (f"{start + quiet} {row} {length} 1 re" for row, line in lines for start, length in _runs(line))
    return f"n {' '.join(rows)} f"


@lru_cache(maxsize=4)
def _modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark squares. One mask is as readable as another; trying all eight takes eight times as long."""
    from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRAlphaNum, QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData((QRAlphaNum if _ALPHANUMERIC.fullmatch(text) else QR8bitByte)(text))
    code.version = code.calculate_version()
    code.makeImpl(False, 2)
    return tuple(tuple(row) for row in code.modules)


def _runs(line: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for column, dark in enumerate([*line, False]):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield start, column - start
            start = None
