"""The week's cases for the managers' meeting: what is late, complaints, hate incidents; by number, nobody by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asbdesk.clock import long_day
from asbdesk.documents.released import Released
from asbdesk.documents.words import words

if TYPE_CHECKING:
    from asbdesk.documents.pages import Paper, Section
    from asbdesk.documents.words import Words

MOST = 20
"""Cases of one list on paper."""
ROWS = 6
"""Empty rows to write decisions in."""


@dataclass(frozen=True)
class PackLine:
    """One case of a list. `case`: its id, which is not printed; `text`: how it stands."""

    case: str
    reference: str
    title: str
    text: str


@dataclass(frozen=True)
class PackList:
    """One list, with why it is on the paper."""

    title: str
    why: str
    lines: tuple[PackLine, ...]


@dataclass(frozen=True)
class WeeklyPack:
    """The pack of a day (YYYY-MM-DD)."""

    landlord: str
    day: str
    lists: tuple[PackList, ...]


def make(released: Released[WeeklyPack], *, language: str = "en") -> bytes:
    """The pack as a tagged PDF."""
    from asbdesk.documents.finish import About
    from asbdesk.documents.fonts import printable
    from asbdesk.documents.pages import STANDARD, Paper, narrowed, render

    say, facts = words("weekly_pack", language), released.what
    page = Paper(narrowed(STANDARD, body=10.5, leading=14.0, title=22.0, heading=14.0))
    top = page.section(say.say("title"), style="title", role="H1")
    top.text(say.say("who", landlord=facts.landlord, day=long_day(facts.day)))
    parts = [top, *(_list(page, say, each) for each in facts.lists), _decided(page, say)]
    if not facts.lists:
        top.text(say.say("nothing"))
    page.flowables = [flowable for part in parts for flowable in part.flowables]

    def footer(number: int, count: int) -> tuple[str, str]:
        return (say.plain["footer"].format(page=number, pages=count) if count > 1 else ""), ""

    about = About(say.bare("title"), printable(facts.landlord or "-"), released.at, f"{say.language}-GB")
    return render([page], about, footer)


def _list(page: Paper, say: Words, each: PackList) -> Section:
    from asbdesk.documents.fonts import markup

    part = page.section(markup(each.title))
    part.lead(markup(each.why))
    head = [say.say(f"head.{name}") for name in ("case", "what", "stands")]
    rows = [[markup(t) for t in (x.reference, x.title, x.text)] for x in each.lines[:MOST]]
    part.grid(head, rows, (0.2, 0.3, 0.5))
    if len(each.lines) > MOST:
        part.text(say.say("more", count=str(len(each.lines) - MOST)))
    return part


def _decided(page: Paper, say: Words) -> Section:
    """Room to write down what is decided."""
    from asbdesk.documents.fonts import NEW_LINE

    last = page.section(say.say("decided.heading"))
    last.lead(say.say("decided.how"))
    room = NEW_LINE.join(["\N{NO-BREAK SPACE}"] * 2)
    head = [say.say(f"head.{name}") for name in ("case", "what", "who", "by")]
    last.grid(head, [[room] * 4] * ROWS, (0.2, 0.44, 0.2, 0.16))
    last.text(say.say("after"))
    return last
