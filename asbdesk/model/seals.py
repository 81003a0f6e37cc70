"""What was put on a sealed paper afterwards, and which certificates no longer count."""

from __future__ import annotations

from asbdesk.model.record import Base, Number, Record, Text


class LaterSeal(Record, Base):
    """A second seal or a time stamp on a paper that was sealed before: another copy, which begins with every byte of
    the one it was put on. The paper as it was signed stays where it is, in the record of the paper itself."""

    __tablename__ = "later_seals"
    kind = "later_seal"

    document: Text
    """`plan_version/ID` or `letter_sent/ID`."""
    what: Text
    """`seal` or `time_stamp`."""
    name: Text
    """Who sealed it, or the time-stamp authority's name."""
    at: Text
    """The instant of the second seal (the laptop's clock), or the one the authority certifies."""
    onto: Text
    """SHA-256 of the copy it was put on."""
    sealed: Text
    """SHA-256 of the ciphertext of the copy, a file of the store."""
    sealed_key: Text
    sealed_sha256: Text
    sealed_size: Number


class WithdrawnList(Record, Base):
    """The certificates of laptops that were reported lost, as a list (CRL) signed by the landlord's authority. Never
    edited: the one with the highest number counts."""

    __tablename__ = "withdrawn_lists"
    kind = "withdrawn_list"

    number: Number
    at: Text
    crl: Text
    """PEM."""
