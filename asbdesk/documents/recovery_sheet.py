"""The recovery sheet: the code that opens the desk when the passphrase is forgotten, on one page."""

from __future__ import annotations

from asbdesk.clock import london_instant, long_day
from asbdesk.documents.words import words

IN_A_ROW = 4
"""Groups of the code in one line."""


def make(
    landlord: str, officer: str, code: str, made_on: str, *, store: str = "", holder: str = "", language: str = "en"
) -> bytes:
    """The sheet as a PDF. `code` in groups divided by `-`; `made_on` a day; `store` the last four of the store's id.

    `holder` is who keeps the copy in the sealed envelope; empty for "nobody yet".
    """
    from asbdesk.documents.finish import About
    from asbdesk.documents.fonts import NEW_LINE, printable
    from asbdesk.documents.pages import STANDARD, Paper, render

    say = words("recovery_sheet", language)
    page = Paper(STANDARD)
    top = page.section(say.say("title"), style="title", role="H1")
    made = say.say("made" if store else "made_only", date=long_day(made_on), store=store[-4:])
    top.text(say.say("whose", officer=officer, landlord=landlord), "<br/>" + made)
    use = page.section(say.say("use.heading"))
    use.text(say.say("use.forgot"), say.say("use.only"))
    boxed = page.section(say.say("code.heading"), style="box_heading")
    boxed.text(NEW_LINE.join(rows(code)), style="code")
    boxed.text(say.say("code.capitals")).style = page.styles["last"]
    how = page.section(say.say("how.heading"))
    how.items(say.say(f"how.{name}") for name in ("start", "type", "works"))
    keep = page.section(say.say("keep.heading"))
    giving = say.say("keep.holder", holder=holder) if holder else say.say("keep.nobody")
    keep.items([say.say("keep.envelope"), giving, say.say("keep.away"), say.say("keep.lost")])
    page.flowables = [*top.flowables, *use.flowables, *boxed.boxed(), *how.flowables, *keep.flowables]
    about = About(say.bare("title"), printable(landlord), london_instant(made_on), f"{say.language}-GB")
    return render([page], about, lambda page, pages: (say.bare("footer"), ""))


def rows(code: str) -> list[str]:
    """The groups, some to a line, wide apart: they are read out and typed one at a time."""
    from asbdesk.documents.fonts import markup

    groups = [markup(group) for group in code.split("-") if group]
    apart = "\N{NO-BREAK SPACE}" * 3
    return [apart.join(groups[n : n + IN_A_ROW]) for n in range(0, len(groups), IN_A_ROW)]
