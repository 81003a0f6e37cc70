"""Where two laptops differ a person decides: a duty stands until somebody has, and what weighs comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from asbdesk.duties.duty import Duty
from asbdesk.duties.events import Assessment, Clash, Event, Plan, day_words
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import by_line, raised

WEIGHS = "Two of us wrote different things. The more careful one applies until somebody decides which is right."
DIFFERS = "Two of us wrote different things, and neither had seen the other. Both are kept until somebody decides."
APART = "Two of us made one apart, and neither had seen the other. Both stand until one takes the place of both."

Duties = Iterator[Duty | None]


def conflict(facts: Facts, policy: Policy) -> Duties:
    """Two values of one field stand, or two assessments or plans were made apart: somebody decides."""
    for clash in facts.clashes:
        line = f"conflict.{'weighs' if clash.weighs else 'other'}_wd"
        why = WEIGHS if clash.weighs else DIFFERS
        about = f"written on {day_words(clash.day)}"
        due = by_line(policy, line, clash)
        mark = f"{clash.record.partition('/')[2]}.{clash.field}"
        yield raised(facts, policy, "conflict", clash, due, clash.decided, why, about=about, mark=mark)
    yield from _made_apart(facts, policy, facts.assessments, "assessment")
    yield from _made_apart(facts, policy, facts.plans, "plan")


def _made_apart(facts: Facts, policy: Policy, made: Sequence[Assessment] | Sequence[Plan], what: str) -> Duties:
    """The later of two that follow the same, until one follows both (or one that does)."""
    for other, second in pairs_apart(made):
        both = {other.id, second.id}
        met = next((a for a in made if a.at >= second.at and both <= set(a.follows or ())), None)
        about = f"two {what}s, the second of {day_words(second.day)}"
        due = by_line(policy, "conflict.weighs_wd", second)
        yield raised(facts, policy, "conflict", second, due, met, APART, about=about, mark=what)


def pairs_apart(made: Sequence[Assessment] | Sequence[Plan]) -> Iterator[tuple[Event, Event]]:
    """Two made apart: of one person, both naming the same before them (or both the first), neither the other."""
    seen: dict[tuple[str, frozenset[str]], Assessment | Plan] = {}
    for each in made:
        if each.follows is None:
            continue
        whose = each.of if isinstance(each, Assessment) else each.person
        key = (whose, frozenset(each.follows))
        if key in seen:
            yield seen[key], each
        else:
            seen[key] = each


__all__ = ["Clash", "conflict", "pairs_apart"]
