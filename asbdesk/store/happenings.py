"""Rows of the plainer kinds as the duties' facts: which column says what (duties/events.py)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from asbdesk import model as m
from asbdesk.clock import london_instant
from asbdesk.duties.events import Happening
from asbdesk.store.values import a_day, is_instant, words_of

Row = Any


@dataclass(frozen=True)
class Columns:
    """How one kind of record is read. Each names a column; `kind` is a word, or the column that holds it."""

    kind: str
    kind_in: str = ""
    at: str = "at"
    who: str = ""
    of: str = ""
    what: str = ""
    words: str = ""
    by: str = ""
    yes: str = ""
    stage: str = ""
    reason: str = ""
    more: tuple[str, ...] = ()
    """Columns that only what is special about the kind looks at."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        used = (self.kind_in, self.at, self.who, self.of, self.what, self.words, self.by, self.yes, self.stage)
        return tuple(dict.fromkeys(name for name in (*used, self.reason, *self.more, "history_id") if name))


READ: dict[type[m.Record], Columns] = {
    m.Progress: Columns(
        *("", "what"), of="about", what="result", words="was", by="day", yes="told", stage="stage", reason="reason"
    ),
    m.RiskAction: Columns("risk_action", who="person", what="what", yes="declined"),
    m.NeedTold: Columns("", kind_in="step", who="person", words="what"),
    m.SafeguardingDecision: Columns("safeguarding_decision", who="person", yes="referred"),
    m.PlanReview: Columns("plan_review", by="again"),
    m.EvidenceElsewhere: Columns("evidence_elsewhere", what="type", by="keep_until"),
    m.OtherPersonDecision: Columns("perpetrator_contact", who="about", what="outcome", by="look_again", yes="made"),
    m.Enforcement: Columns("enforcement", who="person", what="tool", by="look_again", yes="used", reason="reason"),
    m.Referral: Columns("agency_referral", what="agency"),
    m.AgencyInformation: Columns("agency_information", what="agency", yes="risk"),
    m.AgencyRequest: Columns("agency_request", what="agency", by="due", yes="risk"),
    m.PoliceReport: Columns("police_report", what="outcome"),
    m.HateRecord: Columns("hate_record"),
    m.NotHate: Columns("not_hate", reason="reason"),
    m.Graffiti: Columns("graffiti", yes="offensive"),
    m.Repair: Columns("repair", what="what", words="link", by="due"),
    m.Complaint: Columns("complaint", who="by", what="about", by="received"),
    m.ComplaintDeclined: Columns("complaint_declined", reason="reason"),
    m.StaffBar: Columns("no_contact", who="person", yes="needed"),
    m.ManagerReview: Columns("manager_review", what="of"),
    m.Disclosure: Columns("disclosure", who="to", what="what", more=("known",)),
    m.Handover: Columns("handover", who="to", what="member"),
    m.MoveRequest: Columns("move_request"),
    m.CaseReview: Columns("case_review_request"),
    m.OmbudsmanRequest: Columns("ombudsman_request", by="by"),
    m.SubjectAccess: Columns("subject_access", who="person"),
    m.CourtOrder: Columns("court_order", what="what", by="day"),
    m.OrderBreach: Columns("order_breach", of="order"),
    m.ProfessionalLetter: Columns("professional_letter"),
    m.OmbudsmanOrder: Columns("order", what="what", by="by"),
    m.Closing: Columns("close", yes="told", reason="reason"),
    m.Reopening: Columns("reopen"),
    m.CaseLink: Columns("case_linked", what="why"),
    m.Waiver: Columns("waive", of="about", what="duty", reason="reason"),
    m.Promise: Columns("promise", what="what", by="by", more=("kept_on",)),
    m.Evidence: Columns(
        *("evidence_received", "", "received"),
        who="from_",
        of="fetches",
        what="type",
        yes="offered_not_taken",
        more=("reviewed",),
    ),
}
"""The kinds that the duties read, beside those with facts of their own."""


def happenings(kind: type[m.Record], row: Row) -> list[Happening]:
    """What a row says happened: one thing, none where it has no time, two where it keeps what became of it itself."""
    read = READ[kind]
    at = getattr(row, read.at)
    if not is_instant(at):
        return []
    made = Happening(
        row.id,
        at,
        who=_text(row, read.who),
        of=_text(row, read.of),
        what=_text(row, read.what),
        words=_words(row, read.words),
        by=a_day(getattr(row, read.by)) if read.by else "",
        yes=getattr(row, read.yes) if read.yes else None,
        stage=(getattr(row, read.stage) or 1) if read.stage else 1,
        reason=_text(row, read.reason),
    )
    special = SPECIAL.get(kind)
    return special(row, made) if special else [made]


def kind_of(kind: type[m.Record], row: Row, made: Happening) -> str:
    """The event's kind, as a case history names it."""
    read = READ[kind]
    if read.kind_in:
        return getattr(row, read.kind_in) or ""
    if kind is m.StaffBar and made.yes is False:
        return "no_contact_not_needed"
    if kind is m.Evidence:
        return "evidence_offered" if made.yes else read.kind
    return read.kind


def _progress(row: Row, made: Happening) -> list[Happening]:
    if row.what == "move_answered":
        return [_with(made, yes=row.result == "yes" if row.result else None)]
    return [made]


def _need(row: Row, made: Happening) -> list[Happening]:
    return [_with(made, what=made.words[0] if made.words else "")]


def _link(row: Row, made: Happening) -> list[Happening]:
    return [made] if made.what == "old_case" else []


def _handover(row: Row, made: Happening) -> list[Happening]:
    return [_with(made, who=made.who or made.what)]


def _disclosure(row: Row, made: Happening) -> list[Happening]:
    """72 hours run from when anyone here first knew."""
    return [_with(made, at=row.known)] if is_instant(row.known) else [made]


def _decision(row: Row, made: Happening) -> list[Happening]:
    """To speak as agreed is not yet to have spoken; a row without outcome and without a try says nothing."""
    return [] if made.what == "agreed" or (not made.what and made.yes is None) else [made]


SPECIAL: dict[type[m.Record], Callable[[Row, Happening], list[Happening]]] = {
    m.Progress: _progress,
    m.NeedTold: _need,
    m.CaseLink: _link,
    m.Handover: _handover,
    m.Disclosure: _disclosure,
    m.OtherPersonDecision: _decision,
}


def became(kind: type[m.Record], row: Row, known: set[tuple[str, str]]) -> tuple[str, Happening] | None:
    """What a row keeps of its own end (a promise kept, evidence looked at), where no record of its own says so."""
    if kind is m.Promise and row.kept_on and ("promise_kept", row.id) not in known:
        day = a_day(row.kept_on)
        return ("promise_kept", Happening(f"{row.id} kept", _not_before(row.at, day), of=row.id)) if day else None
    if kind is m.Evidence and is_instant(row.reviewed) and not row.offered_not_taken:
        return "evidence_reviewed", Happening(f"{row.id} reviewed", row.reviewed, of=row.id)
    return None


def _not_before(at: str, day: str) -> str:
    """An instant of a day, and not before something of the same day that it ended."""
    return max(at, london_instant(day))


def _with(made: Happening, **fields: Any) -> Happening:
    return replace(made, **fields)


def _text(row: Row, name: str) -> str:
    value = getattr(row, name) if name else ""
    return value if isinstance(value, str) else ""


def _words(row: Row, name: str) -> tuple[str, ...]:
    value = getattr(row, name) if name else None
    return (value,) if isinstance(value, str) else words_of(value)
