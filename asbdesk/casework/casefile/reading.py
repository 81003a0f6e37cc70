"""What the chapters of a case file read: days and instants in words with their year, rows from a part's cards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.learning import duties_of, owed_as_told
from asbdesk.casework.parts import PartCard, part
from asbdesk.clock import london_time, short_day
from asbdesk.documents.casefile import Line
from asbdesk.documents.learned import Owed
from asbdesk.documents.words import Words, words
from asbdesk.model import Member, kinds
from asbdesk.store.profile import profile

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.duties import Policy


@dataclass
class Reading:
    """One case being read for its file, on a day."""

    session: Session
    case: str
    today: str
    say: Words
    numbers: dict[str, int] = field(default_factory=dict)
    """Record → its exhibit's number."""
    owed: tuple[Owed, ...] = ()
    names: dict[str, str] = field(default_factory=dict)
    """Member → name."""
    at: dict[str, str] = field(default_factory=dict)
    """Record → the instant it is about."""
    policy: Policy | None = None

    def head(self, *names: str) -> tuple[str, ...]:
        return tuple(self.say.bare(f"heads.{name}") for name in names)

    def cards(self, name: str, *, but: Iterable[str] = ()) -> tuple[Line, ...]:
        """A part's cards as rows (when, what), the oldest first; without the records `but`."""
        left = set(but)
        found = part(name).cards(self.session, self.case, self.today)
        return tuple(self._row(card) for card in reversed(found) if card.about not in left)

    def _row(self, card: PartCard) -> Line:
        stands = ", ".join(pill.text for pill in card.pills)
        told = "\n".join(t for t in (card.title, stands, *card.lines, card.text) if t)
        at = self.at.get(card.about, "")
        return Line((moment(at) if at else card.when, told), (card.about,))


def reading(session: Session, case: str, today: str) -> Reading:
    """What every chapter needs, read once."""
    duties = [d for d in duties_of(session, case) if d.arose <= today]
    owed = tuple(owed_as_told(d, today) for d in sorted(duties, key=lambda d: (d.arose, d.due, d.key)))
    names = {m.id: m.name or "" for m in session.scalars(sa.select(Member))}
    made = Reading(session, case, today, words("case_file"), owed=owed, names=names)
    made.policy = profile(session.connection())
    for cls in kinds().values():
        column = next((getattr(cls, name) for name in ("at", "received") if hasattr(cls, name)), None)
        if column is not None:
            rows = session.execute(sa.select(cls.id, column).where(cls.file == f"case/{case}"))
            made.at.update({record: at for record, at in rows if at})
    return made


def moment(at: str) -> str:
    """An instant as "Tue 3 Mar 2020, 14:05"."""
    when = london_time(at)
    return f"{day(when.date().isoformat())}, {when:%H:%M}"


def day(of: str) -> str:
    """A day as "Tue 3 Mar 2020"."""
    return f"{short_day(of[:10])} {of[:4]}"


def working_days(policy: Policy | None, first: str, last: str) -> int:
    """Working days after `first`, up to and with `last`."""
    if policy is None or last <= first:
        return 0
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return sum(policy.days.is_working(start + dt.timedelta(days=n)) for n in range(1, (end - start).days + 1))
