"""The list of cases and the page of one case, as frozen views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import evidence, other_person, people, plans, risk
from asbdesk.casework.cautions import warning_text, warnings_about
from asbdesk.casework.chronology import chronology
from asbdesk.casework.due_lines import line, open_due, when_text
from asbdesk.casework.needs import need_words, needs_of
from asbdesk.casework.records import plain_rows
from asbdesk.casework.release import hold
from asbdesk.casework.views import Alert, CaseLine, CaseList, CasePage, PersonLine, Pill
from asbdesk.casework.words import BAND_TONES, BANDS, NOT_ASSESSED, ROLES, WELFARE, sentence
from asbdesk.clock import short_day
from asbdesk.errors import UserError
from asbdesk.model import Case, Home, Person
from asbdesk.model.journal import case_line, due, form_run
from asbdesk.store.lines import close_up, search_text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.other_person import DecisionView


def list_cases(
    session: Session,
    *,
    search: str = "",
    status: str = "open",
    officer: str | None = None,
    limit: int = 100,
    after: str | None = None,
    today: str = "",
) -> CaseList:
    """One page of cases: by name, address or reference, those due first at the top. `status` may be `all`."""
    which: list[sa.ColumnElement[bool]] = []
    if status != "all":
        which.append(case_line.c.status == status)
    if officer:
        which.append(case_line.c.officer == officer)
    which += [_matches(word) for word in search_text(search).split()]
    total = session.scalar(sa.select(sa.func.count()).select_from(case_line).where(*which)) or 0
    start = int(after or 0)
    order = (case_line.c.next_due.is_(None), case_line.c.next_due, case_line.c.reference.desc())
    rows = sa.select(case_line).where(*which).order_by(*order).limit(limit).offset(start)
    lines = tuple(_line(row, today, set()) for row in plain_rows(session, rows))
    return CaseList(lines, total, str(start + limit) if start + limit < total else None)


def _matches(word: str) -> sa.ColumnElement[bool]:
    plain, closed = case_line.c.search.contains(word, autoescape=True), close_up(word)
    return sa.or_(plain, case_line.c.search.contains(closed, autoescape=True)) if closed else plain


def _line(row: Mapping[str, Any], today: str, practice: set[str]) -> CaseLine:
    band, stream = row["band"] or "", row["stream"] or ""
    when, tone = when_text(row["next_due"], today) if row["next_due"] and today else (row["next_due"] or "", "plain")
    welfare = stream == "domestic_abuse"
    pills = [Pill(WELFARE, "info")] if welfare else []
    if not welfare and (band or row["status"] != "closed"):
        pills.append(Pill(BANDS.get(band, NOT_ASSESSED), BAND_TONES.get(band, "plain")))
    pills += [Pill("Closed", "good")] if row["status"] == "closed" else []
    pills += [Pill(when, tone)] if tone == "danger" else []
    names = ("reference", "title", "stream", "status", "officer", "reporter", "address")
    told: dict[str, Any] = {name: str(row[name] or "") for name in names}
    told |= {"id": row["case"], "band": band, "next_due": row["next_due"], "next_text": when}
    return CaseLine(**told, pills=tuple(pills), practice=row["case"] in practice)


def case_page(session: Session, case: str, today: str) -> CasePage:
    """Everything the case page draws. Raises UserError when the case is not here."""
    row = session.execute(sa.select(case_line).where(case_line.c.case == case)).mappings().first()
    found = session.get(Case, case)
    if row is None or found is None:
        raise UserError("This case is not on this laptop (any more). Go back and look again.")
    resident = people.reporter_of(session, case)
    name = (resident.name if resident else "") or ""
    owed = open_due(session, due.c.case == case)
    warned = _warnings(session, found, resident, today)
    return CasePage(
        line=_line(dict(row), today, {case} if found.practice else set()),
        alerts=(*_alerts(session, found, resident, today), *(Alert(w, "danger", "triangle-alert") for w in warned)),
        home=str(row["address"] or ""),
        language=_language(resident),
        chronology=chronology(session, case, today=today),
        people=_people(session, case),
        assessments=risk.assessments(session, case),
        plans=plans.plans(session, case, today),
        due=tuple(line(o, name, today) for o in owed),
        before_visit=_before(warned, resident),
        open_visit=_open_visit(session, case),
        evidence=evidence.evidence_list(session, case),
        resident=name,
        shares_home_with=tuple(people.cases_at_home(session, case)),
    )


def _open_visit(session: Session, case: str) -> str | None:
    runs = sa.select(form_run.c.id).where(form_run.c.case == case, form_run.c.form == "visit")
    return session.scalar(runs.order_by(form_run.c.started.desc()).limit(1))


def _warnings(session: Session, case: Case, resident: Person | None, today: str) -> list[str]:
    files = [f"home/{case.home}"] if case.home else []
    files += [f"person/{resident.id}"] if resident else []
    return [warning_text(w, today) for w in warnings_about(session, files)]


def _alerts(session: Session, case: Case, resident: Person | None, today: str) -> list[Alert]:
    alerts = []
    decision = other_person.latest(session, case.id)
    if decision is not None and decision.outcome in other_person.STANDS_UNTIL_LOOKED_AT:
        alerts.append(Alert(_other_words(decision, today), "warning", "users"))
    if resident is not None and (held := hold(session, case.id, resident.id)):
        alerts.append(Alert(held, "danger", "lock"))
    for step in plans.open_steps(session, case.id):
        if step.code in ("safe_time", "safeguarding", "now"):
            alerts.append(Alert(step.what or "", "danger" if step.code == "now" else "warning", "shield-alert"))
    if case.practice:
        alerts.append(Alert("Practice case: the names and the address are invented.", "info", "info"))
    return alerts


def _other_words(decision: DecisionView, today: str) -> str:
    late = " (look again now)" if decision.look_again < today else ""
    words = {"reporter_asked_not": "Do not speak to the other household yet"}.get(decision.outcome, decision.text)
    return f"{words} · look again {short_day(decision.look_again)}{late}"


def _language(person: Person | None) -> str:
    if person is None or not person.language or person.language.lower() == "english":
        return ""
    return f"Speaks {person.language}" + (" – interpreter needed" if person.interpreter else "")


def _before(warned: list[str], resident: Person | None) -> str:
    """Two lines at most for the card "Before you visit"."""
    said = [*warned]
    if resident is not None and resident.interpreter:
        said.append(f"Book an interpreter ({resident.language or 'ask which language'})")
    return ". ".join([*said, "Ring your buddy before you go in"]) + "."


def _people(session: Session, case: str) -> tuple[PersonLine, ...]:
    shared = people.cases_sharing(session, case)
    involved = people.involved(session, case)
    needs = needs_of(session, [i.person for i in involved if i.person])
    found: dict[str, tuple[Person, list[str]]] = {}
    for i in involved:
        person = session.get(Person, i.person) if i.person else None
        if person is not None:
            found.setdefault(person.id, (person, []))[1].append(ROLES.get(i.role or "", i.role or ""))
    lines = []
    for person, roles in found.values():
        home = session.get(Home, person.home) if person.home else None
        address = ", ".join(t for t in (home.address, home.postcode) if t) if home else ""
        told = (person.id, person.name or "No name given", sentence(dict.fromkeys(roles)), person.phone or "")
        known = tuple(need_words(n) for n in needs.get(person.id, ()))
        lines.append(PersonLine(*told, person.language or "", address, tuple(shared.get(person.id, ())), known))
    return tuple(lines)


__all__ = ["CaseLine", "CaseList", "CasePage", "case_page", "chronology", "list_cases"]
