"""What is owed to the record itself: written down, looked after by somebody, and looked at again when it comes back."""

from __future__ import annotations

from collections.abc import Iterator

from asbdesk.clock import london_instant
from asbdesk.duties.communication import months_before
from asbdesk.duties.duty import Duty
from asbdesk.duties.events import Event, Happening, day_words
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import by_line, first, own_reports, raised

Duties = Iterator[Duty | None]


def report_logged(facts: Facts, policy: Policy) -> Duties:
    """Each report is written down, counted from the day it was received."""
    for report in own_reports(facts):
        met = None
        if report.logged is not None:
            met = Event(report.id, max(report.at, london_instant(report.logged or report.day)))
        why = "What is not written down did not happen, for everyone who looks at the case later."
        due = by_line(policy, "report_logged.wd", report)
        yield raised(facts, policy, "report_logged", report, due, met, why)


def case_unowned(facts: Facts, policy: Policy) -> Duties:
    """The officer left and nobody is named: the case is handed to a named officer."""
    for left in facts.of("handover"):
        if not left.who:
            met = first((h for h in facts.of("handover") if h.who), left)
            why = "Nobody looks after this case, and nobody will notice what it owes."
            about = f"handover of {day_words(left.day)}"
            due = by_line(policy, "case_unowned.wd", left)
            yield raised(facts, policy, "case_unowned", left, due, met, why, about=about)


def reopen_review(facts: Facts, policy: Policy) -> Duties:
    """A new report by the same reporter soon after closing: the case is opened again, or a new one is linked to it."""
    for closing, reopening in facts.closed_spells:
        before = {r.by for r in facts.reports if r.at <= closing.at}
        since = months_before(closing.day, -policy.number("reopen_review.months", closing.day))
        for report in own_reports(facts):
            came = closing.at < report.at and (reopening is None or report.at <= reopening.at)
            if came and report.by in before and report.day <= since:
                acts: list[Happening] = [*facts.of("reopen", "case_linked")]
                why = "It has come back soon after we closed it, so what we decided then is looked at again."
                due = by_line(policy, "reopen_review.wd", report)
                yield raised(facts, policy, "reopen_review", report, due, first(acts, report), why)
