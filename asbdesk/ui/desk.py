"""The one object screens are handed: ask, do, and later, with an announcement of what changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from asbdesk.clock import understand
from asbdesk.ui.carrier import Carrier
from asbdesk.ui.errands import Errands, Job
from asbdesk.ui.raiser import Raiser
from asbdesk.ui.rubbish import Rubbish

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk
    from asbdesk.clock import Clock

T = TypeVar("T")


class UiDesk(QObject):
    """Wraps a `casework.desk.Desk`. `changed(set of (file, kind))` after each action, so that screens read again.

    `ask` and `do` are short and run here; `later(fn, done, failed=None, progress=None, owner=None)` runs `fn` in a
    thread, where it reads and writes through `.desk`, and gives `done` its answer on the UI thread unless `owner`
    (the screen) is gone by then. With `progress`, `fn` is handed `told(done, of)`.
    """

    changed = Signal(object)

    def __init__(self, desk: Desk, problem: Callable[[Exception], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        understand(desk.today[:4])
        self.errands = Errands(problem, self)
        self.carrier = Carrier(self)
        """Exchanges with the others beside the officer's work, where there is somewhere to meet."""
        self.carrier.came.connect(self.changed)
        self.raiser = Raiser(self)
        """Keeps seals good beside the officer's work, and puts time stamps on where the landlord asks somebody."""
        self.raiser.came.connect(self.changed)
        self.rubbish = Rubbish(self)

    def ask(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> Any:
        """`Asked(value, as_of)`: what `fn(session, *args)` read."""
        return self.desk.ask(fn, *args, **kwargs)

    def read(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """What `fn(session, *args)` read, where nobody will change it."""
        return self.desk.read(fn, *args, **kwargs)

    def do(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Carry out an action (`as_of` as read), then announce what it changed. Returns the journal's `Done`."""
        done = self.desk.do(action, *args, **kwargs)
        self.changed.emit(done.changed)
        return done

    def undo(self, act: str) -> None:
        self.changed.emit(self.desk.undo(act).changed)

    def later(
        self,
        fn: Callable[..., Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object] | None = None,
        progress: Callable[..., object] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        return self.errands.later(fn, done, failed, progress, owner)

    @property
    def clock(self) -> Clock:
        return self.desk.clock

    @property
    def today(self) -> str:
        return self.desk.today

    @property
    def member(self) -> str:
        return self.desk.member

    def remember(self, name: str, value: str) -> None:
        """Keep a small matter of this window (a chosen tab, the theme) in the store, unjournalled."""
        self.desk.drafts.remember(name, value)

    def remembered(self, name: str) -> str | None:
        return self.desk.drafts.remembered(name)

    def begin(self) -> None:
        """From now on what goes on beside the officer's work goes on."""
        self.rubbish.start()
        self.carrier.begin()
        self.raiser.begin()

    def close(self) -> bool:
        self.rubbish.stop()
        ended = [each.close() for each in (self.carrier, self.raiser, self.errands)]
        return all(ended)
