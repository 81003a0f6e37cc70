"""What is owed, to whom, by when, and why: pure rules over the facts of one case. Why no `now`: an event alone raises,
meets or ends a duty, so nothing needs working out again at midnight; a task table that is ticked off by hand was turned
down, because what is ticked and what was done drift apart. A new rule is its own function, and one line below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from asbdesk.duties import policy, working_days
from asbdesk.duties.contact import next_contact
from asbdesk.duties.duty import Duty, state
from asbdesk.duties.facts import Facts
from asbdesk.duties.plan import action_plan, plan_action, plan_copy, plan_review
from asbdesk.duties.policy import Policy
from asbdesk.duties.risk import risk_assessment

Rule = Callable[[Facts, Policy], Iterator[Duty]]

RULES: tuple[Rule, ...] = (risk_assessment, action_plan, plan_copy, plan_action, plan_review, next_contact)

CODES = tuple(rule.__name__ for rule in RULES)
"""The codes of DUTIES.md that are owed so far; each rule is named as its code."""


def owed(facts: Facts, policy: Policy) -> tuple[Duty, ...]:
    """Every duty of a case, met or not, in order of due day."""
    found = (duty for rule in RULES for duty in rule(facts, policy))
    return tuple(sorted((d for d in found if not _never_owed(d)), key=lambda d: (d.due, d.key)))


def prepare(day: str) -> None:
    """Read the usual timescales and the bank holidays around a day before an officer waits for them (a second)."""
    policy.default()
    working_days.prepare(day)


def _never_owed(duty: Duty) -> bool:
    """Raised by something that came after the case closed."""
    return duty.ended is not None and duty.ended < duty.arose


__all__ = ["CODES", "RULES", "Duty", "Facts", "Policy", "owed", "prepare", "state"]
