"""What is owed to somebody who is not content with us: the Complaint Handling Code, staff, and the Ombudsman."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from asbdesk.clock import london_instant, plain_day
from asbdesk.duties.duty import Duty
from asbdesk.duties.events import Event, Happening, day_words
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import Due, answer, by_line, first, raised

ORDERED = "Housing Ombudsman's order: the date it gives."
REQUESTED = "The date that the Housing Ombudsman gave."
Duties = Iterator[Duty | None]


@dataclass(frozen=True)
class Stage:
    """A complaint at one stage. `start` is when its clocks begin, `root` the record that raised it."""

    complaint: Happening
    root: Happening
    start: Event
    number: int


def stages(facts: Facts) -> list[Stage]:
    """Each complaint at stage 1, from the day it was first said; each escalation at stage 2."""
    found = []
    for complaint in facts.of("complaint"):
        earlier = "" < complaint.by < complaint.day  # said on the same day, it counts from the hour it was said
        start = Event(complaint.id, london_instant(complaint.by)) if earlier else complaint
        found.append(Stage(complaint, complaint, start, 1))
        for escalated in facts.of("complaint_escalated"):
            if escalated.of == complaint.id:
                found.append(Stage(complaint, escalated, escalated, 2))
    return found


def complaint_triage(facts: Facts, policy: Policy) -> Duties:
    """Dissatisfaction with the handling or with staff, said anywhere: taken as a complaint, or declined with why."""
    said: list[Event] = [*(r for r in facts.reports if r.dissatisfied), *(c for c in facts.contacts if c.dissatisfied)]
    for event in sorted(said, key=lambda e: e.at):
        met = first(facts.of("complaint", "complaint_declined"), event)
        why = "Somebody is not content with us, and need not say the word complaint."
        about = f"dissatisfaction of {day_words(event.day)}"
        due = by_line(policy, "complaint_triage.wd", event)
        yield raised(facts, policy, "complaint_triage", event, due, met, why, about=about)


def complaint_acknowledge(facts: Facts, policy: Policy) -> Duties:
    """A complaint, and its escalation, is acknowledged."""
    for stage in stages(facts):
        why = "Whoever complains hears soon that we have it, and what happens next."
        due = by_line(policy, "complaint_acknowledge.wd", stage.start)
        met, about = _acknowledged(facts, stage), _about(stage)
        yield raised(facts, policy, "complaint_acknowledge", stage.start, due, met, why, about=about, root=stage.root)


def complaint_stage1(facts: Facts, policy: Policy) -> Duties:
    """A complaint is answered at stage 1, counted from its acknowledgement, or from the day that was due."""
    yield from _answers(facts, policy, 1)


def complaint_stage2(facts: Facts, policy: Policy) -> Duties:
    """An escalation is answered at stage 2, counted from its acknowledgement, or from the day that was due."""
    yield from _answers(facts, policy, 2)


def _answers(facts: Facts, policy: Policy, number: int) -> Duties:
    for stage in stages(facts):
        if stage.number != number:
            continue
        answers = [a for a in facts.of("complaint_answered") if a.of == stage.complaint.id and a.stage == number]
        met = first(answers, stage.start)
        why = f"The Code gives everyone who complains an answer at stage {number}, on time."
        due, code = _answer_due(facts, policy, stage), f"complaint_stage{number}"
        yield raised(facts, policy, code, stage.start, due, met, why, about=_about(stage), root=stage.root)


def _answer_due(facts: Facts, policy: Policy, stage: Stage) -> Due:
    """From the acknowledgement (or the day it was due, if that came first), and once extended, with reasons."""
    line = f"complaint_stage{stage.number}.wd"
    days = policy.number(line, stage.start.day)
    acknowledge_by = policy.due("complaint_acknowledge.wd", stage.start.at)
    day = policy.days.add(acknowledge_by, days)
    acknowledged = _acknowledged(facts, stage)
    if acknowledged:
        day = min(day, policy.days.due(acknowledged.at, days))
    for longer in facts.of("complaint_extended"):
        if longer.of == stage.complaint.id and longer.stage == stage.number and longer.reason and longer.by > day:
            most = policy.days.add(day, policy.number(f"complaint_stage{stage.number}.extension_wd", stage.start.day))
            return Due(min(longer.by, most), line, moves=((longer.day, day),))
    return Due(day, line)


def _acknowledged(facts: Facts, stage: Stage) -> Happening | None:
    same = [a for a in facts.of("complaint_acknowledged") if a.of == stage.complaint.id and a.stage == stage.number]
    return first(same, stage.start)


def _about(stage: Stage) -> str:
    said = "complaint" if stage.number == 1 else "escalation"
    return f"{said} of {day_words(stage.root.day)}"


def staff_conduct(facts: Facts, policy: Policy) -> Duties:
    """A complaint about staff conduct: whether those staff may still contact the resident is decided."""
    for stage in stages(facts):
        if stage.number == 1 and stage.complaint.what == "staff_conduct":
            met = first(facts.of("no_contact", "no_contact_not_needed"), stage.start)
            why = "Nobody should have to open the door to the person they complained about."
            due = by_line(policy, "staff_conduct.wd", stage.start)
            about = _about(stage)
            yield raised(facts, policy, "staff_conduct", stage.start, due, met, why, about=about, root=stage.root)


def ombudsman_request(facts: Facts, policy: Policy) -> Duties:
    """The Ombudsman asks for information or a reply."""
    for asked in facts.of("ombudsman_request"):
        due = Due(asked.by, source=REQUESTED) if asked.by else by_line(policy, "ombudsman_request.wd", asked)
        met = answer(facts.of("ombudsman_answered"), asked)
        why = "The Ombudsman asked us, and what we do not send is taken as not done."
        about = f"request of {day_words(asked.day)}"
        yield raised(facts, policy, "ombudsman_request", asked, due, met, why, about=about)


def order(facts: Facts, policy: Policy) -> Duties:
    """An Ombudsman's order is done by its date."""
    for ordered in facts.of("order"):
        if ordered.by:
            met = answer(facts.of("order_met"), ordered)
            why = f"The Ombudsman ordered it by {plain_day(ordered.by)}."
            about = f"{ordered.what.rstrip('. ') or 'order'}, {day_words(ordered.day)}"
            yield raised(facts, policy, "order", ordered, Due(ordered.by, source=ORDERED), met, why, about=about)
