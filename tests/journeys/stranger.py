"""Ten fingers, no mouse and no manual: keys go to what has the focus, and what to press is found by its words."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QTextEdit, QWidget

from asbdesk.app.door import StoreDoor
from asbdesk.casework.intake import Intake, open_from
from asbdesk.casework.landlord import add_member
from asbdesk.casework.people import NewPerson
from asbdesk.casework.reports import Telling
from asbdesk.clock import SetClock
from asbdesk.paths import StorePaths
from asbdesk.store.slot import KDF_FAST
from asbdesk.ui.frame import Frame
from asbdesk.ui.main_window import MainWindow
from asbdesk.ui.problems import Problems
from asbdesk.ui.theme import Theme
from asbdesk.ui.widgets.announce import teach_headings
from tests.ui.conftest import NOW, PASSPHRASE, Opened

KEY = Qt.Key
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL_SHIFT = CTRL | SHIFT
COLLEAGUE = "Rosalind Hughes"
MOST = 120
"""Presses of Tab after which somebody gives up."""
PATIENCE = 10.0
"""Seconds that a busy machine may take over what a person sees at once."""


def wait(until: Callable[[], bool]) -> bool:
    """Let the window work until it is so, or nobody would wait any longer."""
    end = time.monotonic() + PATIENCE
    while not until() and time.monotonic() < end:
        QTest.qWait(1)
    return until()


class Stranger:
    """Somebody who has never seen the program. `presses` counts keys, `letters` what is written."""

    def __init__(self, opened: Opened) -> None:
        self.opened, self.presses, self.letters = opened, 0, 0

    @property
    def frame(self) -> Frame:
        """The desk, for a test's own look at what came of it."""
        assert self.opened.window.frame is not None
        return self.opened.window.frame

    # ---- what is seen
    @property
    def at(self) -> QWidget:
        held = QApplication.focusWidget()
        assert held is not None, "nothing has the focus"
        return held

    @property
    def says(self) -> str:
        """What has the focus, as it is read out: its words, its question."""
        at = self.at
        own = at.text() if isinstance(at, QAbstractButton) else at.currentText() if isinstance(at, QComboBox) else ""
        return " ".join(t for t in (own.replace("&&", "&"), at.accessibleName(), at.accessibleDescription()) if t)

    def sees(self, *words: str) -> bool:
        """Whether all of these stand in the window, on labels, buttons, in lists or fields that are shown."""
        seen = self.reads()
        return all(word in seen for word in words)

    def reads(self) -> str:
        """Everything that stands in the window, a line each."""
        top = QApplication.activeModalWidget() or self.opened.window
        found = [w.text() for w in top.findChildren(QLabel) if w.isVisible()]
        found += [w.text() for w in top.findChildren(QAbstractButton) if w.isVisible()]
        found += [w.text() for w in top.findChildren(QLineEdit) if w.isVisible()]
        found += [w.toPlainText() for w in top.findChildren(QTextEdit) if w.isVisible()]
        for view in top.findChildren(QWidget):
            model = getattr(view, "model", None)
            if view.isVisible() and callable(model) and hasattr(view, "currentIndex"):
                found += _rows(model())
        return "\n".join(found)

    def waits_for(self, *words: str) -> None:
        """Until these are seen: what is worked out beside shows itself a moment later."""
        wait(lambda: self.sees(*words))
        assert self.sees(*words), f"“{words}” was never seen in:\n{self.reads()}"

    # ---- what is pressed
    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.presses += 1
        QTest.keyClick(self.at, key, modifier)
        for _ in range(3):
            QApplication.processEvents()

    def write(self, text: str) -> None:
        at = self.at
        assert isinstance(at, QLineEdit | QTextEdit), f"nothing to write in: {self.says}"
        self.letters += len(text)
        QTest.keyClicks(at, text)
        QApplication.processEvents()

    def find(self, words: str, *, unless: str = "\n") -> None:
        """Tab until what has the focus says so."""
        met: list[str] = []
        for _ in range(MOST):
            if words in self.says and unless not in self.says:
                return
            if self.says in met[:1] and len(met) > 8:
                break  # all round
            met.append(self.says)
            self.press(KEY.Key_Tab)
        raise AssertionError(f"Tab never came to “{words}”; it met:\n" + "\n".join(met))

    def back(self, words: str, most: int = MOST) -> None:
        """The same with Shift+Tab."""
        for _ in range(most):
            if words in self.says:
                return
            self.press(KEY.Key_Backtab, SHIFT)
        raise AssertionError(f"Shift+Tab never came to “{words}”; it stands at “{self.says}”")

    def button(self, words: str) -> None:
        self.find(words)
        self.press(KEY.Key_Space)

    def fill(self, question: str, text: str) -> None:
        """Write an answer, in place of what stands there."""
        self.find(question)
        at = self.at
        if isinstance(at, QLineEdit | QTextEdit) and (at.text() if isinstance(at, QLineEdit) else at.toPlainText()):
            self.press(KEY.Key_A, CTRL)
        self.write(text)

    def choose(self, question: str, *answers: str) -> None:
        """The answers of a question: Tab to it, arrows among them, Space to take one."""
        self.find(question, unless=": no answer")
        for answer in answers:
            met: list[str] = []
            while answer not in self.says.partition(question)[0]:
                if self.says in met:
                    raise AssertionError(f"“{question}” has no answer “{answer}”; it has:\n" + "\n".join(met))
                met.append(self.says)
                self.press(KEY.Key_Right)
            self.press(KEY.Key_Space)

    def pick(self, name: str, words: str) -> None:
        """One of a list that drops down: Tab to it, arrows until it says so."""
        self.find(name)
        for _ in range(30):
            if words in self.says:
                return
            self.press(KEY.Key_Down)
        raise AssertionError(f"“{name}” has no “{words}”; it stands at “{self.says}”")

    def tab(self, words: str) -> None:
        """A tab of the case: Tab to the row of tabs, arrows along it."""
        self.find("Parts of the case")
        for _ in range(10):
            if words in self.says:
                return
            self.press(KEY.Key_Right)
        raise AssertionError(f"no tab “{words}”; it stands at “{self.says}”")

    def part(self, name: str) -> None:
        """One of the parts of the case that is shown, under More."""
        self.tab("More")
        if self.sees("All parts"):
            self.button("Back to all parts")
        self.button(f"Open {name}")

    def save(self) -> None:
        self.press(KEY.Key_Return, CTRL)

    @contextmanager
    def asked(self, *answers: Callable[[], object]) -> Iterator[None]:
        """What is pressed within opens a question that waits, and perhaps another after it: each of `answers` deals
        with one, by keys."""
        left, wrong = list(answers), list[AssertionError]()
        end = time.monotonic() + PATIENCE

        def look() -> None:
            over = QApplication.activeModalWidget()
            late = bool(wrong) or time.monotonic() > end
            if over is not None and late:
                over.close()
            elif over is not None and left and QApplication.focusWidget() is not None:
                try:
                    left.pop(0)()
                except AssertionError as problem:
                    wrong.append(problem)
            if (left and not late) or QApplication.activeModalWidget() is not None:
                QTimer.singleShot(10, look)

        QTimer.singleShot(10, look)
        yield
        wait(lambda: not left or bool(wrong))
        if wrong:
            raise wrong[0]
        assert not left, "nothing was asked"
        self.comes_back()

    def file_named(self, path: Path) -> Callable[[], None]:
        """The answer to a dialog that asks for a file or a folder: its path is typed."""

        def answer() -> None:
            for _ in range(MOST):
                if self.at.objectName() == "fileNameEdit":
                    break
                self.press(KEY.Key_Tab)
            self.press(KEY.Key_A, CTRL)
            self.write(str(path))
            self.press(KEY.Key_Return)

        return answer

    def comes_back(self) -> None:
        """A window manager gives the window its focus again when what lay over it is gone; here nobody else does."""
        wait(lambda: QApplication.activeModalWidget() is None)
        self.opened.window.activateWindow()
        wait(lambda: QApplication.focusWidget() is not None)

    # ---- where things are
    def open_case(self, words: str) -> None:
        """Search everything for a case and open the first that is found."""
        self.press(KEY.Key_K, CTRL)
        self.write(words)
        self.press(KEY.Key_Return)
        assert wait(lambda: self.frame.over is None), f"“{words}” was not found:\n{self.reads()}"

    def add(self, words: str) -> None:
        """What the case can be given, found by typing."""
        self.press(KEY.Key_N, CTRL_SHIFT)
        self.write(words)
        self.press(KEY.Key_Return)

    def saved(self, *seen: str) -> None:
        """Save what is open; then it is over, and these words stand in the window."""
        before = self.frame.over
        self.save()
        assert before is None or self.frame.over is not before, f"it is still open:\n{self.reads()}"
        assert self.sees(*seen), f"“{seen}” does not stand in:\n{self.reads()}"


