"""What was told to us, what we saw, whom we spoke to: reports, contacts, evidence, visits, promises."""

from __future__ import annotations

from sqlalchemy.orm import mapped_column as column

from asbdesk.model.record import EARLIER, HIGHER, Base, Flag, Many, Number, Record, Table, Text, some_rows


class Report(Record, Base):
    """Something a resident tells us and expects us to act on, in their own words."""

    __tablename__ = "reports"
    __table_args__ = (some_rows("reports_hate", "received", "hate IS NOT NULL"),)
    kind = "report"

    received: Text
    """The instant it was told to us."""
    by: Text = column(index=True)
    channel: Text
    to: Text
    """`landlord` or `managing_agent`."""
    words: Text
    """As told."""
    happened: Text
    """When it happened, in words."""
    place: Text
    behaviours: Many
    serious: Many = column(info=HIGHER)
    about: Many
    """Ids of the persons it is about."""
    hate: Table
    """`{"perceived_by": …, "strands": […]}` when somebody perceives it so."""
    hate_signs: Flag = column(info=HIGHER)
    same_as: Text
    """Id of the report this is more of."""
    dissatisfied: Flag = column(info=HIGHER)
    logged: Text
    visit: Text
    assumed: Flag
    history_id: Text


class Contact(Record, Base):
    """A contact with somebody in the case, made or attempted, either way."""

    __tablename__ = "contacts"
    kind = "contact"

    with_: Text = column(index=True)
    at: Text
    direction: Text
    """`out` or `in`."""
    made: Flag
    answered: Flag
    method: Text
    note: Text
    told: Many
    next_by: Text = column(info=EARLIER)
    needs_reply: Flag
    dissatisfied: Flag = column(info=HIGHER)
    visit: Text
    assumed: Flag
    history_id: Text


class Evidence(Record, Base):
    """Something that may show what happened. The bytes lie encrypted beside the store, under `key`."""

    __tablename__ = "evidence"
    kind = "evidence"

    received: Text
    from_: Text
    type: Text
    """`diary`, `recording`, `photo`, `video`, `statement`, `cctv`, `noise_app`, `medical`, `other`."""
    count: Number
    name: Text
    """The file's own name."""
    note: Text
    blob: Text
    """SHA-256 of the ciphertext: the file's name in the store."""
    key: Text
    """The file's own key, hex."""
    sha256: Text
    """Of the bytes as they were taken."""
    size: Number
    media: Text
    offered_not_taken: Flag
    reviewed: Text
    decision: Text
    visit: Text
    fetches: Text
    """Id of the record of what somebody else held."""
    captured: Text
    """By what, and when, as the file or its giver says."""
    redacted_of: Text
    """Id of the evidence that this is a redacted copy of."""
    assumed: Flag
    history_id: Text


class Visit(Record, Base):
    """A visit, from going in to out and safe. Answers that are not records of their own stay in `answers`."""

    __tablename__ = "visits"
    kind = "visit"

    with_: Text
    started: Text
    ended: Text
    by_phone: Flag
    going_in: Table
    """`{"told": name, "how": …, "back_by": instant}` (PRACTICE.md 5)."""
    room: Table
    """Who is here, who can hear, interpreter, advocate."""
    form: Text
    answers: Table
    left_early: Text
    """The instant *Leave now* was used."""
    left_why: Text
    out_safe: Text
    """The instant the officer was out and safe."""
    copy: Table
    """Which copy, how it went, or how it is kept for them."""


class Appointment(Record, Base):
    """A visit or a meeting with a day: what the calendar shows."""

    __tablename__ = "appointments"
    kind = "appointment"

    day: Text = column(info=EARLIER, index=True)
    time: Text
    """`HH:MM` in London, or empty where only the day is agreed."""
    how: Text
    """`visit`, `office`, `phone` or `meeting`."""
    with_: Text
    """Id of the person."""
    officer: Text
    """Id of the member who goes."""
    note: Text
    off: Text
    """Why it is off; the new one is another record."""


class Promise(Record, Base):
    """Anything promised to the resident, in writing or aloud."""

    __tablename__ = "promises"
    kind = "promise"

    to: Text
    what: Text
    by: Text = column(info=EARLIER)
    made_on: Text
    kept_on: Text
    at: Text
    """The instant it was made."""
    note: Text
    assumed: Flag
    history_id: Text
