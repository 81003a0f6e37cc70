"""What an action is handed: a Session that refuses to flush, and how its changes become an entry's `set`."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy import event, orm

from asbdesk.clock import Clock
from asbdesk.errors import UserError
from asbdesk.model import Record
from asbdesk.store.apply import Key, versions
from asbdesk.store.entries import dumps, fields, wrong_value
from asbdesk.store.fold import Version, fold

T = TypeVar("T")
R = TypeVar("R", bound=Record)
P = ParamSpec("P")
Sets = dict[str, dict[str, dict[str, Any]]]
"""`{file: {kind/id: {field: [value, *replaced]}}}`."""


def action(name: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Name what a function does, as the journal writes it: `@action("risk.assessed")`."""

    def named(function: Callable[P, T]) -> Callable[P, T]:
        function.journal_name = name  # type: ignore[attr-defined]
        return function

    return named


def action_name(function: Callable[..., Any]) -> str:
    """The journal's name of an action; TypeError for a function without one."""
    name = getattr(function, "journal_name", None)
    if not isinstance(name, str):
        raise TypeError(f"{function!r} has no journal name: put @action(…) on it")
    return name


@dataclass
class Change:
    """What an action did to one record. `made`: it did not stand before."""

    record: Record
    values: dict[str, Any] = field(default_factory=dict)
    made: bool = False


class Work:
    """One action under way. Make records with `add`, change what `get` and `select` hand out; nothing is written
    until the action returns. Assign new values to lists and tables rather than changing them in place (a change in
    place is noticed all the same)."""

    def __init__(self, conn: sa.Connection, clock: Clock, member: str, now: str, happened: str) -> None:
        self.session = orm.Session(conn, autoflush=False, expire_on_commit=False)
        self.clock = clock
        self.member = member
        self.now = now
        """The instant the laptop records it."""
        self.happened = happened
        """The instant it happened, as the officer says."""
        self.after: list[Callable[[], None]] = []
        """Called once the entry is committed."""
        self._made: dict[tuple[type[Record], str], Record] = {}
        self._stood: dict[int, tuple[Record, tuple[Any, ...]]] = {}
        self._decided: set[tuple[int, str]] = set()
        event.listen(self.session, "before_flush", _refuse)
        event.listen(self.session, "loaded_as_persistent", self._keep)

    @property
    def moment(self) -> dt.datetime:
        """`now`, to count with."""
        return self.clock.now()

    def add(self, record: R) -> R:
        """A new record; it needs its `id` and its `file`."""
        if not record.id or not record.file:
            raise ValueError(f"a {record.kind} needs an id and a file")
        self._made[type(record), record.id] = record
        return record

    def find(self, cls: type[R], record_id: str | None) -> R | None:
        """The record of this id, made in this action or standing before it, or None."""
        if record_id is None:
            return None
        made = self._made.get((cls, record_id))
        return made if made is not None else self.session.get(cls, record_id)  # type: ignore[return-value]

    def get(self, cls: type[R], record_id: str | None) -> R:
        """The record of this id. UserError when there is none."""
        found = self.find(cls, record_id)
        if found is None:
            raise UserError(
                f"This {cls.kind.replace('_', ' ')} is not on this laptop (any more). Go back and look again."
            )
        return found

    def select(self, statement: sa.Select[T]) -> list[T]:
        """What stood before this action; a record it has changed already comes as changed."""
        return list(self.session.scalars(statement))

    def made(self, cls: type[R], file: str) -> list[R]:
        """The records of a kind in a file that this action has made so far: no `select` finds them yet."""
        return [r for r in self._made.values() if isinstance(r, cls) and r.file == file]

    def decide(self, record: Record, name: str, value: Any) -> None:
        """Settle a conflict: `value` replaces every head that was seen, even where it is the value shown."""
        if name not in fields(record.kind):
            raise TypeError(f"{record.kind} has no field {name}")
        setattr(record, name, value)
        self._decided.add((id(record), name))

    def _keep(self, _session: orm.Session, record: Record) -> None:
        # the record itself is held too: an object that nobody holds could be forgotten with its changes
        self._stood[id(record)] = (record, _frozen(record))

    def changes(self) -> list[Change]:
        """What the action did, in the order it made or met the records. TypeError for a value no field may hold."""
        found = [self._made_by(record) for record in self._made.values()]
        if any(isinstance(r, Record) for r in self.session.new):
            raise TypeError("a new record goes through work.add, not session.add")
        if self.session.deleted:
            raise TypeError("nothing is deleted: strike the record")
        for record, before in self._stood.values():
            names = fields(record.kind)
            after = _frozen(record)
            differing = [n for n, a, b in zip(names, before, after, strict=True) if a != b]
            differing += [n for n in names if (id(record), n) in self._decided and n not in differing]
            if differing:
                found.append(_checked(Change(record, {n: getattr(record, n) for n in differing})))
        return found

    @staticmethod
    def _made_by(record: Record) -> Change:
        values = {n: v for n in fields(record.kind) if (v := getattr(record, n)) is not None}
        return _checked(Change(record, values, made=True))

    def close(self) -> None:
        """Let go of the session. What `ask` returns must not be a record."""
        self.session.close()


def entry_sets(
    conn: sa.Connection, changes: Sequence[Change], as_of: int | None, session: str
) -> tuple[Sets, dict[Key, list[Version]]]:
    """`{file: {kind/id: {field: [value, *replaced]}}}`, and every earlier version of the records changed."""
    held: defaultdict[Key, list[tuple[int, Version]]] = defaultdict(list)
    for key, n, version in versions(conn, [(c.record.kind, c.record.id) for c in changes]):
        held[key].append((n, version))
    sets: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for change in changes:
        record = change.record
        key = (record.kind, record.id)
        if change.made and held[key]:
            raise ValueError(f"{record.kind}/{record.id} stands already")
        heads = fold(v for n, v in held[key] if as_of is None or n <= as_of or v.id.startswith(session + "."))
        replaced = {name: [h.id for h in heads.get(name, ())] for name in change.values}
        if "struck" in replaced:  # crossing out names all that was seen of the record: an edit unseen then shows
            replaced["struck"] = list(dict.fromkeys(h.id for name in ("struck", *heads) for h in heads.get(name, ())))
        sets[str(record.file)][f"{record.kind}/{record.id}"] = {
            name: [value, *replaced[name]] for name, value in change.values.items()
        }
    return dict(sets), {key: [v for _, v in found] for key, found in held.items()}


def _refuse(*_: Any) -> None:
    raise RuntimeError("rows are written by apply alone: an action changes records and returns")


def _frozen(record: Record) -> tuple[Any, ...]:
    values = (getattr(record, name) for name in fields(record.kind))
    return tuple(dumps(v) if isinstance(v, list | dict) else v for v in values)


def _checked(change: Change) -> Change:
    faults: Sequence[str] = [
        why for name, value in change.values.items() if (why := wrong_value(change.record.kind, name, value))
    ]
    if faults:
        raise TypeError("; ".join(faults))
    return change
