"""Buttons at least 44 px tall, named for a screen reader by their words, their icon in step with the theme."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy

from asbdesk.ui import icons, theme
from asbdesk.ui.problems import attempt

INKS = {"primary": "onaccent", "quiet": "accent", "danger": "red"}


class Button(QPushButton):
    """`kind`: "" (framed), primary, quiet, danger, card (a whole row that can be pressed). `name` when the words alone
    would not say what it does (several "Open" on one page).
    """

    icon_name, kind = "", ""
    shown_: QPixmap | None = None

    def __init__(
        self,
        text: str,
        kind: str = "",
        icon: str = "",
        *,
        big: bool = False,
        name: str = "",
        on: Callable[[], object] | None = None,
    ) -> None:
        super().__init__((" " if icon and text else "") + text.replace("&", "&&"))
        self.icon_name, self.kind = icon, kind
        self.setProperty("kind", kind)
        if big:
            self.setProperty("big", True)
        self.setAccessibleName(name or text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(kind == "primary")
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)  # its words are never cut off
        self.setMinimumWidth(44)
        self._tint()
        self._on = on
        if on is not None:
            self.clicked.connect(self._pressed)  # no lambda: Qt would hold it, and with it a button never placed

    def _pressed(self, _: bool = False) -> None:
        if self._on is not None:
            attempt(self, self._on)

    def say(self, text: str, name: str = "") -> None:
        """New words, and the name with them."""
        self.setText((" " if self.icon_name and text else "") + text.replace("&", "&&"))
        self.setAccessibleName(name or text)

    def be(self, kind: str) -> None:
        """Another kind: what comes first on a page may change."""
        if kind == self.kind:
            return
        self.kind, self.shown_ = kind, None
        self.setProperty("kind", kind)
        self.setAutoDefault(kind == "primary")
        self.style().unpolish(self)
        self.style().polish(self)
        self._tint()

    def _token(self) -> str:
        return INKS.get(self.kind, "ink") if self.isEnabled() else "muted"

    def _tint(self) -> None:
        if self.icon_name:
            size = theme.current().gap(20)
            picture = icons.pixmap(self.icon_name, self._token(), size)
            if picture is not self.shown_:  # Qt tells of a change whenever a style sheet reaches a widget
                self.shown_ = picture
                self.setIcon(QIcon(picture))
                self.setIconSize(QSize(size, size))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.kind == "primary" and self.hasFocus():
            # a yellow edge alone hardly shows beside the bright button of the dark themes: a line inside shows in each
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.current().colour("onaccent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4.5, 4.5, -4.5, -4.5), 6, 6)
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.EnabledChange):
            self._tint()


class PrimaryButton(Button):
    """The one thing to do next on this screen."""

    def __init__(
        self, text: str, icon: str = "", *, big: bool = False, name: str = "", on: Callable[[], object] | None = None
    ) -> None:
        super().__init__(text, "primary", icon, big=big, name=name, on=on)


class QuietButton(Button):
    """Something that may be done, said softly."""

    def __init__(
        self, text: str, icon: str = "", *, big: bool = False, name: str = "", on: Callable[[], object] | None = None
    ) -> None:
        super().__init__(text, "quiet", icon, big=big, name=name, on=on)


class IconButton(Button):
    """A picture alone, 44 px square; `name` is what it does."""

    def __init__(self, icon: str, name: str, *, on: Callable[[], object] | None = None, kind: str = "quiet") -> None:
        super().__init__("", kind, icon, name=name, on=on)
        self.setToolTip(name)
        side = max(44, theme.current().gap(44)) + 2
        self.setFixedSize(side, side)
        self.setProperty("bare", "true")
