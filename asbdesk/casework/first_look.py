"""The first look taken with its form: what the answers point to and why, how soon, and a complaint that forks off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from asbdesk.casework import complaints, triage
from asbdesk.casework.records import case_file, put
from asbdesk.casework.risk import flags_of, keep_form
from asbdesk.casework.safeguarding import ask_if_hurt
from asbdesk.casework.told import Said, in_case
from asbdesk.casework.words import WELFARE
from asbdesk.clock import london_day, plain_day
from asbdesk.errors import UserError
from asbdesk.forms.answers import written
from asbdesk.forms.filling import missing
from asbdesk.forms.score import in_words, score
from asbdesk.model import Case, Report, Triage
from asbdesk.model.journal import case_line
from asbdesk.store.work import action

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from asbdesk.forms.definition import Form
    from asbdesk.store.work import Work

FORM = "first_look"
SLIGHT = {"noise", "animals", "vehicles", "litter", "garden", "neighbour_dispute"}
OUTCOMES = {
    "asb": "Anti-social behaviour",
    "hate": "A hate incident",
    "domestic_abuse": WELFARE,
    "good_neighbourhood": "Good neighbourhood",
    "repairs_noise": "Repairs and noise",
    "complaint": "A complaint about us",
    "not_ours": "Somebody else's to act on",
}


@dataclass(frozen=True)
class Pointer:
    """What a report points to, and why, in words."""

    outcome: str
    title: str
    why: str


@dataclass(frozen=True)
class Looked:
    """What the screen of a first look shows: the case, the report, its words, and what it knows for the form."""

    case: str
    reference: str
    report: str
    words: str
    flags: frozenset[str]
    pointers: tuple[Pointer, ...]


def to_look_at(session: Session, case: str) -> Looked | None:
    """The newest report of a case that nobody has looked at yet; None where there is none."""
    seen = sa.select(Triage.report).where(Triage.file == case_file(case), Triage.struck.is_(None))
    found = sa.select(Report).where(Report.file == case_file(case), Report.struck.is_(None), Report.same_as.is_(None))
    fresh = found.where(Report.id.not_in([r for r in session.scalars(seen) if r]))
    report = session.scalars(fresh.order_by(Report.received.desc(), Report.id.desc()).limit(1)).first()
    if report is None:
        return None
    flags = flags_of(report.behaviours or (), report.serious or (), hate=bool(report.hate))
    reference = session.get_one(Case, case).reference or ""
    pointers = points_to(report.behaviours or (), report.serious or (), report)
    return Looked(case, reference, report.id, report.words or "", frozenset(flags), pointers)


def half_done(session: Session, cases: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(case, words) of the open cases among these, whose first look was begun and not finished."""
    line = case_line.c
    which = sa.select(line.case, line.stream, line.address, line.reference).where(line.case.in_(list(cases)))
    found = session.execute(which.where(line.status == "open").order_by(line.reference))
    words = "A first look is half done"
    return tuple(
        (case, f"{words}: {WELFARE if stream == 'domestic_abuse' else address or reference}")
        for case, stream, address, reference in found
    )


def points_to(behaviours: Iterable[str], serious: Iterable[str], report: Report | None = None) -> tuple[Pointer, ...]:
    """The kinds of matter a report points to, gravest first, each with its reason. The officer decides."""
    kinds, grave = set(behaviours), set(serious)
    hate = "hate" in kinds or bool(report and report.hate)
    found = [
        ("domestic_abuse", "domestic_abuse" in kinds | grave, "abuse at home was told"),
        ("hate", hate, "somebody thinks that it is because of who they are, and that is enough"),
        ("hate", bool(report and report.hate_signs) and not hate, "there are signs of hate that nobody has named: ask"),
        (
            "complaint",
            bool(report and report.dissatisfied),
            "they are unhappy with what we did: that has its own clock",
        ),
        ("asb", bool(grave or kinds - SLIGHT - {"hate", "domestic_abuse"}), "what was told harms or frightens"),
        ("good_neighbourhood", bool(kinds) and kinds <= SLIGHT and not grave, "it may be everyday life: ask how often"),
        ("repairs_noise", kinds == {"noise"}, "noise alone may come from floors, walls or doors: look at the building"),
    ]
    return tuple(Pointer(code, OUTCOMES[code], why) for code, points, why in found if points)


@action("report.looked_at")
def take(work: Work, case: str, report: str, form: Form, answers: Mapping[str, Any]) -> str:
    """Decide with the form's answers. A complaint about us gets a record of its own, its clock running from the day it
    was said; somebody who may be getting hurt, a decision. Raises UserError while an answer is still needed."""
    told = in_case(work, Report, report, case)
    flags = flags_of(told.behaviours or (), told.serious or (), hate=bool(told.hate))
    known = dict.fromkeys(flags, "yes")
    left = missing(form, answers, known)
    if left:
        raise UserError(f"This is still needed: {left[0].text}")
    result = score(form, answers, flags)
    if answers["outcome"] == "complaint" or answers.get("about_us") == "yes":
        _complaint(work, case, told, answers)
    ask_if_hurt(work, case, answers.get("getting_hurt"))
    if answers["outcome"] == "hate" and not told.hate:
        put(told, hate={"perceived_by": "staff", "strands": []})
    reason = " ".join(t for t in (written(answers, "reason"), f"{in_words(result)}.") if t)
    return triage.look(
        work,
        case,
        report,
        str(answers["outcome"]),
        reason=reason,
        score=result.points,
        passed_to=written(answers, "passed_to"),
        check_by=written(answers, "check_by"),
        form=keep_form(work, form),
        answers=answers,
    )


def _complaint(work: Work, case: str, report: Report, answers: Mapping[str, Any]) -> None:
    """The complaint forks off: it names the day of its report, and the report says that it was made."""
    said_on = london_day(report.received or work.happened)
    put(report, dissatisfied=True)
    complaints.accept(
        work,
        case,
        str(answers["complaint_about"]),
        by=report.by or "",
        staff=written(answers, "staff"),
        received=said_on,
        wanted=written(answers, "wanted"),
        said=Said(note=f"Said in the report of {plain_day(said_on)}."),
    )
