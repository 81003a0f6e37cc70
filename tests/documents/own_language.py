"""Plans in the resident's language beside English, for the tests."""

from __future__ import annotations

from typing import Any

from asbdesk.documents.bilingual import Own
from asbdesk.documents.paper import PlanPaper
from asbdesk.documents.plan import make
from asbdesk.documents.words import words
from tests.documents.builders import plan, released

LANGUAGES = ("ar", "bn", "gu", "pa", "pl", "ro", "so", "ur")
TOLD = "رات دو بجے کے بعد تک دھماکے ہوتے رہتے ہیں۔ ہم سو نہیں پاتے۔"


def own(language: str, *, approved: bool = False) -> Own:
    return Own(words("plan", language), words("pocket_card", language), approved)


def in_two(language: str, layout: str = "standard", paper: PlanPaper | None = None, **how: Any) -> bytes:
    """A plan in two languages; `approved` is said in `how`."""
    approved = bool(how.pop("approved", False))
    return make(released(paper or urdu()), layout=layout, own=own(language, approved=approved), **how)


def urdu(**changes: Any) -> PlanPaper:
    """What they told us stands in both; the rest of what was written, where the phrases know it."""
    said = plan().told_us[0]
    return plan(**{"language": "ur", "own": ((said, TOLD),), **changes})
