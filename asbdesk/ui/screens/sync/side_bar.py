"""What the side bar says of sharing, read now."""

from __future__ import annotations

from asbdesk.casework.conflicts import count
from asbdesk.sync.enrolment import waiting
from asbdesk.sync.status import status
from asbdesk.ui.desk import UiDesk
from asbdesk.ui.screens.sync.words import Said, side_bar


def read(desk: UiDesk) -> Said:
    """Where everything is, and what asks for somebody."""
    told, carrier = desk.read(status), desk.carrier
    asking = len(waiting(desk.desk.store)) if told.head_office else 0
    return side_bar(told, desk.read(count), carrier.trouble, away=carrier.away, asking=asking)
