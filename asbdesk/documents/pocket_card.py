"""The pocket card: whom to ring and when we speak, and nothing that tells anybody what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.documents.paper import PlanPaper
from asbdesk.documents.released import Released
from asbdesk.documents.words import Words, words

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from asbdesk.documents.bilingual import Own
    from asbdesk.documents.pages import Section

CARD_WIDTH = 245.0
"""Points (86 mm): fits a purse when cut out."""


def make(released: Released[PlanPaper], *, own: Own | None = None) -> bytes:
    """The card as a PDF on A4, to be cut out along the box; with `own`, in the resident's language under the English.

    It says "draft" of words that nobody approved, and no more: a card must not tell what it is about.
    """
    from asbdesk.documents.bilingual import beside
    from asbdesk.documents.blocks import Box, Columns
    from asbdesk.documents.finish import About
    from asbdesk.documents.pages import TIGHT, WIDTH, Paper, render

    say = words("pocket_card")
    page = Paper(TIGHT)
    card = _said(page.section(), released.what, say, words("plan"))
    if own is not None:
        card[-1].spaceAfter = page.sizes.before_heading
        card += _said(beside(page, TIGHT, own.language).section(), released.what, own.card, own.words)
    box = Box(card)
    page.flowables = [Columns([[box], []], (CARD_WIDTH, WIDTH - CARD_WIDTH), 0)]
    about = About(say.bare("title"), "-", released.at, f"{say.language}-GB", tool="-")
    mark = own_mark(own)
    return render([page], about, lambda page, pages: ("", ""), mark, rule=False)


def own_mark(own: Own | None) -> str:
    """What stands on each page of a paper whose second language nobody has approved yet."""
    return words("plan").bare("own.mark", language=own.words.english) if own is not None and not own.approved else ""


def _said(card: Section, plan: PlanPaper, say: Words, days: Words) -> list[Flowable]:
    from asbdesk.documents.days import short_day

    card.text(say.say("ring", number=plan.officer_number))
    card.text(say.say("ask", officer=plan.officer))
    card.text(say.say("case", reference=quiet(plan.reference)))
    if plan.speak is not None:
        when = (short_day(plan.speak.day, plan.made_on, days), plan.speak.time)
        card.text(say.say("speak", date=", ".join(part for part in when if part)))
    card.text(say.say("danger")).style = card.paper.styles["last"]
    return card.flowables


def quiet(reference: str) -> str:
    """A case number without the letters in front that say what kind of case it is: `ASB-2026-A0412` → `2026-A0412`."""
    first, dash, rest = reference.partition("-")
    return rest if dash and first.isalpha() else reference
