"""The day's visits for the officer's buddy: where, when, and what to do when nobody rings. No word of why, no names."""

from __future__ import annotations

from dataclasses import dataclass

from asbdesk.clock import long_day
from asbdesk.documents.released import Released
from asbdesk.documents.words import words


@dataclass(frozen=True)
class ListedVisit:
    """One visit. `where` is empty where the address stands on no list: the buddy asks."""

    time: str
    where: str


@dataclass(frozen=True)
class VisitList:
    """A day's visits of one officer. `day`: YYYY-MM-DD."""

    landlord: str
    officer: str
    number: str
    day: str
    visits: tuple[ListedVisit, ...]


def make(released: Released[VisitList], *, language: str = "en") -> bytes:
    """The list as a tagged PDF."""
    from asbdesk.documents.finish import About
    from asbdesk.documents.fonts import NEW_LINE, markup, printable
    from asbdesk.documents.pages import STANDARD, Paper, narrowed, render

    say, facts = words("visit_list", language), released.what
    page = Paper(narrowed(STANDARD, title=22.0))
    top = page.section(say.say("title", day=long_day(facts.day)), style="title", role="H1")
    named = {"officer": facts.officer}
    top.text(say.say("who", **named, number=facts.number) if facts.number else say.say("who_only", **named))
    top.text(say.say("how"))
    top.text(say.say("late"))
    head = [say.say(f"head.{name}") for name in ("time", "where", "out_by", "in", "out")]
    room = NEW_LINE.join(["\N{NO-BREAK SPACE}"] * 2)  # to write in with a pen
    rows = [[markup(v.time) or room, markup(v.where) or say.say("place.held"), room, room, room] for v in facts.visits]
    if rows:
        top.grid(head, rows, (0.12, 0.46, 0.14, 0.14, 0.14))
    else:
        top.text(say.say("none"))
    top.text(say.say("after"))
    page.flowables = [*top.flowables]

    def footer(number: int, count: int) -> tuple[str, str]:
        return (say.plain["footer"].format(page=number, pages=count) if count > 1 else ""), ""

    title = say.bare("title", day=long_day(facts.day))
    about = About(title, printable(facts.landlord or "-"), released.at, f"{say.language}-GB", tool="-")
    return render([page], about, footer, rule=False)
