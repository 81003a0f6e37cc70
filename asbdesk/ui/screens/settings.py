"""Settings: how it looks, when it locks, the passphrase, the spare copy, and what papers say of the landlord."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from asbdesk.errors import UserError
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens import Screen
from asbdesk.ui.screens.new_sheet import SheetCard
from asbdesk.ui.screens.notes import Notes
from asbdesk.ui.screens.numbers import open_numbers
from asbdesk.ui.screens.own_forms import FormsCard
from asbdesk.ui.screens.reminding import RemindersCard
from asbdesk.ui.screens.reports import BoardCard
from asbdesk.ui.screens.spare_copy import CopyCard
from asbdesk.ui.screens.take_on_parts import ListCard
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.buttons import Button, PrimaryButton
from asbdesk.ui.widgets.fields import Choice, Field, Labelled, Passphrase
from asbdesk.ui.widgets.layout import WIDE, Bar, Card, Scroll, column, empty, holder, row
from asbdesk.ui.widgets.new_passphrase import NewPassphrase
from asbdesk.ui.widgets.text import Heading, Muted, Text
from asbdesk.ui.widgets.tiles import TickTile, TileGroup
from asbdesk.ui.widgets.wrap import Wrap

OLD_COPIES = (
    "Spare copies made before today still open with the old passphrase. Make a new copy now; if somebody may know the "
    "old passphrase, destroy the older ones."
)
MINUTES = (1, 2, 3, 5, 10, 15)
SIZES = ((1.0, "Usual"), (1.25, "Larger"), (1.5, "Large"), (2.0, "Largest"))


class SettingsScreen(Screen):
    """Each change holds at once; there is no Save at the foot."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame_ = frame
        head = Bar("header", row(Heading("Settings", 1), None, margins=(28, 16, 28, 16)), WIDE, left=True)
        self._box = column(gap=14)
        inside = holder(self._box)
        inside.setMaximumWidth(theme.current().px(860))
        body = column(row((inside, 1000), None), None, margins=(28, 16, 28, 24))
        self.setLayout(column(head, (Scroll(holder(body)), 1), gap=0))
        self._build()

    def _build(self) -> None:
        empty(self._box)
        self.notes, self.forms = Notes(self.frame_), FormsCard(self.frame_)
        self.look, self.locking = LookCard(self.frame_), LockingCard(self.frame_)
        self.reminding = RemindersCard(self.frame_)
        self.copies = CopyCard(self.frame_)
        self.secret, self.sheet = PassphraseCard(self.frame_, self.copies), SheetCard(self.frame_)
        self.papers = PapersCard(self.frame_)
        self.listed = ListCard(self.frame_)
        rules = RulesCard(self.frame_)
        safe = (self.look, self.locking, self.reminding, self.secret, self.sheet, self.copies)
        cards = (*safe, self.listed, rules, BoardCard(self.frame_), SealsCard(self.frame_), self.papers)
        for each in (self.notes, self.forms, *cards):
            self._box.addWidget(each)

    def refresh(self) -> None:
        for part in (self.notes, self.forms, self.copies):
            part.refresh()

    def flush(self) -> None:
        self.papers.flush()

    def take_focus(self) -> None:
        self.look.themes.take_focus()


class RulesCard(Card):
    """What this landlord has decided for itself: how soon things are due, and the words of its lists."""

    def __init__(self, frame: Frame) -> None:
        from asbdesk.ui.screens.agencies import open_agencies
        from asbdesk.ui.screens.own_letters import open_own_letters
        from asbdesk.ui.screens.own_lists import open_lists
        from asbdesk.ui.screens.plan_languages import open_languages
        from asbdesk.ui.screens.timescales import open_timescales

        times = Button("Timescales", icon="clock", on=lambda: open_timescales(frame))
        lists = Button("Lists", icon="list-checks", on=lambda: open_lists(frame))
        letters = Button("Letters", icon="mail", name="The words of our letters", on=lambda: open_own_letters(frame))
        words = Muted("What is decided here holds for everybody who shares this desk.")
        speech = Button("Languages", icon="languages", name="Languages of plans", on=lambda: open_languages(frame))
        bodies = Button("Agencies", icon="handshake", name="Agencies we work with", on=lambda: open_agencies(frame))
        super().__init__(Heading("Our own rules"), words, Wrap(times, lists, bodies, letters, speech), gap=10)


