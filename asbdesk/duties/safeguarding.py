"""What is owed where somebody may be in danger, or needs support."""

from __future__ import annotations

import re
from collections.abc import Iterator

from asbdesk.duties.duty import Duty
from asbdesk.duties.events import Event, Happening, Report, day_words
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import by_line, first, own_reports, raised

AT_RISK = frozenset(("child_at_risk", "adult_at_risk", "suicidal_statement", "domestic_abuse"))
TOLD = re.compile(
    r"suicid|self[\s_-]*harm|(?:harm|kill)\w* (?:him|her|them|my|one)sel|end\w* (?:his|her|their|my) life"
    r"|tak\w* (?:his|her|their|my)(?: own)? life|domestic[\s_-]*(?:abuse|violence)"
    r"|(?:child|adult)[\s_-]*at[\s_-]*risk",
    re.IGNORECASE,
)
"""What a need told of says of danger: self-harm or suicide is a suicidal statement."""
STANDING = "support offer"
"""What a duty is about where support stands offered: it is asked as "still right?" (PRACTICE.md 7)."""
Duties = Iterator[Duty | None]


def safeguarding(facts: Facts, policy: Policy) -> Duties:
    """A child or adult at risk, a suicidal statement, abuse at home, children in a home with a serious report: the
    decision is written down, whether referred or why not. (Social care is told the same day.)
    """
    for event, person, about, why in _concerns(facts):
        met = first((d for d in facts.of("safeguarding_decision") if _about(facts, d, person)), event)
        due = by_line(policy, "safeguarding.wd", event)
        yield raised(facts, policy, "safeguarding", event, due, met, why, about=about)


def _concerns(facts: Facts) -> Iterator[tuple[Event, str, str, str]]:
    for report in own_reports(facts):
        about = f"report of {day_words(report.day)}"
        if AT_RISK & {*report.serious, *report.behaviours}:
            yield report, report.by, about, "Somebody may be in danger, and a decision about it is written down."
        elif report.category == "serious" and _children(facts, report):
            yield report, report.by, about, "Children live in a home with a serious report, and we say what we decided."
    for told in facts.of("vulnerability_disclosed"):
        if any(TOLD.search(word) for word in told.words):
            why = "What we were told says that somebody may be in danger, and a decision about it is written down."
            yield told, told.who, f"needs told of {day_words(told.day)}", why


def _children(facts: Facts, report: Report) -> bool:
    return any(facts.children_with(person) for person in (report.by, *facts.owed_to(report.by)))


def _about(facts: Facts, decision: Happening, person: str) -> bool:
    """About this household, or about somebody who is nobody's head of another: not one about another reporter."""
    others = {r for r in facts.reporters if r not in facts.household(person)}
    return decision.who not in others


def support_offer(facts: Facts, policy: Policy) -> Duties:
    """Hate, abuse at home, a vulnerability, a serious report: support is offered (or was declined)."""
    offers = [s for s in facts.of("risk_action") if s.what == "support_offered"]
    raising: list[tuple[Event, str]] = [
        (r, f"report of {day_words(r.day)}") for r in facts.serious_reports if facts.owed_to(r.by)
    ]
    raising += [(t, f"needs told of {day_words(t.day)}") for t in facts.of("vulnerability_disclosed")]
    for event, about in sorted(raising, key=lambda pair: pair[0].at):
        why = "What happened is hard to live with, and support is offered, to take or to leave."
        standing = [o for o in offers if o.at < event.at and not o.yes]
        if standing:
            about = f"{STANDING} of {day_words(standing[-1].day)}, and {about}"
            why = "Support was offered before. Something has happened since: ask whether it is still right."
        due = by_line(policy, "support_offer.wd", event)
        yield raised(facts, policy, "support_offer", event, due, first(offers, event), why, about=about)
