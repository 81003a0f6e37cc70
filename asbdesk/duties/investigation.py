"""What is owed about the other person and in court: decisions, never a contact at any price (PRACTICE.md 1)."""

from __future__ import annotations

from collections.abc import Iterator

from asbdesk.clock import london_instant, plain_day
from asbdesk.duties.clocks import clock
from asbdesk.duties.duty import Duty, day_after
from asbdesk.duties.events import Event, Happening, Report, day_words
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import Due, answer, by_line, first, own_reports, raised

WAITING = frozenset(("not_safe", "reporter_asked_not", "agency_asked_wait", "not_known"))
"""Decisions that stand until a day to look again."""
DECIDE = "Somebody is named in it, and whether, when and how to speak to them is decided, not left."
Duties = Iterator[Duty | None]


def decisions(facts: Facts, person: str = "") -> list[Happening]:
    """The decisions about speaking to the other person, in order of time; a try that reached nobody is none."""
    found = facts.of("perpetrator_contact")
    return [d for d in found if (d.what or d.yes is not False) and (not person or not d.who or d.who == person)]


def perpetrator_contact(facts: Facts, policy: Policy) -> Duties:
    """A report about a known person: a decision about speaking to them. One that waits arises again on its day."""
    for report in own_reports(facts):
        for person in report.about:
            mark = person if len(report.about) > 1 else ""
            day, line = clock("perpetrator_contact", report, facts, policy)
            met: Event | None = first(decisions(facts, person), report)
            if _standing(facts, person, report):
                met = report
            yield raised(facts, policy, "perpetrator_contact", report, Due(day, line), met, DECIDE, mark=mark)
    for decision in decisions(facts):
        if decision.what in WAITING and decision.by:
            yield _look_again(facts, policy, decision)


def _standing(facts: Facts, person: str, report: Report) -> bool:
    """A decision to wait stands for later reports of the same kind until its day; violence, threat or hate ask anew."""
    if report.category == "serious" or report.threat:
        return False
    earlier = [d for d in decisions(facts, person) if d.at < report.at]
    return bool(earlier) and earlier[-1].what in WAITING and report.day < earlier[-1].by


def _look_again(facts: Facts, policy: Policy, decision: Happening) -> Duty | None:
    """The decision arises again on the day it named, unless another was taken before."""
    if decision.by <= decision.day:
        return None
    start = Event(decision.id, london_instant(decision.by, "00:00"))
    theirs = decisions(facts, decision.who)
    if any(decision.at < d.at < start.at for d in theirs):
        return None
    about = [r for r in own_reports(facts) if r.at <= start.at and (not decision.who or decision.who in r.about)]
    found = [clock("perpetrator_contact", r, facts, policy, start.at) for r in about]
    due = Due(
        *min(found, default=(policy.due("perpetrator_contact.medium_wd", start.at), "perpetrator_contact.medium_wd"))
    )
    words = f"decision of {day_words(decision.day)}"
    why = f"We decided to wait, and to look at it again on {plain_day(decision.by)}."
    return raised(facts, policy, "perpetrator_contact", start, due, first(theirs, start), why, about=words)


def tools(facts: Facts) -> list[Happening]:
    """Tools used, considered and rejected with a reason, or considered and not now."""
    return [e for e in facts.of("enforcement") if e.yes is not False or e.reason or e.what == "none_yet"]


def enforcement_considered(facts: Facts, policy: Policy) -> Duties:
    """A serious or hate report, or the third about one person (once): a tool used, or considered and rejected."""
    times: dict[str, int] = {}
    for report in own_reports(facts):
        for person in report.about:
            times[person] = times.get(person, 0) + 1
        third = any(times[person] == 3 for person in report.about)
        if report.category == "serious" or third:
            why = "It is serious, or keeps happening, so which of our powers fit is decided and written down."
            due = by_line(policy, "enforcement_considered.wd", report)
            yield raised(facts, policy, "enforcement_considered", report, due, first(tools(facts), report), why)


def court_date(facts: Facts, policy: Policy) -> Duties:
    """A hearing, notice or order with a day: looked at some weeks before, and again some days before."""
    for order in facts.of("court_order"):
        if not order.by:
            continue
        met = answer(facts.of("court_order_met"), order)
        why = f"The day in court is {plain_day(order.by)}, and what it needs takes time."
        about = f"{order.what.rstrip('. ') or 'court order'}, {day_words(order.by)}"
        for mark, line in (("", "court_date.first_days"), ("second", "court_date.second_days")):
            day = day_after(order.by, -policy.number(line, order.day))
            if day < order.day and not mark:
                continue  # it was told later than the first look: the second is left
            due = Due(max(day, min(order.day, order.by)), line)
            yield raised(facts, policy, "court_date", order, due, met, why, about=about, mark=mark)


def order_breach(facts: Facts, policy: Policy) -> Duties:
    """A breach of a court order or undertaking: police, court, or not, and why."""
    for breach in facts.of("order_breach"):
        met = answer(facts.of("order_breach_decided"), breach)
        why = "A court order was broken, and an order that nobody enforces protects nobody."
        about = f"breach of {day_words(breach.day)}"
        due = by_line(policy, "order_breach.wd", breach)
        yield raised(facts, policy, "order_breach", breach, due, met, why, about=about)
