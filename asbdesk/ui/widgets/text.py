"""Words on a screen: headings a screen reader can jump to, muted lines, pills, icons and bubbles."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from asbdesk.ui import icons, theme


class Text(QLabel):
    """A label. `role`: h1, h2, h3, question, big, strong, body, small, muted, smallmuted, overline, code, aloud;
    `tone`: red, amber, green, blue, grey, accent. Always plain text: what a person typed is never read as HTML.
    """

    def __init__(self, text: str = "", role: str = "", *, tone: str = "", wrap: bool = True) -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        self.setWordWrap(wrap)

    def set_tone(self, tone: str) -> None:
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)


class Heading(Text):
    """A heading, announced as one. Level 1 to 3."""

    def __init__(self, text: str = "", level: int = 2, *, wrap: bool = True) -> None:
        super().__init__(text, f"h{level}", wrap=wrap)
        self.level = level


class Muted(Text):
    def __init__(self, text: str = "", *, small: bool = False, wrap: bool = True) -> None:
        super().__init__(text, "smallmuted" if small else "muted", wrap=wrap)


class Pill(Text):
    """A short coloured mark such as "High risk"; the words carry the meaning, the colour only helps."""

    def __init__(self, text: str, tone: str = "grey") -> None:
        super().__init__(text, wrap=False)
        self.setProperty("pill", theme.tone(tone))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set(self, text: str, tone: str) -> None:
        self.setText(text)
        self.setProperty("pill", theme.tone(tone))
        self.style().unpolish(self)
        self.style().polish(self)


class Icon(QLabel):
    """A small picture beside words; nothing to a screen reader, which reads the words."""

    name, token, size_ = "circle", "muted", 20  # Qt may tell of a change before and after the object is whole
    shown_: QPixmap | None = None

    def __init__(self, name: str, token: str = "muted", size: int = 20) -> None:
        super().__init__()
        self.name, self.token, self.size_ = name, token, size
        self._draw()

    def set(self, name: str, token: str) -> None:
        self.name, self.token = name, token
        self._draw()

    def _draw(self) -> None:
        size = theme.current().gap(self.size_)
        picture = icons.pixmap(self.name, self.token, size)
        if picture is not self.shown_:  # Qt tells of a change whenever a style sheet reaches a widget
            self.shown_ = picture
            self.setPixmap(picture)
            self.setFixedSize(size, size)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()


class Bubble(Icon):
    """An icon on a round ground of its tone."""

    across = 38

    def __init__(self, name: str, tone: str = "grey", size: int = 38) -> None:
        self.across = size
        super().__init__(name, theme.tone(tone), size // 2 + 1)

    def _draw(self) -> None:
        across = theme.current().gap(self.across)
        self.setFixedSize(across, across)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        side = now.gap(self.size_)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.colour(self.token + "bg"))
        painter.drawEllipse(self.rect())
        at = (self.width() - side) // 2
        painter.drawPixmap(at, at, icons.pixmap(self.name, self.token, side))
        painter.end()


def labelled(icon: str, text: QWidget, token: str = "muted", size: int = 18) -> tuple[Icon, QWidget]:
    """An icon and the words beside it, for unpacking into `row(*labelled(...))`."""
    return Icon(icon, token, size), text
