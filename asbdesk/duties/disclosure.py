"""What is owed with personal data: an incident is told to those who decide, and a request for one's own is answered."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from asbdesk.clock import instant, london_day, parse_instant
from asbdesk.duties.communication import months_before
from asbdesk.duties.duty import LAST, Duty
from asbdesk.duties.events import Happening, day_words
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import Due, answer, first, raised

EX_PARTNER = re.compile(r"\bex\b|\bex[\s_-]|ex-?partner|former[\s_-]*(partner|husband|wife|boyfriend|girlfriend)", re.I)
Duties = Iterator[Duty | None]


def data_breach(facts: Facts, policy: Policy) -> Duties:
    """Personal information reached the person named, an ex-partner, or somebody who must not be told."""
    for told in facts.of("disclosure"):
        if not (_must_not_know(facts, told.who) or _lives_there(facts, told)):
            continue
        day, at = _deadline(told.at, policy.number("data_breach.hours", told.day))
        met = first(facts.of("breach_reported"), told)
        why = "Something about the resident reached somebody who may harm them with it."
        about = f"incident of {day_words(told.day)}"
        due = Due(day, "data_breach.hours", at=at)
        yield raised(facts, policy, "data_breach", told, due, met, why, about=about)


def _deadline(at: str, hours: int) -> tuple[str, str | None]:
    """So many hours after an instant (clock changes do not lengthen them): its day, and the instant."""
    try:
        moment = instant(parse_instant(at) + dt.timedelta(hours=hours))
        return london_day(moment), moment
    except OverflowError:
        return LAST, None


def _must_not_know(facts: Facts, person: str) -> bool:
    known = facts.people.get(person)
    if known is None:
        return False
    if facts.alleged(person) or any(person in p.not_to for p in facts.people.values()):
        return True
    return bool(EX_PARTNER.search(known.key) or EX_PARTNER.search(known.name))


def _lives_there(facts: Facts, told: Happening) -> bool:
    """In a welfare case whoever lives with them may be the person they fear, named so or not."""
    return facts.stream_at(told.at) == "domestic_abuse" and "household" in facts.roles(told.who)


def subject_access(facts: Facts, policy: Policy) -> Duties:
    """A request for one's own data: within a month, or on the working day after that."""
    for asked in facts.of("subject_access"):
        day = months_before(asked.day, -policy.number("subject_access.months", asked.day))
        due = Due(policy.days.on_or_after(day), "subject_access.months")
        met: Happening | None = answer(facts.of("subject_access_answered"), asked)
        why = "Everyone may see what we hold about them, and the law says by when."
        about = f"request of {day_words(asked.day)}"
        yield raised(facts, policy, "subject_access", asked, due, met, why, about=about)
