"""Case histories in: each event carried out by the function an officer's screen calls, one transaction a file."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import contacts, evidence, needs, people, plan_outcome, risk
from asbdesk.casework.history_head import keep_head
from asbdesk.casework.plan_outcome import PlanTold, StepTold
from asbdesk.casework.reports import Telling, open_case, record_report
from asbdesk.casework.words import number
from asbdesk.errors import UserError
from asbdesk.exchange.history_people import bring_in
from asbdesk.exchange.history_read import Event, History, read
from asbdesk.model import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk

REVIEW_DAYS = 28
"""A review that names no day is looked at again so many days later (DUTIES.md, `plan_review`)."""


@dataclass(frozen=True)
class Imported:
    """What became of a file."""

    case: str
    reference: str
    """The desk's own reference of the case."""
    title: str
    taken: dict[str, int]
    """Kind → how many events were taken."""
    kept: dict[str, int]
    """Kind → how many this version does not take yet. They stay in the history, word for word, with the case."""

    @property
    def words(self) -> str:
        """One sentence or two."""
        said = f"taken in as {self.reference} ({number(sum(self.taken.values()), 'event')})."
        if self.kept:
            kinds = ", ".join(f"{kind} ({count})" for kind, count in sorted(self.kept.items()))
            said += f" Not taken yet, and kept with the case as they are: {kinds}."
        return said


def import_history(desk: Desk, path: Path, *, practice: bool = False) -> Imported:
    """Take a file in, whole or not at all. Raises UserError naming the file, the place and the mend."""
    return take_in(desk, read(path), path.name, practice=practice)


def take_in(desk: Desk, history: History, name: str, *, practice: bool = False) -> Imported:
    """Live through a history: everything in one transaction. Raises UserError for one that is here already."""
    known = desk.read(_taken_before, history.text)
    if known:
        raise UserError(f"{name}: this history is here already, as {known}. Nothing was taken.")
    with desk.store.journal.batch():
        lived = _Lived(desk, history, practice)
        for event in history.events:
            lived.live(event, name)
        lived.finish()
    reference = desk.read(_reference, lived.case)
    return Imported(lived.case, reference, history.title, dict(lived.taken), dict(lived.kept))


def _taken_before(session: Session, text: str) -> str:
    return session.scalar(sa.select(Case.reference).where(Case.history == text).limit(1)) or ""


def _reference(session: Session, case: str) -> str:
    return session.get_one(Case, case).reference or ""


