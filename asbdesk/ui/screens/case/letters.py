"""Letters of a case: choose whom and which, and everything that was sent, with its locked copy and how it went."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.casework.parts import PartCard, part, parts
from asbdesk.ui import theme
from asbdesk.ui.screens.case.adding import open_add
from asbdesk.ui.screens.case.tab import SeenTab
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.fields import Choice, Labelled
from asbdesk.ui.widgets.layout import GUTTER, TOP, Card, Scroll, column, holder, redrawn, row
from asbdesk.ui.widgets.slices import put
from asbdesk.ui.widgets.text import Bubble, Heading, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk
    from asbdesk.casework.way_out import Leaving

AT_ONCE = 40
"""Cards drawn at once; the rest after "Show more"."""
PAPERS = (
    ("diary", "Diary sheet", "notebook-pen"),
    ("contact", "Contact card", "phone"),
    ("next", "What happens next", "info"),
)
"""Papers to give along: a key of `casework.papers.MAKE`, what the button says, its icon."""


class LettersTab(SeenTab):
    """At the top whom it is for and the letters that fit; below, everything that was sent, the newest first."""

    name, title = "letters", "Letters"

    def __init__(self, frame: Any, view: Any) -> None:
        super().__init__(frame, view)
        self.many = AT_ONCE
        self.person = ""
        self._sent: object = None
        self._ready = False
        """The letters' files were read once: from then on they are at hand."""
        frame.desk.later(partial(_read, frame.desk.desk), self._read, owner=self)
        self._write, self._box = QVBoxLayout(), QVBoxLayout()
        for box in (self._write, self._box):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(theme.current().gap(10))
        whole = column(self._write, self._box, None, gap=12, margins=(0, 0, GUTTER, 0))
        self.setLayout(column((Scroll(holder(whole)), 1), gap=0))

    def another_case(self) -> None:
        self.many, self.person = AT_ONCE, ""

    def draw(self) -> None:
        """Read again what is shown."""
        if self.page is None:
            return
        people = self._people()
        if self.person not in {id for id, _ in people}:
            self.person = people[0][0] if people else ""
        letters = self._offered() if self.person and self._ready else ()
        if self.news(self.page.line.id, people, self.person, self._ready, letters):
            with redrawn(self._write):
                if not self.person:
                    self._write.addWidget(Card(Muted("Add somebody to the case first: a letter is to a person.")))
                elif self._ready:
                    self._draw_write(people, letters)
        self._draw_sent()

    def _offered(self) -> tuple[Any, ...]:
        from asbdesk.casework.letters import offered

        assert self.page is not None
        return tuple(offered(self.frame_.desk.desk, self.page.line.id, self.person))

    def _read(self, _: object) -> None:
        self._ready = True
        if self.isVisibleTo(self.view):
            self.draw()

    def _people(self) -> tuple[tuple[str, str], ...]:
        from asbdesk.casework.parts.choices import people

        assert self.page is not None
        found: tuple[tuple[str, str], ...] = self.frame_.desk.read(people, self.page.line.id)
        return found

    # ---- writing
    def _draw_write(self, people: tuple[tuple[str, str], ...], letters: tuple[Any, ...]) -> None:
        whom = Choice(people, name="Who is the letter for?", value=self.person)
        whom.chosen.connect(self._choose)
        self.setFocusProxy(whom)
        made = [Button(w.name, icon=w.icon, name=f"Write: {w.name}", on=partial(self._open, w.id)) for w in letters]
        asked = Labelled("Who is the letter for?", whom)
        elsewhere = Button("A letter written elsewhere", icon="pen-line", on=partial(self._add, "letter_elsewhere"))
        self._write.addWidget(Card(Heading("Write a letter"), asked, Wrap(*made, gap=8), gap=12))
        papers = [Button(words, icon=icon, on=partial(self._paper, key, words)) for key, words, icon in PAPERS]
        self._write.addWidget(Card(Heading("To give along", 3), Wrap(*papers, elsewhere, gap=8), gap=10))

    def _choose(self, person: str) -> None:
        self.person = person
        self.draw()
        self.setFocus()  # drawn anew, whom it is for is asked in the same place: arrows go on from there

    def _open(self, letter: str) -> None:
        from asbdesk.ui.screens.case.letter_page import open_letter

        assert self.page is not None
        first = next(((of, add) for of in parts() for add in of.adds if add.letter == letter), None)
        if first is not None and self.page.line.status == "open":  # its form comes first, and leads on to the letter
            open_add(self.frame_, self.page.line.id, first[0].name, first[1].id)
            return
        open_letter(self.frame_, self.page.line.id, letter, self.person)

    def _paper(self, key: str, name: str) -> None:
        """A paper to give along, shown as it prints; from there it is printed or saved."""
        from asbdesk.casework.papers import make_paper
        from asbdesk.casework.way_out import given_leaving
        from asbdesk.ui.screens.case.paper import show_paper

        assert self.page is not None
        desk, case, person = self.frame_.desk, self.page.line.id, self.person
        made = partial(make_paper, desk.desk, key, case, person)
        leaving = desk.read(given_leaving, case, person, name, desk.member)
        desk.later(made, lambda pdf: show_paper(self.frame_, pdf, name, leaving=leaving), owner=self)

    # ---- what was sent
    def _draw_sent(self) -> None:
        assert self.page is not None
        desk = self.frame_.desk
        cards = desk.read(part("letters").cards, self.page.line.id, desk.today)
        sent = self.page.line.id, self.many, cards
        if sent != self._sent:
            self._sent = sent
            with redrawn(self._box):
                self.slices.begin(self._cards(cards), self.at_once())

    def _cards(self, cards: tuple[PartCard, ...]) -> Iterator[Callable[[], object]]:
        for card in cards[: self.many]:
            yield lambda card=card: put(self._box, self._card(card))  # type: ignore[misc]
        if len(cards) > self.many:
            more = f"Show more ({len(cards) - self.many})"
            yield lambda: put(self._box, holder(row(Button(more, on=self._more), None)))
        if not cards:
            none = Card(row((Bubble("mail", "grey"), TOP), (Muted(part("letters").empty), 1), gap=12))
            yield lambda: put(self._box, none)

    def _more(self) -> None:
        self.many += AT_ONCE
        self._draw_sent()

    def _card(self, card: PartCard) -> QWidget:
        pills = [Pill(p.text, theme.tone(p.tone)) for p in card.pills]
        words = column(row((Text(card.title, "strong"), 1), *pills, gap=8), Muted(card.when, small=True), gap=3)
        for line in (*card.lines, card.text):
            if line:
                words.addWidget(Text(line, "body"))
        words.addWidget(Wrap(*self._acts(card), gap=8))
        made = Card(row((Bubble(card.icon, theme.tone(card.tone)), TOP), (holder(words), 1), gap=14))
        made.setAccessibleName(", ".join(t for t in (card.title, card.when, *(p.text for p in card.pills)) if t))
        return made

    def _acts(self, card: PartCard) -> list[QWidget]:
        named = part("letters")
        acts: list[QWidget] = []
        if not card.lines or not card.lines[0].startswith("Written elsewhere"):
            acts = [
                Button("Look at it", icon="eye", name=f"Look at {card.title}", on=partial(self._look, card)),
                Button("Print", icon="printer", name=f"Print {card.title}", on=partial(self._print, card)),
                Button("Save a copy", icon="save", name=f"Save {card.title}", on=partial(self._save, card)),
            ]
        for id in card.acts:
            add = named.add(id)
            name = f"{add.title}: {card.title}"
            acts.append(Button(add.title, icon=add.icon, name=name, on=partial(self._add, id, card.about)))
        return acts

    def _add(self, add: str, about: str = "") -> None:
        assert self.page is not None
        open_add(self.frame_, self.page.line.id, "letters", add, about)

    def _shown(self, card: PartCard) -> bytes:
        from asbdesk.casework.letters import sealed_pdf
        from asbdesk.documents.preview import flattened

        return flattened(sealed_pdf(self.frame_.desk.desk, card.about))

    def _look(self, card: PartCard) -> None:
        from asbdesk.ui.screens.case.paper import show_paper

        made = partial(self._shown, card)
        self.frame_.desk.later(made, lambda pdf: show_paper(self.frame_, pdf, "The letter"), owner=self)

    def _leaving(self, card: PartCard) -> Leaving:
        """Looked at again now: a rule may have come since it was locked."""
        from asbdesk.casework.way_out import letter_leaving

        return self.frame_.desk.read(letter_leaving, card.about, self.frame_.desk.member)

    def _print(self, card: PartCard) -> None:
        from asbdesk.ui.screens.case.leaving import print_out

        print_out(self, self.frame_, self._leaving(card), partial(self._shown, card), "Letter")

    def _save(self, card: PartCard) -> None:
        from asbdesk.casework.letters import sealed_pdf
        from asbdesk.ui.screens.case.leaving import save_out

        made = partial(sealed_pdf, self.frame_.desk.desk, card.about)
        save_out(self, self.frame_, self._leaving(card), made, "Letter.pdf")


def _read(desk: Desk) -> None:
    """Read every letter's file: the first time takes a while, so it is done beside."""
    from asbdesk.letters.load import library

    library(desk.store.paths.own_letters)
