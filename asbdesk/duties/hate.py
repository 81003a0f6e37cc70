"""What is owed about hate: asked, its own record, action, and an eye on the same person across all homes."""

from __future__ import annotations

from collections.abc import Iterator

from asbdesk.duties.communication import months_before
from asbdesk.duties.duty import Duty
from asbdesk.duties.events import Event, Mention, Report
from asbdesk.duties.facts import Facts
from asbdesk.duties.investigation import decisions, tools
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import by_line, first, own_reports, raised

Duties = Iterator[Duty | None]


def hate_question(facts: Facts, policy: Policy) -> Duties:
    """A report with signs of hate that nobody has named: the hate record, or the decision that nobody sees it so."""
    for report in own_reports(facts):
        if report.hate_signs and not report.perceived_hate:
            met = first(facts.of("hate_record", "not_hate"), report)
            why = "There are signs of hate in it that nobody has named, so we ask, with open words."
            due = by_line(policy, "hate_question.wd", report)
            yield raised(facts, policy, "hate_question", report, due, met, why)


def hate_record(facts: Facts, policy: Policy) -> Duties:
    """A report that the victim or anyone perceives as hate has a record of its own."""
    for report in own_reports(facts):
        if report.perceived_hate:
            met = first(facts.of("hate_record"), report)
            why = "Somebody perceives it as hate, and that alone asks for a record of its own."
            due = by_line(policy, "hate_record.wd", report)
            yield raised(facts, policy, "hate_record", report, due, met, why)


def hate_action(facts: Facts, policy: Policy) -> Duties:
    """A hate report about a known person: a decision about them, or a tool used or considered."""
    for report in own_reports(facts):
        if report.perceived_hate and report.about:
            acts = [*tools(facts), *(d for p in report.about for d in decisions(facts, p))]
            why = "Hate about a known person needs action that is early and firm, agreed with the victim first."
            due = by_line(policy, "hate_action.wd", report)
            yield raised(facts, policy, "hate_action", report, due, first(acts, report), why)


def persistent_perpetrator(facts: Facts, policy: Policy) -> Duties:
    """The second hate report, and the fourth of any kind, about one person across all homes; once each."""
    here = {r.id: r for r in own_reports(facts)}
    acts: list[Event] = [*facts.of("enforcement", "manager_review")]
    for person, mentions in facts.mentions.items():
        for kind, report in _raising(mentions, here, policy):
            why = "The same person is named again and again, and only somebody who looks across all homes can see it."
            due = by_line(policy, "persistent_perpetrator.wd", report)
            mark = f"{kind}/{person}"
            yield raised(facts, policy, "persistent_perpetrator", report, due, first(acts, report), why, mark=mark)


def _raising(mentions: tuple[Mention, ...], here: dict[str, Report], policy: Policy) -> Iterator[tuple[str, Report]]:
    """The reports of this case that bring the count up to its number: for hate, and for any kind."""
    for kind, number in (("hate", "hate_reports"), ("any", "reports")):
        counted = [m for m in mentions if m.hate or kind == "any"]
        before = 0
        for n, mention in enumerate(counted):
            day = here[mention.report].day if mention.report in here else mention.at[:10]
            within = policy.number("persistent_perpetrator.months", day)
            since = months_before(day, within) if within else ""
            count = sum(m.at[:10] >= since for m in counted[: n + 1])
            wanted = policy.number(f"persistent_perpetrator.{number}", day)
            if before < wanted <= count and mention.report in here:
                yield kind, here[mention.report]
            before = count
