"""The other person: the decision about speaking, their account, what was found, tools, and who reads it over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from asbdesk.casework import enforcement, handover, other_person, reviews
from asbdesk.casework.parts import Add, Choices, Part, Taking, choices
from asbdesk.casework.parts.other_cards import cards, who_and_which
from asbdesk.casework.risk import keep_form
from asbdesk.casework.told import Said, words
from asbdesk.clock import london_day
from asbdesk.forms.load import one_form
from asbdesk.model import Case, Member, OtherAccount, Person
from asbdesk.store.work import action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from asbdesk.forms.definition import Form
    from asbdesk.store.journal import Done
    from asbdesk.store.work import Work


# ---- adding
def _decided(t: Taking) -> Done[Any]:
    known = t.desk.read(other_person.latest, t.case)
    answers = known.answers if known is not None else other_person.FourAnswers()
    told = {name: t.text(name) for name in ("look_again", "meanwhile", "manager")}
    about = t.about or t.text("about")
    against = [f"Against what they asked: {t.text('against_why')}"] if t.text("against_why") else []
    against += [f"They were told first: {t.text('told_first')}"] if t.text("told_first") else []
    said = Said(note=" ".join((*against, t.text("note"))).strip())
    return t.do(other_person.decide, t.case, t.text("outcome"), answers, about=about, **told, said=said)


def _heard(t: Taking) -> Done[Any]:
    fields = {name: t.text(name) for name in ("health", "agrees", "support", "hears_by", "reports")}
    told = {name: words for name, words in fields.items() if words}
    return t.do(enforcement.hear, t.case, _person(t), t.text("account"), **told)


def _supported(t: Taking) -> Done[Any]:
    return t.do(enforcement.offer_support, t.about, t.text("support"))


def _found(t: Taking) -> Done[Any]:
    person, report = who_and_which(t.about)
    return t.do(enforcement.find, t.case, report, person, t.text("finding"), t.text("reason"))


def _weighed(t: Taking) -> Done[Any]:
    return t.do(_weigh, t.case, _person(t), one_form("proportion", t.desk.store.paths.own_forms), dict(t.answers))


@action("proportion.weighed")
def _weigh(work: Work, case: str, person: str, form: Form, answers: Mapping[str, Any]) -> str:
    """The form kept as it was asked and answered, with its decision."""
    decision = str(answers.get("decision") or "")
    shown = next((o.label for q in form.questions if q.id == "decision" for o in q.options if o.value == decision), "")
    words = f"{shown}: {answers.get('reason') or ''} ({answers.get('decided_by') or ''})" if shown else ""
    told: dict[str, Any] = {"form": keep_form(work, form), "advice": str(answers.get("advice") or "")}
    return enforcement.weigh(work, case, person, str(answers.get("tool") or ""), answers, words, **told)


def _tool(t: Taking) -> Done[Any]:
    told: dict[str, Any] = {"used": t.yes("used"), "urgent": t.yes("urgent") or False}
    told |= {name: t.text(name) for name in ("look_again", "manager")}
    return t.do(enforcement.use, t.case, t.text("tool"), t.text("reason"), person=_person(t), **told)


def _second(t: Taking) -> Done[Any]:
    member = t.text("officer")
    name = t.desk.read(lambda s: (s.get(Member, member) or Member(name="")).name or "") if member else t.text("name")
    return t.do(
        handover.hand_over,
        t.case,
        words(name, "Choose the officer, or write their name."),
        member=member,
        said=t.said(),
    )


def _plans_read(t: Taking) -> Done[Any]:
    return t.do(reviews.manager_review, t.case, t.text("outcome"), of="plan", said=t.said("reader"))


def _across(t: Taking) -> Done[Any]:
    return t.do(reviews.manager_review, t.case, t.text("outcome"), of="reports_across_homes", said=t.said("reader"))


def _person(t: Taking) -> str:
    return t.about or t.text("person")


# ---- what a form asks of the case
def _named(session: Session, case: str, about: str) -> Choices:
    known = () if about else choices.people(session, case, alleged=True)
    return {"about": known, "person": known}


def _tools(session: Session, case: str, about: str) -> Choices:
    stream = session.get_one(Case, case).stream or ""
    person = session.get(Person, about) if about else None
    tenure = (person.tenure if person else "") or ""
    return {**_named(session, case, about), "tool": tuple(enforcement.tools(stream, tenure=tenure).items())}


def _officers(session: Session, case: str, about: str) -> Choices:
    mine = session.get_one(Case, case).officer
    return {"officer": tuple((id, name) for id, name in choices.members(session) if id != mine)}


def _standing(session: Session, case: str, about: str) -> Mapping[str, Any]:
    said = other_person.latest(session, case)
    no = said is not None and said.answers.may_speak in ("no", "not_yet")
    welfare = session.get_one(Case, case).stream == "domestic_abuse"
    asked = said is not None and bool(said.answers.may_speak)
    told = {"against": no, "welfare": welfare, "unasked": not asked}
    return {fact: "yes" if true else "no" for fact, true in told.items()}


def _support(session: Session, case: str, about: str) -> Mapping[str, Any]:
    account = session.get(OtherAccount, about)
    return {"support": account.support} if account is not None and account.support else {}


def _young(session: Session, case: str, about: str) -> Mapping[str, Any]:
    """How young they were when the case began: who has grown up since is treated with the same care."""
    person = session.get(Person, about) if about else None
    born, day = (person.born or "") if person else "", london_day(session.get_one(Case, case).opened or "")
    years = enforcement.age_on(born, day)
    return {f"under_{age}": "yes" if years is not None and years < age else "no" for age in (18, 10)}


PART = Part(
    name="other_person",
    title="The other person",
    icon="users",
    empty="Nobody is named in this case. Put right a report where its person is known.",
    cards=cards,
    adds=(
        Add("other_decided", "Decide about speaking to them", "message-circle", "The decision is written down.",
            _decided, _named, _standing),
        Add("tool", "A tool, or none yet", "gavel", "It is written down.", _tool, _tools, _standing),
        Add("across_homes", "A manager looked across homes", "eye", "It is written down.", _across),
    ),
    follows=(
        Add("other_person", "A talk with the other person", "ear", "What they say is written down.", _heard),
        Add("other_support", "Support for the other person", "hand-heart", "It is written down.", _supported,
            begins=_support),
        Add("finding", "A finding on an allegation", "scale", "The finding is written down.", _found),
        Add("proportion", "Is it proportionate", "scale", "It is written down.", _weighed, facts=_young),
        Add("second_officer", "A second officer takes this case", "user-plus", "The case has a new officer.", _second,
            _officers),
        Add("both_plans_read", "A manager read both plans", "eye", "It is written down.", _plans_read),
    ),
)  # fmt: skip
