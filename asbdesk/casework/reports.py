"""Reports of anti-social behaviour: the first opens a case, a later one is a new incident in the same case."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import now
from asbdesk.casework.contacts import ABUSE, do_not_disclose, protect
from asbdesk.casework.people import NewPerson, involve, person_of
from asbdesk.casework.records import case_file, case_of, landlord_of, new, put
from asbdesk.casework.safeguarding import ask_if_hurt
from asbdesk.casework.words import WELFARE, label, sentence
from asbdesk.duties.category import category
from asbdesk.errors import UserError
from asbdesk.model import Case, Person, Report
from asbdesk.model.journal import local_setting
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work

CATEGORIES = ("low", "medium", "serious")
STREAMS = ("asb", "repairs_noise", "good_neighbourhood", "hate", "domestic_abuse")
"""Later ones are stronger: a report never moves a case back."""


@dataclass(frozen=True)
class Telling:
    """What was told, in the teller's words."""

    words: str = ""
    happened: str = ""
    place: str = ""
    channel: str = "phone"
    behaviours: tuple[str, ...] = ()
    serious: tuple[str, ...] = ()
    threat_to_hurt: bool = False
    about: tuple[str, ...] = ()
    hate: dict[str, Any] | None = None
    hate_signs: bool | None = None
    dissatisfied: bool | None = None
    same_as: str = ""
    to: str = "landlord"
    logged: str | None = None
    visit: str = ""
    assumed: bool | None = None
    history_id: str = ""
    ask_now: bool = True
    """What cannot wait for a working day is asked at once; a history was lived long ago."""
    now: now.Answers = now.NONE
    """What was answered of it on the same screen."""
    getting_hurt: str = ""
    """ "Could someone there be getting hurt?", where the report itself asked it."""

    @property
    def urgent(self) -> bool:
        """Somebody may be in danger now."""
        return bool(now.urgent_in(self.flags(), self.behaviours))

    def flags(self) -> tuple[str, ...]:
        """What is serious, with the threat that was asked about (PRACTICE.md 3)."""
        extra = [
            f
            for f, on in (("threat", self.threat_to_hurt), ("domestic_abuse", "domestic_abuse" in self.behaviours))
            if on
        ]
        return tuple(dict.fromkeys((*self.serious, *extra)))


def stream(behaviours: Iterable[str], serious: Iterable[str], hate: bool = False) -> str:
    """The type of case that a report points to."""
    if "domestic_abuse" in {*behaviours, *serious}:
        return "domestic_abuse"
    return "hate" if hate or "hate" in behaviours else "asb"


def title(behaviours: Iterable[str]) -> str:
    """A case's title from what was told: "Noise and threats". Never a name, never an address."""
    kinds = list(behaviours)
    if "domestic_abuse" in kinds:
        return WELFARE
    words = sentence(label("behaviour", kind).lower() for kind in kinds[:3])
    return words[:1].upper() + words[1:] if words else "A new report"


@action("case.opened")
def open_case(
    work: Work, who: NewPerson, told: Telling, *, officer: str = "", name: str = "", practice: bool = False
) -> str:
    """Open a case with its first report. The case's id. Raises UserError when there is nothing to write down."""
    if not told.words.strip() and not told.behaviours and told.ask_now:
        raise UserError("Write what happened, in their words.")
    person = person_of(work, who)
    home = work.get(Person, person).home
    case = new(
        work,
        Case,
        reference=next_reference(work),
        title=name or title(told.behaviours),
        stream=stream(told.behaviours, told.flags(), bool(told.hate)),
        category=category(told.behaviours, told.flags(), bool(told.hate)),
        status="open",
        opened=work.happened,
        officer=officer or work.member,
        home=home,
        practice=practice or None,
    )
    involve(work, case.id, person, "reporter")
    if case.stream == "domestic_abuse":
        for other in told.about:
            do_not_disclose(work, case.id, person, other, why=ABUSE)
    ask_now(work, case.id, add_report(work, case.id, person, told), told)
    ask_if_hurt(work, case.id, told.getting_hurt or None)
    return case.id


