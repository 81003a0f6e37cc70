"""What a case's header says that nobody may miss: warnings, secrets, safe ways, staff who stay away, and what holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.casework import contacts, meeting_care, other_person, people, plans
from asbdesk.casework.cautions import warning_text, warnings_about
from asbdesk.casework.needs import needs_of
from asbdesk.casework.parts.reading import standing
from asbdesk.casework.person_details import REFUGE
from asbdesk.casework.records import case_file
from asbdesk.casework.release import hold
from asbdesk.casework.views import Alert
from asbdesk.casework.words import CONTACT_DO_NOT, sentence
from asbdesk.clock import short_day
from asbdesk.model import Case, DisclosureRule, Person, Share, StaffBar

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.other_person import DecisionView

ALLEGED = "alleged_perpetrator"
SHORT = 110
"""Letters of somebody's own words that stand in an alert; the rest stands in the part it comes from."""


def alerts(session: Session, case: Case, today: str) -> list[Alert]:
    """Every alert of a case, what may get somebody hurt first."""
    everyone = _everyone(session, case.id)
    resident = people.reporter_of(session, case.id)
    held = hold(session, case.id, resident.id) if resident is not None else ""
    warned = warnings(session, case, everyone.values(), today)
    return [
        *(Alert(text, "danger", "triangle-alert") for text in warned),
        *([Alert(held, "danger", "lock")] if held else []),
        *_secrets(session, case.id, everyone),
        *_kept_away(session, case.id, everyone),
        *_represented(session, case.id, everyone),
        *_safe_ways(session, case.id, everyone),
        *_meetings(session, case.id, everyone),
        *_decisions(session, case.id, today),
        *_given_out(session, case.id, today),
        *([Alert("Practice case: the names and the address are invented.", "info", "info")] if case.practice else []),
    ]


def _everyone(session: Session, case: str) -> dict[str, Person]:
    found = (session.get(Person, i.person) for i in people.involved(session, case) if i.person)
    return {person.id: person for person in found if person is not None}


def warnings(session: Session, case: Case, everyone: Iterable[Person], today: str) -> list[str]:
    """Warnings about the home of the case, its people and where they live (PRACTICE.md 5): a weapon next door is met
    on the same stair."""
    files = [f"home/{case.home}"] if case.home else []
    for person in everyone:
        files += [f"person/{person.id}", *([f"home/{person.home}"] if person.home else [])]
    return [warning_text(w, today) for w in warnings_about(session, dict.fromkeys(files))]


def _name(everyone: Mapping[str, Person], id: str | None, otherwise: str = "them") -> str:
    person = everyone.get(id or "")
    return (person.name if person is not None else "") or otherwise


def _secrets(session: Session, case: str, everyone: Mapping[str, Person]) -> list[Alert]:
    """Who must not be told what, and where somebody lives that nobody must know."""
    hidden = [id for id, needs in needs_of(session, everyone).items() if any(need.what == REFUGE for need in needs)]
    words = [f"{_name(everyone, id)} lives where nobody must know. Never say where." for id in hidden]
    for rule in standing(session, DisclosureRule, case):
        if not rule.ended:
            about, what = _name(everyone, rule.about), rule.what or "everything"
            to = rule.not_to_name or _name(everyone, rule.not_to, "somebody")
            told = f"anything about {about}" if what == "everything" else f"this about {about}: {_short(what)}"
            words.append(f"Do not tell {to} {told}")
    return [Alert(text, "danger", "lock") for text in dict.fromkeys(words)]


def _kept_away(session: Session, case: str, everyone: Mapping[str, Person]) -> list[Alert]:
    bars = [bar for bar in standing(session, StaffBar, case) if bar.needed and not bar.ended]
    words = (f"{bar.staff} must not contact {_name(everyone, bar.person)}" for bar in bars)
    return [Alert(text, "danger", "hand") for text in dict.fromkeys(words)]


def _represented(session: Session, case: str, everyone: Mapping[str, Person]) -> list[Alert]:
    acting = ((id, people.solicitor_of(session, case, id)) for id in everyone)
    words = (
        f"{_name(everyone, id)} has a solicitor, {who.name}. Letters go to the solicitor" for id, who in acting if who
    )
    return [Alert(text, "warning", "scale") for text in words]


def _safe_ways(session: Session, case: str, everyone: Mapping[str, Person]) -> list[Alert]:
    found = []
    for id, person in everyone.items():
        agreed = contacts.agreement(session, case, id)
        if agreed is None or not (agreed.safe or agreed.do_not):
            continue
        never = sentence(CONTACT_DO_NOT.get(one, one) for one in agreed.do_not)
        told = "; ".join(t for t in (_short(agreed.safe).rstrip("."), never) if t)
        found.append(Alert(f"Safe contact only, {person.name}: {told}", "warning", "shield-check"))
    return found


def _meetings(session: Session, case: str, everyone: Mapping[str, Person]) -> list[Alert]:
    """How we meet and speak with somebody; where a need changes that and nobody wrote how, that it is to be written."""
    cared = meeting_care.care_for(session, case)
    said = [f"When we meet {_name(everyone, id)}: {_short('. '.join(lines))}" for id, lines in cared.items()]
    ask = (_name(everyone, id) for id in meeting_care.without(session, case, cared))
    left = [f"{who} has a need that changes how we meet: write down how" for who in ask]
    return [*(Alert(t, "warning", "hand-heart") for t in said), *(Alert(t, "info", "hand-heart") for t in left)]


def _decisions(session: Session, case: str, today: str) -> list[Alert]:
    """What was decided or waits for a decision, and holds something back meanwhile."""
    found = []
    decision = other_person.latest(session, case)
    if decision is not None and decision.outcome in other_person.STANDS_UNTIL_LOOKED_AT:
        found.append(Alert(_other_words(decision, today), "warning", "users"))
    for step in plans.open_steps(session, case):
        if step.code in ("safe_time", "safeguarding", "now"):
            found.append(Alert(step.what or "", "danger" if step.code == "now" else "warning", "shield-alert"))
    return found


def _given_out(session: Session, case: str, today: str) -> list[Alert]:
    """What others may keep no longer, and did not say that they destroyed it."""
    over = sa.select(Share.to, Share.person, Share.until).where(Share.file == case_file(case), Share.until < today)
    over = over.where(Share.ended.is_(None), Share.struck.is_(None)).order_by(Share.until, Share.id)
    found = []
    for to, person, until in session.execute(over):
        who = ", ".join(each for each in (person, to) if each) or "Somebody"
        found.append(
            f"{who}: their time with what we shared is over since {short_day(until or today)}. Is it destroyed?"
        )
    return [Alert(text, "warning", "send") for text in dict.fromkeys(found)]


def _other_words(decision: DecisionView, today: str) -> str:
    late = " (look again now)" if decision.look_again < today else ""
    words = {"reporter_asked_not": "Do not speak to the other household yet"}.get(decision.outcome, decision.text)
    return f"{words} · look again {short_day(decision.look_again)}{late}"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"