class SealsCard(Card):
    """A paper checked, the landlord's authority, time stamps: on a page of their own."""

    def __init__(self, frame: Frame) -> None:
        from asbdesk.ui.screens.seals import open_seals

        check = Button("Check a paper, and our mark", icon="file-check", on=lambda: open_seals(frame))
        words = Muted("Is a paper ours, and whole? A PDF dropped anywhere in this window is checked as well.")
        super().__init__(Heading("Locked copies"), words, row(check, None), gap=10)


class LookCard(Card):
    def __init__(self, frame: Frame) -> None:
        self.frame_ = frame
        now = theme.current()
        names = [(name, theme.TITLES[name]) for name in theme.THEMES]
        self.themes = TileGroup(names, name="Colours", columns=3, small=True)
        self.themes.set_value(now.name)
        self.sizes = TileGroup([(str(s), words) for s, words in SIZES], name="Text size", columns=4, small=True)
        self.sizes.set_value(str(now.scale))
        super().__init__(
            *(
                Heading("How it looks"),
                Text("Colours", "strong"),
                self.themes,
                2,
                Text("Text size", "strong"),
                self.sizes,
            ),
            gap=10,
        )
        for group in (self.themes, self.sizes):
            group.chosen.connect(lambda _: self._chosen())

    def _chosen(self) -> None:
        scale = float(str(self.sizes.value() or 1.0))
        self.frame_.look_changed.emit(str(self.themes.value()), scale)


class LockingCard(Card):
    def __init__(self, frame: Frame) -> None:
        self.frame_ = frame
        told = frame.door.settings()
        options = [(str(m), f"{m} minute{'s' * (m != 1)}") for m in sorted({*MINUTES, told.lock_minutes})]
        self.minutes = Choice(options, name="Lock after", value=str(told.lock_minutes))
        self.quick = TickTile("Open quickly with this computer’s sign-in", small=True)
        self.quick.setChecked(told.quick_unlock)
        words = "It also locks when the lid is shut. What you were typing is kept."
        self.away = Text("", "small", tone="amber")
        self.away.hide()
        lines = (Labelled("Lock when nothing was touched for", self.minutes, help=words), self.quick, self.away)
        lock = Button("Lock now", icon="lock-keyhole", on=frame.lock.emit)
        super().__init__(Heading("Locking"), *lines, row(lock, None), gap=12)
        self.minutes.chosen.connect(self._minutes)
        self.quick.clicked.connect(lambda *_: self._quick())

    def _minutes(self, value: str) -> None:
        problem = self.frame_.door.change_settings(lock_minutes=int(value))
        if problem:
            self.frame_.say("warning", problem)

    def _quick(self) -> None:
        on, desk = self.quick.isChecked(), self.frame_.desk
        self.quick.setEnabled(False)  # a keyring may take its time, and one question at a time is enough
        self._say_away("")

        def done(problem: str) -> None:
            self.quick.setEnabled(True)
            self.quick.setChecked(self.frame_.door.settings().quick_unlock)
            self._say_away(problem)

        def failed(problem: Exception) -> None:
            done("")
            desk.errands.tell(problem)

        desk.later(lambda: self.frame_.door.set_quick(desk.desk, on), done, failed, owner=self)

    def _say_away(self, sentence: str) -> None:
        """Why the computer's sign-in does not open it, beside what was pressed."""
        self.away.setText(sentence)
        self.away.setVisible(bool(sentence))
        if sentence:
            announce(self.away, sentence)


