"""Long pages drawn a little at a time: what is seen first stands at once, the rest follows while nobody waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QBoxLayout, QWidget

from asbdesk.clock import monotonic

AT_ONCE, AT_A_TIME, ALL = 3, 2, 10_000
"""Parts made at once, and in each turn of the event loop after that; as many at once as there are."""
ENOUGH = 0.008
"""Seconds after which a turn begins nothing more."""


def put(box: QBoxLayout, part: QWidget) -> None:
    """Add `part` to a page that is seen already, and show it with it, not a turn later."""
    box.addWidget(part)
    parent = part.parentWidget()
    if parent is not None and parent.isVisible():
        part.show()


def settle() -> None:
    """Everything has its place before the next paint: else what stands there is squeezed for a moment."""
    for _ in range(2):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)


def soon(owner: QObject, fn: Callable[[], object], after: int = 0) -> None:
    """Call `fn` in a turn of its own, `after` milliseconds from now, unless `owner` is gone by then. Qt's own
    `singleShot` would hold what `fn` knows for ever where its owner goes first."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.timeout.connect(fn)
    timer.timeout.connect(timer.deleteLater)
    timer.start(after)


class Slices(QObject):
    """`begin(makers)` calls the first few now, the others in turns of their own; begun again, it lets go of those."""

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._left: Iterator[Callable[[], object]] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._turn)

    def begin(self, makers: Iterable[Callable[[], object]], at_once: int = AT_ONCE) -> None:
        self._left = iter(makers)
        self._timer.start()
        self._some(at_once)

    def stop(self) -> None:
        """Leave the rest."""
        self.begin(())

    @property
    def busy(self) -> bool:
        """Is anything left?"""
        return self._timer.isActive()

    def rest(self) -> None:
        """All that is left, now."""
        while self.busy:
            self._some(AT_A_TIME)

    def _turn(self) -> None:
        self._some(AT_A_TIME, ENOUGH)
        settle()

    def _some(self, many: int, seconds: float | None = None) -> None:
        began = monotonic()
        for _ in range(many):
            maker = next(self._left, None)
            if maker is None:
                self._timer.stop()
                return
            maker()
            if seconds is not None and monotonic() - began > seconds:
                return
