"""What the desk offers for a plan, from the risk level, what happened, and what the household needs. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from asbdesk.casework.visit_views import Suggestion
from asbdesk.clock import plain_day
from asbdesk.paths import resources

FIXED_FORMS = (
    "Agree with you if, when and how we speak to the other household",
    "Speak to the other household in the way we agreed",
    "Decide what we can do next, and tell you by {date}",
)
"""The only words in which a step about the other person prints (PRACTICE.md B1)."""
NOT_IN_WELFARE = {"noise_app", "sound_check", "diary", "council_noise", "witnesses", "move_talk", "look_evidence"}
"""Never offered where abuse at home is told or feared: they are about noise, or would show on the doormat."""
_STRENGTH = {"safety": 0, "support": 1, "repair": 2, "agency": 3, "evidence": 4, "contact": 5, "other": 6}


@dataclass(frozen=True)
class Known:
    """What the suggestions are made from."""

    band: str = ""
    behaviours: frozenset[str] = frozenset()
    serious: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    """Of `children`, `evidence`, `home_insecure`, `not_safe_tonight`, `police_yes`, `police_reported`, `support_yes`,
    `council_noise`."""
    four_answered: bool = False
    may_speak: str = ""
    other_known: bool = False
    welfare: bool = False
    officer: str = ""
    taken: frozenset[str] = field(default=frozenset())
    """Codes that are on the plan already."""


def suggest(known: Known, day_after: Callable[[int], str]) -> tuple[Suggestion, ...]:
    """The steps to offer, safety first. `day_after(n)` is the day n working days from now (0: today)."""
    facts = known.facts | other_facts(known)
    offered = [
        (reason, entry)
        for entry in library()
        if entry["code"] not in known.taken and (reason := _reason(entry, known, facts)) is not None
    ]
    if known.welfare:
        offered = [(r, e) for r, e in offered if e["code"] not in NOT_IN_WELFARE]
    offered.sort(key=lambda pair: (_OWNERS.index(pair[1]["owner"]), _STRENGTH[pair[1].get("kind", "other")]))
    return tuple(_suggestion(entry, known, day_after, reason) for reason, entry in offered)


_OWNERS = ("landlord", "resident", "agency")


def other_facts(known: Known) -> frozenset[str]:
    """What may be offered about the other person: nothing before the four questions are answered, and nothing at all
    where abuse at home is told or feared (that is decided by somebody trained, with a manager)."""
    if not known.four_answered or known.welfare or not known.other_known:
        return frozenset()
    return frozenset({"other_answered", "other_yes" if known.may_speak == "yes" else "other_not_yet"})


def _reason(entry: dict[str, Any], known: Known, facts: frozenset[str]) -> str | None:
    """Why an entry is offered, or None where nothing speaks for it."""
    if entry.get("about_other") and not facts & set(entry.get("facts", ())):
        return None
    needs = entry.get("needs", ())
    hit = (
        known.band in entry.get("bands", ())
        or known.behaviours & set(entry.get("behaviours", ()))
        or known.serious & set(entry.get("serious", ()))
        or facts & set(entry.get("facts", ()))
        or (known.needs and ("*" in needs or known.needs & set(needs)))
    )
    return str(entry["why"]) if hit else None


def _suggestion(entry: dict[str, Any], known: Known, day_after: Callable[[int], str], why: str) -> Suggestion:
    by = day_after(int(entry["days"])) if "days" in entry else ""
    words = str(entry["words"])
    return Suggestion(
        code=str(entry["code"]),
        owner=str(entry["owner"]),
        what=words.replace("{date}", plain_day(by)) if by else words,
        who=str(entry.get("who") or (known.officer if entry["owner"] == "landlord" else "")),
        by=by,
        why=why,
        help=str(entry.get("help", "")),
        about_other=bool(entry.get("about_other", False)),
        kind=str(entry.get("kind", "other")),
    )


@cache
def library() -> tuple[dict[str, Any], ...]:
    """The action library, as shipped (`resources/picklists/actions.yaml`)."""
    from ruamel.yaml import YAML

    text = (resources() / "picklists" / "actions.yaml").read_text(encoding="utf-8")
    return tuple(dict(entry) for entry in YAML(typ="safe").load(text))


def everything(day_after: Callable[[int], str], officer: str = "") -> tuple[Suggestion, ...]:
    """The whole library but for the steps about the other person: what an officer may pick from."""
    known = Known(officer=officer)
    return tuple(_suggestion(e, known, day_after, str(e["why"])) for e in library() if not e.get("about_other"))
