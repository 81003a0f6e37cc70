"""Two cases that report each other side by side; and a place with its many households, who hears how."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from asbdesk.casework import common_plan
from asbdesk.casework.links import agree_updates
from asbdesk.casework.sides import Household, Place, Side, place, sides
from asbdesk.casework.words import number
from asbdesk.clock import full_day
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.case.paper import show_paper
from asbdesk.ui.screens.oversight import ListPage
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.fields import Choice, Labelled
from asbdesk.ui.widgets.layout import TOP, Card, column, holder, redrawn, row
from asbdesk.ui.widgets.text import Bubble, Heading, Icon, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap

MARK = {False: ("clock", "accent"), True: ("circle-check", "green")}
"""Is a step done → its icon and tone."""
SECOND = "A second officer takes"
APART = "Each has a case of its own. Nothing that one of them told us is said to the other."


class SidesPage(ListPage):
    """The same facts on both sides; who reported first stands nowhere."""

    wide = 1240

    def __init__(self, frame: Frame, case: str) -> None:
        super().__init__(frame, "They report each other", APART)
        self.case = case
        self.sides: tuple[Side, ...] = frame.desk.read(sides, case)
        if not self.sides:
            self.body.addWidget(self._none())
        elif not all(side.two_officers for side in self.sides):
            words = "One officer has both. Offer a second one; until then visit apart, and a manager reads both plans."
            self.body.addWidget(Card(Text(words, "strong"), kind="ask"))
        cards = row(*((self._side(side), 1) for side in self.sides), gap=14)
        self.body.addLayout(cards)
        self.body.addStretch(1)

    def _none(self) -> QWidget:
        words = "No case is tied to this one as a counter-report. A report by the other person has a case of its own."
        tie = Button("Tie it to another case", icon="folder-open", on=self._tie)
        told = column(Muted(words), row(tie, None), gap=10)
        return Card(row((Bubble("users", "grey"), TOP), (holder(told), 1), gap=14))

    def _tie(self) -> None:
        self.left.emit()
        self.frame_.act(self.case, None, "add:course.tie")

    def _side(self, side: Side) -> QWidget:
        here = [Pill("This case", "blue")] if side.case == self.case else []
        head = row((Heading(side.whose or side.reference, 2), 1), *here, gap=8)
        facts = column(gap=8)
        for what, words in side.facts:
            facts.addLayout(row((Muted(what, small=True), 2), (Text(words, "body"), 3), gap=10))
        go = Button("Open", name=f"Open {side.reference}", on=partial(self.open_case, side.case))
        reads = partial(self._act, side.case, "both_plans_read")
        read = Button("Both plans read", icon="eye", name=f"A manager read the plans, {side.reference}", on=reads)
        acts: list[QWidget] = [go, read]
        if not side.two_officers:
            does = partial(self._act, side.case, "second_officer")
            acts.append(
                Button("A second officer takes it", icon="user-plus", name=f"{SECOND} {side.reference}", on=does)
            )
        card = Card(Muted(side.reference, small=True), head, facts, Wrap(*acts, gap=8), gap=10)
        card.setAccessibleName(f"{side.reference}, {side.whose}")
        return card

    def _act(self, case: str, add: str) -> None:
        self.left.emit()
        self.frame_.act(case, None, f"add:other_person.{add}")


class PlacePage(ListPage):
    """Each household in its own right; how each hears from us is chosen here."""

    def __init__(self, frame: Frame, case: str) -> None:
        words = "One problem, many homes. An update goes to each apart; none learns who else spoke."
        super().__init__(frame, "The households of this place", words)
        self.case = case
        self.place: Place = frame.desk.read(place, case)
        self.draw()

    def draw(self) -> None:
        """Read it again."""
        with redrawn(self.body):
            self.place = self.frame_.desk.read(place, self.case)
            told = self.place.words or "It is not written down yet which place it is about."
            count = number(len(self.place.households), "household")
            silent = f"{number(self.place.silent, 'household')} nobody has spoken to" if self.place.silent else ""
            pills = [Pill(silent, "red")] if silent else []
            change = Button("It is about a place", icon="map-pin", on=partial(self._add, "place"))
            top = column(row((Text(told, "strong"), 1), *pills, gap=8), Muted(count), Wrap(change), gap=6)
            self.body.addWidget(Card(holder(top)))
            if self.place.words:
                self.body.addWidget(self._common())
            for each in self.place.households:
                self.body.addWidget(self._household(each))
            self.body.addStretch(1)

    def _common(self) -> QWidget:
        """What we do for everybody: one list, one page, nobody's name."""
        found = self.frame_.desk.read(common_plan.steps, self.case)
        why = "Once, for all of them, on a page that names nobody. What is theirs alone stands in each one's own plan."
        lines = [row((Icon(*MARK[bool(each.done)], 18), TOP), (Text(each.text), 1), gap=8) for each in found]
        add = Button("A step for everyone there", icon="plus", on=partial(self._add, "place_step"))
        show = [Button(common_plan.PAGE, icon="file-text", on=self._page)] if found else []
        return Card(Heading("For everyone there", 2), Muted(why), *lines, Wrap(add, *show, gap=8), gap=10)

    def _page(self) -> None:
        """The page for everyone, shown as it prints; from there it is printed or saved."""
        desk = self.frame_.desk
        leaving = desk.read(common_plan.leaving, self.case, desk.member)
        made = partial(common_plan.page_pdf, desk.desk, self.case)
        show = partial(show_paper, self.frame_, name=common_plan.PAGE, leaving=leaving)
        desk.later(made, show, owner=self)

    def _household(self, one: Household) -> QWidget:
        spoken = f"Last spoken to {full_day(one.spoken[:10])}" if one.spoken else "Nobody has spoken to them"
        names = [(h.person, f"Through {h.name}") for h in self.place.households if h.person != one.person]
        ways = [("own", "Hears from us"), ("none", "Notices only"), *names]
        choice = Choice(ways, name=f"How does {one.name} hear?", value=one.updates)
        choice.chosen.connect(partial(self._agree, one.person))
        facts = "  ·  ".join(t for t in (one.role, one.address, one.agreed) if t)
        quiet = not one.spoken and one.updates != "none"
        title = row((Text(one.name, "strong"), 1), Pill(spoken, "red" if quiet else "grey"), gap=8)
        words = column(title, Muted(facts, small=True), Labelled("How do they hear?", choice), gap=6)
        return Card(row((Bubble("house", "blue"), TOP), (holder(words), 1), gap=14))

    def _agree(self, person: str, updates: str) -> None:
        done = self.frame_.desk.do(agree_updates, self.case, person, updates)
        self.frame_.say_done("It is written down how they hear.", done)
        self.draw()

    def _add(self, add: str) -> None:
        from asbdesk.ui.screens.case.adding import open_add

        self.left.emit()
        open_add(self.frame_, self.case, "course", add)


def _over(frame: Frame, page: ListPage) -> None:
    page.left.connect(frame.close_over)
    frame.open_over(page)


def open_sides(frame: Frame, case: str) -> None:
    """Over the window."""
    _over(frame, SidesPage(frame, case))


def open_place(frame: Frame, case: str) -> None:
    """Over the window."""
    _over(frame, PlacePage(frame, case))
