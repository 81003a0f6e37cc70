"""For managers and the governing body: the week's pack, the report, and how we kept to our own policy, in numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from asbdesk.casework.periods import PERIODS, began
from asbdesk.clock import instant, long_day
from asbdesk.documents.governing_report import UPHELD_2023_24, KeptTo
from asbdesk.ui import theme
from asbdesk.ui.asking import warned_of_printers
from asbdesk.ui.frame import Frame
from asbdesk.ui.papers import OPEN_PLACE, print_pages, save_bytes
from asbdesk.ui.screens.oversight import ListPage
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.layout import TOP, Card, column, empty, holder, line, row
from asbdesk.ui.widgets.text import Heading, Icon, Muted, Pill, Text
from asbdesk.ui.widgets.tiles import TileGroup
from asbdesk.ui.widgets.wrap import Wrap

if TYPE_CHECKING:
    from asbdesk.casework.governing import Looked

SHOWN = 12
"""Duties named one by one, those with most late first."""


class ReportsPage(ListPage):
    """The days are chosen once, for the numbers here and for the report."""

    def __init__(self, frame: Frame) -> None:
        words = "For the managers’ meeting and the governing body. Nobody is named on paper."
        super().__init__(frame, "Reports", words)
        self.which = TileGroup(list(PERIODS.items()), name="Which days", columns=4, small=True)
        self.which.set_value(next(iter(PERIODS)))
        self.which.chosen.connect(lambda _: self._read())
        self._box = QVBoxLayout()
        self._box.setSpacing(theme.current().gap(14))
        weekly = "Complaints with their clocks, what is late, hate incidents, what went well. Cases by number."
        board = "How we kept to our policy, hate, complaints and learning, in numbers."
        self.body.addWidget(self._paper("This week’s cases", weekly, self._weekly))
        self.body.addWidget(self._paper("Report to the governing body", board, self._board, self.which))
        self.body.addLayout(self._box)
        self.body.addStretch(1)
        self._read()

    # ---- papers
    def _paper(self, title: str, words: str, make: Callable[[], bytes], *asked: QWidget) -> Card:
        acts = (
            Button("Look at it", icon="eye", name=f"Look at: {title}", on=partial(self._look, title, make)),
            Button("Print", icon="printer", name=f"Print: {title}", on=partial(self._print, title, make)),
            Button("Save a copy", icon="save", name=f"Save a copy: {title}", on=partial(self._save, title, make)),
        )
        return Card(Heading(title), Muted(words), *asked, Wrap(*acts), gap=10)

    def _weekly(self) -> bytes:
        from asbdesk.casework.weekly import pack
        from asbdesk.documents.weekly_pack import make

        desk = self.frame_.desk
        return make(desk.desk.read(pack, desk.member, desk.today, instant(desk.clock.now())))

    def _board(self) -> bytes:
        from asbdesk.casework.governing import paper
        from asbdesk.documents.governing_report import make

        desk, at = self.frame_.desk, instant(self.frame_.desk.clock.now())
        return make(desk.desk.read(paper, desk.member, self._since(), desk.today, desk.today, at))

    def _since(self) -> str:
        return began(str(self.which.value()), self.frame_.desk.today)

    def _look(self, title: str, make: Callable[[], bytes]) -> None:
        from asbdesk.ui.screens.case.paper import show_paper

        self.frame_.desk.later(make, lambda pdf: show_paper(self.frame_, pdf, title), owner=self)

    def _print(self, title: str, make: Callable[[], bytes]) -> None:
        if warned_of_printers(self.frame_):
            desk = self.frame_.desk
            desk.later(make, lambda pdf: print_pages(self, pdf, title, desk), owner=self)

    def _save(self, title: str, make: Callable[[], bytes]) -> None:
        def made(pdf: bytes) -> None:
            saved = save_bytes(self, pdf, f"{title}.pdf")
            if saved is not None:
                self.frame_.say("warning", f"Saved as {saved.name}. {OPEN_PLACE}")

        self.frame_.desk.later(make, made, owner=self)

    # ---- the numbers
    def _read(self) -> None:
        from asbdesk.casework.governing import looked

        desk, since = self.frame_.desk, self._since()
        desk.later(partial(desk.desk.read, looked, since, desk.today), partial(self._draw, since), owner=self)

    def _draw(self, since: str, found: Looked) -> None:
        if since != self._since():  # other days were chosen meanwhile
            return
        empty(self._box)
        for card in (self._kept(since, found), self._policies(found), self._complaints(found)):
            self._box.addWidget(card)

    def _kept(self, since: str, found: Looked) -> Card:
        words = f"What fell due since {long_day(since)}, against the times of our own policy."
        words += " Counted from practice cases: invented." if found.practice else ""
        card = Card(Heading("How we kept to our policy"), Muted(words))
        box = card.layout()
        assert isinstance(box, QVBoxLayout)
        for one in found.kept[:SHOWN]:
            box.addWidget(line())
            box.addWidget(_kept_line(one))
        if not found.kept:
            box.addWidget(Text("Nothing fell due in these days."))
        elif len(found.kept) > SHOWN:
            box.addWidget(Muted(f"{len(found.kept) - SHOWN} more, with fewer late than these."))
        return card

    def _policies(self, found: Looked) -> Card:
        gaps = [*found.gaps, *(f"Longer than usual: {each}." for each in found.longer)]
        lines = [row((Icon("triangle-alert", "amber", 18), TOP), (Text(gap, "body"), 1), gap=8) for gap in gaps]
        if not gaps:
            lines = [row((Text("Every policy that is asked for is written down, and none is past its day."), 1))]
        opens = Button("Our own records", icon="list-checks", on=self._records)
        return Card(Heading("Our policies"), *lines, Wrap(opens), gap=10)

    def _complaints(self, found: Looked) -> Card:
        share = f"{round(100 * found.upheld / found.answered)}%" if found.answered else "none answered yet"
        told = f"Answered in these days: {found.answered}. Right, or right in part: {share}."
        beside = f"The Housing Ombudsman, all landlords, 2023-24: {UPHELD_2023_24}% of what it decided about this."
        why = "Ours are our own answers. Far fewer of ours may mean that we say no too often."
        return Card(Heading("Complaints about us"), Text(told), Text(beside), Muted(why), gap=6)

    def _records(self) -> None:
        from asbdesk.ui.screens.registers import open_registers

        self.left.emit()
        open_registers(self.frame_)


def _kept_line(one: KeptTo) -> QWidget:
    marks = [Pill(f"{one.departed} late or not done", "amber")] if one.departed else [Pill("All in time", "green")]
    waived = f", {one.waived} not needed" if one.waived else ""
    words = f"{one.in_time} of {one.owed} in time, {one.late} done late, {one.still} still not done{waived}"
    title = column(Text(one.name, "strong"), Text(words, "small"), gap=2)
    return holder(row((holder(title), 1), *((mark, TOP) for mark in marks), gap=10))


class BoardCard(Card):
    """What managers and the governing body ask for, among the settings."""

    def __init__(self, frame: Frame) -> None:
        from asbdesk.ui.screens.registers import open_registers

        kept = Button("Our policies and records", icon="list-checks", on=lambda: open_registers(frame))
        told = Button("Reports", icon="file-text", on=lambda: open_reports(frame))
        words = Muted("Policies, training and reviews; the week’s pack, and the report to the governing body.")
        super().__init__(Heading("For managers and the board"), words, Wrap(kept, told), gap=10)


def open_reports(frame: Frame) -> ReportsPage:
    """The page over the window."""
    page = ReportsPage(frame)
    page.left.connect(frame.close_over)
    frame.open_over(page)
    return page
