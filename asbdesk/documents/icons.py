"""The icons of the screen on paper: outlines (Lucide), drawn as vectors. They only adorn a heading."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from xml.etree import ElementTree

from reportlab.platypus import Flowable

from asbdesk.documents.blocks import ACCENT
from asbdesk.documents.tags import TaggedCanvas
from asbdesk.paths import resources

SIDE = 24.0
"""Units a side of an icon's own square; y goes down."""
Point = tuple[float, float]
Stroke = tuple[str, tuple[Point, ...]]
"""`move`, `line` or `curve` (two control points and the end), `close`."""


class Icon(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """One icon, `side` points a side. It says nothing: the heading beside it does."""

    def __init__(self, name: str, side: float) -> None:
        super().__init__()
        self.strokes, self.side = strokes(name), side

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return self.side, self.side

    def drawOn(self, canvas: TaggedCanvas, x: float, y: float, _sW: float = 0) -> None:
        with canvas.decoration():
            canvas.saveState()
            canvas.translate(x, y + self.side)
            canvas.scale(self.side / SIDE, -self.side / SIDE)
            canvas.setStrokeColor(ACCENT)
            canvas.setLineWidth(2)
            canvas.setLineCap(1)
            canvas.setLineJoin(1)
            path = canvas.beginPath()
            for kind, points in self.strokes:
                flat = [number for point in points for number in point]
                {"move": path.moveTo, "line": path.lineTo, "curve": path.curveTo, "close": path.close}[kind](*flat)
            canvas.drawPath(path)
            canvas.restoreState()


@lru_cache(maxsize=64)
def strokes(name: str) -> tuple[Stroke, ...]:
    """The outline of a shipped icon."""
    tree = ElementTree.parse(resources() / "icons" / f"{name}.svg")
    return tuple(stroke for node in tree.iter() for stroke in _of(node))


def _of(node: ElementTree.Element) -> Iterator[Stroke]:
    kind = node.tag.rpartition("}")[2]
    n = {key: float(value) for key, value in node.attrib.items() if re.fullmatch(r"-?[\d.]+", value)}
    if kind == "path":
        yield from _path(node.attrib["d"])
    elif kind == "circle":
        yield from _path(f"M{n['cx'] - n['r']} {n['cy']}a{n['r']} {n['r']} 0 1 0 {2 * n['r']} 0")
        yield from _path(f"M{n['cx'] - n['r']} {n['cy']}a{n['r']} {n['r']} 0 1 1 {2 * n['r']} 0")
    elif kind == "rect":
        yield from _path(_rounded(n["x"], n["y"], n["width"], n["height"], n.get("rx", n.get("ry", 0.0))))
    elif kind == "line":
        yield from _path(f"M{n['x1']} {n['y1']}L{n['x2']} {n['y2']}")
    elif kind in ("polyline", "polygon"):
        yield from _path("M" + node.attrib["points"] + ("Z" if kind == "polygon" else ""))


def _rounded(x: float, y: float, wide: float, high: float, r: float) -> str:
    corner = f"a{r} {r} 0 0 1"
    return (
        f"M{x + r} {y}h{wide - 2 * r}{corner} {r} {r}v{high - 2 * r}{corner} {-r} {r}"
        f"h{2 * r - wide}{corner} {-r} {-r}v{2 * r - high}{corner} {r} {-r}Z"
    )


_PART = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = r"-?(?:\d+\.?\d*|\.\d+)"
_ARC = re.compile(rf"[ ,]*({_NUMBER})" * 3 + r"[ ,]*([01])" * 2 + rf"[ ,]*({_NUMBER})" * 2)
"""An arc's two flags may stand against each other and the next number."""
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Z": 0}


def _path(data: str) -> Iterator[Stroke]:
    """The strokes of a path's data (SVG 1.1, but for quadratic curves, which no icon has)."""
    at = start = control = (0.0, 0.0)
    for command, n in _commands(data):
        kind = command.upper()
        ox, oy = at if command.islower() else (0.0, 0.0)
        before, end = at, at
        if kind == "Z":
            yield "close", ()
            end = start
        elif kind in "HV":
            end = (n[0] + ox, at[1]) if kind == "H" else (at[0], n[0] + oy)
            yield "line", (end,)
        else:
            end = (n[-2] + ox, n[-1] + oy)
        if kind == "M":
            start = end
            yield "move", (end,)
        elif kind == "L":
            yield "line", (end,)
        elif kind in "CS":
            first = (n[0] + ox, n[1] + oy) if kind == "C" else (2 * at[0] - control[0], 2 * at[1] - control[1])
            control = (n[-4] + ox, n[-3] + oy)
            yield "curve", (first, control, end)
        elif kind == "A":
            yield from _arc(before, n[0], n[1], n[2], bool(n[3]), bool(n[4]), end)
        at = end
        control = control if kind in "CS" else end


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    for command, text in _PART.findall(data):
        kind = command.upper()
        if kind == "A":
            for arc in _ARC.findall(text):
                yield command, [float(number) for number in arc]
            continue
        numbers, takes = [float(number) for number in re.findall(_NUMBER, text)], _TAKES[kind]
        yield command, numbers[:takes]
        further = {"M": "L", "m": "l"}.get(command, command)
        for n in range(takes, len(numbers), takes or 1):
            yield further, numbers[n : n + takes]


def _arc(start: Point, rx: float, ry: float, turn: float, large: bool, sweep: bool, end: Point) -> Iterator[Stroke]:
    """An elliptic arc as curves of at most a quarter turn (SVG 1.1, F.6)."""
    if rx == 0 or ry == 0 or start == end:
        yield "line", (end,)
        return
    phi = math.radians(turn)
    cos, sin = math.cos(phi), math.sin(phi)
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * dx + sin * dy, cos * dy - sin * dx
    grow = math.sqrt(max(1.0, (x / rx) ** 2 + (y / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    rest = max(0.0, (rx * ry) ** 2 - (rx * y) ** 2 - (ry * x) ** 2) / ((rx * y) ** 2 + (ry * x) ** 2)
    root = math.sqrt(rest) * (-1 if large == sweep else 1)
    cx, cy = root * rx * y / ry, -root * ry * x / rx
    middle = (cos * cx - sin * cy + (start[0] + end[0]) / 2, sin * cx + cos * cy + (start[1] + end[1]) / 2)
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    swept = (math.atan2((-y - cy) / ry, (-x - cx) / rx) - first) % (2 * math.pi)
    swept -= 0 if sweep else 2 * math.pi
    yield from _quarters(middle, rx, ry, phi, first, swept)


def _quarters(middle: Point, rx: float, ry: float, phi: float, first: float, swept: float) -> Iterator[Stroke]:
    pieces = max(1, math.ceil(abs(swept) / (math.pi / 2)))
    step = swept / pieces
    reach = 4 / 3 * math.tan(step / 4)

    def placed(x: float, y: float) -> Point:
        x, y = rx * x, ry * y
        return (middle[0] + math.cos(phi) * x - math.sin(phi) * y, middle[1] + math.sin(phi) * x + math.cos(phi) * y)

    for piece in range(pieces):
        a, b = first + piece * step, first + (piece + 1) * step
        yield (
            "curve",
            (
                placed(math.cos(a) - reach * math.sin(a), math.sin(a) + reach * math.cos(a)),
                placed(math.cos(b) + reach * math.sin(b), math.sin(b) - reach * math.cos(b)),
                placed(math.cos(b), math.sin(b)),
            ),
        )