class PassphraseCard(Card):
    """Changing the passphrase; afterwards what it does not change is said: older spare copies."""

    def __init__(self, frame: Frame, copies: CopyCard) -> None:
        self.frame_, self.copies = frame, copies
        self.old = Passphrase("The passphrase now")
        self.new = NewPassphrase(frame.door.strength)
        self.fields = holder(
            column(
                Labelled("The passphrase now", self.old),
                Labelled("The new one", self.new),
                row(PrimaryButton("Change it", on=self.change), None),
                gap=12,
            )
        )
        self.fields.hide()
        self.open_ = Button("Change the passphrase", icon="key-round", on=self._open)
        words = Muted("The recovery sheet goes on working.")
        self.after = self._about_copies()
        super().__init__(Heading("Passphrase"), words, row(self.open_, None), self.fields, self.after, gap=10)

    def _about_copies(self) -> Card:
        self.copy_now = Button("Make a new copy now", icon="save", on=self._copy)
        words = Text(OLD_COPIES)
        after = Card(words, row(self.copy_now, None), kind="ask", gap=10, margins=(16, 12, 16, 12))
        after.hide()
        return after

    def _copy(self) -> None:
        self.after.hide()
        self.copies.start()

    def _open(self) -> None:
        self.fields.show()
        self.open_.hide()
        self.old.setFocus()

    def change(self) -> None:
        """Change it, off the UI thread: it takes a second on purpose."""
        if not self.new.good():
            return
        old, new, door = self.old.text(), self.new.text(), self.frame_.door
        self.fields.setEnabled(False)
        self.frame_.desk.later(
            lambda: door.set_passphrase(old, new), lambda _: self._changed(), self._failed, owner=self
        )

    def _changed(self) -> None:
        self._reset()
        self.after.show()
        self.frame_.say("done", "The new passphrase is set.")
        self.copy_now.setFocus()

    def _failed(self, problem: Exception) -> None:
        self.fields.setEnabled(True)
        self.frame_.desk.errands.tell(problem)
        self.old.setFocus()

    def _reset(self) -> None:
        self.old.clear()
        self.new.clear()
        self.fields.setEnabled(True)
        self.fields.hide()
        self.open_.show()


class PapersCard(Card):
    """What plans and letters say of the landlord and the officer. Saved when a field is left."""

    def __init__(self, frame: Frame) -> None:
        self.frame_ = frame
        told = frame.landlord()
        lines = (
            ("name", "landlord", "Landlord", told.name),
            ("closed_number", "landlord", "Number when we are closed", told.closed_number),
            ("second_name", "landlord", "Who else residents can ring", told.second_name),
            ("second_number", "landlord", "Their number", told.second_number),
            ("name", "officer", "Your name", told.officer),
            ("number", "officer", "Your number", told.officer_number),
            ("hours", "officer", "When you can be reached", told.officer_hours),
        )
        self.fields: list[Field] = []
        shown: list[QWidget] = []
        for key, whose, label, value in lines:
            field = Field(value, name=label, limit=120)
            field.editingFinished.connect(lambda f=field, k=key, w=whose: self._keep(f, k, w))
            self.fields.append(field)
            shown.append(Labelled(label, field))
        self._kept = {id(f): f.text() for f in self.fields}
        numbers = Button("Numbers of others", icon="phone", on=lambda: open_numbers(frame))
        super().__init__(Heading("What papers say"), *shown, row(numbers, None), gap=12)

    def _keep(self, field: Field, key: str, whose: str) -> None:
        from asbdesk.casework.landlord import change_landlord, change_member

        text = field.text().strip()
        if text == self._kept[id(field)]:
            return
        desk = self.frame_.desk
        try:
            if whose == "landlord":
                desk.do(change_landlord, **{key: text})
            else:
                desk.do(change_member, desk.member, **{key: text})
        except UserError as problem:
            self.frame_.say("problem", str(problem))
            return
        self._kept[id(field)] = text

    def flush(self) -> None:
        for field in self.fields:
            if field.hasFocus():
                field.editingFinished.emit()
