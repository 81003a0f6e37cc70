"""A case in a list: reference and what is next, what it is, where, and its pills."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from asbdesk.casework.views import CaseLine
from asbdesk.ui import theme
from asbdesk.ui.widgets.lists import ROW, Drawn, Index


def words_of(line: CaseLine) -> str:
    """What a screen reader says of a case."""
    pills = ", ".join(p.text for p in line.pills)
    return ", ".join(part for part in (line.reference, line.title, line.address, line.next_text, pills) if part)


class CaseDelegate(Drawn):
    """Draws a `CaseLine` from its row role."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        now = theme.current()
        return QSize(200, now.px(80) + now.px(6) + 28)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: CaseLine = index.data(ROW)
        now = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(option.rect).adjusted(12, 4, -12, -4)
        self.frame(painter, option, box)
        self.ring(painter, option, box)
        x, y, width = box.x() + 14, box.y() + 10, box.width() - 28
        first = QRectF(x, y, width, now.px(18))
        late = line.next_text and ("late" in line.next_text or "today" in line.next_text)
        self.words(painter, first, line.reference, size=12, weight=600, token="muted")
        self.words(painter, first, line.next_text, size=12, weight=600 if late else 500, token="muted", right=True)
        y += now.px(20)
        self.words(painter, QRectF(x, y, width, now.px(22)), line.title, size=15, weight=600)
        y += now.px(21)
        self.words(painter, QRectF(x, y, width, now.px(18)), line.address, size=13, token="muted")
        self._pills(painter, line, x, y + now.px(21), width)
        painter.restore()

    def _pills(self, painter: QPainter, line: CaseLine, x: float, y: float, width: float) -> None:
        at = x
        for pill in line.pills:
            drawn = self.pill(painter, at, y, pill.text, pill.tone, x + width - at)
            if not drawn:
                return
            at += drawn + 6
