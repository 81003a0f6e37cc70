"""Fields to type in: one line, several lines that grow, a passphrase, a search, and a choice from a short list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QTextEdit, QWidget

from asbdesk.ui import icons, theme
from asbdesk.ui.widgets.buttons import IconButton
from asbdesk.ui.widgets.layout import column
from asbdesk.ui.widgets.text import Muted, Text

AFTER_LAST_KEY = 300
AT_LEAST_EVERY = 1000
"""Milliseconds: an answer is told 300 ms after the last key and at least each second (FOUNDATION.md, The visit)."""


class _Telling:
    """Tells `said(text)` 300 ms after the last key, each second while typing goes on, and on leaving the field."""

    def __init__(self, owner: QWidget, text: str = "") -> None:
        self.told = text
        self.soon, self.latest = QTimer(owner), QTimer(owner)
        for timer, after in ((self.soon, AFTER_LAST_KEY), (self.latest, AT_LEAST_EVERY)):
            timer.setSingleShot(True)
            timer.setInterval(after)

    def typed(self) -> None:
        self.soon.start()
        if not self.latest.isActive():
            self.latest.start()

    def news(self, text: str) -> bool:
        """Is `text` not yet told? It counts as told now."""
        self.soon.stop()
        self.latest.stop()
        fresh, self.told = text != self.told, text
        return fresh


class Field(QLineEdit):
    """One line. `said(text)` when there is something to save; `name` is read out; `flush()` saves at once."""

    said = Signal(str)

    def __init__(self, text: str = "", *, name: str, hint: str = "", limit: int = 400) -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setMaxLength(limit)
        self._telling = _Telling(self, text)
        self.textEdited.connect(self._edited)
        self._telling.soon.timeout.connect(self.flush)
        self._telling.latest.timeout.connect(self.flush)

    def _edited(self, _: str) -> None:
        self._telling.typed()

    def flush(self) -> None:
        if self._telling.news(self.text()):
            self.said.emit(self.text())

    def set_quietly(self, text: str) -> None:
        """Show `text` without telling of it."""
        self.setText(text)
        self._telling.news(text)

    def set_wrong(self, wrong: bool) -> None:
        self.setProperty("wrong", wrong)
        self.style().unpolish(self)
        self.style().polish(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()


class Words(QTextEdit):
    """Several lines, plain text, growing with what is written. Tab leaves it."""

    said = Signal(str)

    def __init__(self, text: str = "", *, name: str, hint: str = "", lines: int = 2, most: int = 9) -> None:
        super().__init__()
        self.lines, self.most = lines, most
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setPlainText(text)
        self.setProperty("words", True)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._telling = _Telling(self, text)
        self._quiet = False
        self.textChanged.connect(self._typed)
        self._telling.soon.timeout.connect(self.flush)
        self._telling.latest.timeout.connect(self.flush)
        self._grow()

    def _typed(self) -> None:
        self._grow()
        if not self._quiet:
            self._telling.typed()

    def flush(self) -> None:
        if self._telling.news(self.toPlainText()):
            self.said.emit(self.toPlainText())

    def set_quietly(self, text: str) -> None:
        self._quiet = True
        self.setPlainText(text)
        self._quiet = False
        self._telling.news(text)

    def _grow(self) -> None:
        now = theme.current()
        self.setMinimumHeight(0)
        step = now.px(17) * 1.35
        wanted = max(self.lines * step, min(self.document().size().height(), self.most * step))
        self.setFixedHeight(round(wanted) + 26)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.textCursor().position():
            self.moveCursor(QTextCursor.MoveOperation.End)  # what is written goes on from what stands there

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()


class SearchField(Field):
    """A search box: `said(text)` as it is typed, after a short pause."""

    def __init__(self, name: str, hint: str) -> None:
        super().__init__(name=name, hint=hint, limit=80)
        self.setProperty("search", True)
        self.setClearButtonEnabled(False)
        self._telling.soon.setInterval(150)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = theme.current().gap(18)
        painter = QPainter(self)
        painter.drawPixmap(
            QPointF(theme.current().gap(10), (self.height() - size) / 2), icons.pixmap("search", "muted", size)
        )
        painter.end()


class Passphrase(QWidget):
    """A passphrase, hidden until the eye is pressed. `entered` on Return. The text is never kept elsewhere."""

    entered = Signal()
    typed = Signal(str)

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(hint)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMaxLength(1024)
        hints = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        self.field.setInputMethodHints(hints | Qt.InputMethodHint.ImhNoAutoUppercase)
        self.eye = IconButton("eye", f"Show {name.lower()}", on=self._show)
        self.eye.setCheckable(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.eye)
        self.field.returnPressed.connect(self.entered)
        self.field.textChanged.connect(self.typed)
        self.setFocusProxy(self.field)

    def _show(self) -> None:
        shown = self.eye.isChecked()
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def text(self) -> str:
        return self.field.text()

    def clear(self) -> None:
        self.field.clear()
        self.eye.setChecked(False)
        self._show()


class Labelled(QWidget):
    """A field under its words, with what is wrong said below it and announced."""

    def __init__(self, label: str, field: QWidget, *, help: str = "", optional: bool = False) -> None:
        super().__init__()
        self.field = field
        self.label = Text(label + ("  (if you like)" if optional else ""), "strong")
        self.label.setBuddy(field)
        self.help = Muted(help, small=True)
        if not help:
            self.help.hide()
        self.problem = Text("", "small", tone="red")
        self.problem.hide()
        self.setLayout(column(self.label, self.help, field, self.problem, gap=5))

    def say_wrong(self, sentence: str) -> None:
        """Show and announce `sentence`; empty takes it away."""
        from asbdesk.ui.widgets.announce import announce

        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if isinstance(self.field, Field):
            self.field.set_wrong(bool(sentence))
        if sentence:
            announce(self.problem, sentence)


class Choice(QComboBox):
    """One of a short list. `chosen(value)`; drawn here so that its arrow follows the theme."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], *, name: str, value: str = "") -> None:
        super().__init__()
        for each, label in options:
            self.addItem(label, each)
        self.setAccessibleName(name)
        self.setAccessibleDescription(name)  # some readers take what is chosen for its name
        self.setCurrentIndex(max(0, self.findData(value)))
        self.activated.connect(self._activated)

    def value(self) -> str:
        return str(self.currentData())

    def _activated(self, at: int) -> None:
        self.chosen.emit(str(self.itemData(at)))

    def sizeHint(self) -> QSize:
        now = theme.current()
        widest = max((self.fontMetrics().horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=80)
        return QSize(widest + now.gap(60), now.gap(46))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().gap(120), theme.current().gap(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        now, focus = theme.current(), self.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(now.colour("ring" if focus else "field"), 2 if focus else 1))
        painter.setBrush(now.colour("focusbg" if focus else "input"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 9, 9)
        size = now.gap(18)
        painter.drawPixmap(
            QPointF(self.width() - size - now.gap(10), (self.height() - size) / 2),
            icons.pixmap("chevron-down", "muted", size),
        )
        painter.setPen(now.colour("ink"))
        painter.setFont(now.font(15))
        room = self.rect().adjusted(now.gap(12), 0, -size - now.gap(18), 0)
        words = painter.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()


__all__ = ["Choice", "Field", "Labelled", "Passphrase", "SearchField", "Words"]
