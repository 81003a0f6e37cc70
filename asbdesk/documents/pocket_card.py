"""The pocket card: whom to ring and when we speak, and nothing that tells anybody what it is about."""

from __future__ import annotations

from asbdesk.documents.paper import PlanPaper
from asbdesk.documents.released import Released
from asbdesk.documents.words import words

CARD_WIDTH = 245.0
"""Points (86 mm): fits a purse when cut out."""


def make(released: Released[PlanPaper], *, language: str = "en") -> bytes:
    """The card as a PDF on A4, to be cut out along the box."""
    from asbdesk.documents.blocks import Box, Columns
    from asbdesk.documents.finish import About
    from asbdesk.documents.pages import TIGHT, WIDTH, Paper, render
    from asbdesk.documents.plan_parts import day

    say, plan = words("pocket_card", language), released.what
    page = Paper(TIGHT)
    card = page.section()
    card.text(say.say("ring", number=plan.officer_number))
    card.text(say.say("ask", officer=plan.officer))
    card.text(say.say("case", reference=quiet(plan.reference)))
    if plan.speak is not None:
        when = ", ".join(part for part in (day(plan.speak.day, plan.made_on), plan.speak.time) if part)
        card.text(say.say("speak", date=when))
    card.text(say.say("danger")).style = page.styles["last"]
    box = Box(card.flowables)
    page.flowables = [Columns([[box], []], (CARD_WIDTH, WIDTH - CARD_WIDTH), 0)]
    about = About(say.bare("title"), "-", released.at, f"{say.language}-GB", tool="-")
    return render([page], about, lambda page, pages: ("", ""), rule=False)


def quiet(reference: str) -> str:
    """A case number without the letters in front that say what kind of case it is: `ASB-2026-A0412` → `2026-A0412`."""
    first, dash, rest = reference.partition("-")
    return rest if dash and first.isalpha() else reference
