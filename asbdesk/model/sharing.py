"""What left us, and to whom: a pack for an agency, a whole case exported, a copy saved or printed all the same."""

from __future__ import annotations

from sqlalchemy.orm import mapped_column as column

from asbdesk.model.happening import Happening
from asbdesk.model.record import EARLIER, Base, Flag, Many, Number, Text


class Share(Happening, Base):
    """One thing that left us. `at` is when it was written out."""

    __tablename__ = "shares"
    kind = "share"

    way: Text
    """`pack`, `export`, `print`, `copy`, `visits`."""
    to: Text
    """The body, or the person, it was for."""
    person: Text
    """Who there receives it, by name."""
    purpose: Text
    permission: Text
    """What the person it is about answered: `yes`, `ask_first`, `no`, `not_possible`."""
    basis: Text
    """The lawful basis, and why it is needed."""
    decided_by: Text
    until: Text = column(info=EARLIER)
    """The day by which they destroy it or give it back."""
    what: Many
    """What was chosen, in words."""
    evidence: Many
    """Ids of the evidence whose files went with it."""
    sha256: Text
    """Of the file as it was written."""
    size: Number
    encrypted: Flag
    overridden: Many
    """What stood in the way and was decided otherwise, in words."""
    override: Text
    """Why it was decided otherwise."""
    ended: Text
    """The day it was given back or destroyed, as they told us."""
