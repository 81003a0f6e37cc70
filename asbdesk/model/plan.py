"""The two-way action plan: frozen versions, actions that live on, and how it was signed."""

from __future__ import annotations

from sqlalchemy.orm import mapped_column as column

from asbdesk.model.record import EARLIER, Base, Flag, Many, Number, Record, Table, Text, some_rows


class PlanVersion(Record, Base):
    """One version of the plan, frozen when it was agreed or issued. Two that follow the same are a conflict."""

    __tablename__ = "plan_versions"
    kind = "plan_version"

    number: Text
    """As shown: `3`, or `3B` where two follow the same."""
    follows: Many
    at: Text
    person: Text
    """The resident it was made with."""
    content: Table
    """What the paper says, whole: `documents.plan.PlanPaper` as JSON, without ink."""
    next_contact: Text = column(info=EARLIER)
    """Instant or day of the next contact."""
    review_on: Text = column(info=EARLIER)
    signing: Text
    """`signed`, `agreed_aloud`, `agrees_unsigned`, `wants_time`, `does_not_agree`, `not_asked` (PRACTICE.md 12)."""
    signing_note: Text
    """Until when, what they want instead, who heard it, or why not asked."""
    agreed: Flag
    sealed: Text
    """SHA-256 of the ciphertext of the sealed PDF, a file of the store."""
    sealed_key: Text
    sealed_sha256: Text
    sealed_size: Number
    copy_given: Text
    """The day a copy was given or kept for them."""
    copy_how: Text
    visit: Text
    note: Text
    assumed: Flag
    history_id: Text


class Action(Record, Base):
    """One step of the plan; it lives on through later versions."""

    __tablename__ = "actions"
    __table_args__ = (some_rows("actions_now", "id", "code = 'now'"),)
    kind = "action"

    plan: Text
    """Id of the version it came with."""
    owner: Text
    """`landlord`, `resident` or `agency`."""
    who: Text
    """Name printed as "who"."""
    what: Text
    help: Text
    """How we will help with a resident's step."""
    by: Text = column(info=EARLIER)
    until: Text
    """In words, for a step without one day: "every Friday"."""
    code: Text
    """Key of the suggestion it came from, if any."""
    about_other: Flag
    """A step about the other person: prints only in one of the three fixed forms."""
    done_on: Text
    note: Text
    moved_told: Flag
    history_id: Text


class Signature(Record, Base):
    """One signature on a version, with the ink as drawn."""

    __tablename__ = "signatures"
    kind = "signature"

    plan: Text
    role: Text
    """`resident`, `officer`, `advocate`, `interpreter`."""
    name: Text
    at: Text
    strokes: Many
    """The ink as drawn: a list of strokes, each a list of [x, y] in pad units (integers, 0-10000 wide)."""
    language: Text
    """For an interpreter: the language read in."""
