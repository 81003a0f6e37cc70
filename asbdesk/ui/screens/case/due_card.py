"""What is due in a case, beside its tabs: the first few at once, more of them when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from asbdesk.casework.views import DueLine
from asbdesk.ui import theme
from asbdesk.ui.widgets.buttons import Button
from asbdesk.ui.widgets.due_item import DueItem
from asbdesk.ui.widgets.layout import Card, line, row
from asbdesk.ui.widgets.slices import ALL, Slices, put
from asbdesk.ui.widgets.text import Heading, Muted, Pill

DUE = 6
"""Things that are due drawn first; the rest after "Show more"."""
AT_ONCE = 3
"""Of them, those drawn before anything else."""


class DueCard(Card):
    """`shown` things of `due`; with `still` all of them at once, so that nothing moves under the officer's eyes."""

    def __init__(
        self,
        due: tuple[DueLine, ...],
        shown: int,
        act: Callable[[DueLine], object],
        rest: Callable[[DueLine, str], object],
        *,
        still: bool = False,
    ) -> None:
        late = _late(due)
        head = row(Heading("What is due", wrap=False), None, *([Pill(f"{late} late", "red")] if late else []))
        none = [] if due else [Muted("Nothing is due in this case.")]
        super().__init__(head, *none, gap=11, margins=(18, 14, 18, 16))
        self.due, self.shown = due, shown
        self._act, self._rest = act, rest
        self._more: Button | None = None
        self.slices = Slices(self)
        self.slices.begin(self._items(0), ALL if still else AT_ONCE)

    def stays(self, due: tuple[DueLine, ...]) -> bool:
        """Whether what is shown is the same where this is due: then only how many more there are is said anew."""
        more = len(due) > self.shown
        if due[: self.shown] != self.due[: self.shown] or _late(due) != _late(self.due) or more != bool(self._more):
            return False
        self.due = due
        if self._more is not None:
            self._more.say(*self._offered())
        return True

    @property
    def _box(self) -> QVBoxLayout:
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        return box

    def _items(self, first: int) -> Iterator[Callable[[], object]]:
        """Those from the first so many, and how to see more."""
        for at, one in enumerate(self.due[first : self.shown], first):
            yield partial(self._item, at, one)
        if len(self.due) > self.shown:
            yield self._offer

    def _item(self, at: int, one: DueLine) -> None:
        if at:
            put(self._box, line())
        put(self._box, DueItem(one, self._act, primary=at == 0, rest=self._rest))

    def _offer(self) -> None:
        words, name = self._offered()
        self._more = Button(words, name=name, on=self.show_more)
        put(self._box, self._more)

    def _offered(self) -> tuple[str, str]:
        more = len(self.due) - self.shown
        return f"Show more ({more})", f"Show {more} more that are due"

    def show_more(self) -> None:
        """Those that come after, under those that stand there."""
        self.slices.rest()
        if self._more is not None:
            self._more.hide()
            self._box.removeWidget(self._more)
            self._more.deleteLater()
            self._more = None
        first, self.shown = self.shown, self.shown + 2 * DUE
        self.slices.begin(self._items(first), AT_ONCE)


def _late(due: tuple[DueLine, ...]) -> int:
    return sum(1 for one in due if theme.tone(one.tone) == "red")
