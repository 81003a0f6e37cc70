"""What is owed in a case, as lines of `due`: worked out by `duties`, replaced whole, never written by hand."""

from __future__ import annotations

from typing import Any

from asbdesk.duties import Duty, Facts, Policy, owed
from asbdesk.duties.duty import kept_state


def lines(facts: Facts, policy: Policy) -> list[dict[str, Any]]:
    """The case's lines of `due`. `state` knows no today: overdue is `open` and `due_on < today`."""
    return [_line(facts, duty) for duty in owed(facts, policy)]


def _line(facts: Facts, duty: Duty) -> dict[str, Any]:
    return {
        "case": facts.case,
        "key": duty.key,
        "code": duty.code,
        "theme": duty.theme,
        "about": duty.about,
        "about_id": duty.about_id,
        "arose": duty.arose,
        "due_on": duty.due,
        "at": duty.at,
        "met_on": duty.met,
        "written": duty.written,
        "waived": duty.waived,
        "state": kept_state(duty),
        "why": duty.why,
        "source": duty.source,
        "officer": facts.officer,
    }
