"""The desk: one unlocked store as an officer works at it. Reads are asked, changes are done, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from asbdesk import clock as clocks

if TYPE_CHECKING:
    from asbdesk.clock import Clock
    from asbdesk.store.drafts import Drafts
    from asbdesk.store.files import Files
    from asbdesk.store.journal import Done
    from asbdesk.store.vault import Asked, Store

T = TypeVar("T")


class Desk:
    """Wraps a `Store`. Made by `app` after unlocking, by commands, and by tests."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def ask(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> Asked[T]:
        """`fn(session, *args)` on the reading connection; the answer knows the journal's position it was read at."""
        return self.store.ask(fn, *args, **kwargs)

    def read(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """As `ask`, where nobody will change what was read: the value alone."""
        return self.store.ask(fn, *args, **kwargs).value

    def do(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Done[Any]:
        """Carry out an action. Keywords `as_of`, `happened`, `ends_run`, `ends_questions` are the journal's."""
        return self.store.do(action, *args, **kwargs)

    def undo(self, act: str) -> Done[None]:
        """Put back what `act` replaced, while nothing newer stands. Raises UserError otherwise."""
        return self.store.journal.undo(act)

    @property
    def drafts(self) -> Drafts:
        return self.store.drafts

    @property
    def files(self) -> Files:
        return self.store.files

    @property
    def clock(self) -> Clock:
        return self.store.clock

    @property
    def member(self) -> str:
        """Id of the member who writes."""
        return self.store.journal.member

    @property
    def today(self) -> str:
        """The London day it is."""
        return clocks.today(self.clock)
