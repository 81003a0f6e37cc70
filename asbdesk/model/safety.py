"""Keeping people safe: hate records, safeguarding, steps a level requires, what cannot wait, secrets that got out."""

from __future__ import annotations

from sqlalchemy.orm import mapped_column as column

from asbdesk.model.happening import Happening
from asbdesk.model.record import EARLIER, HIGHER, STRICTER, Base, Flag, Many, Table, Text


class HateRecord(Happening, Base):
    """A hate incident: a record of its own, because somebody perceives it so (DOMAIN.md 3; PRACTICE.md 13)."""

    __tablename__ = "hate_records"
    kind = "hate_record"

    report: Text = column(index=True)
    strands: Many
    """What the other person seemed to be against; nobody is asked what they are."""
    perceived_by: Text
    """`victim`, `witness`, `staff`, `other`."""
    person: Text
    """Who perceives it so, where it is one person."""
    victim: Text
    who_knows: Text
    must_not_know: Text = column(info=STRICTER)
    hidden: Flag = column(info=HIGHER)
    """Strand and words stay off the plan, letters, lists and the household."""
    police: Text = column(info=STRICTER)
    """Their answer about the police: `yes`, `ask_first`, `no`."""
    support: Text
    words_for_it: Text
    """How they want it said: "because of who you are"."""
    form: Text
    """Hash of the form's definition: the words it was asked in."""
    answers: Table


class NotHate(Happening, Base):
    """Asked, or unsafe to ask; nobody perceives it as hate, and the officer does not think so."""

    __tablename__ = "not_hate_decisions"
    kind = "not_hate"

    report: Text
    reason: Text
    asked: Text
    """`asked`, or `unsafe`."""
    officer_thinks: Flag
    by: Text


class SafeguardingDecision(Happening, Base):
    """The written decision about a child or adult who may be in danger."""

    __tablename__ = "safeguarding_decisions"
    kind = "safeguarding_decision"

    person: Text
    referred: Flag = column(info=HIGHER)
    reason: Text
    told: Text
    """Who was told the same day, how and when."""
    by: Text
    manager: Text


class RiskAction(Happening, Base):
    """A step that a level asks for: support offered, a safety measure, a manager's sign-off, others considered."""

    __tablename__ = "risk_actions"
    kind = "risk_action"

    what: Text
    """`support_offered`, `safety_measure`, `manager_sign_off`, `multi_agency_considered`."""
    declined: Flag
    person: Text
    service: Text
    """Which service, measure or meeting."""
    reason: Text
    by: Text


class Now(Happening, Base):
    """What cannot wait for a working day: asked before the screen can be left (PRACTICE.md 3)."""

    __tablename__ = "now_cards"
    kind = "now"

    about: Text
    """Id of the record that raised it."""
    raised_by: Many
    """What in it: `assault`, `weapon`, `suicidal_statement` …"""
    danger: Text
    """Is anyone in danger now: 999, and by whom."""
    told: Text
    """Who has been told: name, time."""
    tonight: Text
    """What keeps them safe tonight."""
    next_try: Text = column(info=EARLIER)
    """Where nobody was reached: when it is tried again."""
    answered: Text
    """The instant all three were answered."""


class NeedTold(Happening, Base):
    """A need, circumstance or adjustment told of, asked for, or dealt with, as an event of this case."""

    __tablename__ = "needs_told"
    kind = "need_told"

    person: Text = column(index=True)
    what: Many
    step: Text
    """`vulnerability_disclosed`, `vulnerability_recorded`, `adjustment_requested`, `adjustment_made`."""
    by: Text
    refused: Flag
    """An adjustment refused; the note says why."""


class Disclosure(Happening, Base):
    """A personal data incident: what about whom reached whom, and the five times (PRACTICE.md 16)."""

    __tablename__ = "disclosures"
    kind = "disclosure"

    to: Text
    about: Text
    """Id of the person, or words."""
    what: Text
    known: Text = column(info=EARLIER)
    """The instant anyone here first knew: 72 hours run from it."""
    safe: Text
    """The instant it was known that the person is safe."""
    lead_told: Text
    person_told: Text
    corrected: Text
    """The instant the safe-contact rule was put right."""
    commissioner: Text
    """The instant the lead decided about the Commissioner."""
    decision: Text
    safe_how: Text
    person_told_why_not: Text


class SubjectAccess(Happening, Base):
    """A request for one's own data."""

    __tablename__ = "subject_access_requests"
    kind = "subject_access"

    person: Text
    scope: Text


class OtherAccount(Happening, Base):
    """What the other person says, when they were spoken to (PRACTICE.md 15)."""

    __tablename__ = "other_accounts"
    kind = "other_account"

    person: Text
    account: Text
    health: Text
    """Health, disability, support, a child or adult at risk, as they told it."""
    agrees: Text
    support: Text
    """Support offered, and taken or not."""
    hears_by: Text = column(info=EARLIER)
    reports: Text
    """Anything they report: that opens a case of its own."""
    method: Text


class Finding(Happening, Base):
    """What was found about one allegation."""

    __tablename__ = "findings"
    kind = "finding"

    report: Text = column(index=True)
    person: Text = column(index=True)
    finding: Text
    """`shown`, `not_enough`, `not_happened`, `withdrawn`, `not_looked_into`."""
    reason: Text
    by: Text


class Proportion(Happening, Base):
    """The proportion form, before a notice, injunction, possession or exclusion."""

    __tablename__ = "proportions"
    kind = "proportion"

    person: Text
    tool: Text
    form: Text
    answers: Table
    decision: Text
    by: Text
    advice: Text
    """Legal advice taken, and from whom."""


class Enforcement(Happening, Base):
    """A tool or power used, or considered and rejected with why."""

    __tablename__ = "enforcements"
    kind = "enforcement"

    tool: Text
    """A key of the tools list, or `none_yet`: considered, not now."""
    used: Flag
    reason: Text
    look_again: Text = column(info=EARLIER)
    person: Text
    proportion: Text
    """Id of the proportion form."""
