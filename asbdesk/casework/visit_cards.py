"""What is already known, as cards beside a step: shown to be confirmed, never asked again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from asbdesk.casework.common_plan import PAGE, steps
from asbdesk.casework.debrief import LEFT, is_hard
from asbdesk.casework.visit_views import FactCard
from asbdesk.casework.words import BAND_TONES, BANDS, CONTACT_DO_NOT, METHODS, NOT_ASSESSED, sentence
from asbdesk.clock import plain_day

if TYPE_CHECKING:
    from asbdesk.casework.visit_state import VisitState


OWN_FORM = "Keep to the welfare path. Your landlord's own form for abuse at home stands in place of the matrix."
DEBRIEF = "Your manager is asked to offer you a talk about it. What you answer here has no part in that."
PUT_ASIDE = (
    "Keep to the welfare path. The risk matrix is not made for abuse at home, so it is put away; what was answered is "
    "kept. Go through your landlord's own form, and write what it came to in the case, under Keeping safe. Decide on "
    "safeguarding here, today."
)


def cards(state: VisitState, step: str) -> tuple[FactCard, ...]:
    """The cards of a step."""
    make = {"before": _before, "happened": _happened, "safe": _safe, "wants": _wants, "plan": _plan, "out": _out}
    found = make.get(step)
    return tuple(found(state)) if found else ()


def _before(state: VisitState) -> Iterator[FactCard]:
    known, agreed = state.known, state.known.agreement
    yield FactCard("Who and where", f"{known.resident} · {known.address}" if known.address else known.resident)
    for warning in known.warnings:
        yield FactCard("Warning", warning, tone="danger")
    if agreed is not None:
        how = [METHODS.get(agreed.method, ""), agreed.times, agreed.safe]
        yield FactCard("How to reach them", " · ".join(t for t in how if t) or "Not said")
        if agreed.do_not:
            must_not = sentence(CONTACT_DO_NOT.get(d, d) for d in agreed.do_not)
            yield FactCard("What not to do", must_not[:1].upper() + must_not[1:], tone="warning")
        if agreed.if_someone_answers:
            yield FactCard("If someone else answers", agreed.if_someone_answers, tone="warning")
    for rule in known.must_not_know:
        yield FactCard("Must not be told", rule, tone="danger")
    if known.care:
        yield FactCard("When you meet", ". ".join(known.care), tone="warning")
    if known.language and known.language.lower() != "english":
        need = "interpreter needed" if known.interpreter else "ask about an interpreter"
        yield FactCard("Language", f"{known.language}: {need}", tone="warning")
    for promise in known.promised:
        yield FactCard("We promised", promise)
    yield FactCard("Last risk level", BANDS.get(known.band, NOT_ASSESSED), tone=BAND_TONES.get(known.band, "plain"))


def _happened(state: VisitState) -> Iterator[FactCard]:
    for day, words in state.known.reports[-3:]:
        yield FactCard(f"You told us on {plain_day(day)}", words, face="shared")


def _safe(state: VisitState) -> Iterator[FactCard]:
    from asbdesk.forms.score import in_words

    score, aside = state.score(), state.form_of("risk") is None
    if state.welfare:
        yield FactCard("Welfare", PUT_ASIDE if aside else OWN_FORM, tone="danger")
    told = f"At least {BANDS[score.level].lower()}" if aside and score.level else "" if aside else in_words(score)
    if told:
        yield FactCard("Risk level so far", told, tone=BAND_TONES.get(score.level or "", "plain"))


def _wants(state: VisitState) -> Iterator[FactCard]:
    if state.welfare:
        text = "Speaking to the other person is decided by somebody trained in this, with a manager."
        yield FactCard("The other person", text, tone="danger")


def _plan(state: VisitState) -> Iterator[FactCard]:
    from asbdesk.casework.visit_plan import level

    for each in state.desk.read(steps, state.case):
        yield FactCard("For everyone there, on their page", each.text)
    band = level(state)
    yield FactCard("Risk level", BANDS.get(band, NOT_ASSESSED), tone=BAND_TONES.get(band, "plain"))


def _out(state: VisitState) -> Iterator[FactCard]:
    from asbdesk.casework.release import hold

    held = state.desk.read(hold, state.case, state.person)
    if held:
        yield FactCard("The copy", held, tone="danger")
    if state.desk.read(steps, state.case):
        yield FactCard(PAGE, "Give it with their own plan. Theirs is for them alone.")
    for warning in state.known.warnings:
        yield FactCard("Warning now", warning, tone="warning")
    told = state.telling()
    left = {LEFT} if state.held("left") else set()
    if state.desk.read(is_hard, frozenset({*told.behaviours, *told.flags(), *left}), told.words):
        yield FactCard("A hard visit", DEBRIEF)
