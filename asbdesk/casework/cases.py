"""The list of cases and the page of one case, as frozen views."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import evidence, people, plans, risk
from asbdesk.casework.case_alerts import alerts, warnings
from asbdesk.casework.case_due import case_due
from asbdesk.casework.chronology import chronology
from asbdesk.casework.cover import covered_until
from asbdesk.casework.due_lines import when_text
from asbdesk.casework.needs import need_words, needs_of
from asbdesk.casework.person_details import home_in_words
from asbdesk.casework.records import all_rows
from asbdesk.casework.views import CaseLine, CaseList, CasePage, PersonLine, Pill
from asbdesk.casework.worded import Worded
from asbdesk.casework.words import BAND_TONES, BANDS, NOT_ASSESSED, ROLES, WELFARE, sentence
from asbdesk.errors import UserError
from asbdesk.model import Case, Home, Member, Person
from asbdesk.model.journal import case_line, form_run
from asbdesk.spelling import close_up, search_text
from asbdesk.store.prepared import Prepared

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


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
    words, start = search_text(search).split(), int(after or 0)
    asked: dict[str, Any] = {"status": status, "officer": officer, "limit": limit, "start": start}
    for number, word in enumerate(words):
        asked |= {f"plain{number}": _like(word), f"closed{number}": _like(close_up(word) or word)}
    count, page = _list_of(len(words), status != "all", bool(officer))
    rows = page.rows(session, **asked)
    whole = len(rows) < limit and not start
    total = len(rows) if whole else count.rows(session, **asked)[0][0]
    lines = Worded(rows, partial(_line, today=today))
    return CaseList(lines, total, str(start + limit) if start + limit < total else None)


C = case_line.c
SHOWN = (C.case, C.reference, C.title, C.stream, C.status, C.band, C.officer, C.reporter, C.address, C.next_due)
"""What a list shows of a case: the columns of `_line`, in its order."""


@cache
def _list_of(words: int, one_status: bool, one_officer: bool) -> tuple[Prepared, Prepared]:
    """The statements that count and read such a list, made once."""
    which: list[sa.ColumnElement[bool]] = [C.status == sa.bindparam("status")] if one_status else []
    which += [C.officer == sa.bindparam("officer")] if one_officer else []
    for number in range(words):
        patterns = (sa.bindparam(f"{form}{number}", type_=sa.Text()) for form in ("plain", "closed"))
        which.append(sa.or_(*(C.search.like(pattern, escape="/") for pattern in patterns)))
    order = (C.next_due.nulls_last(), C.reference.desc())  # as the index has them: IS NULL before it would sort all
    page = sa.select(*SHOWN).where(*which).order_by(*order)
    count = sa.select(sa.func.count()).select_from(case_line).where(*which)
    return Prepared(count), Prepared(page.limit(sa.bindparam("limit")).offset(sa.bindparam("start")))


def _like(word: str) -> str:
    """A pattern for LIKE that finds `word` anywhere, whatever signs are in it."""
    for sign in "/%_":
        word = word.replace(sign, "/" + sign)
    return f"%{word}%"


def _line(row: Sequence[Any], today: str, practice: bool = False) -> CaseLine:
    case, reference, title, stream, status, band, officer, reporter, address, due_on = row
    when, tone = _when(due_on, today) if due_on and today else (due_on or "", "plain")
    told = (case, reference or "", title or "", stream or "", status or "", band or "", officer or "", reporter or "")
    return CaseLine(*told, address or "", due_on, when, _pills(stream, status, band or "", when, tone), practice)


_when = lru_cache(1024)(when_text)
"""A page of a list has few days and as few levels: their words are made once."""


@lru_cache(1024)
def _pills(stream: str, status: str, band: str, when: str, tone: str) -> tuple[Pill, ...]:
    welfare, closed = stream == "domestic_abuse", status == "closed"
    pills = [Pill(WELFARE, "info")] if welfare else []
    if not welfare and (band or not closed):
        pills.append(Pill(BANDS.get(band, NOT_ASSESSED), BAND_TONES.get(band, "plain")))
    pills += [Pill("Closed", "good")] if closed else []
    pills += [Pill(when, tone)] if tone == "danger" else []
    return tuple(pills)


def case_page(session: Session, case: str, today: str) -> CasePage:
    """Everything the case page draws. Raises UserError when the case is not here."""
    rows = all_rows(session, sa.select(*SHOWN).where(C.case == case))
    found = session.get(Case, case)
    if not rows or found is None:
        raise UserError("This case is not on this laptop (any more). Go back and look again.")
    resident = people.reporter_of(session, case)
    name = (resident.name if resident else "") or ""
    warned = warnings(session, found, [resident] if resident else [], today)
    return CasePage(
        line=_line(rows[0], today, bool(found.practice)),
        alerts=tuple(alerts(session, found, today)),
        home=" · ".join(t for t in (found.place, rows[0].address) if t),
        language=_language(resident),
        chronology=chronology(session, case, today=today),
        people=people_lines(session, case),
        assessments=risk.assessments(session, case),
        plans=plans.plans(session, case, today),
        due=case_due(session, case, name, today),
        before_visit=_before(warned, resident),
        open_visit=_open_visit(session, case),
        evidence=evidence.evidence_list(session, case),
        resident=name,
        shares_home_with=tuple(people.cases_at_home(session, case)),
        officer=_officer(session, rows[0].officer),
        covered=covered_until(session, case, today),
    )


def _officer(session: Session, member: str | None) -> str:
    found = session.get(Member, member) if member else None
    return (found.name if found else "") or ""


def _open_visit(session: Session, case: str) -> str | None:
    runs = sa.select(form_run.c.id).where(form_run.c.case == case, form_run.c.form == "visit")
    return session.scalar(runs.order_by(form_run.c.started.desc()).limit(1))


def _language(person: Person | None) -> str:
    if person is None:
        return ""
    if not person.language or person.language.lower() == "english":
        return "Interpreter needed" if person.interpreter else ""
    return f"Speaks {person.language}" + (" – interpreter needed" if person.interpreter else "")


def _before(warned: list[str], resident: Person | None) -> str:
    """Two lines at most for the card "Before you visit"."""
    said = [*warned]
    if resident is not None and resident.interpreter:
        said.append(f"Book an interpreter ({resident.language or 'ask which language'})")
    return ". ".join([*said, "Ring your buddy before you go in"]) + "."


def people_lines(session: Session, case: str) -> tuple[PersonLine, ...]:
    """Everybody with a part in a case."""
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
        others, holds = tuple(shared.get(person.id, ())), home_in_words(person, home)
        lines.append(PersonLine(*told, person.language or "", address, others, known, holds))
    return tuple(lines)


__all__ = ["CaseLine", "CaseList", "CasePage", "case_page", "chronology", "list_cases"]
