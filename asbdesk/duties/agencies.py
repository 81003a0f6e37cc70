"""What is owed to and about other bodies: asked, chased, answered, and the resident told what it means."""

from __future__ import annotations

from collections.abc import Iterator

from asbdesk.duties.duty import Duty
from asbdesk.duties.events import Event, Happening, day_words
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import after, answer, by_line, first, own_reports, raised
from asbdesk.duties.spoken import landlord_contacts, told_of

Duties = Iterator[Duty | None]


def police_question(facts: Facts, policy: Policy) -> Duties:
    """A report that may be a crime: reported, offered, declined, or unsafe to ask."""
    for report in own_reports(facts):
        if report.category == "serious":
            met = first(facts.of("police_report"), report)
            why = "It may be a crime, and the choice about the police is theirs to make, with our help."
            due = by_line(policy, "police_question.wd", report)
            yield raised(facts, policy, "police_question", report, due, met, why)


def agency_request(facts: Facts, policy: Policy) -> Duties:
    """An agency asks something of us: the police, or about a risk, before all else."""
    for asked in facts.of("agency_request"):
        urgent = bool(asked.yes) or "police" in asked.what.casefold()
        line = f"agency_request.{'risk' if urgent else 'other'}_wd"
        met = answer((a for a in facts.of("agency_answered") if a.of), asked)
        why = f"{_agency(asked)} asked something of us, and cannot go on without it."
        about = f"request of {day_words(asked.day)}"
        yield raised(facts, policy, "agency_request", asked, by_line(policy, line, asked), met, why, about=about)


def agency_chase(facts: Facts, policy: Policy) -> Duties:
    """A referral without an answer is chased, and again, until the answer comes."""
    for referral in facts.of("agency_referral"):
        reply = first((r for r in facts.of("agency_reply") if r.of == referral.id), referral)
        chases = after((c for c in facts.of("agency_chase") if c.of == referral.id), referral)
        rounds: list[Happening] = [referral, *(c for c in chases if reply is None or c.at < reply.at)]
        why = f"We asked {_agency(referral, 'an agency')}, and nobody else will ask again."
        about = f"referral of {day_words(referral.day)}"
        for n, start in enumerate(rounds):
            met = rounds[n + 1] if n + 1 < len(rounds) else reply
            due = by_line(policy, "agency_chase.wd", start)
            told = {"about": about, "root": referral, "mark": start.id if n else ""}
            yield raised(facts, policy, "agency_chase", start, due, met, why, **told)  # type: ignore[arg-type]


def agency_update(facts: Facts, policy: Policy) -> Duties:
    """An agency answered, or told us something: the resident hears what it means for them."""
    if not facts.residents:
        return
    contacts = landlord_contacts(facts)
    for kind in ("agency_reply", "agency_information"):
        for heard in facts.of(kind):
            met = first((c for c in contacts if told_of(c, heard, kind, "agency_update")), heard)
            why = "An agency told us something about the case, and the resident waits to hear it."
            about = f"{'answer' if kind == 'agency_reply' else 'information'} of {day_words(heard.day)}"
            due = by_line(policy, "agency_update.wd", heard)
            yield raised(facts, policy, "agency_update", heard, due, met, why, about=about)


def agent_oversight(facts: Facts, policy: Policy) -> Duties:
    """A report made to a managing agent: we speak to the resident ourselves, and again while the case is open."""
    reports = [r for r in own_reports(facts) if r.to_agent and facts.owed_to(r.by)]
    why = "The report went to our managing agent, and the resident is ours all the same."
    for n, report in enumerate(reports):
        contacts = landlord_contacts(facts, facts.owed_to(report.by))
        met = first(contacts, report)
        yield raised(
            facts, policy, "agent_oversight", report, by_line(policy, "agent_oversight.first_wd", report), met, why
        )
        rounds = after(contacts, report) if n == 0 else []
        for start, until in zip(rounds, [*rounds[1:], None], strict=False):
            due = by_line(policy, "agent_oversight.then_wd", start)
            about = f"report of {day_words(report.day)}"
            told = {"about": about, "root": report, "mark": start.id}
            yield raised(facts, policy, "agent_oversight", start, due, until, why, **told)  # type: ignore[arg-type]


def case_review(facts: Facts, policy: Policy) -> Duties:
    """An ASB Case Review asked for, of us or of the council, is decided."""
    for asked in facts.of("case_review_request"):
        met: Event | None = answer(facts.of("case_review_decided"), asked)
        why = "The resident asked for all bodies to look at it together, as the law lets them."
        about = f"request of {day_words(asked.day)}"
        yield raised(
            facts, policy, "case_review", asked, by_line(policy, "case_review.wd", asked), met, why, about=about
        )


def _agency(event: Happening, unknown: str = "An agency") -> str:
    return event.what.strip() or unknown
