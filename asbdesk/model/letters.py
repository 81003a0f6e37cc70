"""A letter as it was sent: its words, its sealed paper, and how and when it went."""

from __future__ import annotations

from sqlalchemy.orm import mapped_column as column

from asbdesk.model.happening import Happening
from asbdesk.model.record import Base, Flag, Many, Number, Table, Text


class Letter(Happening, Base):
    """One letter to one person, kept as sent. `at` is when it was sealed; `went_on` the day it left us."""

    __tablename__ = "letters"
    kind = "letter_sent"

    letter: Text
    """Id of its words (`acknowledgement`, `closing` …); empty for one that was written elsewhere."""
    version: Text
    title: Text
    person: Text = column(index=True)
    """Id of whom it is for."""
    to: Text
    """The name as written on it."""
    text: Text
    """All its words as sent."""
    answers: Table
    """What the officer filled in."""
    form: Text
    """Hash of the exact file of its words."""
    about: Text
    """Id of the record it goes on from (a complaint), where there is one."""
    how: Text
    """`posted`, `handed`, `emailed`, `kept`; empty while it is still here."""
    went_on: Text
    large: Flag
    sealed: Text
    """SHA-256 of the ciphertext of the sealed PDF, a file of the store."""
    sealed_key: Text
    sealed_sha256: Text
    sealed_size: Number
    overridden: Many
    """What stood in the way and was decided otherwise, in words."""
    override: Text
    """Why it was decided otherwise."""
    override_by: Text
    """Who agreed, where somebody else had to."""
