"""What a case taken on from a list owes: one check. Its past dates are history, and owe nothing (PRACTICE.md 9)."""

from __future__ import annotations

from collections.abc import Iterator

from asbdesk.duties.duty import Duty
from asbdesk.duties.events import day_words
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import answer, on_day, raised

SPREAD = "Our timescales (take_on_check): by the risk level in the list, spread so that nobody has too many on one day."
WHY = "It came from a list: nobody has looked here yet at the risk, the plan, the last contact and what was promised."


def take_on_check(facts: Facts, policy: Policy) -> Iterator[Duty | None]:
    """A case came from a list: somebody looks at it once, on the day it was given when the list was taken on."""
    for taken in facts.of("taken_on"):
        if taken.by:
            met = answer((done for done in facts.of("taken_on_checked") if done.of), taken)
            about = f"taken on {day_words(taken.day)}"
            yield raised(facts, policy, "take_on_check", taken, on_day(taken.by, SPREAD), met, WHY, about=about)
