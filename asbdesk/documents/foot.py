"""The edges of a page: a rule, the page's number, what comes next, and on a sealed paper the mark and the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.documents import fonts
from asbdesk.documents.blocks import ACCENT, INK, LINE
from asbdesk.documents.code import text
from asbdesk.documents.drawings import draw_code

if TYPE_CHECKING:
    from asbdesk.documents.code import Mark
    from asbdesk.documents.pages import Sizes
    from asbdesk.documents.tags import TaggedCanvas

RULE = 48.0
"""Where the rule is, in points above the page's lower edge."""
LOWEST = 14.0
"""Below this many points printers draw nothing."""
DRAFT = 25.0
"""From the page's upper edge to what a draft says of itself: letters that climb above the first line stay clear."""
SIDE = 34.0
"""Of the code, in points: its 29 dots a side are 0.4 mm each, which telephones read."""
BESIDE = 8.0


def draw_edges(
    canvas: TaggedCanvas,
    sizes: Sizes,
    margin: float,
    said: tuple[str, str],
    *,
    draft: str = "",
    rule: bool = True,
    mark: Mark | None = None,
) -> None:
    """Draw what `said` stands left and right in the foot, in type of the body's size, and `mark` with its code."""
    (wide, high), body = canvas._pagesize, sizes.body
    right = wide - margin
    if mark is not None:
        right -= SIDE + BESIDE
        _mark(canvas, mark, margin, right + BESIDE, sizes.small)
    if rule:
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.6)
        canvas.line(margin, RULE, right, RULE)
    canvas.setFillColor(INK)
    canvas.setFont(fonts.REGULAR, body)
    low = RULE - 2 - (0.8 if mark is not None else 1.3) * body
    canvas.drawString(margin, low, said[0])
    canvas.drawRightString(right, low, said[1])
    if draft:
        canvas.setFillColor(ACCENT)
        canvas.setFont(fonts.BOLD, min(body, 14.0))
        canvas.drawString(margin, high - DRAFT, draft)


def _mark(canvas: TaggedCanvas, mark: Mark, left: float, at: float, size: float) -> None:
    canvas.setFillColor(INK)
    if mark.words:
        canvas.setFont(fonts.REGULAR, size)
        canvas.drawString(left, LOWEST + 2, mark.words)
    canvas.saveState()
    canvas.translate(at, LOWEST)
    draw_code(canvas, text(mark, canvas.digests), SIDE, quiet=0)
    canvas.restoreState()
