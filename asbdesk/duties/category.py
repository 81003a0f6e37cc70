"""How serious a report is by itself: the rule at the head of DUTIES.md."""

from __future__ import annotations

from collections.abc import Iterable

GRAVE = frozenset(
    ("violence", "weapon", "arson", "domestic_abuse", "stalking", "drug_supply", "sexual", "exploitation", "hate")
)
"""Behaviours that make a report serious by themselves."""
SLIGHT = frozenset(("animals", "vehicles", "litter", "garden", "youth_nuisance", "neighbour_dispute"))


def category(behaviours: Iterable[str], serious: Iterable[str] = (), hate: bool = False) -> str:
    """`serious`, `medium` or `low`."""
    kinds = set(behaviours)
    if hate or set(serious) or kinds & GRAVE:
        return "serious"
    return "low" if kinds and kinds <= SLIGHT else "medium"
