"""Taking on cases that began elsewhere: each begins today, keeps its past as history, and owes one check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import reports
from asbdesk.casework.people import NewPerson, involve, person_of
from asbdesk.casework.promises import promise
from asbdesk.casework.records import case_file, new
from asbdesk.casework.told import Said, became, in_case, words
from asbdesk.clock import instant, london_day, today
from asbdesk.duties.category import category
from asbdesk.model import Case, Home, Member, Progress
from asbdesk.store.profile import profile
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.clock import Clock
    from asbdesk.duties.policy import Policy
    from asbdesk.store.work import Work

LEVELS = ("high", "medium", "standard")
"""The order in which checks are given their days."""
WITHIN = {"high": "take_on_check.high_wd", "medium": "take_on_check.medium_wd", "standard": "take_on_check.other_wd"}
TAKEN_ON, CHECKED = "taken_on", "taken_on_checked"
TITLE = "Taken on from a list"
SPEAK = "Speak with the resident"


@dataclass(frozen=True)
class OldCase:
    """One case as a list tells it. Days are `YYYY-MM-DD`."""

    name: str
    level: str
    """`high`, `medium` or `standard`."""
    address: str = ""
    postcode: str = ""
    phone: str = ""
    reference: str = ""
    """What it was called where it came from."""
    behaviours: tuple[str, ...] = ()
    children: int | None = None
    next_contact: str = ""
    """A day still to come."""
    past: str = ""
    """What the list says of the time before, in words."""
    officer: str = ""
    """Id of the member who looks after it."""
    place: str = ""
    """Where in the list it stands."""
    items: tuple[tuple[str, str], ...] = ()
    """The row as it was: head and cell."""


@dataclass
class Homes:
    """The homes known while a list is taken on, by address and postcode: looked up once, not once a row."""

    known: dict[tuple[str, str], str] = field(default_factory=dict)

    @staticmethod
    def key(address: str, postcode: str) -> tuple[str, str]:
        return " ".join(address.lower().split()), postcode.replace(" ", "").lower()


def known_homes(session: Session) -> Homes:
    """Every standing home."""
    rows = session.execute(sa.select(Home.address, Home.postcode, Home.id).where(Home.struck.is_(None)))
    return Homes({Homes.key(address or "", postcode or ""): id_ for address, postcode, id_ in rows})


def known_references(session: Session) -> dict[str, str]:
    """What a case was called elsewhere, in small letters → the desk's own reference."""
    which = sa.select(Case.imported_from, Case.reference).where(Case.imported_from.is_not(None), Case.struck.is_(None))
    return {(old or "").strip().lower(): here or "" for old, here in session.execute(which)}


def officers(session: Session) -> dict[str, str]:
    """Name, in small letters, of everybody who works with this desk → their id."""
    found = session.execute(sa.select(Member.name, Member.id).where(Member.struck.is_(None)))
    return {" ".join((name or "").lower().split()): id_ for name, id_ in found}


# ---- the days of the checks
def check_days(session: Session, clock: Clock, cases: Sequence[OldCase], member: str) -> list[str]:
    """For each case the day of its check: within its level's time, on the day on which its officer has fewest, and
    never more than so many on one day. Where a level's days are full, the next free one."""
    policy, now = profile(session.connection()), instant(clock.now())
    days = _Days(policy, now, _given(session, today(clock)))
    found = [""] * len(cases)
    for level in LEVELS:
        for at, case in enumerate(cases):
            if case.level == level:
                found[at] = days.give(case.officer or member, level)
    return found


def _given(session: Session, day: str) -> Counter[tuple[str, str]]:
    """(officer, day) → checks of earlier lists that wait there."""
    done = sa.select(Progress.about).where(Progress.what == CHECKED, Progress.struck.is_(None))
    which = (
        sa.select(Case.officer, Progress.day)
        .join(Case, Progress.file == sa.literal("case/") + Case.id)
        .where(Progress.what == TAKEN_ON, Progress.struck.is_(None), Progress.day >= day, Progress.id.not_in(done))
    )
    return Counter((officer or "", due or "") for officer, due in session.execute(which))


