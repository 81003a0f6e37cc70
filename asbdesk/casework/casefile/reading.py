"""What the chapters of a case file read: days and instants in words with their year, rows from a part's cards."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework.learning import duties_of, owed_as_told
from asbdesk.casework.parts import PartCard, part
from asbdesk.clock import DAYS, MONTHS, dated, london_time
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
        about = tuple(_RECORD.findall(card.about)) or (card.about,)
        at = next((self.at[record] for record in about if record in self.at), "")
        stands = ", ".join(pill.text for pill in card.pills)
        short = [with_year(t, at) for t in (stands, *card.lines)]
        told = "\n".join(t for t in (card.title, *short, card.text) if t)
        return Line((moment(at) if at else card.when, told), about)


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


_RECORD = re.compile(r"[0-9a-f]{32}")
_EITHER = [f"{month[:3]}(?:{month[3:]})?" for month in MONTHS]
_DAY = re.compile(rf"\b({'|'.join(f'{d[:3]}(?:{d[3:]})?' for d in DAYS)}) (\d\d?) ({'|'.join(_EITHER)})\b(?! \d{{4}})")


def with_year(text: str, near: str) -> str:
    """`text` of ours with the year in each day ("Tue 3 Mar"): the desk leaves it out, and a case may last for years.
    The year is the one nearest to the instant `near` in which that day is that day of the week."""
    return _DAY.sub(lambda found: found.group() + _year(found, near), text) if near else text


def _year(found: re.Match[str], near: str) -> str:
    month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(found[3]))
    for years in (0, 1, -1, 2, -2):
        try:
            one = dt.date(int(near[:4]) + years, month, int(found[2]))
        except ValueError:  # a leap day
            continue
        if DAYS[one.weekday()].startswith(found[1]):
            return f" {one.year}"
    return ""


def day(of: str) -> str:
    """A day as "Tue 3 Mar 2020"."""
    return dated(of[:10])


def working_days(policy: Policy | None, first: str, last: str) -> int:
    """Working days after `first`, up to and with `last`."""
    if policy is None or last <= first:
        return 0
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return sum(policy.days.is_working(start + dt.timedelta(days=n)) for n in range(1, (end - start).days + 1))
