"""Words for the codes that records keep, as PRACTICE.md 24 has officers read them. Codes never change."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from asbdesk.paths import resources

BANDS = {"standard": "Standard", "medium": "Medium risk", "high": "High risk"}
"""Risk levels."""
BAND_TONES = {"standard": "plain", "medium": "warning", "high": "danger"}
NOT_ASSESSED = "Not assessed yet"
STREAMS = {
    "asb": "ASB",
    "hate": "Hate",
    "domestic_abuse": "Welfare",
    "good_neighbourhood": "Good neighbourhood",
    "repairs_noise": "Repairs and noise",
}
"""Types of case. Lists, notices and window titles say "Welfare" for domestic abuse (PRACTICE.md 2)."""
ROLES = {
    "reporter": "Reported it",
    "affected": "Affected",
    "witness": "Saw or heard it",
    "household": "Lives there too",
    "alleged_perpetrator": "Alleged perpetrator",
    "advocate": "Supports them",
    "agency_officer": "From another body",
}
SIGNING = {
    "signed": "Signed",
    "agreed_aloud": "Agreed aloud",
    "agrees_unsigned": "Agrees, does not want to sign",
    "wants_time": "Wants time",
    "does_not_agree": "Does not agree",
    "not_asked": "Not asked",
}
"""The six ways that signing may go (PRACTICE.md 12). None is worded as refusal."""
AGREED = ("signed", "agreed_aloud", "agrees_unsigned")
METHODS = {
    "telephone": "Telephone",
    "text": "Text",
    "email": "E-mail",
    "letter": "Letter",
    "visit": "Visit",
    "none": "None",
}
HOW_VERBS = {"telephone": "ring", "text": "text", "email": "e-mail", "letter": "write to", "visit": "visit"}
SAID_BY = {
    "person": "",
    "family": "said by family",
    "professional": "not confirmed by them",
    "us": "not confirmed by them",
}
"""What is shown after a need: the last two are not confirmed by the person (PRACTICE.md 11)."""
OTHER_DECISIONS = {
    "agreed": "We may speak to the other person, as agreed",
    "spoken": "Spoken to or written to",
    "not_safe": "Not safe to speak to them",
    "reporter_asked_not": "They asked us not to, or not yet",
    "agency_asked_wait": "Another body asked us to wait",
    "not_known": "We do not know who it is",
}
CONTACT_DO_NOT = {
    "letter": "no letters",
    "voicemail": "no voicemail",
    "text": "no texts",
    "email": "no e-mail",
    "call": "do not ring",
    "knock": "do not knock without warning",
}
COPY_HOW = {
    "left": "left with them",
    "posted": "posted",
    "emailed": "sent by e-mail",
    "texted": "sent by text",
    "kept": "kept for them",
}
COPY_FORM = {"plan": "plan", "large": "plan in large print", "easy": "plan, easy to read", "pocket_card": "pocket card"}
WELFARE = "Welfare"
SAFE_TIME = "Find a safe time to talk"


@cache
def picklist(name: str) -> dict[str, str]:
    """The words of one list of `resources/picklists/lists.yaml`, by code."""
    return {str(code): str(words) for code, words in _lists()[name].items()}


@cache
def _lists() -> dict[str, Any]:
    from ruamel.yaml import YAML

    found: dict[str, Any] = YAML(typ="safe").load(
        (resources() / "picklists" / "lists.yaml").read_text(encoding="utf-8")
    )
    return found


@cache
def also_called(id: str) -> str:
    """Other words that somebody may type for something that can be added; `id` is an add's, or the words of a page."""
    return _also().get(id, "")


@cache
def _also() -> dict[str, str]:
    from ruamel.yaml import YAML

    path = resources() / "picklists" / "also_called.yaml"
    found = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return {str(id): str(words).casefold() for id, words in found.items()}


def label(name: str, code: str | None) -> str:
    """The words for a code; a code that nobody named reads as itself, without underscores."""
    if not code:
        return ""
    return (picklist(name).get(code) if name else "") or code.replace("_", " ").capitalize()


def sentence(parts: Iterable[str]) -> str:
    """ "a, b and c"."""
    words = [p for p in parts if p]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def number(count: int, one: str, many: str | None = None) -> str:
    """ "1 case", "3 cases"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def size(count: int | None) -> str:
    """A size in bytes as people read it."""
    value = float(count or 0)
    for unit in ("bytes", "KB", "MB"):
        if value < 1024:
            return f"{value:.0f} {unit}"
        value /= 1024
    return f"{value:.1f} GB"
