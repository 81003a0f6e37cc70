"""What we learned from the Ombudsman, for everybody to read: a page, and nobody in it by name."""

from __future__ import annotations

from dataclasses import dataclass

from asbdesk.clock import long_day
from asbdesk.documents.released import Released
from asbdesk.documents.words import words


@dataclass(frozen=True)
class StatementPaper:
    """The statement as it prints. `day`: YYYY-MM-DD; `changes`: each with its day in words."""

    landlord: str
    day: str
    found: str
    wrong: str
    differently: str
    changes: tuple[str, ...]
    agreed_by: str

    @property
    def texts(self) -> tuple[str, ...]:
        """All that somebody wrote."""
        return (self.found, self.wrong, self.differently, *self.changes)


def make(released: Released[StatementPaper], *, language: str = "en") -> bytes:
    """The statement as a tagged PDF."""
    from asbdesk.documents.finish import About
    from asbdesk.documents.fonts import markup, printable
    from asbdesk.documents.pages import STANDARD, Paper, narrowed, render

    say, facts = words("learning_statement", language), released.what
    page = Paper(narrowed(STANDARD, title=23.0, before_heading=11.0))
    top = page.section(say.say("title"), style="title", role="H1")
    top.text(say.say("who", landlord=facts.landlord, day=long_day(facts.day)))
    parts = [top]
    for name in ("found", "wrong", "differently"):
        parts.append(page.section(say.say(f"{name}.heading")))
        parts[-1].text(*(markup(line) for line in getattr(facts, name).splitlines() if line.strip()))
    if facts.changes:
        parts.append(page.section(say.say("changes.heading")))
        parts[-1].items(markup(each) for each in facts.changes)
    parts.append(page.section(say.say("after.heading")))
    parts[-1].text(say.say("after.agreed", who=facts.agreed_by), say.say("after.ombudsman"))
    page.flowables = [flowable for part in parts for flowable in part.flowables]

    def footer(number: int, count: int) -> tuple[str, str]:
        return (say.plain["footer"].format(page=number, pages=count) if count > 1 else ""), ""

    about = About(say.bare("title"), printable(facts.landlord or "-"), released.at, f"{say.language}-GB")
    return render([page], about, footer)
