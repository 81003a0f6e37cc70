"""How we serve: repairs tied to the behaviour, complaints about us, redress, moves, the Ombudsman."""

from __future__ import annotations

from sqlalchemy.orm import mapped_column as column

from asbdesk.model.happening import Happening
from asbdesk.model.record import EARLIER, HIGHER, STRICTER, Base, Flag, Many, Number, Text


class Repair(Happening, Base):
    """A repair tied to the behaviour, with its own clock."""

    __tablename__ = "repairs"
    kind = "repair"

    what: Text
    link: Text
    """`caused_by_asb`, `would_reduce_asb`, `security`."""
    due: Text = column(info=EARLIER)
    number: Text
    """The repair system's own number."""
    told: Text
    """The day the resident was told when."""


class Graffiti(Happening, Base):
    """Graffiti found."""

    __tablename__ = "graffiti"
    kind = "graffiti"

    offensive: Flag = column(info=HIGHER)
    place: Text
    evidence: Text


class Complaint(Happening, Base):
    """A complaint about us: its own record and clock, never the case itself."""

    __tablename__ = "complaints"
    kind = "complaint"

    about: Text
    """`handling`, `staff_conduct`, `discrimination`, `other`."""
    by: Text
    staff: Text
    """Whose conduct it is about: never the handler, and does not see the file."""
    received: Text = column(info=EARLIER)
    """The day the dissatisfaction was first said: its clocks run from it."""
    handler: Text
    points: Many
    wanted: Text
    """What would put it right, in their words."""
    cause: Text
    """The underlying cause, once known."""


class ComplaintDeclined(Happening, Base):
    """Dissatisfaction that is no complaint, or one refused, with the Code's reason."""

    __tablename__ = "complaints_declined"
    kind = "complaint_declined"

    reason: Text
    by: Text


class StaffBar(Happening, Base):
    """Staff who must not contact a resident, or the decision that this is not needed."""

    __tablename__ = "staff_bars"
    kind = "staff_bar"

    staff: Text
    person: Text
    needed: Flag = column(info=STRICTER)
    reason: Text
    contractor: Text
    """To whom the printed notice went."""
    ended: Text
    """The day the resident said they are content; nothing else ends it."""


class Redress(Happening, Base):
    """What was offered to put things right."""

    __tablename__ = "redress"
    kind = "redress"

    complaint: Text
    what: Text
    """`apology`, `money`, `repayment`, `works`, `other`."""
    pence: Number
    aggravating: Many
    """What made it worse for this household: health, children, how long, a known need."""
    reason: Text
    by: Text
    """Who offered it; a senior apology names who."""
    accepted: Flag
    paid: Text


class MoveRequest(Happening, Base):
    """A request for a management move, lasting or for a time."""

    __tablename__ = "move_requests"
    kind = "move_request"

    person: Text
    sort: Text
    """`management`, `temporary`, `exchange`."""
    why: Text
    promised: Flag
    """Promised before, in writing or aloud."""


class OmbudsmanRequest(Happening, Base):
    """The Ombudsman asked us for information or a reply."""

    __tablename__ = "ombudsman_requests"
    kind = "ombudsman_request"

    by: Text = column(info=EARLIER)


class OmbudsmanOrder(Happening, Base):
    """An order or recommendation of the Ombudsman."""

    __tablename__ = "ombudsman_orders"
    kind = "order"

    what: Text
    by: Text = column(info=EARLIER)
    recommendation: Flag


class LearningStatement(Happening, Base):
    """What we say in public that we learned from a determination (FEATURES.md L04). Nobody is named in it."""

    __tablename__ = "learning_statements"
    kind = "learning_statement"

    found: Text
    """What the Ombudsman found."""
    wrong: Text
    """What went wrong, and what it meant for the resident."""
    differently: Text
    changes: Many
    """What we will do, each with its day in words; each is a promise too."""
    agreed_by: Text


class EvidenceElsewhere(Happening, Base):
    """Evidence that somebody else holds, and will lose on a day."""

    __tablename__ = "evidence_elsewhere"
    kind = "evidence_elsewhere"

    who: Text
    type: Text
    keep_until: Text = column(info=EARLIER)


class Custody(Happening, Base):
    """One step in the keeping of a piece of evidence: taken, copied, shown, handed over, redacted."""

    __tablename__ = "custody"
    kind = "custody"

    evidence: Text = column(index=True)
    what: Text
    by: Text
    to: Text
    sha256: Text
    """Of the bytes, as found at this step."""


class DiaryEntry(Happening, Base):
    """One incident on a diary sheet, as written by who saw it (DOMAIN.md 2.5)."""

    __tablename__ = "diary_entries"
    kind = "diary_entry"

    evidence: Text = column(index=True)
    person: Text
    began: Text
    ended: Text
    place: Text
    seen: Text
    """What was seen and heard, word for word."""
    who: Text
    witnesses: Text
    effect: Text
    signed: Text
    """The day it was signed."""


class PlanReview(Happening, Base):
    """The plan was looked at again."""

    __tablename__ = "plan_reviews"
    kind = "plan_review"

    plan: Text
    outcome: Text
    again: Text = column(info=EARLIER)
    """The next look, where a day was agreed."""
