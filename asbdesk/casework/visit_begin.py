"""Beginning a visit, or coming back to one: the record, the form's run, and what was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asbdesk.casework import people, visit_actions
from asbdesk.casework.risk import keep_form
from asbdesk.casework.visit_state import VisitState
from asbdesk.casework.way_out import no_visit
from asbdesk.errors import UserError
from asbdesk.forms.load import Library, library
from asbdesk.model import Case, Person, Visit
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.casework.desk import Desk
    from asbdesk.forms.definition import Form
    from asbdesk.store.work import Work

FORM = "visit"
SEEN = ("reporter", "affected")


def open_state(desk: Desk, case: str, *, by_phone: bool, person: str = "") -> VisitState:
    """A new visit to `person` (whom the case is worked for, unless named), or the one begun for this case and not
    ended. Raises UserError for a case that is closed, and for somebody who must not be in touch with its people."""
    if run := _under_way(desk, case):
        return resumed_state(desk, run)
    person = desk.read(_person_to_see, case, person)
    if held := desk.read(no_visit, case, desk.member):
        raise UserError(held)
    forms = library(desk.store.paths.own_forms)
    with desk.store.journal.batch():  # the record and the run that names it stand together, or neither does
        run = desk.drafts.start(case, FORM, forms[FORM].hash, "before")
        visit = desk.do(_begin, case, person, forms[FORM], by_phone=by_phone).value
        desk.drafts.save(run, "_visit", visit)
    return VisitState(desk, run, case, visit, person, by_phone, forms, drafts={"_visit": visit})


def _under_way(desk: Desk, case: str) -> str:
    """The run of the visit that was begun for this case and has not ended; empty where there is none."""
    runs = (run.id for run in desk.drafts.open_runs(case) if run.form == FORM)
    return next((run for run in runs if desk.drafts.values(run).get("_visit")), "")


def to_choose_from(desk: Desk, case: str) -> tuple[tuple[str, str], ...]:
    """(person, name) of whom a new visit may be to, one a household; empty where there is nothing to choose: one
    household alone, or a visit that is under way."""
    if _under_way(desk, case):
        return ()
    found = desk.read(_households, case)
    return found if len(found) > 1 else ()


def _households(session: Session, case: str) -> tuple[tuple[str, str], ...]:
    """Whoever reported it or is affected, can be reached, and is no professional: the first of each home."""
    everyone = people.involved(session, case)
    not_seen = {i.person for i in everyone if i.role in ("agency_officer", "advocate", "alleged_perpetrator")}
    found: dict[str, tuple[str, str]] = {}
    for i in everyone:
        person = session.get(Person, i.person) if i.role in SEEN and i.person not in not_seen else None
        if person is not None and person.reachable is not False:
            found.setdefault(person.home or person.id, (person.id, person.name or "No name given"))
    return tuple(found.values())


def resumed_state(desk: Desk, run_id: str) -> VisitState:
    """What was saved of a visit. Raises UserError when it has ended."""
    run = desk.drafts.run(run_id)
    if run is None:
        raise UserError("This visit has ended. Open the case to see what was written.")
    drafts = desk.drafts.values(run_id)
    forms = library(desk.store.paths.own_forms)
    visit = str(drafts.get("_visit") or "")
    if not visit:
        raise UserError("This visit was not begun by a version that can go on with it. Begin the visit again.")
    person, by_phone, kept = desk.read(_visit_so_far, visit)
    return VisitState(desk, run_id, run.case, visit, person, by_phone, _as_begun(desk, forms, run.hash), kept, drafts)


def _as_begun(desk: Desk, forms: Library, begun_with: str) -> Library:
    """The forms in use, the visit in the words it was begun with, where a newer version came meanwhile."""
    from asbdesk.forms.load import load_text

    if forms[FORM].hash == begun_with:
        return forms
    text = desk.read(_text_of, begun_with)
    older = Library(forms)
    if text:
        older[FORM] = load_text(text, "visit.yaml")
    return older


def _text_of(session: Session, hash_: str) -> str:
    import sqlalchemy as sa

    from asbdesk.model import FormText

    return session.scalar(sa.select(FormText.text).where(FormText.hash == hash_).limit(1)) or ""


@action("visit.started")
def _begin(work: Work, case: str, person: str, form: Form, *, by_phone: bool) -> str:
    return visit_actions.start(work, case, person, keep_form(work, form), by_phone=by_phone)


def _person_to_see(session: Session, case: str, person: str) -> str:
    found = session.get(Case, case)
    if found is None:
        raise UserError("This case is not on this laptop (any more). Go back and look again.")
    if found.status == "closed":
        raise UserError("This case is closed. Open it again before you visit.")
    if person and person not in dict(_households(session, case)):
        raise UserError("Choose somebody who reported it or is affected. Look at the people of the case.")
    first = people.reporter_of(session, case)
    if first is None:
        raise UserError("Nobody is named who told us. Add the person you will see first.")
    return person or first.id


def _visit_so_far(session: Session, visit: str) -> tuple[str, bool, dict[str, dict[str, Any]]]:
    record = session.get_one(Visit, visit)
    kept = {step: dict(answers) for step, answers in (record.answers or {}).items()}
    return record.with_ or "", bool(record.by_phone), kept
