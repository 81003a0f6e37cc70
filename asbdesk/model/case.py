"""The case, who is in it, how to reach them safely, and what they allow."""

from __future__ import annotations

from sqlalchemy.orm import mapped_column as column

from asbdesk.model.record import EARLIER, STRICTER, Base, Flag, Many, Record, Text


class Case(Record, Base):
    """One problem, worked on until it is closed. A case is its own file: `case/ID`."""

    __tablename__ = "cases"
    kind = "case"

    reference: Text = column(index=True)
    """`ASB-2026-A0412`; the letter is the desk's."""
    title: Text
    stream: Text
    """Type of case: `asb`, `hate`, `domestic_abuse`, `good_neighbourhood`, `repairs_noise`."""
    category: Text
    """`serious`, `medium` or `low` (DUTIES.md)."""
    status: Text
    """`open` or `closed`."""
    opened: Text
    closed: Text
    close_reason: Text
    officer: Text
    """Id of the member who looks after it."""
    team: Text
    home: Text = column(index=True)
    """Id of the home it was reported from."""
    place: Text
    """For a problem of many households: the stair, block or shop front, in words."""
    practice: Flag
    """A practice case: invented names, never counted."""
    imported_from: Text
    history: Text
    """The case history it was imported from, as it was: its title, landlord, sources and policy are exported again."""


class Involvement(Record, Base):
    """A person's part in a case."""

    __tablename__ = "involvements"
    kind = "involvement"

    person: Text = column(index=True)
    role: Text
    """`reporter`, `affected`, `witness`, `household`, `alleged_perpetrator`, `advocate`, `agency_officer`."""
    of: Text
    """For a household member or an advocate: the person it is about."""
    note: Text
    key: Text
    """The person's key in an imported case history."""
    updates: Text
    """How they hear of progress in a place case: `own`, `none` (notices only), or the id of who speaks for them."""


class ContactAgreement(Record, Base):
    """How one person wants to be reached in this case; what must not travel between cases lives here."""

    __tablename__ = "contact_agreements"
    kind = "contact_agreement"

    person: Text
    method: Text
    """`telephone`, `text`, `email`, `letter`, `visit`, `none`."""
    number: Text
    times: Text
    how_often: Text
    """In words, as printed: "every Friday"."""
    days: Text
    """The same as a number of days, as text, or empty for "only if something happens"."""
    safe: Text
    """What is safe, in the person's words."""
    do_not: Many
    """Of `letter`, `voicemail`, `text`, `email`, `call`, `knock`."""
    if_someone_answers: Text
    review_on: Text = column(info=EARLIER)
    """For "only if something happens": the day it is asked again."""
    agreed_by: Text
    """Which manager agreed, at a high level, to fewer contacts than the level asks for."""


class DisclosureRule(Record, Base):
    """What must not reach whom."""

    __tablename__ = "disclosure_rules"
    kind = "disclosure_rule"

    about: Text
    """The person protected."""
    not_to: Text
    """Id of the person who must not be told, or empty with `not_to_name`."""
    not_to_name: Text
    what: Text = column(info=STRICTER)
    """`everything`, or a thing in words (`new address`, `who spoke to us`)."""
    why: Text
    ended: Text


class Permission(Record, Base):
    """What a person answered about one body: asked only where a no will be kept (PRACTICE.md 11)."""

    __tablename__ = "permissions"
    kind = "permission"

    person: Text
    body: Text
    answer: Text = column(info=STRICTER)
    """`yes`, `ask_first`, `no`."""
    what_for: Text
    until: Text
    asked_on: Text


class OtherPersonDecision(Record, Base):
    """The decision about speaking to the other person (PRACTICE.md 1)."""

    __tablename__ = "other_person_decisions"
    kind = "other_person_decision"

    about: Text
    """The alleged perpetrator, where known."""
    outcome: Text
    """`spoken`, `not_safe`, `reporter_asked_not`, `agency_asked_wait`, `not_known`, `agreed` (to speak, as agreed)."""
    look_again: Text = column(info=EARLIER)
    may_speak: Text
    """May we speak to them: `yes`, `not_yet`, `no`."""
    may_know: Text
    """May they know it was you: `yes`, `no`."""
    must_not_say: Text
    feel_safe: Text
    """What would help you feel safe that day."""
    meanwhile: Text
    """What we do meanwhile to keep the reporter safe."""
    at: Text
    made: Flag
    """False: tried, and not reached."""
    decided_by: Text
    """Who decided; for abuse at home an officer trained in it, with a manager."""
    manager: Text
    note: Text
    assumed: Flag
    history_id: Text
