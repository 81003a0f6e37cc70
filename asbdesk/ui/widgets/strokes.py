"""A signature as drawn, without a window: points gathered, smoothed to cubics, and handed on in whole pad units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

UNITS = 10_000
"""Width of the pad in the units that are kept (`model.plan.Signature.strokes`)."""

Point = tuple[float, float]
Cubic = tuple[Point, Point, Point]


@dataclass
class Strokes:
    """Strokes of (x, y) in pad pixels, origin top left."""

    lines: list[list[Point]] = field(default_factory=list)

    def is_empty(self) -> bool:
        """A tap or a slip of the pen is no signature: under four points counts as nothing drawn."""
        return sum(len(line) for line in self.lines) < 4

    def in_units(self, width: float) -> tuple[tuple[tuple[int, int], ...], ...]:
        """The strokes as kept: whole numbers, the pad's `width` (pixels) being 10,000."""
        k = UNITS / max(width, 1.0)
        return tuple(tuple((round(x * k), round(y * k)) for x, y in line) for line in self.lines)

    @classmethod
    def from_units(cls, kept: Sequence[Sequence[Sequence[int]]], width: float) -> Strokes:
        """The strokes again, for a pad of this width in pixels."""
        k = width / UNITS
        return cls([[(x * k, y * k) for x, y in line] for line in kept])


def smoothed(line: Sequence[Point]) -> Iterator[Cubic]:
    """Cubics through the midpoints of a line's points (a quadratic spline): starts at `line[0]`."""
    here = line[0]
    points = list(line) if len(line) > 1 else [line[0], (line[0][0] + 0.6, line[0][1] + 0.6)]
    for a, b in zip(points[1:], [*points[2:], None], strict=True):
        end = a if b is None else ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        first = (here[0] + 2 / 3 * (a[0] - here[0]), here[1] + 2 / 3 * (a[1] - here[1]))
        second = (end[0] + 2 / 3 * (a[0] - end[0]), end[1] + 2 / 3 * (a[1] - end[1]))
        yield first, second, end
        here = end
