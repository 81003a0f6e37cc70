"""How signing goes, without a window: the six outcomes with what each needs, and who signs in turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from asbdesk.casework.visit_views import Room
from asbdesk.clock import Clock, instant
from asbdesk.documents.paper import Ink, Signing
from asbdesk.ui.screens.visit.context import Strokes

NEXT = {"resident": "resident", "advocate": "advocate", "interpreter": "interpreter", "officer": "officer"}


@dataclass(frozen=True)
class Outcome:
    """One way that signing may go. None is worded as refusal (PRACTICE.md 12)."""

    key: str
    label: str
    then: str
    """What happens then, in a sentence for the resident."""
    note: str = ""
    """What must be written down, as a question; empty for nothing."""
    asks_day: bool = False


OUTCOMES = (
    Outcome("signed", "Signs here", "Our steps start today."),
    Outcome(
        "agreed_aloud",
        "Agrees aloud",
        "Our steps start today.",
        "Who heard it, and how? (by telephone, or cannot write)",
    ),
    Outcome("agrees_unsigned", "Agrees, does not want to sign", "Our steps start today. We will not ask again."),
    Outcome(
        "wants_time", "Wants time to think", "Our steps start today. We ask once more, on that day.", asks_day=True
    ),
    Outcome(
        "does_not_agree",
        "Does not agree",
        "Our steps start today. A manager reads this within 2 working days.",
        "What do you want instead? Write it in their words.",
    ),
    Outcome(
        "not_asked",
        "Not asked today",
        "Our steps start today. We ask at a better time.",
        "Why not? (not safe, or not well enough)",
    ),
)
BY_KEY = {outcome.key: outcome for outcome in OUTCOMES}


def roles(outcome: str, room: Room, by_phone: bool) -> tuple[str, ...]:
    """Who signs on the screen, in turn. By telephone nobody does.

    An interpreter signs that they read it over, an advocate what they have authority for; neither for the resident.
    """
    if by_phone:
        return ()
    heard = outcome != "not_asked"
    first = ("resident",) if outcome == "signed" else ()
    advocate = ("advocate",) if room.advocate and heard else ()
    interpreter = ("interpreter",) if room.interpreter == "professional" and heard else ()
    return (*first, *advocate, *interpreter, "officer")


def lacking(outcome: str, note: str, ask_on: str) -> str:
    """What an outcome still needs, as a sentence; empty when nothing."""
    wanted = BY_KEY[outcome]
    if wanted.note and not note.strip():
        return f"Please write this first: {wanted.note}"
    if wanted.asks_day and not ask_on:
        return "Please choose the day when we ask again."
    return ""


def signing(
    outcome: str,
    names: Mapping[str, str],
    inks: Mapping[str, Strokes],
    clock: Clock,
    *,
    note: str,
    ask_on: str,
    language: str,
) -> Signing:
    """What the paper and the record are made from."""
    at = instant(clock.now())
    drawn = tuple(
        Ink(role, names.get(role, ""), at, strokes, language if role == "interpreter" else "")
        for role, strokes in inks.items()
        if strokes
    )
    return Signing(outcome, names.get("resident", ""), ask_on, note.strip(), drawn)
