"""What the landlord knows of itself: names, numbers, members, form definitions. All in the file `landlord/ID`."""

from __future__ import annotations

from asbdesk.model.record import Base, Flag, Number, Record, Table, Text


class Landlord(Record, Base):
    """The organisation."""

    __tablename__ = "landlords"
    kind = "landlord"

    name: Text
    homes: Number
    desk_letter: Text
    closed_number: Text
    """Whom to ring when we are closed."""
    authority: Text
    """The landlord's own authority, PEM."""
    time_authority: Text
    """Where time stamps for sealed papers are asked for (RFC 3161): an address, or empty for nobody."""
    time_root: Text
    """The certificate (PEM) that stands behind them, looked at when the address was named."""
    second_name: Text
    """Who else checks; empty is "nobody yet"."""
    second_number: Text
    adopted_on: Text
    """The day the board adopted the usual timescales."""


class Member(Record, Base):
    """Somebody who works with the desk."""

    __tablename__ = "members"
    kind = "member"

    name: Text
    job: Text
    number: Text
    hours: Text
    role: Text
    """`officer`, `manager`, `head_office`, `hub`, `auditor`."""
    certificate: Text
    left_on: Text


class UsefulNumber(Record, Base):
    """A number to have before the first visit (PRACTICE.md 22)."""

    __tablename__ = "useful_numbers"
    kind = "useful_number"

    what: Text
    """A key of `casework.landlord.NUMBERS`."""
    name: Text
    number: Text
    night: Text
    none_here: Flag


class PolicyProfile(Record, Base):
    """The landlord's own numbers from a day on, over the shipped ones. Never edited: a later one takes its place."""

    __tablename__ = "policy_profiles"
    kind = "policy_profile"

    version: Text
    begins: Text
    """The day it begins; what arose before keeps the numbers then in force."""
    numbers: Table
    """Dotted name → number, as in the policies folder."""
    working_days: Table
    """The landlord's own closing days and the override table, as lists of days: `closed`, `added`, `removed`."""
    reason: Text
    by: Text


class ListWord(Record, Base):
    """One word of a list as the landlord has it: added, worded otherwise, or no longer offered."""

    __tablename__ = "list_words"
    kind = "list_word"

    list: Text
    code: Text
    words: Text
    order: Number
    off: Flag


class ApprovedWords(Record, Base):
    """The words of a plan in another language, as the landlord approved them. Never edited: the newest counts."""

    __tablename__ = "approved_words"
    kind = "approved_words"

    language: Text
    """Its code: `ur`."""
    hash: Text
    """`sha256:` and 64 hex digits of the texts."""
    texts: Table
    """Catalogue → the text of its file, whole."""
    by: Text
    """Who read and approved them, by name."""
    on: Text


class FormText(Record, Base):
    """The text of a form definition, kept once, so that a finished form keeps the words it was asked in; or of a
    letter of the landlord's own, on its way from head office (`form` is `letter:` and its id then)."""

    __tablename__ = "form_texts"
    kind = "form_text"

    form: Text
    version: Text
    hash: Text
    """`sha256:` and 64 hex digits of the text."""
    text: Text
    published: Flag
    """Head office wants it used on every desk; the highest version of a form that is published is."""
