"""The desk: one unlocked store as an officer works at it. Reads are asked, changes are done, nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa

from asbdesk import clock as clocks
from asbdesk.casework.landlord import LandlordView, landlord_view
from asbdesk.errors import UserError
from asbdesk.model import Case

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

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
        self._look = threading.local()

    def ask(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> Asked[T]:
        """`fn(session, *args)` on the reading connection; the answer knows the journal's position it was read at."""
        return self.store.ask(fn, *args, **kwargs)

    def read(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """As `ask`, where nobody will change what was read: the value alone."""
        seen: dict[Any, Any] | None = getattr(self._look, "seen", None)
        if seen is None or kwargs or not _can_be_kept(args):
            return self.store.ask(fn, *args, **kwargs).value
        if (fn, args) not in seen:
            seen[fn, args] = self.store.ask(fn, *args).value
        found: T = seen[fn, args]
        return found

    @contextmanager
    def one_look(self) -> Iterator[None]:
        """Within, on this thread, what is read twice is read once: drawing a step of a visit asks for the same again
        and again. A write ends it."""
        if getattr(self._look, "seen", None) is not None:
            yield
            return
        self._look.seen = {}
        try:
            yield
        finally:
            self._look.seen = None

    def do(self, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Done[Any]:
        """Carry out an action. Keywords `as_of`, `happened`, `ends_run`, `ends_questions` are the journal's."""
        if getattr(self._look, "seen", None):
            self._look.seen = {}  # what was read is no longer so
        return self.store.do(action, *args, **kwargs)

    def undo(self, act: str) -> Done[None]:
        """Put back what `act` replaced, while nothing newer stands. Raises UserError otherwise."""
        return self.store.journal.undo(act)

    def case(self, reference: str) -> str:
        """Id of the case with this reference, however it is typed. Raises UserError when there is none."""
        return self.read(_case_called, reference)

    def viewed(self, case: str) -> None:
        """Note that a case was looked at: once per case and unlock."""
        self.store.journal.viewed(f"case/{case}")

    def prepare(self, case: str) -> None:
        """Work out for nothing what is due in a case: the first write would wait for what that needs."""
        from asbdesk.store.derive import worked_out

        self.read(lambda session: worked_out(session.connection(), [case]))

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

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
    def landlord(self) -> LandlordView:
        """What papers and screens say of the landlord and of the officer who writes."""
        return self.read(landlord_view, self.member)

    @property
    def member(self) -> str:
        """Id of the member who writes."""
        return self.store.journal.member

    @property
    def today(self) -> str:
        """The London day it is."""
        return clocks.today(self.clock)


def _can_be_kept(args: tuple[Any, ...]) -> bool:
    try:
        hash(args)
    except TypeError:
        return False
    return True


def _case_called(session: Session, reference: str) -> str:
    found = sa.select(Case.id).where(sa.func.upper(Case.reference) == reference.strip().upper())
    case = session.scalar(found.order_by(Case.id).limit(1))
    if case is None:
        raise UserError(f"There is no case {reference}. Look in the list for how it is written.")
    return str(case)
