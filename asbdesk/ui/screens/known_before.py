"""Has this happened before: people, homes and cases that fit what is typed, beside the report, each with a choice."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from asbdesk.casework.before import Before, KnownCase, KnownPerson, before, similar
from asbdesk.ui.frame import Frame
from asbdesk.ui.widgets.buttons import Button, QuietButton
from asbdesk.ui.widgets.layout import TOP, Card, column, empty, holder, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

LOOKS_AT = ("name", "address", "phone", "other_name", "other_address", "person", "other", "case", "behaviours")
"""Answers that change what is found."""


class KnownBefore(QWidget):
    """`chose(answers)`: what a choice sets among the report's answers; None takes one away."""

    chose = Signal(object)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame_ = frame
        self.values: dict[str, Any] = {}
        self._shown: tuple[object, ...] = ()
        self._case_next: QWidget | None = None
        self._person_next: QWidget | None = None
        self._box = column(gap=10)
        self.setLayout(column(Card(Heading("Has this happened before?", 3), holder(self._box), gap=10), None))

    def show_for(self, values: Mapping[str, Any]) -> None:
        """Look for what fits these answers; drawn anew only when something else is found, so that the focus stays."""
        self.values = {id: str(values.get(id) or "") for id in LOOKS_AT}
        told = self.values
        caller = self._find(told["name"], told["address"], told["phone"], told["person"])
        other = self._find(told["other_name"], told["other_address"], "", told["other"])
        picked = tuple(self.values[id] for id in ("person", "other", "case"))
        like = self._like(values, [case.id for case in (*caller.cases, *other.cases)])
        if (caller, other, picked, like) == self._shown:
            return
        self._shown = (caller, other, picked, like)
        self._case_next = self._person_next = None
        empty(self._box)
        self._draw(caller, other)
        self._draw_like(like)

    def _like(self, values: Mapping[str, Any], known: list[str]) -> tuple[KnownCase, ...]:
        kinds, desk = values.get("behaviours"), self.frame_.desk
        told = {"address": self.values["address"], "kinds": kinds if isinstance(kinds, list) else (), "known": known}
        found: tuple[KnownCase, ...] = desk.read(similar, desk.today, **told)
        return found

    def _draw_like(self, like: tuple[KnownCase, ...]) -> None:
        """Another household's case: it is known of, and what is told now does not go in there."""
        if like:
            self._box.addWidget(Text("Like it, near there", "overline"))
        for case in like:
            pill = Pill("Open", "blue") if case.open else Pill("Closed", "green")
            words = column(row((Text(case.title, "strong"), 1), (pill, TOP), gap=8), gap=4)
            words.addWidget(Muted(" · ".join(t for t in (case.reference, case.when) if t), small=True))
            self._box.addWidget(Card(words, kind="inner"))

    def _find(self, name: str, address: str, phone: str, person: str) -> Before:
        desk = self.frame_.desk
        return desk.read(before, desk.today, name=name, address=address, phone=phone, person=person)

    def _draw(self, caller: Before, other: Before) -> None:
        if caller.people:
            self._box.addWidget(Text("Who may be telling us", "overline"))
        for person in caller.people:
            self._box.addWidget(self._person(person, "person"))
        if other.people:
            self._box.addWidget(Text("Whom it may be about", "overline"))
        for person in other.people:
            self._box.addWidget(self._person(person, "other"))
        for home in dict.fromkeys((*caller.homes, *other.homes)):
            self._box.addWidget(Card(row(Icon("house", "muted", 20), (Text(home, "strong"), 1)), kind="inner"))
        cases = list({case.id: case for case in (*caller.cases, *other.cases)}.values())
        if cases:
            self._box.addWidget(Text("What we know already", "overline"))
        for case in cases:
            self._box.addWidget(self._case(case))
        if not (caller.people or other.people or caller.homes or other.homes or cases):
            self._box.addWidget(Muted("Nothing that fits. Names, addresses and numbers are looked for as you type."))

    def _person(self, person: KnownPerson, part: str) -> Card:
        picked = self.values[part] == person.id
        words = column(Text(person.name, "strong"), Muted(person.detail, small=True), gap=2)
        does = "This caller" if part == "person" else "The other person"
        if picked:
            name = f"{person.name}: not this one"
            act: QWidget = QuietButton("Not this one", name=name, on=partial(self._choose, {part: None}))
            self._person_next = act
            words.addWidget(Wrap(Pill(does, "green"), act))
        else:
            answers = self._answers(person, part)
            act = Button("Choose", name=f"Choose {person.name}: {does.lower()}", on=partial(self._choose, answers))
            words.addWidget(Wrap(act))
        icon = Icon("user-round", "accent" if picked else "muted", 20)
        return Card(row((icon, TOP), (holder(words), 1), gap=10), kind="chosen" if picked else "inner")

    @staticmethod
    def _answers(person: KnownPerson, part: str) -> dict[str, str | None]:
        if part == "other":
            return {"other": person.id, "other_name": person.name, "other_address": person.address}
        told = {"name": person.name, "address": person.address, "phone": person.phone, "language": person.language}
        return {"person": person.id, **{id: words for id, words in told.items() if words}}

    def _case(self, case: KnownCase) -> Card:
        picked = self.values["case"] == case.id
        pill = Pill("Open", "blue") if case.open else Pill("Closed", "green")
        words = column(row((Text(case.title, "strong"), 1), (pill, TOP), gap=8), gap=4)
        words.addWidget(Muted(" · ".join(t for t in (case.reference, case.when, case.part) if t), small=True))
        if case.closed_because:
            words.addWidget(Text(f"Closed because: {case.closed_because}. Read it back: is that right?", "body"))
        if case.finding:
            words.addWidget(Text(f"{case.finding}.", "body"))
        words.addWidget(Wrap(*self._case_acts(case, picked)))
        return Card(words, kind="chosen" if picked else "inner")

    def _case_acts(self, case: KnownCase, picked: bool) -> list[QWidget]:
        if picked:
            apart = partial(self._choose, {"case": None, "same_as": None, "worse": None})
            return [Pill("It goes in here", "green"), QuietButton("Keep apart", name="Keep it apart", on=apart)]
        if case.part == "Alleged perpetrator" and self.values["person"]:
            return [Muted("What the other person reports opens a case of its own.", small=True)]
        does = "More of the same" if case.open else "Open it again"
        answers = {"case": case.id, "same_as": case.report or None}
        act = Button(does, name=f"{does}: {case.reference}", on=partial(self._choose, answers))
        self._case_next = self._case_next or act
        return [act]

    def go_on(self) -> None:
        """Once somebody was chosen: on to their case, or to who was chosen; what was pressed is drawn anew."""
        after = self._case_next or self._person_next
        if after is not None:
            after.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, answers: dict[str, str | None]) -> None:
        self.chose.emit(answers)
