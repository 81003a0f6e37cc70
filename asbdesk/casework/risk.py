"""Risk: an assessment from a finished form, the level it comes to, and a level decided otherwise with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework.records import case_file, landlord_of, new
from asbdesk.casework.views import AnswerView, AssessmentView
from asbdesk.casework.words import BANDS, NOT_ASSESSED
from asbdesk.clock import short_moment
from asbdesk.errors import UserError
from asbdesk.forms.answers import UNANSWERED
from asbdesk.model import Assessment, Case, FormText, Person, Progress, Report
from asbdesk.store import lines
from asbdesk.store.values import tips
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.forms.definition import Form, Question
    from asbdesk.forms.score import Score
    from asbdesk.store.work import Work

FLAGS: dict[str, set[str]] = {
    "violence": {"violence", "assault", "threat", "threat_to_life", "arson", "sexual", "stalking"},
    "weapon": {"weapon"},
    "hate": {"hate"},
    "domestic_abuse": {"domestic_abuse"},
    "suicidal_statement": {"suicidal_statement"},
    "child_at_risk": {"child_at_risk"},
}
"""What a form's floors ask for → the behaviours and serious things that say so."""
ORDER = ("standard", "medium", "high")


@dataclass(frozen=True)
class Level:
    """The officer's level, where it differs from the computed one: why, and for a lower one who agreed."""

    band: str
    reason: str = ""
    approver: str = ""


@action("risk.assessed")
def assess(
    work: Work,
    case: str,
    person: str,
    form: Form,
    answers: Mapping[str, Any],
    *,
    flags: AbstractSet[str] = frozenset(),
    level: Level | None = None,
    by: str = "resident",
    method: str = "visit",
    trigger: str = "",
    visit: str = "",
) -> str:
    """A finished assessment of a person's household. Raises UserError where the level cannot stand."""
    from asbdesk.forms.score import score

    result = score(form, answers, flags)
    band = decided(result, level)
    return new(
        work,
        Assessment,
        case_file(work.get(Case, case).id),
        of=person,
        at=work.happened,
        by=by,
        method=method,
        form=keep_form(work, form),
        form_title=form.title,
        answers=dict(answers),
        score=result.points,
        out_of=result.out_of,
        complete=result.complete,
        computed=result.computed or result.at_least,
        band=band,
        floors=[hit.reason for hit in result.floors],
        reason=level.reason if level else "",
        approver=level.approver if level else "",
        trigger=trigger,
        follows=followed(work, case, person),
        visit=visit,
    ).id


def decided(result: Score, level: Level | None) -> str:
    """The level that stands. Raises UserError with all that is wrong with a level chosen by hand."""
    from asbdesk.forms.score import check_override

    if level is None or not level.band:
        return result.level or ""
    problems = check_override(result, level.band, level.reason, level.approver)
    if problems:
        raise UserError(" ".join(problems))
    return level.band


def no_lower(form: Form, answers: Mapping[str, Any], flags: AbstractSet[str]) -> Level | None:
    """The level of answers that stand aside, where what the case knows comes to a lower one without them: until the
    right form was gone through, nobody is thought safer for it. None where it does not."""
    from asbdesk.forms.score import score

    with_, without = (score(form, some, flags).level or "" for some in (answers, {}))
    order = ("", *ORDER)
    if order.index(with_) <= order.index(without):
        return None
    return Level(with_, "What was answered before the matrix stood aside for the form for abuse at home")


@action("risk.assessed")
def record_outcome(work: Work, case: str, person: str, band: str, *, score: int | None = None, **told: Any) -> str:
    """An assessment made elsewhere, of which only the outcome is known (`trigger`, `method`)."""
    if band not in ORDER:
        raise UserError("A risk level is standard, medium or high.")
    told = {"by": "officer", "at": work.happened, "complete": True, "computed": band, **told}
    follows = followed(work, case, person)
    return new(work, Assessment, case_file(case), of=person, band=band, score=score, follows=follows, **told).id


def followed(work: Work, case: str, person: str) -> list[str]:
    """Ids of the assessments that a new one takes the place of."""
    known = sa.select(Assessment).where(Assessment.file == case_file(case), Assessment.of == person)
    return [a.id for a in tips(work.select(known.where(Assessment.struck.is_(None)).order_by(Assessment.id)))]


