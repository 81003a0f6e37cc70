"""What the panels of a visit share: the path, the desk that works in the background, and how to say things."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from asbdesk import clock as clocks
from asbdesk.casework.visit import VisitPath
from asbdesk.clock import Clock
from asbdesk.ui.widgets.cover import Prove

Strokes = tuple[tuple[tuple[int, int], ...], ...]


class Works(Protocol):
    """The part of `ui.desk.UiDesk` that a visit uses."""

    def later(
        self,
        fn: Callable[..., Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None] | None = None,
        progress: Callable[..., None] | None = None,
    ) -> Any:
        """Run `fn` off the UI thread and answer on it."""

    def remember(self, name: str, value: str) -> None:
        """Keep a small matter of this window."""

    def remembered(self, name: str) -> str | None:
        """What was kept; None where nothing was."""


@dataclass
class Visit:
    """Handed to every panel. `say(kind, words)` shows a banner, `saved()` the time, `redraw()` asks the path again."""

    path: VisitPath
    desk: Works
    clock: Clock
    landlord: str
    prove: Prove
    say: Callable[[str, str], None]
    saved: Callable[[], None]
    redraw: Callable[[], None]
    show_mine: Callable[[], None] = lambda: None
    go: Callable[[str], None] = lambda _step: None
    end: Callable[[], None] = lambda: None
    set_pin: Callable[[str], None] = lambda _pin: None
    mine: bool = False
    """Whether the officer's own face is shown."""
    busy: bool = False
    """Whether something runs in the background that must end before the next step."""

    taken: list[str] = field(default_factory=list)
    """What was taken in on this visit, in words."""
    inks: dict[str, Strokes] = field(default_factory=dict)
    """Signatures drawn and not yet sealed, by role."""

    stages: dict[str, str] = field(default_factory=dict)
    """Where a panel with several pages stands, kept while the faces turn."""

    @property
    def today(self) -> str:
        """The London day it is."""
        return clocks.today(self.clock)

    def time(self) -> str:
        """The London time it is, `HH:MM`."""
        return f"{self.clock.now().astimezone(clocks.LONDON):%H:%M}"

    def tried(self, fn: Callable[[], object]) -> bool:
        """Do something small and save it; False when it was refused, and then the banner says why."""
        from asbdesk.errors import UserError

        try:
            fn()
        except UserError as problem:
            self.say("problem", str(problem))
            return False
        self.saved()
        return True
