"""The resident's language beside English: what officers wrote in both, and two papers laid side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from reportlab.platypus import Flowable

from asbdesk.documents.blocks import Columns, gap_between, stack_height
from asbdesk.documents.days import days_within
from asbdesk.documents.pages import Paper, Sizes
from asbdesk.documents.paper import PlanPaper, Step
from asbdesk.documents.words import Words

LISTS = ("told_us", "wants", "help", "changed")
STEPS = ("ours", "yours", "others", "cannot")
GUTTER = 24.0
"""Between the two languages, in points."""


@dataclass(frozen=True)
class Own:
    """The resident's language: its sentences, the card's sentences, and whether the landlord has approved them."""

    words: Words
    card: Words
    approved: bool = False

    @property
    def language(self) -> str:
        return self.words.language


def own_words(text: str, paper: PlanPaper, say: Words) -> str:
    """What an officer wrote, in the language of `say`; empty where nobody has put it into that language."""
    wanted = bare(text)
    if paper.language == say.language:
        for english, own in paper.own:
            if bare(english) == wanted and own.strip():
                return own.strip()
    for english, own in say.phrases.items():
        if found := _pattern(english).fullmatch(" ".join(text.split()).rstrip(".")):
            return own.format_map({name: days_within(said, say) for name, said in found.groupdict().items()})
    return ""


def bare(text: str) -> str:
    """What two writings of the same words have in common."""
    return " ".join(text.split()).rstrip(".").casefold()


@lru_cache(maxsize=1024)
def _pattern(english: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", english)
    made = [f"(?P<{part}>.+)" if n % 2 else re.escape(part) for n, part in enumerate(parts)]
    return re.compile("".join(made), re.I)


def in_language(paper: PlanPaper, say: Words) -> PlanPaper:
    """`paper` as it reads in the language of `say`. What nobody put into it says so; names stay as they are."""

    def own(text: str) -> str:
        return own_words(text, paper, say)

    def told(text: str) -> str:
        return (own(text) or say.bare("own.only_english")) if text.strip() else ""

    def step(one: Step) -> Step:
        what, until, help = told(one.what), told(one.until), told(one.help)
        said = {"what": what, "until": "" if until == what else until, "help": "" if help == what else help}
        return replace(one, who=own(one.who) or one.who, **said)

    texts: dict[str, Any] = {name: tuple(map(told, getattr(paper, name))) for name in LISTS}
    texts |= {name: tuple(map(step, getattr(paper, name))) for name in STEPS}
    speak = paper.speak
    return replace(
        paper,
        **texts,
        officer_hours=own(paper.officer_hours) or paper.officer_hours,
        speak=replace(speak, after=own(speak.after) or speak.after) if speak else None,
        may_talk=tuple((own(body) or body, answer) for body, answer in paper.may_talk),
        useful=tuple((own(what) or what, number) for what, number in paper.useful),
    )


def to_put(paper: PlanPaper, say: Words) -> tuple[tuple[str, str], ...]:
    """What officers wrote that the language's own phrases do not say yet, each once, and how it reads in it so far."""
    steps = [step for name in STEPS for step in getattr(paper, name)]
    lines = [text for name in LISTS for text in getattr(paper, name)]
    texts = [*lines, *(text for step in steps for text in (step.what, step.until, step.help))]
    known = replace(paper, own=())
    asked = dict.fromkeys(text.strip() for text in texts if text.strip() and not own_words(text, known, say))
    return tuple((text, own_words(text, paper, say)) for text in asked)


def beside(page: Paper, sizes: Sizes, language: str) -> Paper:
    """A page in another language whose sections stand in the same structure tree as those of `page`."""
    made = Paper(sizes, language)
    made.root = page.root
    return made


# ---- on the page
class Beside(Columns):
    """Stacks side by side that go on together over a page's end."""

    def __init__(self, stacks: list[list[Flowable]], widths: tuple[float, ...], gap: float) -> None:
        super().__init__(stacks, widths, gap)
        firsts, lasts = ([flowable for stack in stacks for flowable in stack[part]] for part in _ENDS)
        self.stays = any(getattr(flowable, "stays", False) for flowable in lasts)
        self.spaceBefore = max(flowable.getSpaceBefore() for flowable in firsts)
        self.spaceAfter = max(flowable.getSpaceAfter() for flowable in lasts)

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width, height)
        if self.height <= height:
            return [self]
        sides = [_divided(stack, own, height) for stack, own in zip(self.stacks, self._widths(), strict=True)]
        above = [side[0] for side in sides if side is not None]
        below = [side[1] for side in sides if side is not None]
        if len(above) < len(sides) or not any(above) or not any(below):
            return self.parts() if self.height > self.page and height > 0.9 * self.page else []
        return [Beside(part, tuple(self.shares), self.gap) for part in (above, below)]


_ENDS = (slice(0, 1), slice(-1, None))
Divided = tuple[list[Flowable], list[Flowable]]


def _divided(stack: list[Flowable], width: float, height: float) -> Divided | None:
    """What of a stack fits into `height`, and the rest; None where nothing does. A heading stays with what follows."""
    for number, flowable in enumerate(stack):
        if stack_height(stack[: number + 1], width) <= height:
            continue
        above = stack_height(stack[:number], width) + gap_between(stack[number - 1] if number else None, flowable)
        parts = flowable.split(width, height - above)
        if len(parts) > 1:
            return [*stack[:number], parts[0]], [*parts[1:], *stack[number + 1 :]]
        while number and getattr(stack[number - 1], "stays", False):
            number -= 1
        return (stack[:number], stack[number:]) if number else None
    return stack, []


def side_by_side(english: list[Flowable], own: list[Flowable]) -> list[Flowable]:
    """Two sections, paragraph beside paragraph where they have the same ones."""
    if not english or not own:
        return english or own
    if len(english) != len(own):
        return [Beside([english, own], (1, 1), GUTTER)]
    return [Beside([[a], [b]], (1, 1), GUTTER) for a, b in zip(english, own, strict=True)]