@action("report.recorded")
def record_report(work: Work, case: str, by: str, told: Telling) -> str:
    """A later report in the same case: a new incident. The report's id. In a closed case it asks for that case to be
    looked at again."""
    raise_case(work, case, told)
    report = add_report(work, case, by, told)
    ask_now(work, case, report, told)
    ask_if_hurt(work, case, told.getting_hurt or None)
    return report


@action("report.corrected")
def correct_report(work: Work, report: str, told: Telling) -> str:
    """What the person put right, over what was written. The report's id."""
    record = work.get(Report, report)
    ask_now(work, case_of(record), report, told, record)
    put(
        record,
        words=told.words or None,
        happened=told.happened or None,
        place=told.place or None,
        behaviours=list(told.behaviours),
        serious=list(told.flags()),
        hate=told.hate,
        hate_signs=told.hate_signs,
    )
    raise_case(work, case_of(record), told)
    return report


def add_report(work: Work, case: str, by: str, told: Telling) -> str:
    """The record of a report."""
    return new(
        work,
        Report,
        case_file(case),
        received=work.happened,
        by=by,
        channel=told.channel,
        to=told.to,
        words=told.words,
        happened=told.happened,
        place=told.place,
        behaviours=list(told.behaviours),
        serious=list(told.flags()),
        about=list(told.about),
        hate=told.hate,
        hate_signs=told.hate_signs,
        same_as=told.same_as,
        dissatisfied=told.dissatisfied,
        logged=told.logged,
        visit=told.visit,
        assumed=told.assumed,
        history_id=told.history_id,
    ).id


def raise_case(work: Work, case: str, told: Telling) -> None:
    """A graver report makes the case graver; none makes it slighter. From the minute that it is one of abuse at home,
    nothing reaches the person it is about."""
    hate, found = bool(told.hate), work.get(Case, case)
    kind, place = category(told.behaviours, told.flags(), hate), stream(told.behaviours, told.flags(), hate)
    put(found, category=higher(CATEGORIES, found.category, kind), stream=higher(STREAMS, found.stream, place))
    protect(work, case, told.about)


def higher(order: tuple[str, ...], before: str | None, then: str) -> str:
    """The later of two words of an order."""
    return max(before or order[0], then, key=lambda word: order.index(word) if word in order else -1)


def ask_now(work: Work, case: str, report: str, told: Telling, known: Report | None = None) -> None:
    """Danger does not wait for a working day: three questions stand first on Today until they are answered. What the
    report `known` said already is not asked again."""
    fresh = now.urgent_in(told.flags(), told.behaviours)
    fresh -= now.urgent_in(known.serious or (), known.behaviours or ()) if known is not None else set()
    if told.ask_now and fresh:
        now.raise_now(work, case, report, sorted(fresh), answers=told.now)


@action("case.moved_to_welfare")
def move_to_welfare(work: Work, case: str) -> None:
    """Abuse at home was told or is feared: from now on lists and titles say "Welfare", and papers are held."""
    found = work.get(Case, case)
    put(found, stream="domestic_abuse", category="serious", title=WELFARE)
    protect(work, case)


_LETTER = sa.select(local_setting.c.value).where(local_setting.c.name == "desk_letter")


def next_reference(work: Work) -> str:
    """The desk's next reference of this year, such as `ASB-2026-A0412`: unique because the letter is the desk's."""
    start = f"ASB-{work.now[:4]}-{work.session.scalar(_LETTER) or landlord_of(work).desk_letter or 'A'}"
    numbered = Case.reference.between(f"{start}0", f"{start}:")  # a colon comes after 9: not another desk's AA0001
    last = work.session.scalar(sa.select(sa.func.max(Case.reference)).where(numbered))
    number = re.fullmatch(rf"{re.escape(start)}(\d+)", last or "")
    return f"{start}{int(number[1]) + 1 if number else 1:04d}"
