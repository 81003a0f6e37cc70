"""A case history while it is lived: whose key is which person, which id which record, and how an action is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from asbdesk.casework.told import Said
from asbdesk.exchange.history_kinds import KINDS
from asbdesk.store.work import action

if TYPE_CHECKING:
    from collections.abc import Callable

    from asbdesk.casework.desk import Desk
    from asbdesk.exchange.history_read import History
    from asbdesk.store.work import Work


@dataclass
class Lived:
    """A history while it is lived."""

    desk: Desk
    history: History
    practice: bool
    case: str = ""
    persons: dict[str, str] = field(default_factory=dict)
    """Key → id of the person."""
    ids: dict[str, str] = field(default_factory=dict)
    """Id in the history → id of the record."""

    def do(self, happened: str, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Carry out an action as an officer's screen does, at the event's moment."""
        return self.desk.do(action, *args, happened=happened, **kwargs).value

    def see(self, reading: Callable[..., Any], *args: Any) -> Any:
        """`reading(session, *args)` within the transaction under way, which no other connection sees yet."""
        return self.desk.do(_see, reading, args).value

    def who(self, key: str | None) -> str:
        """Id of a person; the first reporter where none is named."""
        return self.persons[key] if key is not None else self.reporter

    @property
    def reporter(self) -> str:
        return self.persons[str(self.history.events[0].told["by"])]

    def value(self, kind: str, name: str, told: dict[str, Any]) -> Any:
        """A field of an event as a record keeps it: ids in place of keys and of the history's own ids."""
        what, value = KINDS[kind][name].rstrip("*"), told[name]
        if what.startswith("ref"):
            return self.ids.get(value, "")
        if what in ("person", "person_or_text"):
            return self.persons.get(value, value)
        return value


@action("seen")
def _see(work: Work, reading: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    return reading(work.session, *args)  # it changes nothing, so nothing is written


def said_of(told: dict[str, Any]) -> Said:
    """What every event carries beside its own fields."""
    return Said(told.get("note", ""), told.get("assumed"), told.get("id", ""))
