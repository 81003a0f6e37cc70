"""The organisation's kit: the code that brings everything back when every head-office laptop is lost, on one page."""

from __future__ import annotations

from asbdesk.clock import london_instant, long_day
from asbdesk.documents.recovery_sheet import rows
from asbdesk.documents.words import words


def make(landlord: str, code: str, made_on: str, *, language: str = "en") -> bytes:
    """The kit as a PDF. `code` in groups divided by `-`; `made_on` a day."""
    from asbdesk.documents.finish import About
    from asbdesk.documents.fonts import NEW_LINE, printable
    from asbdesk.documents.pages import STANDARD, Paper, render

    say = words("organisation_kit", language)
    page = Paper(STANDARD)
    top = page.section(say.say("title"), style="title", role="H1")
    top.text(say.say("whose", landlord=landlord), "<br/>" + say.say("made", date=long_day(made_on)))
    use = page.section(say.say("use.heading"))
    use.text(*(say.say(f"use.{name}") for name in ("lost", "strong", "only")))
    boxed = page.section(say.say("code.heading"), style="box_heading")
    boxed.text(NEW_LINE.join(rows(code)), style="code")
    boxed.text(say.say("code.capitals")).style = page.styles["last"]
    keep = page.section(say.say("keep.heading"))
    keep.items(say.say(f"keep.{name}") for name in ("two", "apart", "away", "opened"))
    page.flowables = [*top.flowables, *use.flowables, *boxed.boxed(), *keep.flowables]
    about = About(say.bare("title"), printable(landlord), london_instant(made_on), f"{say.language}-GB")
    return render([page], about, lambda page, pages: (say.bare("footer"), ""))
