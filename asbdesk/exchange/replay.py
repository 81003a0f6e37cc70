"""Living through a case history, to see what was owed and when it went late: in a store in memory, thrown away.

Every event is carried out by the function an officer's screen calls, in order of time. The duties are then a pure
function of what stands, and no event knows those after it: so each day's answer is in the last, and a day that was
moved keeps the lateness before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from asbdesk.casework.desk import Desk
from asbdesk.casework.landlord import add_member, set_up_landlord
from asbdesk.clock import SystemClock, london_day
from asbdesk.duties import Duty, Policy, overdue_from, owed, policy
from asbdesk.errors import UserError
from asbdesk.exchange.history import live
from asbdesk.exchange.history_lived import Lived
from asbdesk.exchange.history_read import History, read
from asbdesk.store import case_facts, facts
from asbdesk.store.memory import in_memory

if TYPE_CHECKING:
    from asbdesk.clock import Clock
    from asbdesk.duties import Facts


@dataclass(frozen=True)
class Owed:
    """One duty of a replay, as CASE-HISTORY.md gives it."""

    duty: str
    theme: str
    about: str
    arose: str
    due: str
    met: str | None
    overdue_from: str | None
    waived: str | None
    why: str
    source: str


@dataclass(frozen=True)
class Replay:
    """What a history owed, in the order it arose."""

    reference: str
    duties: tuple[Owed, ...]

    @property
    def late(self) -> tuple[Owed, ...]:
        """Those that went overdue, the earliest first."""
        return tuple(sorted((d for d in self.duties if d.overdue_from), key=lambda d: d.overdue_from or ""))


@contextmanager
def replaying(clock: Clock | None = None) -> Iterator[Desk]:
    """A desk in memory, on which histories are lived."""
    store = in_memory(clock or SystemClock())
    try:
        desk = Desk(store)
        desk.do(set_up_landlord, "A landlord", 0, closed_number="", authority="", second=("", ""))
        store.journal.member = desk.do(add_member, "An officer").value
        yield desk
    finally:
        store.close()


def replay(desk: Desk, path: Path, profile: Policy | None = None) -> Replay:
    """Live through the history in a file. Raises UserError for a file that is refused."""
    return replay_history(desk, read(path), path.name, profile)


def replay_history(desk: Desk, history: History, name: str, profile: Policy | None = None) -> Replay:
    """Live through a history. `profile` is the landlord's; the history's own numbers go over it."""
    told = json.loads(history.text.removeprefix("\ufeff"))
    numbers = _numbers(profile or policy.default(), told.get("policy") or {}, name)
    until = told.get("until") or london_day(history.events[-1].at)
    return answer(history.reference, owed(lived(desk, history, name), numbers), until)


def _numbers(profile: Policy, changes: dict[str, Any], name: str) -> Policy:
    try:
        return profile.changed(changes) if changes else profile
    except UserError as error:
        raise UserError(f"{name}: policy: {error}") from None


def lived(desk: Desk, history: History, name: str) -> Facts:
    """What stands in the case once the history was lived."""
    journal = desk.store.journal
    case = Lived(desk, history, practice=True)
    with journal.batch():
        for event in history.events:
            live(case, event, name)
    return journal.rehearse(lambda conn: case_facts.facts(facts.read(conn, [case.case]), case.case))


def answer(reference: str, duties: Sequence[Duty], until: str) -> Replay:
    """The replay's answer, as far as a day."""
    arisen = sorted((d for d in duties if d.arose <= until), key=lambda d: (d.arose, d.due, d.code, d.about))
    return Replay(reference, tuple(_owed(duty, until) for duty in arisen))


def _owed(duty: Duty, until: str) -> Owed:
    met = duty.met if duty.met and duty.met <= until else None
    late = overdue_from(duty, until)
    told = (duty.code, duty.theme, duty.about, duty.arose, duty.due, met, late, duty.waived)
    return Owed(*told, why=duty.why, source=duty.source)
