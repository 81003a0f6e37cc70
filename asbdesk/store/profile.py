"""The landlord's own timescales, as its records say: the shipped ones, and each version from the day it begins."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from asbdesk.duties import Policy, policy
from asbdesk.errors import UserError
from asbdesk.model import PolicyProfile
from asbdesk.store.values import a_day

_EVERY = sa.select(PolicyProfile.id, PolicyProfile.begins, PolicyProfile.numbers, PolicyProfile.working_days)
_EVERY = _EVERY.where(PolicyProfile.struck.is_(None)).order_by(PolicyProfile.begins, PolicyProfile.id)


def profile(conn: sa.Connection) -> Policy:
    """The profile in force, with every version before it: a duty keeps the numbers of the day it arose.

    A number that cannot stand (a merge, a newer version's name) is passed over; the others hold.
    """
    found = policy.default()
    for row in conn.execute(_EVERY):
        found = _calendar(found, row)
        for name, number in (row.numbers or {}).items() if isinstance(row.numbers, dict) else ():
            try:
                found = found.changed({name: number}, since=a_day(row.begins))
            except UserError:
                continue
    return found


def _calendar(found: Policy, row: Any) -> Policy:
    """The landlord's own working days from the day the version begins; one that cannot stand is passed over."""
    if not isinstance(row.working_days, dict):
        return found
    try:
        return replace(found, days=found.days.over(a_day(row.begins) or "1900-01-01", row.working_days))
    except (TypeError, ValueError, AttributeError):
        return found
