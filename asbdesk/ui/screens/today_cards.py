"""Today's cards: the next act and its button, and behind it each thing that is due, with why and from where we know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from asbdesk.casework.views import DueLine, TodayCard, WaitingLine
from asbdesk.ui import theme
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.case.resting import open_rest
from asbdesk.ui.widgets.buttons import Button, IconButton, QuietButton
from asbdesk.ui.widgets.due_item import DueItem
from asbdesk.ui.widgets.layout import Card, column, holder, line, row
from asbdesk.ui.widgets.text import Heading, Muted, Pill, Text
from asbdesk.ui.widgets.wrap import Wrap


class CaseCard(Card):
    """One case. What stands behind it opens below it."""

    def __init__(self, frame: Frame, card: TodayCard) -> None:
        self.frame_, self.card = frame, card
        now = theme.current()
        marks: list[QWidget] = [Pill(p.text, p.tone) for p in card.pills]
        where = "  ·  ".join(b for b in (card.address, _behind(card.count) if card.behind else "") if b)
        words = column(Text(card.title, "strong"), row(*marks[:1], (Muted(where, small=True), 1), gap=8), gap=5)
        if marks[1:]:
            words.addWidget(Wrap(*marks[1:], gap=8))
        name = card.button or "Open"
        act = Button(name, name=f"{name}: {card.title}", on=partial(self._act, card.behind[0] if card.behind else None))
        act.setMinimumWidth(now.gap(150))
        more = IconButton("chevron-down", f"{_behind(card.count)}: {card.title}", on=self._turn)
        self._shown: QWidget | None = None
        top = row((holder(words), 1), *([more] if card.behind else []), act, gap=8)
        super().__init__(top, gap=6, margins=(16, 8, 10, 8))

    def _turn(self) -> None:
        """Open or close what stands behind it."""
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None
            return
        items: list[QWidget] = []
        for due in self.card.behind:
            items += [line(), DueItem(due, self._act, rest=self._rest)]
        if self.card.can_plan:
            plan = QuietButton("Plan it for a day", icon="calendar-days", on=self._plan)
            plan.setAccessibleName(f"Plan it for a day: {self.card.title}")
            items.append(holder(row(plan, None)))
        self._shown = holder(column(*items, gap=10))
        box = self.layout()
        assert box is not None
        box.addWidget(self._shown)

    def _act(self, due: DueLine | None) -> None:
        self.frame_.act(self.card.case, due, due.do if due is not None else self.card.do)

    def _rest(self, due: DueLine, how: str) -> None:
        open_rest(self.frame_, self.card.case, due, how)

    def _plan(self) -> None:
        open_rest(self.frame_, self.card.case, None, "plan")


def waiting_card(frame: Frame, waiting: Sequence[WaitingLine]) -> QWidget:
    """The lane "Late, waiting": still counted as late."""
    head = row(Heading("Late, waiting", wrap=False), Pill(str(len(waiting)), "grey"), None, gap=10)
    items: list[QWidget] = [Muted("Still counted as late.", small=True)]
    for at, wait in enumerate(waiting):
        open_case = partial(frame.open_case, wait.case)
        go = QuietButton("Open", name=f"Open: {wait.title}", on=open_case)
        words = column(
            Text(wait.title, "strong"), Text(wait.text, "small", tone="amber" if wait.manager else ""), gap=2
        )
        items += [*([line()] if at else []), holder(row((holder(words), 1), go, gap=6))]
    return Card(head, *items, gap=8, margins=(18, 14, 12, 14))


def manager_card(lines: Sequence[str], opens: Callable[[], object]) -> QWidget:
    """For a manager: the exceptions of all desks this one knows; `opens` the lists behind them."""
    go = Button("Open the lists", icon="list-checks", on=opens)
    told = [Text(words, "body") for words in lines]
    return Card(Heading("To look at as manager"), *told, Wrap(go), margins=(18, 14, 18, 14))


def _behind(count: int) -> str:
    return f"{count} thing{'s' * (count != 1)} behind this"
