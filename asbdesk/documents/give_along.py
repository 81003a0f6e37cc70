"""Papers to give along: the diary sheet with a worked example, the contact card, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from asbdesk.documents.released import Released
from asbdesk.documents.words import Words, words

if TYPE_CHECKING:
    from asbdesk.documents.pages import Paper

BLANK_ROWS = 6
CARD_WIDTH = 262.0
"""Points (92 mm)."""


@dataclass(frozen=True)
class GiveAlong:
    """Whom to ring, and the number to give: all that these papers know of a case."""

    landlord: str
    reference: str
    officer: str
    number: str
    hours: str = ""
    closed_number: str = ""
    second: str = ""
    second_number: str = ""
    complaint_number: str = ""
    review_number: str = ""
    ombudsman: bool = True


def diary_sheet(released: Released[GiveAlong], *, language: str = "en") -> bytes:
    """The sheet: why and how, one worked example, and room for theirs."""
    from asbdesk.documents.fonts import NEW_LINE
    from asbdesk.documents.pages import STANDARD, Paper, narrowed

    say, facts = words("diary_sheet", language), released.what
    page = Paper(narrowed(STANDARD, title=22.0))
    top = page.section(say.say("title"), style="title", role="H1")
    for names in (("why", "safe"), ("private", "hard")):
        top.text(*(say.say(name) for name in names))
    give = say.say("give", officer=facts.officer, number=facts.number) if facts.number else say.say("give_us")
    top.text(say.say("danger"), give, say.say("case", reference=facts.reference))
    head = [say.say(f"head.{name}") for name in ("day", "time", "what", "how")]
    shares = (0.17, 0.2, 0.35, 0.28)
    example = page.section(say.say("example.heading"))
    example.grid(head, [[say.say(f"example.{name}") for name in ("day", "time", "what", "how")]], shares)
    yours = page.section(say.say("yours.heading"))
    room = NEW_LINE.join(["\N{NO-BREAK SPACE}"] * 3)
    yours.grid(head, [[room] * 4 for _ in range(BLANK_ROWS)], shares)
    page.flowables = [*top.flowables, *example.flowables, *yours.flowables]
    return _rendered(page, released, say, say.plain["footer"])


def contact_card(released: Released[GiveAlong], *, language: str = "en") -> bytes:
    """The card as a PDF on A4, to be cut out along the box."""
    from asbdesk.documents.blocks import Box, Columns
    from asbdesk.documents.pages import TIGHT, WIDTH, Paper

    say, facts = words("contact_card", language), released.what
    page = Paper(TIGHT)
    card = page.section(say.say("title"), style="box_heading", role="H1")
    card.text(say.say("officer", officer=facts.officer, number=facts.number))
    if facts.hours:
        card.text(say.say("hours", hours=facts.hours))
    if facts.second and facts.second_number:
        card.text(say.say("second", officer=facts.officer, second=facts.second, number=facts.second_number))
    if facts.closed_number:
        card.text(say.say("closed", number=facts.closed_number))
    card.text(say.say("case", reference=facts.reference))
    card.text(say.say("danger")).style = page.styles["last"]
    page.flowables = [Columns([[Box(card.flowables)], []], (CARD_WIDTH, WIDTH - CARD_WIDTH), 0)]
    return _rendered(page, released, say, "")


def what_next(released: Released[GiveAlong], *, large: bool = False, language: str = "en") -> bytes:
    """The leaflet: a page on what happens after somebody tells us."""
    from asbdesk.documents.pages import LARGE, STANDARD, Paper, narrowed

    say, facts = words("what_next", language), released.what
    page = Paper(LARGE if large else narrowed(STANDARD, before_heading=9.0))
    parts = [page.section(say.say("title"), style="title", role="H1")]
    parts[0].text(say.say("thanks"))
    for name in ("listen", "safe", "plan", "others", "tell", "end"):
        parts.append(page.section(say.say(f"{name}.heading")))
        more = [say.say("others.harm")] if name == "others" else []
        parts[-1].text(say.say(f"{name}.words"), *more)
    parts.append(page.section(say.say("unhappy.heading")))
    parts[-1].text(*_unhappy(say, facts))
    boxed = page.section(say.say("reach.heading"), style="box_heading")
    boxed.text(say.say("reach.danger"), *_reach(say, facts), say.say("reach.language")).style = page.styles["last"]
    page.flowables = [flowable for part in parts for flowable in part.flowables] + boxed.boxed()
    return _rendered(page, released, say, "")


def _unhappy(say: Words, facts: GiveAlong) -> list[str]:
    said = [say.say("unhappy.tell")]
    number, review = facts.complaint_number, facts.review_number
    said.append(say.say("unhappy.ring", number=number) if number else say.say("unhappy.ring_us"))
    said += [say.say("unhappy.ombudsman")] if facts.ombudsman else []
    said.append(say.say("unhappy.case_review"))
    said.append(say.say("unhappy.case_review_ring", number=review) if review else say.say("unhappy.case_review_ask"))
    return said


def _reach(say: Words, facts: GiveAlong) -> list[str]:
    said = [say.say("reach.officer", officer=facts.officer, number=facts.number)] if facts.number else []
    return said + ([say.say("reach.closed", number=facts.closed_number)] if facts.closed_number else [])


def _rendered(page: Paper, released: Released[GiveAlong], say: Words, foot: str) -> bytes:
    from asbdesk.documents.finish import About
    from asbdesk.documents.fonts import printable
    from asbdesk.documents.pages import render

    def footer(number: int, count: int) -> tuple[str, str]:
        return (foot.format(page=number, pages=count) if foot and count > 1 else ""), ""

    about = About(
        say.bare("title"), printable(released.what.landlord or "-"), released.at, f"{say.language}-GB", tool="-"
    )
    return render([page], about, footer, rule=False)
