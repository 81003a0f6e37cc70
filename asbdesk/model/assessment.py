"""Risk assessments: the answers with the words they were asked in, what was computed, what was decided."""

from __future__ import annotations

from sqlalchemy.orm import mapped_column as column

from asbdesk.model.record import HIGHER, Base, Flag, Many, Number, Record, Table, Text


class Assessment(Record, Base):
    """A finished assessment of one household. Never edited: a later one names it in `follows`."""

    __tablename__ = "assessments"
    kind = "assessment"

    of: Text = column(index=True)
    """The person whose household it is about."""
    at: Text
    by: Text
    """`resident`, `officer`, `agency`: who answered."""
    method: Text
    form: Text
    """Hash of the definition, whose text is a `form_text` record in the landlord's file."""
    form_title: Text
    answers: Table
    score: Number
    out_of: Number
    complete: Flag
    computed: Text
    band: Text = column(info=HIGHER)
    """`standard`, `medium` or `high`; empty while incomplete and no floor applies. Never low by default."""
    floors: Many
    """The reasons shown for a floor."""
    reason: Text
    """Why the officer's level differs from the computed one."""
    approver: Text
    """Who approved a lower level."""
    trigger: Text
    follows: Many
    visit: Text
    note: Text
    assumed: Flag
    history_id: Text
