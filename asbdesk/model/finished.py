"""Forms kept as they were filled in: one that goes on from a record of a case, and a line of a register of our own."""

from __future__ import annotations

from sqlalchemy.orm import mapped_column as column

from asbdesk.model.happening import Happening
from asbdesk.model.record import Base, Table, Text


class FinishedForm(Happening, Base):
    """A short form of a case that asks nothing but its own questions. Never edited: filled in again, it is another."""

    __tablename__ = "finished_forms"
    kind = "finished_form"

    form: Text
    """Its id: `complaint_checked`."""
    definition: Text
    """Hash of the form's definition: the words it was asked in."""
    about: Text = column(index=True)
    """Id of the record it goes on from; empty: the case itself."""
    answers: Table
    by: Text
    """Id of the member who filled it in."""


class RegisterEntry(Happening, Base):
    """A line of a register that the landlord keeps of itself, in the file `landlord/ID`: a policy, a training. Never
    edited: a later one names it in `follows` and takes its place."""

    __tablename__ = "register_entries"
    kind = "register_entry"

    register: Text
    """Its id, which is that of its form: `policies`."""
    definition: Text
    follows: Text
    answers: Table
    by: Text
