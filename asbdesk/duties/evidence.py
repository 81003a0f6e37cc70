"""What is owed in evidence: taken when it is offered, fetched before it is lost, looked at and answered."""

from __future__ import annotations

from collections.abc import Iterator

from asbdesk.clock import plain_day
from asbdesk.duties.duty import Duty, day_after
from asbdesk.duties.events import Happening, day_words
from asbdesk.duties.facts import Facts
from asbdesk.duties.policy import Policy
from asbdesk.duties.raising import Due, answer, by_line, first, raised

PICTURES = frozenset(("recording", "photo", "video", "cctv", "noise_app"))
PAPERS = frozenset(("diary", "statement", "medical"))
"""Kinds that may be called by one another's name."""
Duties = Iterator[Duty | None]


def evidence_capture(facts: Facts, policy: Policy) -> Duties:
    """Evidence shown or offered and not taken is received after all."""
    for offered in facts.of("evidence_offered"):
        met = first((r for r in facts.of("evidence_received") if _same(facts, offered, r)), offered)
        why = "Somebody offered us evidence and we did not take it, and it may be gone tomorrow."
        about = f"{_words(offered)} offered {day_words(offered.day)}"
        due = by_line(policy, "evidence_capture.wd", offered)
        yield raised(facts, policy, "evidence_capture", offered, due, met, why, about=about)


def _same(facts: Facts, offered: Happening, received: Happening) -> bool:
    """From the same household, and of a kind that can be the same thing."""
    if received.who and offered.who and received.who not in facts.household(offered.who):
        return False
    kinds = {offered.what, received.what} - {"", "other"}
    return len(kinds) < 2 or kinds <= PICTURES or kinds <= PAPERS


def evidence_secure(facts: Facts, policy: Policy) -> Duties:
    """Evidence that somebody else holds and will lose is fetched before that."""
    for held in facts.of("evidence_elsewhere"):
        due = by_line(policy, "evidence_secure.wd", held)
        why = "Somebody else holds evidence that we need, and does not keep it for ever."
        if held.by:
            before = policy.number("evidence_secure.days_before", held.day)
            due = Due(max(held.day, day_after(held.by, -before)), "evidence_secure.days_before")
            why = f"It will be lost on {plain_day(held.by)}, so it is fetched before that."
        met = first((r for r in facts.of("evidence_received") if r.of == held.id), held)
        about = f"{_words(held)} held elsewhere, told {day_words(held.day)}"
        yield raised(facts, policy, "evidence_secure", held, due, met, why, about=about)


def evidence_review(facts: Facts, policy: Policy) -> Duties:
    """Evidence received is looked at, decided on, and its provider told."""
    for received in facts.of("evidence_received"):
        met = answer(facts.of("evidence_reviewed"), received)
        why = "Somebody gave us evidence, and waits to hear what it shows."
        about = f"{_words(received)} received {day_words(received.day)}"
        due = by_line(policy, "evidence_review.wd", received)
        yield raised(facts, policy, "evidence_review", received, due, met, why, about=about)


def professional_letter(facts: Facts, policy: Policy) -> Duties:
    """A doctor, school, carer or relative writes about harm: weighed and answered, with what changed."""
    for letter in facts.of("professional_letter"):
        met = answer(facts.of("professional_letter_answered"), letter)
        why = "Somebody with a duty of care wrote to us about harm, and it has the same weight for each resident."
        about = f"letter of {day_words(letter.day)}"
        due = by_line(policy, "professional_letter.wd", letter)
        yield raised(facts, policy, "professional_letter", letter, due, met, why, about=about)


def _words(event: Happening) -> str:
    return {"cctv": "CCTV", "noise_app": "noise app", "": "evidence", "other": "evidence"}.get(event.what, event.what)
