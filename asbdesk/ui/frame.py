"""What an unlocked desk looks like: the side bar, one screen beside it, and at times a page over the whole window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from asbdesk.ui import theme
from asbdesk.ui.going_back import NOTHING, go_back_to, pressed_in
from asbdesk.ui.nav import Nav
from asbdesk.ui.screens import MOMENT, SCREENS, Screen, ScreenLine
from asbdesk.ui.widgets.fields import Field, Words
from asbdesk.ui.widgets.layout import column, holder, row
from asbdesk.ui.widgets.slices import soon

if TYPE_CHECKING:
    from asbdesk.casework.landlord import LandlordView
    from asbdesk.casework.views import DueLine
    from asbdesk.ui.desk import UiDesk
    from asbdesk.ui.door import Door, Note
    from asbdesk.ui.screens.over import OverPage

NARROW_BELOW = 1100
"""Pixels at 100 % text under which the side bar shows icons alone."""
SHARE_AFTER = 200
"""Milliseconds after which the side bar says anew where everything is: no action waits for it."""


class Frame(QWidget):
    """Screens are made when first shown and are handed this frame: `desk`, `go`, `say`, `open_case`, `open_over` …"""

    lock = Signal()
    said = Signal(str, str, object)
    look_changed = Signal(str, float)
    noted = Signal()
    """What the desk has to say about itself may have changed."""

    def __init__(self, desk: UiDesk, door: Door) -> None:
        super().__init__()
        self.desk, self.door = desk, door
        self.told_about_printers = False
        """Whether this session has said once that shared printers keep what they print."""
        self._put_away: set[str] = set()
        self._made: dict[str, Screen] = {}
        self._now, self._pressed = "", NOTHING
        self.nav = Nav(SCREENS, self.landlord().officer)
        self.nav.chosen.connect(lambda id: self.go(id))
        self.nav.lock.connect(self.lock)
        self._screens, self._over = QStackedWidget(), QStackedWidget()
        self._base = holder(row(self.nav, (self._screens, 1), gap=0))
        self._over.addWidget(self._base)
        self.setLayout(column(self._over, gap=0))
        desk.changed.connect(self._changed)  # no lambda: the desk outlives this frame when the text grows
        self._share_soon = QTimer(self)
        self._share_soon.setSingleShot(True)
        self._share_soon.setInterval(SHARE_AFTER)
        self._share_soon.timeout.connect(self.show_share)
        desk.carrier.changed.connect(self._share_soon.start)
        self.show_share()
        self._keys()

    def _keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {str(at): partial(self.go, s.id) for at, s in enumerate(SCREENS, 1)}
        keys |= {"F": self.search, "K": self.search_everything, "N": self.new_report, "Shift+N": self.add_to_case}
        for key, fn in keys.items():
            self._key(f"Ctrl+{key}", fn)

    def _key(self, keys: str, fn: Callable[[], object]) -> None:
        from asbdesk.ui.problems import attempt

        shortcut = QShortcut(QKeySequence(keys), self._base)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)  # silent while a page lies over this one
        shortcut.activated.connect(lambda: attempt(self, fn))

    def landlord(self) -> LandlordView:
        """What is known of the landlord and the officer, read now."""
        from asbdesk.casework.landlord import landlord_view

        return self.desk.read(landlord_view, self.desk.member)

    def notes(self) -> tuple[Note, ...]:
        """What the desk has to say about itself, but for what was put away since it was unlocked."""
        return tuple(note for note in self.door.notes(self.desk.desk) if note.id not in self._put_away)

    def put_away(self, note: str) -> None:
        """The officer has read this one."""
        self._put_away.add(note)
        self.noted.emit()

    # ---- going about
    def go(self, id: str) -> Screen:
        """Show a screen, read again."""
        self.flush()
        if id not in self._made:
            self._make(next(line for line in SCREENS if line.id == id))
        screen, self._now = self._made[id], id
        self.nav.show_chosen(id)
        screen.refresh()
        self._screens.setCurrentWidget(screen)
        screen.take_focus()
        return screen

    def make_ready(self) -> None:
        """Make the screens that were not looked at yet, one at a time, while nobody waits."""
        if (line := next((line for line in SCREENS if line.id not in self._made), None)) is not None:
            self._make(line)
            soon(self, partial(self._made[line.id].style_parts, then=self.make_ready), MOMENT)

    def _make(self, line: ScreenLine) -> None:
        self._made[line.id] = line.make(self)
        self._screens.addWidget(self._made[line.id])

    @property
    def now(self) -> str:
        """Id of the screen shown."""
        return self._now

    @property
    def shown(self) -> Screen | None:
        return self._made.get(self._now)

    def search(self) -> None:
        from asbdesk.ui.screens.cases import CasesScreen

        screen = self.go("cases")
        if isinstance(screen, CasesScreen):
            screen.start_search()

    def search_everything(self) -> None:
        """Search all that is written, over the window."""
        from asbdesk.ui.screens.search import open_search

        open_search(self)

    def open_case(self, case: str, tab: str = "") -> None:
        from asbdesk.ui.screens.cases import CasesScreen

        made = self._made.get("cases")
        if isinstance(made, CasesScreen):
            self.flush()
            made.expect(case)
        screen = self.go("cases")
        if isinstance(screen, CasesScreen):
            screen.open_case(case, tab)

    def add_to_case(self) -> None:
        """Everything that can be added to the case that is shown."""
        from asbdesk.ui.screens.cases import CasesScreen

        if isinstance(self.shown, CasesScreen):
            self.shown.page.add()

    def new_report(self, run: str = "") -> None:
        """Take a report: a page over the window. `run`: the half-taken one that it goes on with."""
        from asbdesk.ui.screens.new_report import NewReport

        self._lay(NewReport(self, run))

    def start_visit(self, case: str, run: str | None = None, *, by_phone: bool = False) -> None:
        """Begin or go on with a visit, over the whole window."""
        from asbdesk.ui.screens.visiting import begin_visit

        begin_visit(self, case, run, by_phone=by_phone)

    def act(self, case: str, due: DueLine | None, do: str) -> None:
        """What the button of a thing that is due opens."""
        from asbdesk.ui.screens.acting import act

        act(self, case, due, do)

    def decide(self, case: str = "", id: str = "") -> None:
        """Decide where two of us wrote different things: one conflict, the first of a case, or the first of all."""
        from asbdesk.ui.screens.sync.conflict import open_conflicts

        open_conflicts(self, case, id)

    def record_contact(self, case: str) -> None:
        """Write down that somebody was spoken to, or tried."""
        from asbdesk.ui.screens.case.contact import ContactPage

        self._lay(ContactPage(self, case))

    def correct(self, case: str, which: str = "") -> None:
        """Put right what was written down in a case; `which`: the id of the record it begins with."""
        from asbdesk.ui.screens.case.correct import CorrectPage

        self._lay(CorrectPage(self, case, which))

    def answer_now(self, case: str) -> None:
        """Ask what cannot wait for a working day."""
        from asbdesk.ui.screens.case.now import NowPage

        self._lay(NowPage(self, case))

    def _lay(self, page: OverPage) -> None:
        page.left.connect(self.close_over)
        self.open_over(page)

    def open_over(self, page: QWidget) -> None:
        """Lay `page` over side bar and screens, until `close_over`."""
        self.flush()
        self._pressed = self._pressed if self.over else pressed_in(self._base)
        self._over.addWidget(page)
        self._over.setCurrentWidget(page)
        page.setFocus()

    def close_over(self) -> None:
        """Take the page over the window away, and read the screen below again."""
        page = self._over.currentWidget()
        if page is None or page is self._base:
            return
        self._over.setCurrentWidget(self._base)
        self._over.removeWidget(page)
        page.deleteLater()
        self._changed()
        if self.shown is not None and not go_back_to(self._pressed, self._base):
            self.shown.regain_focus()

    @property
    def over(self) -> QWidget | None:
        """The page over the window, if there is one."""
        page = self._over.currentWidget()
        return None if page is self._base else page

    # ---- saying and saving
    def say(self, kind: str, words: str) -> None:
        self.said.emit(kind, words, None)

    def say_done(self, words: str, done: Any) -> None:
        """Say that something was done, and offer to undo it while nothing newer stands."""
        self.said.emit("done", words, partial(self._undo, done.act) if done.act else None)

    def _undo(self, act: str) -> None:
        self.desk.undo(act)
        self.said.emit("done", "Undone. That it was written, and undone, stays in the chronology.", None)

    def flush(self) -> None:
        """Save what is being typed, everywhere."""
        for part in (self.shown, self.over):
            flush = getattr(part, "flush", None)
            if flush is not None:
                flush()
        focus = QApplication.focusWidget()
        if isinstance(focus, Field | Words) and self.isAncestorOf(focus):
            focus.flush()

    def tidied(self) -> None:
        """What was late has been seen to: say what is to be said, and read again where nothing is being done."""
        self.due_again()
        self.noted.emit()

    def due_again(self) -> None:
        """What is due was worked out again: Today is read again where nothing is being done."""
        if self.over is None and self.now == "today":
            self._changed()

    def _changed(self, _: object = None) -> None:
        if self.shown is not None:
            self.shown.refresh()
        self._share_soon.start()

    # ---- the others
    def began_sharing(self) -> None:
        """There is a place to meet from now on, or another one."""
        self.desk.carrier.go()
        self._changed()

    def show_share(self) -> None:
        """Say in the side bar where everything is; nothing for a desk that works by itself."""
        carrier = self.desk.carrier
        if not carrier.meets:
            self.nav.say_share(None)
        elif carrier.going is None:  # while it gets on, the page says how far
            from asbdesk.ui.screens.sync.side_bar import read

            self.nav.say_share(read(self.desk))

    # ---- room
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.nav.be_narrow(self.width() < theme.current().px(NARROW_BELOW))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for button in self.nav.buttons():
                getattr(button, "draw", lambda: None)()