@dataclass
class _Lived:
    """A history while it is lived."""

    desk: Desk
    history: History
    practice: bool
    case: str = ""
    persons: dict[str, str] = field(default_factory=dict)
    """Key → id of the person."""
    ids: dict[str, str] = field(default_factory=dict)
    """Id in the history → id of the record."""
    taken: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)

    def do(self, happened: str, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return self.desk.do(action, *args, happened=happened, **kwargs).value

    def live(self, event: Event, name: str) -> None:
        take = TAKEN.get(event.kind)
        if take is None:
            self.kept[event.kind] += 1
            return
        try:
            take(self, event.told, event.at)
        except UserError as error:
            raise UserError(f"{name}: {event.place}: {error} Nothing was taken.") from error
        self.taken[event.kind] += 1

    def who(self, key: str | None) -> str:
        return self.persons[key] if key is not None else self.reporter

    @property
    def reporter(self) -> str:
        return self.persons[str(self.history.events[0].told["by"])]

    def finish(self) -> None:
        at = self.history.events[0].at
        head = {"reference": self.history.reference, "title": self.history.title, "text": self.history.text}
        self.do(at, keep_head, self.case, **head)

    # ---- one kind each
    def report(self, told: dict[str, Any], at: str) -> None:
        if not self.case:
            first = str(told["by"])
            self.persons = self.do(at, bring_in, self.history.people, self.history.reference)
            who = people.NewPerson(id=self.persons[first])
            record = _telling(told, self.persons)
            self.case = self.do(at, open_case, who, record, name=self.history.title, practice=self.practice)
            for person in self.history.people:
                for role in person["roles"]:
                    self.do(at, people.involve, self.case, self.persons[person["key"]], role, key=person["key"])
            for person in self.history.people:
                self._rules(person, at)
            return
        report = self.do(at, record_report, self.case, self.who(told["by"]), _telling(told, self.persons, self.ids))
        self._named(told, report)

    def _rules(self, person: dict[str, Any], at: str) -> None:
        if person.get("safe_contact"):
            self.do(at, contacts.record_safe_way, self.case, self.persons[person["key"]], person["safe_contact"])
        hidden = person.get("do_not_disclose_to") or []
        for key in [hidden] if isinstance(hidden, str) else hidden:
            self.do(at, contacts.do_not_disclose, self.case, self.persons[person["key"]], self.persons[key])

    def _named(self, told: dict[str, Any], record: str) -> None:
        if "id" in told:
            self.ids[told["id"]] = record

    def contact(self, told: dict[str, Any], at: str) -> None:
        names = ("direction", "made", "answered", "method", "note", "told", "next_by", "needs_reply", "dissatisfied")
        fields = {name: told[name] for name in (*names, "assumed") if name in told}
        self.do(at, contacts.record_contact, self.case, self.who(told["with"]), **fields)

    def risk_assessment(self, told: dict[str, Any], at: str) -> None:
        fields = {name: told[name] for name in ("score", "trigger") if name in told}
        self.do(at, risk.record_outcome, self.case, self.who(told.get("of")), told["band"], **fields)

    def plan(self, told: dict[str, Any], at: str) -> None:
        agreed = bool(told.get("agreed", True))
        steps = [
            StepTold(s.get("what", ""), s.get("who", "landlord"), s.get("by", ""), s.get("id", ""))
            for s in told.get("actions", ())
        ]
        made = PlanTold(
            steps,
            told.get("next_contact", ""),
            told.get("review_on", ""),
            agreed,
            plan_outcome.signing_of(told.get("signing", ""), told.get("signed"), agreed),
            bool(told.get("copy_given")),
            told.get("note", ""),
        )
        plan = self.do(at, plan_outcome.record_version, self.case, self.reporter, made)
        self._named(told, plan)

    def plan_review(self, told: dict[str, Any], at: str) -> None:
        again = (dt.date.fromisoformat(at[:10]) + dt.timedelta(REVIEW_DAYS)).isoformat()
        self.do(at, plan_outcome.record_review, self.case, told.get("outcome", ""), again)

    def plan_copy_given(self, told: dict[str, Any], at: str) -> None:
        self.do(at, plan_outcome.record_copy, self.case)

    def action_done(self, told: dict[str, Any], at: str) -> None:
        self.do(at, plan_outcome.history_step_done, self.case, told["action"], note=told.get("note", ""))

    def action_moved(self, told: dict[str, Any], at: str) -> None:
        self.do(at, plan_outcome.history_step_moved, self.case, told["action"], told["to"], told=bool(told.get("told")))

    def vulnerability(self, told: dict[str, Any], at: str) -> None:
        said = {"resident": "person", "reporter": "person"}.get(str(told.get("by", "resident")), "professional")
        for what in told.get("what", ()):
            self.do(at, needs.record_need, self.who(told["who"]), what, said_by=said)

    def evidence_offered(self, told: dict[str, Any], at: str) -> None:
        note = told.get("note") or "Shown or offered, and not taken"
        self.do(at, evidence.record_not_taken, self.case, self.who(told["from"]), note)


TAKEN: dict[str, Callable[[_Lived, dict[str, Any], str], None]] = {
    "report": _Lived.report,
    "contact": _Lived.contact,
    "risk_assessment": _Lived.risk_assessment,
    "plan": _Lived.plan,
    "plan_review": _Lived.plan_review,
    "plan_copy_given": _Lived.plan_copy_given,
    "action_done": _Lived.action_done,
    "action_moved": _Lived.action_moved,
    "vulnerability_disclosed": _Lived.vulnerability,
    "vulnerability_recorded": _Lived.vulnerability,
    "evidence_offered": _Lived.evidence_offered,
}
"""The kinds this version takes. The others stay in the case's history as they were written."""


def _telling(told: dict[str, Any], persons: dict[str, str], ids: dict[str, str] | None = None) -> Telling:
    about = told.get("about") or []
    hate = told.get("hate")
    if hate is not None:
        by = hate.get("perceived_by", "victim")
        hate = {"perceived_by": by if by not in persons else "victim", "strands": hate.get("strands", [])}
    return Telling(
        words=told.get("note", ""),
        channel=told.get("channel", ""),
        behaviours=tuple(told.get("behaviours", ())),
        serious=tuple(told.get("serious", ())),
        about=tuple(persons[key] for key in ([about] if isinstance(about, str) else about)),
        hate=hate,
        hate_signs=told.get("hate_signs"),
        dissatisfied=told.get("dissatisfied"),
        same_as=(ids or {}).get(told.get("same_as", ""), ""),
        to=told.get("to", "landlord"),
        logged=told.get("logged", told["on"]),
        assumed=told.get("assumed"),
        history_id=told.get("id", ""),
        ask_now=False,
    )
