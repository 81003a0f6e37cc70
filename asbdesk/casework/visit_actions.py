"""What finishing a step of a visit writes: one action, in one transaction with the end of the step's drafts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import (
    abuse_form,
    children,
    contacts,
    needs,
    now,
    other_person,
    people,
    permissions,
    reports,
    risk,
    visit_safeguarding,
    visit_told,
)
from asbdesk.casework.contacts import Agreement
from asbdesk.casework.internal import internal, internal_done
from asbdesk.casework.people import NewPerson
from asbdesk.casework.records import case_file, new, put
from asbdesk.casework.reports import Telling
from asbdesk.casework.visit_answers import agreement_of, four_answers, text_of, told_needs
from asbdesk.casework.words import SAFE_TIME, picklist
from asbdesk.clock import london_day
from asbdesk.documents.naming import may_be_same
from asbdesk.forms.answers import is_unanswered
from asbdesk.model import Case, DisclosureRule, Involvement, Person, Report, Visit
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.forms.definition import Form
    from asbdesk.store.work import Work

OTHER_WAIT_DAYS = 14
"""After "no" or "not yet" about the other person we look again in so many days; 28 at most."""


NOW_QUESTIONS = ("now_danger", "now_told", "now_tonight")
NOW_AFTER_GENTLE = ("danger_here", "danger_told", "danger_tonight")
"""The same three, where the gentle questions brought it up."""


@dataclass(frozen=True)
class Finished:
    """A step as it was finished: its answers, and what they come to."""

    case: str
    visit: str
    person: str
    step: str
    answers: Mapping[str, Any]
    telling: Telling = field(default_factory=Telling)
    form: Form | None = None
    """The risk form, for the step that has it."""
    form_prefix: str = "risk."
    put_aside: bool = False
    """The matrix stands aside: it is not the form for abuse at home. Its answers are kept, and come to no score."""
    flags: frozenset[str] = frozenset()
    level: risk.Level | None = None
    welfare: bool = False
    put_off: bool = False
    """Questions that need privacy were not asked."""
    other_known: bool = False
    next_working_day: str = ""
    in_two_days: str = ""


@action("visit.started")
def start(work: Work, case: str, person: str, form: str, *, by_phone: bool) -> str:
    """A visit begins. Its id."""
    work.get(Case, case)
    told = {"with_": person, "started": work.happened, "by_phone": by_phone, "form": form}
    return new(work, Visit, case_file(case), **told).id


@action("visit.going_in")
def going_in(work: Work, visit: str, told: str, how: str, back_by: str) -> None:
    """Who was told, how, and the instant we expect to be out."""
    put(work.get(Visit, visit), going_in={"told": told, "how": how, "back_by": back_by})


@action("visit.prepared")
def before(work: Work, done: Finished) -> None:
    keep(work, done)


@action("visit.room")
def who(work: Work, done: Finished) -> None:
    """Who is here. The words that were read are noted with it."""
    keep(work, done)
    put(work.get(Visit, done.visit), room={q: v for q, v in done.answers.items() if not is_unanswered(v)})


@action("report.recorded")
def happened(work: Work, done: Finished) -> None:
    """What was told, as a report of this visit; told again differently, it is put right, not written twice."""
    before = visit_safeguarding.told_of(work, done)
    keep(work, done)
    told = _with_now(done, NOW_QUESTIONS)
    known = work.select(sa.select(Report).where(Report.visit == done.visit, Report.struck.is_(None)))
    report: Report | None = None
    if known:
        report = known[0]
        reports.correct_report(work, report.id, told)
    elif told.words or told.behaviours or told.serious:
        report = work.get(Report, reports.record_report(work, done.case, done.person, told))
    if report:
        _name_other(work, done, report)
        visit_told.police_question(work, done, report.id)
    _answer_now(work, done.case, told.now)
    visit_safeguarding.ask(work, done, before)


def _with_now(done: Finished, questions: tuple[str, str, str]) -> Telling:
    """What was told, with what was answered in this step of what cannot wait."""
    danger, told, tonight = (text_of(done.answers, q) for q in questions)
    return replace(done.telling, now=now.Answers(danger.capitalize(), told, tonight))


def _answer_now(work: Work, case: str, said: now.Answers) -> None:
    """The card that stood before this step, answered as far as it was; it stands until all three are."""
    if said != now.NONE:
        now.answer(work, case, danger=said.danger, told=said.told, tonight=said.tonight, part=True)


def _name_other(work: Work, done: Finished, report: Report) -> None:
    """The person it is about, where they know: whoever of that name is in the case already, else somebody new, who is
    named anew when the name changes as long as no other report is about them."""
    name = text_of(done.answers, "other_known")
    if not name:
        return
    known = [i.person or "" for i in people.involved(work.session, done.case) if i.role == "alleged_perpetrator"]
    of_name = [p for p in known if may_be_same(work.get(Person, p).name or "", name)]
    now_named = str(report.about[0]) if report.about else ""
    if now_named in of_name:
        return
    if of_name:
        report.about = of_name[:1]
    elif now_named > done.visit and not _of_others(work, report, now_named):  # written down on this visit
        put(work.get(Person, now_named), name=name)
    else:
        report.about = [people.add_to_case(work, done.case, NewPerson(name=name), "alleged_perpetrator")]


def _of_others(work: Work, report: Report, person: str) -> bool:
    """Is another report, or another case, about this person."""
    every = work.select(sa.select(Report).where(Report.file == report.file, Report.struck.is_(None)))
    elsewhere = sa.select(Involvement.id).where(Involvement.person == person, Involvement.file != report.file)
    named = any(r.id != report.id and person in (r.about or ()) for r in every)
    return named or work.session.scalar(elsewhere.limit(1)) is not None


@action("visit.effects")
def affects(work: Work, done: Finished) -> None:
    """How it affects the household: children, needs, and what makes things easier."""
    keep(work, done)
    person, a = work.get(Person, done.person), done.answers
    if isinstance(a.get("children"), int) and person.home:
        people.set_children(work, done.person, a["children"])
    if person.home and a.get("children"):
        children.name(work, done.case, done.person, text_of(a, "children_who"))
    visit_told.not_tonight(work, done, now.NONE)
    if isinstance(a.get("language"), str):
        put(person, language=a["language"].strip() or None)
    if a.get("interpreter_needed") in ("yes", "no"):
        put(person, interpreter=a["interpreter_needed"] == "yes")
    easier = a.get("easier")
    for what in easier if isinstance(easier, list) else ():
        if what != "nothing":
            needs.ask_adjustment(work, done.person, str(what))
    for what, said_by in told_needs(a).items():
        needs.record_need(work, done.person, what, said_by=said_by)


@action("risk.assessed")
def safe(work: Work, done: Finished) -> None:
    """The gentle questions and the risk questions: an assessment, hate on the report, and the welfare path."""
    keep(work, done)
    prefix = done.form_prefix
    answers = {q.removeprefix(prefix): v for q, v in done.answers.items() if q.startswith(prefix)}
    if done.form is not None and any(not is_unanswered(v) for v in answers.values()):
        trigger = "visit" if prefix == "risk." else abuse_form.TRIGGER
        level = done.level or (risk.no_lower(done.form, answers, done.flags) if done.put_aside else None)
        told: dict[str, Any] = {"flags": done.flags, "level": level, "trigger": trigger, "visit": done.visit}
        risk.assess(work, done.case, done.person, done.form, {} if done.put_aside else answers, **told)
    told_here = _with_now(done, NOW_AFTER_GENTLE)
    known = work.select(sa.select(Report).where(Report.visit == done.visit, Report.struck.is_(None)))
    for report in known:
        reports.correct_report(work, report.id, told_here)
    if not known:
        visit_told.write_down(work, done, told_here)
    visit_told.not_tonight(work, done, told_here.now)
    if done.welfare:
        _welfare(work, done)
    visit_safeguarding.settle(work, done)
    _answer_now(work, done.case, told_here.now)
    if done.put_off:
        internal(work, done.case, "safe_time", SAFE_TIME, done.in_two_days)
    else:
        internal_done(work, done.case, "safe_time")


FEARED = "The person they fear, joint tenant or not"
"""Who must not be told, whether they are named or not: a rule about somebody else says nothing of them."""


def _welfare(work: Work, done: Finished) -> None:
    """Abuse at home was told or is feared: the stream, the rule of silence, and a safeguarding decision."""
    reports.move_to_welfare(work, done.case)
    known = sa.select(DisclosureRule).where(DisclosureRule.file == case_file(done.case))
    known = known.where(DisclosureRule.about == done.person, DisclosureRule.not_to_name == FEARED)
    if not work.select(known.where(DisclosureRule.ended.is_(None), DisclosureRule.struck.is_(None))):
        told = {"not_to_name": FEARED, "what": "everything"}
        new(work, DisclosureRule, case_file(done.case), about=done.person, **told, why="welfare")
    if not visit_safeguarding.decided(done):
        visit_safeguarding.open_decision(work, done)


@action("visit.wishes")
def wants(work: Work, done: Finished) -> None:
    """What they want and do not want, the four questions about the other person, and whom we may talk to."""
    keep(work, done)
    a = done.answers
    four = four_answers(a)
    if done.other_known and four.complete and not done.welfare:
        look = (dt.date.fromisoformat(london_day(work.happened)) + dt.timedelta(OTHER_WAIT_DAYS)).isoformat()
        agreed = four.may_speak == "yes"
        outcome = "agreed" if agreed else "reporter_asked_not"
        look, meanwhile = ("", "") if agreed else (look, text_of(a, "meanwhile"))
        other_person.decide(work, done.case, outcome, four, look_again=look, meanwhile=meanwhile)
    for question, body in picklist("permission_body").items():
        answer = text_of(a, question)
        if answer in permissions.ANSWERS:
            permissions.answer_permission(work, done.case, done.person, body, answer)
    agreement = agreement_of(a)
    if agreement != Agreement(method=""):
        contacts.agree_contact(work, done.case, done.person, agreement)


@action("visit.plan_written")
def plan(work: Work, done: Finished) -> None:
    keep(work, done)


@action("visit.read_back")
def sign(work: Work, done: Finished) -> None:
    """Read back. Doubt that they understand goes to the manager; a signature does not settle it."""
    keep(work, done)
    if done.answers.get("doubts") == "yes":
        what = "A manager looks at whether the plan was understood"
        internal(work, done.case, "understanding", what, done.in_two_days, "Manager")


@action("visit.copy")
def out(work: Work, done: Finished) -> None:
    keep(work, done)


STEPS = {
    "before": before,
    "who": who,
    "happened": happened,
    "affects": affects,
    "safe": safe,
    "wants": wants,
    "plan": plan,
    "sign": sign,
    "out": out,
}


def keep(work: Work, done: Finished) -> None:
    """The finished step's answers, in the visit's record."""
    visit = work.get(Visit, done.visit)
    kept = dict(visit.answers or {})
    kept[done.step] = dict(done.answers)
    put(visit, answers=kept)
