"""What every record of something that happened on a day shares, and what became of it later."""

from __future__ import annotations

from sqlalchemy.orm import mapped_column as column

from asbdesk.model.record import EARLIER, Base, Flag, Many, Number, Record, Table, Text


class Happening(Record):
    """A record of one event: when it happened, what was noted, and how a case history calls it."""

    at: Text
    """The instant it happened, as told."""
    note: Text
    assumed: Flag
    """Only the order is known, not the day."""
    history_id: Text
    """Its id in a case history."""


class Progress(Happening, Base):
    """What became of an earlier record: done, moved, kept, answered, chased, removed, decided, told."""

    __tablename__ = "progress"
    kind = "progress"

    about: Text = column(index=True)
    """Id of the record it is about; empty where none was written down."""
    what: Text
    """As a case history says it: `action_done`, `agency_chase`, `complaint_answered`, `repair_done` …"""
    day: Text = column(info=EARLIER)
    """A new day agreed or allowed: an action moved to it, an answer extended until it, the next review."""
    was: Text
    """The day that stood before."""
    stage: Number
    """Of a complaint: 1 or 2."""
    result: Text
    """The answer in a word, or in words: `yes`, `no`, `part`; what an agency said; what was decided; what changed."""
    reason: Text
    told: Flag
    """Whether the resident was told."""
    items: Many
    """Ids of the records it covers, where it is about several at once."""


class Acknowledgement(Happening, Base):
    """A report acknowledged: it says that we have it, and is no contact."""

    __tablename__ = "acknowledgements"
    kind = "acknowledgement"

    to: Text
    report: Text
    method: Text


class Triage(Happening, Base):
    """The first look at a report: what kind of matter it is, and who takes it."""

    __tablename__ = "triages"
    kind = "triage"

    report: Text = column(index=True)
    outcome: Text
    """`asb`, `hate`, `domestic_abuse`, `good_neighbourhood`, `repairs_noise`, `complaint`, `not_ours`."""
    score: Number
    reason: Text
    passed_to: Text
    check_by: Text = column(info=EARLIER)
    """The day by which we check that whoever it was passed to has spoken to them."""
    form: Text
    """Hash of the form's definition: the words it was asked in."""
    answers: Table


class Waiver(Happening, Base):
    """Something due that is not needed, because a named person says why."""

    __tablename__ = "waivers"
    kind = "waiver"

    duty: Text
    """Code of the duty (DUTIES.md)."""
    about: Text
    """Id of the record that raised it; empty: all open ones of the code."""
    reason: Text
    by: Text
    """Id of the member."""
    second: Text
    """The second person, where one is needed; or that nobody was there."""


class Handover(Happening, Base):
    """The case changed officer; without `to` nobody is named."""

    __tablename__ = "handovers"
    kind = "handover"

    from_: Text
    to: Text
    """Name of the new officer; empty: the officer left and nobody is named."""
    member: Text
    """Id of the new officer, where they work with a desk."""


class ManagerReview(Happening, Base):
    """A manager looked at the case, or at one thing in it."""

    __tablename__ = "manager_reviews"
    kind = "manager_review"

    outcome: Text
    of: Text
    """What was read: `case`, `plan`, `risk`, `wait`, `reports_across_homes`."""
    by: Text


class Closing(Happening, Base):
    """The case closed: a form before the close, the letter with it (PRACTICE.md 20)."""

    __tablename__ = "closings"
    kind = "closing"

    reason: Text
    """A key of the closing reasons, or words."""
    told: Flag
    """The resident was told in writing, with reasons."""
    answers: Many
    """The closing form's answers, as `[question, value]`, in the order asked."""
    form: Text
    second: Text
    """Who is asked by a resident who does not agree, and did not decide."""
    object_by: Text = column(info=EARLIER)
    manager: Text
    """Who agreed, at high risk, hate and abuse at home."""
    other_told: Flag
    no_call: Flag
    """The resident chose not to be rung four weeks later."""


class Reopening(Happening, Base):
    """A closed case was opened again."""

    __tablename__ = "reopenings"
    kind = "reopening"

    reason: Text
    report: Text
    """Id of the report that reopened it."""


class CaseLink(Happening, Base):
    """Another case that this one is tied to, seen by their officers and managers alone."""

    __tablename__ = "case_links"
    kind = "case_link"

    other: Text = column(index=True)
    """Id of the other case."""
    why: Text
    """`counter_report`, `old_case`, `same_problem`, `same_place`."""
