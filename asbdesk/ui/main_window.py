"""The one window: first start or lock screen at once, then the desk. Its title never carries a name or a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QScrollArea, QStackedWidget, QWidget

from asbdesk.clock import Clock
from asbdesk.errors import UserError
from asbdesk.ui import icons, theme
from asbdesk.ui.errands import Errands
from asbdesk.ui.problems import Problems
from asbdesk.ui.tab_order import InSight, go_on
from asbdesk.ui.watching import Watch
from asbdesk.ui.widgets.banner import Banner
from asbdesk.ui.widgets.layout import column, holder
from asbdesk.ui.widgets.slices import soon

if TYPE_CHECKING:
    from asbdesk.ui.desk import UiDesk
    from asbdesk.ui.door import Door
    from asbdesk.ui.frame import Frame
    from asbdesk.ui.reminders import Reminders


READY_AFTER = 80
"""Milliseconds from unlocking until the screens are made that were not looked at yet: Today is painted first."""
TIDY_AFTER = 250
"""Milliseconds from unlocking to tidying: Today is painted first."""
MANY_WAIT = frozenset({"policy_profile"})
"""Kinds of record that touch more cases than an action itself works out again."""


class MainWindow(QMainWindow):
    """`opened(UiDesk)` after unlocking; `wants_lock` when the officer asks for it; `ended` when all is closed."""

    opened = Signal(object)
    wants_lock = Signal()
    ended = Signal()

    def __init__(self, door: Door, problems: Problems, clock: Clock) -> None:
        super().__init__()
        self.door, self.problems, self.clock = door, problems, clock
        self.desk: UiDesk | None = None
        self.frame: Frame | None = None
        self.reminders: Reminders | None = None
        self.errands = Errands(problems.tell, self)
        self.locked = self._catching_up = self._warm = False
        self.setWindowTitle("asbdesk")
        self.setMinimumSize(720, 560)
        self.resize(1440, 900)
        self.banner, self._stack = Banner(), QStackedWidget()
        self._root = holder(column(self.banner, (self._stack, 1), gap=0), "root")
        self.setCentralWidget(self._root)
        problems.said.connect(self.banner.say)
        self.watch = Watch(clock, lambda: door.settings().lock_minutes, parent=self)
        self.watch.lock.connect(self._asked_to_lock)
        self.wants_lock.connect(lambda: self.lock_now())
        InSight(self)
        for keys, fn in (("Ctrl+L", self.wants_lock.emit), ("F1", self.show_keys), ("Ctrl+Z", self.undo)):
            self._key(keys, fn)
        self.show_door()

    def _key(self, keys: str, fn: Any) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(fn)

    def focusNextPrevChild(self, next: bool) -> bool:
        return go_on(self, forward=next)

    # ---- before the desk is open
    def show_door(self) -> None:
        """The first start, or the lock screen."""
        if self.door.state().kind == "new":
            from asbdesk.ui.screens.first_start import FirstStart

            first = FirstStart(self.door, self.errands, self.problems)
            first.done.connect(self.open_desk)
            first.invited.connect(self.show_joining)
            self._put(first)
            return
        from asbdesk.ui.screens.lock import LockScreen

        lock = LockScreen(self.door, self.errands)
        lock.opened.connect(self.open_desk)
        lock.again.connect(self.show_door)
        self._put(lock)

    def show_joining(self) -> None:
        """The first start of a laptop that was invited."""
        from asbdesk.ui.screens.sync.joining import JoinStart

        page = JoinStart(self.door, self.errands, self.problems)
        page.done.connect(self.open_desk)
        page.back_.connect(self.show_door)
        self._put(page)

    def _put(self, page: QWidget) -> None:
        before = self._stack.currentWidget()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        getattr(page, "take_focus", page.setFocus)()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        page = self._stack.currentWidget()
        if page is not None and QApplication.focusWidget() is None:
            soon(page, getattr(page, "take_focus", page.setFocus))

    # ---- the desk
    def open_desk(self, desk: Any) -> None:
        """Show Today of a `casework.desk.Desk` that was just opened."""
        from asbdesk.ui.desk import UiDesk

        self.desk = UiDesk(desk, self.problems.tell, self)
        self.desk.changed.connect(self._changed)
        self.watch.start()
        if self.desk.carrier.waits:
            self._wait_to_be_admitted()
        else:
            self._begin()
        self.desk.begin()
        self.opened.emit(self.desk)

    def _begin(self) -> None:
        from asbdesk.ui.reminders import Reminders

        assert self.desk is not None
        self._build("today")
        wanted, busy = lambda: self.door.settings().reminders, lambda: getattr(self.frame, "over", None) is not None
        self.reminders = Reminders(self.desk, self, wanted, busy=busy, banner=self.banner)
        soon(self, lambda: soon(self, self._make_ready, READY_AFTER))  # not in the turn that paints Today
        soon(self, self._tidy, TIDY_AFTER)

    def _wait_to_be_admitted(self) -> None:
        from asbdesk.ui.screens.sync.admission import AdmissionPage

        assert self.desk is not None
        page = AdmissionPage(self.desk)
        page.admitted.connect(self._begin)
        page.lock.connect(self.wants_lock)
        self._put(page)

    def _tidy(self) -> None:
        """Once after unlocking, in the background: what is late, what no record names, and what is to be said."""
        if self.desk is not None:
            desk, door = self.desk, self.door
            desk.later(lambda: door.tidy(desk.desk), lambda _: self._tidied(), owner=self)
            self.catch_up()

    def _make_ready(self, warm: bool = False) -> None:
        """Once what the screens are made of is there, and a desk is open."""
        self._warm |= warm
        if self._warm and self.frame is not None and self.desk is not None:
            from asbdesk.ui import warming

            opened = self.desk.desk
            self.errands.later(lambda: warming.desk(opened), lambda _: None, owner=self)
            self.frame.make_ready()

    def catch_up(self) -> None:
        """Work out in the background what is due in the cases that wait for it. The window's errand, not the desk's:
        an idle desk locks over it, and the rest goes on after the next unlock."""
        if self.desk is None or self._catching_up:
            return
        from asbdesk.ui.widgets.working_out import WorkingOut

        self._catching_up, desk, door, line = True, self.desk, self.door, WorkingOut(self._root)

        def ended(problem: Exception | None = None) -> None:
            self._catching_up = False
            line.end()
            if self.frame is not None:
                self.frame.due_again()
            if problem is not None:
                self.problems.tell(problem)

        def work(told: Any) -> None:
            door.catch_up(desk.desk, told)

        self.errands.later(work, lambda _: ended(), ended, line.told, owner=self)

    def _changed(self, changed: frozenset[tuple[str, str]]) -> None:
        """After new timescales, what is due waits in every case."""
        if any(kind in MANY_WAIT for _, kind in changed):
            self.catch_up()

    def _tidied(self) -> None:
        if self.frame is not None:
            self.frame.tidied()

    def _build(self, screen: str) -> None:
        from asbdesk.ui.dropping import DropTarget
        from asbdesk.ui.frame import Frame
        from asbdesk.ui.new_day import NewDay

        assert self.desk is not None
        self.frame = Frame(self.desk, self.door)
        DropTarget(self.frame)
        NewDay(self.frame)
        self.frame.lock.connect(self.wants_lock)
        self.frame.said.connect(self.banner.say)
        self.frame.look_changed.connect(self._look_changed)
        self._put(self.frame)
        self.frame.go(screen)

    def apply_look(self, name: str, scale: float) -> None:
        """Put a theme and a text size in force, now and at the next start."""
        wanted = theme.Theme.make(name, scale)
        app = QApplication.instance()
        if isinstance(app, QApplication) and wanted != theme.current():
            wanted.apply(app)
        if problem := self.door.change_settings(theme=wanted.name, text_size=wanted.scale):
            self.banner.say("warning", problem)

    def _look_changed(self, name: str, scale: float) -> None:
        larger = scale != theme.current().scale
        self.apply_look(name, scale)
        if larger and self.frame is not None:
            soon(self, lambda: self._build("settings"))

    def flush(self) -> None:
        """Save what is being typed, everywhere."""
        if self.frame is not None:
            self.frame.flush()

    def undo(self) -> None:
        """Ctrl+Z, where it is not a field's own: undo what was just done, for as long as the banner offers it."""
        if self.frame is not None and self.frame.over is None:
            self.banner.take_back()

    def show_keys(self) -> None:
        """The sheet of keys (F1)."""
        from asbdesk.ui.keys import KeysSheet

        KeysSheet(self).exec()

    # ---- locking and leaving
    def warm(self) -> None:
        """After first paint: bring in what unlocking needs, and hear what is wrong with the store."""
        self.setWindowIcon(icons.window_icon())

        def failed(problem: Exception) -> None:
            show = getattr(self._stack.currentWidget(), "show_problem", None)
            if isinstance(problem, UserError) and show is not None:
                show(str(problem))
            else:
                self.problems.tell(problem)

        self.errands.later(self.door.warm, lambda _: self._warm_on(), failed, owner=self)

    def _warm_on(self) -> None:
        """While the passphrase is typed: what the screens are made of."""
        from asbdesk.ui import warming

        QScrollArea().viewport()  # asked what it is, PySide brings in every class of widget there is: here, not later

        self.errands.later(warming.before, lambda _: self._make_ready(True), owner=self)

    def _asked_to_lock(self, why: str) -> None:
        if why == "idle" and self.desk is not None and self.desk.errands.busy:
            return  # a copy being made is finished first; the next look asks again
        self.lock_now(send=why == "idle")

    def lock_now(self, *, send: bool = True) -> None:
        """Save what is being typed, let a fresh process take over, and end this one. `send`: what was just written
        leaves first, behind the hidden window."""
        if self.desk is None or self.locked:
            return
        self.flush()
        self.locked = True
        self.hide()
        if send:
            self.desk.carrier.last_before_lock()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.flush()
        self.watch.stop()
        if self.reminders is not None:
            self.reminders.stop()
        if self.desk is not None:
            self.desk.close()
        self.errands.close()
        if self.locked:
            self.door.lock()
        elif self.desk is not None:
            self.desk.desk.store.close()
        self.desk = None
        super().closeEvent(event)
        self.ended.emit()
