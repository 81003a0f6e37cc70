"""What a person decided where two values stood: which was kept, and why. Both stay in the journal, whichever it was."""

from __future__ import annotations

from sqlalchemy.orm import mapped_column as column

from asbdesk.model.happening import Happening
from asbdesk.model.record import Base, Many, Text


class ConflictDecision(Happening, Base):
    """A conflict decided. The same action sets the value kept on the record itself; this says who chose, and why."""

    __tablename__ = "conflict_decisions"
    kind = "conflict_decision"

    about: Text = column(index=True)
    """`kind/ID` of the record whose field it was."""
    field: Text
    heads: Many
    """Ids of the entries whose values stood side by side."""
    raised_by: Text
    """Id of the entry that made it a conflict: the second of them."""
    since: Text
    """The instant at which that was written."""
    kept: Text
    """What was kept, as it was shown then."""
    reason: Text
    by: Text
    """Id of the member."""
