"""Adding to a case: its short form as a page, and the list of everything that can be added, found by typing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from asbdesk.casework.begun import Begun, begun_adds
from asbdesk.casework.called import LOOSE, NOT, limit, rank, typed_parts
from asbdesk.casework.parts import Add, Part, PartCard, Taking, part, parts
from asbdesk.clock import short_moment
from asbdesk.forms.answers import is_unanswered
from asbdesk.forms.filling import with_choices
from asbdesk.forms.load import one_form
from asbdesk.ui import theme
from asbdesk.ui.asking import ask_yes
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.acting import go_on
from asbdesk.ui.screens.case.leaving import with_reason
from asbdesk.ui.screens.case.own_pages import BEYOND, Opens, own_pages
from asbdesk.ui.screens.form_page import FormPage
from asbdesk.ui.widgets.buttons import Button, IconButton, QuietButton
from asbdesk.ui.widgets.fields import SearchField
from asbdesk.ui.widgets.layout import MARGIN, Bar, Card, Scroll, column, holder, middle, redrawn, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Text
from asbdesk.ui.widgets.wrap import Wrap

ACROSS = 1180
"""Pixels at 100 % text that the page takes at most."""


class AddPage(FormPage):
    """One add of one case, or one that goes on from the record `about`."""

    def __init__(self, frame: Frame, case: str, add: Add, about: str = "") -> None:
        desk = frame.desk
        asked = desk.ask(add.choices, case, about)
        shipped = one_form(add.id, desk.desk.store.paths.own_forms)
        form = with_choices(shipped, asked.value)
        facts = desk.read(add.facts, case, about)
        run_as = f"{add.id}:{about}" if about else add.id
        super().__init__(frame, case, form, form.banner, add.finish, facts=facts, run_as=run_as)
        self.add, self.about, self.as_of = add, about, asked.as_of
        for question, value in desk.read(add.begins, case, about).items():
            self.values.setdefault(question, value)
        self.draw()

    def save(self, answers: Mapping[str, Any]) -> None:
        given = {question: value for question, value in answers.items() if not is_unanswered(value)}
        taking = Taking(self.frame_.desk.desk, self.case, self.about, given, self.as_of, self.run or None)
        if self.add.letter:
            self._with_its_letter(taking)
            return
        done = with_reason(self, lambda why: self.add.carry_out(replace(taking, why=why.reason)))
        if done is None:
            return
        then = self.add.then(taking, done)
        self.frame_.desk.changed.emit(done.changed)
        self.left.emit()
        self.frame_.say_done(self.add.done, done)
        if then:
            self.frame_.act(self.case, None, then)

    def _with_its_letter(self, taking: Taking) -> None:
        """On to the letter it goes out with: both are done in one breath there, and this form is kept until then."""
        from asbdesk.ui.screens.case.letter_page import closing_letter

        self.left.emit()
        closing_letter(self.frame_, self.case, taking.answers, lambda: self.add.carry_out(taking))


def open_add(frame: Frame, case: str, of: str, add: str, about: str = "") -> AddPage:
    """The form of the add called `add`, of the part called `of`, over the window."""
    page = AddPage(frame, case, part(of).add(add), about)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page


@dataclass(frozen=True)
class Mending:
    """Which records of a part can be put right, and which crossed out."""

    right: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()


def mendable(frame: Frame, case: str, cards: Sequence[PartCard]) -> Mending:
    """What can be done about a mistake in these records, read at once."""
    from asbdesk.casework.parts.crossing_out import can_be_crossed_out, can_be_put_right

    ids = [card.about for card in cards]
    return Mending(frame.desk.read(can_be_put_right, case, ids), frame.desk.read(can_be_crossed_out, case, ids))


def mending(frame: Frame, case: str, card: PartCard, can: Mending) -> list[QWidget]:
    """The buttons that put a record right, and that cross it out."""
    made: list[QWidget] = []
    if card.about in can.right:
        name = f"Put right: {card.title}"
        made.append(IconButton("pen-line", name, on=partial(frame.correct, case, card.about)))
    if card.about in can.away:
        name = f"Cross out: {card.title}"
        made.append(
            IconButton("eraser", name, on=partial(open_add, frame, case, "crossing_out", "cross_out", card.about))
        )
    return made


class AddMenu(QWidget):
    """Everything that can be added to a case, by part; typing leaves what fits. Return takes the first."""

    left = Signal()

    def __init__(self, frame: Frame, case: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.frame_, self.case = frame, case
        self.search = SearchField("What do you want to add?", "Type a word: referral, repair, complaint, call …")
        self.search.textChanged.connect(lambda _: self._draw())
        self.search.returnPressed.connect(self._first)
        self._box = column(gap=12, margins=(28, 14, 28, 22))
        close = IconButton("x", "Close without adding", on=self.left.emit)
        head = column(row(Heading("Add to this case", 1), None, close, gap=8), self.search, gap=10)
        top = Bar("header", column(head, margins=(28, 14, 28, 14)), ACROSS)
        self.setLayout(column(top, (Scroll(middle(self._box, ACROSS + 2 * MARGIN)), 1), gap=0))
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.left.emit)
        self.setFocusProxy(self.search)
        self.offered: list[Button] = []
        self._below = NOT
        self._cards: dict[str, tuple[PartCard, ...]] = {}
        self._draw()

    def _draw(self) -> None:
        typed = typed_parts(self.search.text())
        self._below = limit(self._ranks(typed))
        with redrawn(self._box):
            self.offered = []
            if not typed:
                self._draw_begun()
            groups = sorted(self._groups(typed), key=lambda group: group[0])
            if self._below > LOOSE or not groups:
                self._box.addWidget(Card(Muted(NEAREST if groups else _why_nothing(typed))))
            for _, draw in groups:
                draw()
            self._box.addStretch(1)

    def _ranks(self, typed: tuple[str, ...]) -> Iterator[int]:
        """Of all that there is to add, whether or not what it goes on from stands there."""
        yield from (rank(words, "", words, typed) for words, _, _ in ANYWHERE)
        for each in parts():
            yield from (rank(a.title, each.title, a.id, typed) for a in (*each.adds, *each.follows))
            yield from (rank(p[0], each.title, p[0], typed) for p in own_pages(each.name))

    def _draw_begun(self) -> None:
        """What was begun and not finished: it goes on where it was left, or is thrown away."""
        desk = self.frame_.desk
        for begun in desk.read(begun_adds, desk.desk.drafts.open_runs(self.case)):
            since = short_moment(begun.saved) if begun.saved else ""
            words = column(Text(f"Begun: {begun.title}", "strong"), Muted(f"{since} · it is kept", small=True), gap=2)
            go = Button("Go on", name=f"Go on: {begun.title}", on=partial(self._go_on, begun))
            away = QuietButton("Throw away", name=f"Throw away: {begun.title}", on=partial(self._throw, begun.run))
            self.offered.append(go)
            self._box.addWidget(Card(row(Icon("pen-line", "amber", 20), (holder(words), 1), away, go), kind="ask"))

    def _throw(self, run: str) -> None:
        if ask_yes(self, "Throw these answers away?", "What was typed there is lost.", "Throw away"):
            self.frame_.desk.desk.drafts.end(run)
            self._draw()

    def _groups(self, typed: tuple[str, ...]) -> Iterator[tuple[int, Callable[[], object]]]:
        """Each card of buttons that fits, with how well its best one does: what is called so comes before what is also
        called so, and before what only stands near it."""
        usual = [(rank(each[0], "", each[0], typed), *each) for each in (ANYWHERE if typed else USUAL)]
        fit = sorted((each for each in usual if each[0] < self._below), key=lambda each: each[0])
        if fit:
            made = partial(self._pages, [each[1:] for each in fit])
            yield fit[0][0], lambda: self._put("Most often", "star", made())
        for each in parts():
            ranked = [(rank(a.title, each.title, a.id, typed), a) for a in each.adds]
            adds = [a for at, a in sorted(ranked, key=lambda pair: pair[0]) if at < self._below]
            own = [p for p in own_pages(each.name) if rank(p[0], each.title, p[0], typed) < self._below]
            on = self._follows(each, typed)
            best = [at for at, _ in ranked] + [at for at, _, _ in on]
            later = each.name not in PAGE_FIRST  # a short form comes before a page
            best += [rank(p[0], each.title, p[0], typed) + later for p in own]
            if adds or own or on:
                yield min(best), partial(self._put_part, each, adds, own, on)

    def _put_part(self, each: Part, adds: list[Add], own: list[Opens], on: list[tuple[int, Add, PartCard]]) -> None:
        made: list[tuple[int, Button]] = []
        for at, add, card in on:
            words = ", ".join(t for t in (f"{add.title}: {card.title}", card.when) if t)
            made.append((at, Button(words, icon=add.icon, big=True, on=partial(self._take, each, add, card.about))))
        typed = typed_parts(self.search.text())
        for add in adds:
            at = rank(add.title, each.title, add.id, typed)
            made.append((at, Button(add.title, icon=add.icon, big=True, on=partial(self._take, each, add))))
        buttons = [button for _, button in sorted(made, key=lambda pair: pair[0])]
        pages = self._pages(own)
        first = bool(typed) and each.name in PAGE_FIRST
        self._put(each.title, each.icon, [*pages, *buttons] if first else [*buttons, *pages])

    def _pages(self, pages: Sequence[Opens]) -> list[Button]:
        return [Button(words, icon=icon, big=True, on=partial(self._open, opens)) for words, icon, opens in pages]

    def _follows(self, each: Part, typed: tuple[str, ...]) -> list[tuple[int, Add, PartCard]]:
        """What goes on from a record that stands already (the chase of a referral), where a word asks for it."""
        wanted = [a for a in each.follows if any(rank(a.title, "", a.id, (word,)) < LOOSE for word in typed)]
        if not wanted:
            return []
        if each.name not in self._cards:
            desk = self.frame_.desk
            self._cards[each.name] = desk.read(each.cards, self.case, desk.today)
        fit = [
            (rank(a.title, c.title, a.id, typed), a, c)
            for c in self._cards[each.name]
            for a in wanted
            if a.id in c.acts
        ]
        return [each_ for each_ in fit if each_[0] < LOOSE][:FOLLOWS]

    def _put(self, title: str, icon: str, made: list[Button]) -> None:
        self._box.addWidget(self._card(title, icon, made))

    def _card(self, title: str, icon: str, made: list[Button]) -> Card:
        self.offered += made
        head = row(Icon(icon, "muted", 20), (Heading(title, 3), 1), gap=10)
        card = Card(head, Wrap(*made, gap=10), gap=10)
        card.setMaximumWidth(theme.current().px(ACROSS))
        return card

    def _first(self) -> None:
        if self.offered:
            self.offered[0].click()

    def _go_on(self, begun: Begun) -> None:
        self.left.emit()
        go_on(self.frame_, begun)

    def _take(self, of: Part, add: Add, about: str = "") -> None:
        self.left.emit()
        open_add(self.frame_, self.case, of.name, add.id, about)

    def _open(self, opens: Callable[[Frame, str], object]) -> None:
        self.left.emit()
        opens(self.frame_, self.case)


PAGE_FIRST = ("evidence", "letters")
"""Parts whose page is what is meant most often by whoever types a word of it."""
NEAREST = "Nothing is called quite so. These come nearest:"
FOLLOWS = 6
"""Records at most that something going on from them is offered for, in each part."""


def _why_nothing(typed: tuple[str, ...]) -> str:
    """Why nothing is offered: what it goes on from may not stand there yet."""
    for each in parts():
        for add in each.follows:
            if rank(add.title, "", add.id, typed) < LOOSE:
                return f"“{add.title}” goes on from something in “{each.title}”, and nothing there waits for it yet."
    return "Nothing of that name. Try another word, or clear it to see everything."


def _report(frame: Frame, case: str) -> None:
    frame.new_report()


def _first_look(frame: Frame, case: str) -> object:
    from asbdesk.ui.screens.first_look import open_first_look

    return open_first_look(frame, case)


USUAL: tuple[tuple[str, str, Callable[[Frame, str], object]], ...] = (
    ("Record a contact", "phone", Frame.record_contact),
    ("Start a visit", "clipboard-check", Frame.start_visit),
    ("Take a report", "notebook-pen", _report),
    ("Make the hate record", "flag", lambda frame, case: frame.act(case, None, "hate")),
    ("First look at a report", "filter", _first_look),
    ("Put something right", "pen-line", Frame.correct),
)
"""What has a page of its own: its words, its icon, what opens it."""
ANYWHERE = (*USUAL, *own_pages(BEYOND))


def open_menu(frame: Frame, case: str) -> AddMenu:
    """Everything that can be added, over the window."""
    page = AddMenu(frame, case)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page
