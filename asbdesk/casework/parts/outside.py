"""From outside: the ASB Case Review, the Ombudsman, letters from those with a duty of care, and own-data requests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from asbdesk.casework import learning_statement, orders, reviews
from asbdesk.casework.parts import Add, Choices, Part, PartCard, Taking, asks_now, choices
from asbdesk.casework.parts.reading import newest_first, outcomes, standing, when
from asbdesk.casework.views import Pill
from asbdesk.clock import full_day
from asbdesk.model import (
    CaseReview,
    LearningStatement,
    OmbudsmanOrder,
    OmbudsmanRequest,
    Person,
    ProfessionalLetter,
    Progress,
    SubjectAccess,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.store.journal import Done

Became = Mapping[str, Progress]
SENDERS = {"doctor": "a doctor", "school": "a school", "carer": "a carer", "relative": "a relative", "other": "other"}


# ---- adding
def _review(t: Taking) -> Done[Any]:
    told = {"asked_of": t.text("asked_of"), "information_by": t.text("information_by")}
    return t.do(reviews.ask_case_review, t.case, said=t.said(), **told)


def _review_told(t: Taking) -> Done[Any]:
    return t.do(reviews.tell_case_review, t.case, said=t.said())


def _review_decided(t: Taking) -> Done[Any]:
    return t.do(reviews.decide_case_review, t.case, t.yes("met"), said=t.said())


def _asked(t: Taking) -> Done[Any]:
    return t.do(orders.ombudsman_request, t.case, by=t.text("by"), said=t.said())


def _answered(t: Taking) -> Done[Any]:
    return t.do(orders.ombudsman_answered, t.case, t.about, said=t.said())


def _ordered(t: Taking) -> Done[Any]:
    told = {"by": t.text("by"), "recommendation": t.text("sort") == "recommendation"}
    return t.do(orders.ombudsman_order, t.case, t.text("what"), said=t.said(), **told)


def _learned(t: Taking) -> Done[Any]:
    changes = [(t.text(f"change_{n}"), t.text(f"by_{n}")) for n in (1, 2, 3)]
    told = (t.text("found"), t.text("wrong"), t.text("differently"), [each for each in changes if any(each)])
    return t.do(learning_statement.state_learning, t.case, *told, t.text("agreed_by"))


def _order_met(t: Taking) -> Done[Any]:
    return t.do(orders.ombudsman_order_met, t.case, t.about, said=t.said())


def _letter(t: Taking) -> Done[Any]:
    told = {"about": t.text("about_whom"), "sort": t.text("sort"), "harm": t.yes("harm")}
    return t.do(orders.professional_letter, t.case, t.text("from"), said=t.said(), **told)


def _of_harm(t: Taking, done: Done[Any]) -> str:
    return asks_now(t, done, "suicidal_statement") if t.yes("harm") else ""


def _letter_answered(t: Taking) -> Done[Any]:
    return t.do(orders.professional_letter_answered, t.case, t.about, changed=t.text("changed"), said=t.said())


def _data(t: Taking) -> Done[Any]:
    return t.do(orders.subject_access, t.case, person=t.text("person"), scope=t.text("scope"), said=t.said())


def _data_answered(t: Taking) -> Done[Any]:
    return t.do(orders.subject_access_answered, t.case, t.about, said=t.said())


def _people(session: Session, case: str, about: str) -> Choices:
    everybody = choices.people(session, case)
    return {"person": everybody, "about_whom": everybody}


# ---- what stands there
def cards(session: Session, case: str, today: str) -> tuple[PartCard, ...]:
    became = outcomes(session, case)
    names = dict(choices.people(session, case))
    found = [(r.at, _review_card(r, became[r.id])) for r in standing(session, CaseReview, case)]
    found += [(r.at, _request(r, became[r.id])) for r in standing(session, OmbudsmanRequest, case)]
    found += [(o.at, _order(o, became[o.id])) for o in standing(session, OmbudsmanOrder, case)]
    found += [(s.at, _statement(s)) for s in standing(session, LearningStatement, case)]
    found += [(x.at, _professional(x, became[x.id], names)) for x in standing(session, ProfessionalLetter, case)]
    found += [(s.at, _access(session, s, became[s.id])) for s in standing(session, SubjectAccess, case)]
    return newest_first(found)


def _review_card(review: CaseReview, became: Became) -> PartCard:
    decided = became.get("case_review_decided")
    pill = {"yes": Pill("Threshold met", "good"), "no": Pill("Threshold not met", "plain")}
    shown = pill.get((decided.result or "") if decided else "", Pill("To decide", "warning"))
    of = "of the council" if review.asked_of == "council" else "of us"
    lines = (f"Our information by {full_day(review.information_by)}",) if review.information_by else ()
    acts = () if decided else ("case_review_decided",)
    title = f"ASB Case Review asked {of}"
    return PartCard(review.id, "users", title, when(review.at), lines, review.note or "", (shown,), acts=acts)


def _request(request: OmbudsmanRequest, became: Became) -> PartCard:
    answered = became.get("ombudsman_answered")
    return _with_day("The Ombudsman asks us", request, request.by, answered, "ombudsman_answered")


def _order(order: OmbudsmanOrder, became: Became) -> PartCard:
    title = "The Ombudsman recommends" if order.recommendation else "The Ombudsman orders"
    card = _with_day(title, order, order.by, became.get("order_met"), "ombudsman_order_met")
    return PartCard(**{**card.__dict__, "lines": (order.what or "", *card.lines)})


def _statement(statement: LearningStatement) -> PartCard:
    lines = (statement.found or "", *(statement.changes or ()))
    lines += (f"Agreed by {statement.agreed_by}",) if statement.agreed_by else ()
    title, said = "What we learned from the Ombudsman", statement.differently or ""
    return PartCard(statement.id, "lightbulb", title, when(statement.at), lines, said)


def _with_day(title: str, record: Any, by: str | None, done: Progress | None, act: str) -> PartCard:
    pill = Pill("Done", "good") if done else Pill("Waits for us", "warning")
    lines = [f"By {full_day(by)}"] if by else []
    lines += [f"Done {when(done.at)}. {done.note or ''}".strip()] if done else []
    acts = () if done else (act,)
    return PartCard(
        record.id, "scale", title, when(record.at), tuple(lines), record.note or "", (pill,), "warning", acts
    )


def _professional(letter: ProfessionalLetter, became: Became, names: Mapping[str, str]) -> PartCard:
    answered = became.get("professional_letter_answered")
    pills = [Pill("Speaks of harm", "danger")] if letter.harm else []
    pills.append(Pill("Answered", "good") if answered else Pill("To weigh and answer", "warning"))
    lines = [f"About {names.get(letter.about or '', letter.about or '')}"] if letter.about else []
    lines += [f"What changed: {answered.result}"] if answered and answered.result else []
    title = f"Letter from {letter.from_}" + (f", {SENDERS[letter.sort]}" if letter.sort in SENDERS else "")
    acts = () if answered else ("care_letter_answered",)
    note = letter.note or ""
    return PartCard(letter.id, "mail", title, when(letter.at), tuple(lines), note, tuple(pills), acts=acts)


def _access(session: Session, request: SubjectAccess, became: Became) -> PartCard:
    person = session.get(Person, request.person) if request.person else None
    done = became.get("subject_access_answered")
    pill = Pill("Answered", "good") if done else Pill("Waits for us", "warning")
    lines = [request.scope] if request.scope else []
    lines += [f"Answered {when(done.at)}. {done.note or ''}".strip()] if done else []
    title = f"{person.name if person is not None else 'Somebody'} asks for their own data"
    acts = () if done else ("own_data_answered",)
    note = request.note or ""
    return PartCard(request.id, "file-lock", title, when(request.at), tuple(lines), note, (pill,), acts=acts)


PART = Part(
    name="outside",
    title="Case review, Ombudsman, letters to us",
    icon="mail",
    empty="Nobody outside has written. A doctor's or a school's letter about harm counts the same for each resident.",
    cards=cards,
    adds=(
        Add("case_review", "An ASB Case Review is asked for", "users", "It is written down.", _review),
        Add("case_review_told", "They were told of the Case Review", "info", "It is written down.", _review_told),
        Add(
            "care_letter", "A letter about harm", "mail", "The letter is written down.", _letter, _people, then=_of_harm
        ),
        Add("ombudsman_asked", "The Ombudsman asks us", "scale", "It is written down.", _asked),
        Add("ombudsman_order", "The Ombudsman orders or recommends", "scale", "It is written down.", _ordered),
        Add(
            *("learning_statement", "What we learned from the Ombudsman", "lightbulb", "The statement is kept."),
            _learned,
        ),
        Add("own_data", "They ask for their own data", "file-lock", "It is written down.", _data, _people),
    ),
    follows=(
        Add("case_review_decided", "The threshold was decided", "check", "It is written down.", _review_decided),
        Add("care_letter_answered", "Weighed and answered", "send", "The answer is written down.", _letter_answered),
        Add("ombudsman_answered", "We answered the Ombudsman", "send", "The answer is written down.", _answered),
        Add("ombudsman_order_met", "It was carried out", "check", "It is written down.", _order_met),
        Add("own_data_answered", "We answered about their data", "send", "The answer is written down.", _data_answered),
    ),
)