def _rows(model: object) -> list[str]:
    count = getattr(model, "rowCount", None)
    if count is None:
        return []
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(n, 0).data(role) or "") for n in range(count())]  # type: ignore[attr-defined]


@contextmanager
def at_work(folder: Path) -> Iterator[Stranger]:
    """A stranger before the window of the store in `folder`, unlocked. Nothing unexpected may happen."""
    clock = SetClock(NOW)
    door = StoreDoor(StorePaths(folder), clock, again=lambda: None, kdf=KDF_FAST)
    window = MainWindow(door, Problems(clock, StorePaths(folder).log), clock)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    assert wait(window.isActiveWindow)
    stranger = Stranger(Opened(window, door, clock))
    wait(lambda: QApplication.focusWidget() is not None)
    stranger.write(PASSPHRASE)
    stranger.press(KEY.Key_Return)
    wait(lambda: window.frame is not None and window.frame.now == "today")
    wait(lambda: QApplication.focusWidget() is not None)
    try:
        yield stranger
    finally:
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert window.problems.unexpected == [], window.problems.unexpected


@contextmanager
def a_day(folder: Path, to: Path) -> Iterator[Stranger]:
    """One window on a copy of the practice desk for a whole day, with a colleague, and all that is written found."""
    Theme.make().apply(QApplication.instance())  # type: ignore[arg-type]
    teach_headings()
    with at_work(copied(folder, to)) as stranger:
        stranger.frame.desk.desk.store.index_words()
        stranger.frame.desk.desk.do(add_member, COLLEAGUE)
        yield stranger


def told_before(stranger: Stranger, name: str, address: str) -> None:
    """A case that a colleague took down earlier, for a task that goes on from one."""
    told = Telling(words="Music until three, every night.", behaviours=("noise",))
    stranger.frame.desk.do(open_from, Intake(NewPerson(name=name, address=address), told))


def sits_down(stranger: Stranger) -> Stranger:
    """Whoever sits at the desk for the next task: what one before left open is put away, and the count begins anew."""
    while stranger.frame.over is not None:
        stranger.frame.close_over()
    stranger.comes_back()
    stranger.presses = stranger.letters = 0
    return stranger


def copied(folder: Path, to: Path) -> Path:
    """A store of its own."""
    return Path(shutil.copytree(folder, to))
