"""The page for everyone at a place: what we do there, by when, and whom to ring. Nobody is named on it."""

from __future__ import annotations

from dataclasses import dataclass

from asbdesk.clock import long_day
from asbdesk.documents.released import Released
from asbdesk.documents.words import Words, words


@dataclass(frozen=True)
class CommonPage:
    """All that the page prints. `steps`: (what, who, by, done on), days as YYYY-MM-DD or empty."""

    landlord: str
    place: str
    day: str
    steps: tuple[tuple[str, str, str, str], ...]
    number: str = ""
    hours: str = ""
    closed_number: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """All that somebody wrote, but for the place's own name."""
        return tuple(what for what, *_ in self.steps)


def make(released: Released[CommonPage], *, language: str = "en") -> bytes:
    """The page as a tagged PDF."""
    from asbdesk.documents.finish import About
    from asbdesk.documents.fonts import markup, printable
    from asbdesk.documents.pages import STANDARD, Paper, narrowed, render

    say, facts = words("common_page", language), released.what
    page = Paper(narrowed(STANDARD, title=23.0, before_heading=11.0))
    top = page.section(say.say("title"), style="title", role="H1")
    top.text(say.say("where", place=facts.place), say.say("who", landlord=facts.landlord, day=long_day(facts.day)))
    ours = page.section(say.say("steps.heading"))
    head = [say.say(f"steps.{name}") for name in ("what", "by")]
    rows = [[markup(what + (f" ({who})" if who else "")), _when(say, by, done)] for what, who, by, done in facts.steps]
    ours.grid(head, rows, (0.68, 0.32))
    ours.text(say.say("steps.late"))
    own = page.section(say.say("own.heading"))
    own.text(say.say("own.private"), say.say("own.nobody"))
    box = page.section(say.say("ring.heading"), style="box_heading")
    reach = [say.say("ring.danger")]
    if facts.number:
        reach.append(say.say("ring.us_hours" if facts.hours else "ring.us", number=facts.number, hours=facts.hours))
    reach += [say.say("ring.closed", number=facts.closed_number)] if facts.closed_number else []
    box.text(*reach, say.say("ring.language")).style = page.styles["last"]
    page.flowables = [*top.flowables, *ours.flowables, *own.flowables, *box.boxed()]

    def footer(number: int, count: int) -> tuple[str, str]:
        return (say.plain["footer"].format(page=number, pages=count) if count > 1 else ""), ""

    about = About(say.bare("title"), printable(facts.landlord or "-"), released.at, f"{say.language}-GB")
    return render([page], about, footer)


def _when(say: Words, by: str, done: str) -> str:
    if done:
        return say.say("steps.done", day=long_day(done))
    return say.say("steps.by_day", day=long_day(by)) if by else ""