class _Days:
    def __init__(self, policy: Policy, now: str, given: Counter[tuple[str, str]]) -> None:
        self.policy, self.given = policy, given
        self.most = max(1, policy.number("take_on_check.a_day", london_day(now)))
        self.within = {level: policy.number(line, london_day(now)) for level, line in WITHIN.items()}
        self.days = [policy.days.counts_from(now)]
        self.full: dict[str, int] = {}

    def day(self, number: int) -> str:
        while len(self.days) <= number:
            self.days.append(self.policy.days.add(self.days[-1], 1))
        return self.days[number]

    def give(self, officer: str, level: str) -> str:
        within = max(1, self.within[level])
        free = [n for n in range(1, within + 1) if self.given[officer, self.day(n)] < self.most]
        if free:
            number = min(free, key=lambda n: (self.given[officer, self.day(n)], -n))
        else:
            number = max(within + 1, self.full.get(officer, 0))
            while self.given[officer, self.day(number)] >= self.most:
                number += 1
            if within == max(self.within.values()):
                self.full[officer] = number
        self.given[officer, self.day(number)] += 1
        return self.day(number)


# ---- taking on, and the check
@action("case.taken_on")
def take_on(work: Work, cases: Iterable[tuple[OldCase, str]], homes: Homes) -> list[str]:
    """Make these cases, each with the day of its check. Their ids. No report and no contact: the past owes nothing."""
    reference, made = reports.next_reference(work), []
    for old, day in cases:
        made.append(_one(work, old, day, reference, homes))
        reference = _after(reference)
    return made


def _one(work: Work, old: OldCase, day: str, reference: str, homes: Homes) -> str:
    home = _home(work, old, homes) if old.address else ""
    who = NewPerson(name=old.name, phone=old.phone, home=home, children=old.children)
    person = person_of(work, who)
    abuse = "domestic_abuse" in old.behaviours
    case = new(
        work,
        Case,
        reference=reference,
        title=title(old.behaviours),
        stream=reports.stream(old.behaviours, ()),
        category="serious" if abuse else category(old.behaviours, ()),
        status="open",
        opened=work.happened,
        officer=old.officer or work.member,
        home=home,
        imported_from=old.reference,
    )
    involve(work, case.id, person, "reporter")
    told = {"what": TAKEN_ON, "result": old.level, "day": day, "reason": old.place, "note": old.past}
    new(work, Progress, case_file(case.id), at=work.happened, items=[list(item) for item in old.items], **told)
    if old.next_contact:
        promise(work, case.id, SPEAK, by=old.next_contact, to=person)
    return case.id


def _home(work: Work, old: OldCase, homes: Homes) -> str:
    key = Homes.key(old.address, old.postcode)
    if key not in homes.known:
        homes.known[key] = new(work, Home, address=old.address, postcode=old.postcode).id
    return homes.known[key]


@cache
def title(behaviours: tuple[str, ...]) -> str:
    """A title from kinds of behaviour; the list's own words may hold a name, and stay inside the case."""
    return reports.title(behaviours) if behaviours else TITLE


def _after(reference: str) -> str:
    """The reference that follows."""
    number = re.search(r"\d+$", reference)
    assert number is not None
    return f"{reference[: number.start()]}{int(number[0]) + 1:0{len(number[0])}d}"


@action("case.taken_on_checked")
def checked(
    work: Work, case: str, taken: str, *, risk: str, plan: str, spoke: str, promised: str, speak_by: str
) -> str:
    """The check of a case taken on. `speak_by`: the day on which we speak with them next, promised from now on.

    Raises UserError until each is answered.
    """
    in_case(work, Progress, taken, case)
    told = (("Risk", risk), ("Plan", plan), ("Last spoken to", spoke), ("Promised", promised))
    note = ". ".join(f"{what}: {words(said, f'Write something under “{what}”.').rstrip('.')}" for what, said in told)
    words(speak_by, "Choose the day on which you speak with them next.")
    promise(work, case, SPEAK, by=speak_by)
    return became(work, case, CHECKED, taken, Said(f"{note}."))


def waiting_check(session: Session, case: str) -> tuple[str, str]:
    """(id, what the list said of the past) of the case's take-on that nobody has checked; two empty words if none."""
    done = sa.select(Progress.about).where(Progress.file == case_file(case), Progress.what == CHECKED)
    which = sa.select(Progress.id, Progress.note).where(Progress.file == case_file(case), Progress.what == TAKEN_ON)
    row = session.execute(which.where(Progress.struck.is_(None), Progress.id.not_in(done)).limit(1)).first()
    return (row[0], row[1] or "") if row else ("", "")
