"""What rests on Today: a card planned for a day, something late that waits for somebody else, and a case that is with a
colleague while its officer is away (PRACTICE.md 7)."""

from __future__ import annotations

from sqlalchemy.orm import mapped_column as column

from asbdesk.model.happening import Happening
from asbdesk.model.record import EARLIER, Base, Text


class Rest(Happening, Base):
    """It rests until a day and comes back by itself. Nothing that is owed or counted changes by it; it is written down
    because a colleague who takes over must know what waits for what."""

    __tablename__ = "rests"
    kind = "rest"

    sort: Text
    """`planned` (the case's whole card), `waiting` (one thing that is due), `cover` (the case is with a colleague)."""
    duty: Text
    """Code of what waits; empty for a plan."""
    about: Text
    """Id of the record that raised it, the last part of the duty's key; of a cover, of the member who has the case."""
    until: Text = column(info=EARLIER)
    """The day planned for, the day it is looked at next, or the last day of a cover."""
    waits_for: Text
    """Whom or what it waits for; of a cover, the id of the officer who is away."""
    by: Text
    """Id of the member."""