def keep_form(work: Work, form: Form) -> str:
    """Keep a definition's exact text once, in the landlord's file, so that answers keep their words. Its hash."""
    if not work.select(sa.select(FormText).where(FormText.hash == form.hash).limit(1)):
        file = f"landlord/{landlord_of(work).id}"
        new(work, FormText, file, form=form.id, version=form.version, hash=form.hash, text=form.text)
    return form.hash


def flags_of(behaviours: Iterable[str], serious: Iterable[str], *, hate: bool = False, child: bool = False) -> set[str]:
    """What the case knows, in the names that a form's floors use."""
    told = {*behaviours, *serious, *(["hate"] if hate else []), *(["child_at_risk"] if child else [])}
    return {flag for flag, words in FLAGS.items() if words & told}


def flags_in(session: Session, case: str, *, but_visit: str = "") -> set[str]:
    """The flags of every report in a case, but for those of one visit."""
    flags: set[str] = set()
    for report in session.scalars(sa.select(Report).where(Report.file == case_file(case), Report.struck.is_(None))):
        if but_visit and report.visit == but_visit:
            continue
        flags |= flags_of(report.behaviours or (), report.serious or (), hate=bool(report.hate))
    return flags


def assessments(session: Session, case: str, *, words: bool = True) -> tuple[AssessmentView, ...]:
    """Every assessment in a case, newest first; those that no other follows are `current`."""
    found = sa.select(Assessment).where(Assessment.file == case_file(case), Assessment.struck.is_(None))
    kept = list(session.scalars(found.order_by(Assessment.at.desc(), Assessment.id.desc())))
    current = {a.id for a in tips(kept)}
    return tuple(_view(session, a, a.id in current, words) for a in kept)


def level_of(session: Session, case: str, person: str | None = None) -> str:
    """The level that counts, as the case's line has it (`store.lines.level`): the highest among those standing, of one
    person or of everyone in the case. A newer assessment that came to none lowers nothing; nor does the lack of any
    after a list said one."""
    found = sa.select(Assessment).where(Assessment.file == case_file(case), Assessment.struck.is_(None))
    every = list(session.scalars(found))
    if not every:
        taken = sa.select(Progress).where(Progress.file == case_file(case), Progress.struck.is_(None))
        return lines.listed_level(list(session.scalars(taken.order_by(Progress.at, Progress.id)))) or ""
    return lines.level([a for a in every if not person or a.of == person]) or ""


def last_answers(session: Session, case: str, person: str, form: str) -> tuple[dict[str, Any], str]:
    """The answers of the person's last assessment with this form (its id), and the instant they were given."""
    found = sa.select(Assessment).where(Assessment.file == case_file(case), Assessment.of == person)
    for a in session.scalars(found.where(Assessment.struck.is_(None)).order_by(Assessment.at.desc())):
        text = session.scalars(sa.select(FormText).where(FormText.hash == a.form)).first()
        if text is not None and text.form == form:
            return dict(a.answers or {}), a.at or ""
    return {}, ""


def _view(session: Session, a: Assessment, current: bool, words: bool) -> AssessmentView:
    person = session.get(Person, a.of) if a.of else None
    score = "" if a.score is None or a.out_of is None else f"{a.score} of {a.out_of}"
    return AssessmentView(
        a.id,
        a.at or "",
        short_moment(a.at) if a.at else "",
        (person.name if person else "") or "",
        a.band or "",
        BANDS.get(a.band or "", NOT_ASSESSED),
        BANDS.get(a.computed or "", ""),
        score if a.complete else f"{score} so far, not complete" if score else "",
        tuple(str(f) for f in a.floors or ()),
        a.reason or "",
        a.approver or "",
        a.trigger or "",
        _answers(session, a) if words else (),
        current,
    )


def _answers(session: Session, a: Assessment) -> tuple[AnswerView, ...]:
    """The questions in the words they were asked in, and the answers in words."""
    from asbdesk.forms.load import load_text

    kept = session.scalars(sa.select(FormText).where(FormText.hash == a.form)).first() if a.form else None
    if kept is None or not kept.text:
        return ()
    form = load_text(kept.text, f"{kept.form}.yaml")
    told = a.answers or {}
    return tuple(AnswerView(q.text, answer_words(q, told[q.id])) for q in form.questions if q.id in told)


def answer_words(question: Question, value: Any) -> str:
    """An answer as people read it."""
    if value is None or value == []:
        return UNANSWERED["not_asked"]
    if isinstance(value, dict):
        return UNANSWERED.get(str(value.get("unanswered")), UNANSWERED["not_asked"])
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(option.label if (option := question.option(v)) else str(v) for v in chosen)
