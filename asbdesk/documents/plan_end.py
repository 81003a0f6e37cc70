"""The end of the plan: signing and how it went, what changed, and how to check this copy."""

from __future__ import annotations

from reportlab.platypus import Flowable

from asbdesk.clock import LONDON, MONTHS, long_day, parse_instant
from asbdesk.documents.blocks import Columns, SealSpot
from asbdesk.documents.drawings import Code, Signature
from asbdesk.documents.fonts import markup, printable
from asbdesk.documents.pages import WIDTH, Paper, Section
from asbdesk.documents.paper import Ink, PlanPaper, Turn
from asbdesk.documents.seal import FIELD
from asbdesk.documents.tags import SealPlace
from asbdesk.documents.words import Words

INK_HEIGHT = 36.0
CODE_SIDE = 62.0
SEAL_SIDE = 26.0
BESIDE = 14.0
WIDE = WIDTH - CODE_SIDE - SEAL_SIDE - 2 * BESIDE


def signing(page: Paper, paper: PlanPaper, say: Words, *, two: bool) -> list[Flowable]:
    """The sentences about signing, how it went, and the ink as drawn, `two` side by side."""
    section = page.section(say.say("signing.heading"))
    section.lead(*(say.say(f"signing.{name}") for name in ("together", "rights", "free")))
    _how_it_went(section, paper, say)
    drawn = _drawn(paper)
    for row in (drawn[n : n + 2] for n in range(0, len(drawn), 2)):
        section.flowables.append(beside := _side_by_side(section, row, say, two))
        beside.spaceAfter = 2 * page.sizes.gap
    for ink in paper.signing.inks:
        _helper(section, ink, paper, say)
    return section.flowables


def _drawn(paper: PlanPaper) -> list[Ink]:
    return [ink for ink in paper.signing.inks if any(ink.strokes)]


def _how_it_went(section: Section, paper: PlanPaper, say: Words) -> None:
    went = paper.signing
    name = went.name or paper.resident
    if went.outcome == "agreed_aloud":
        heard = [say.say("signing.heard", heard=went.note)] if went.note else []
        section.text(say.say("signing.agreed_aloud", name=name), *heard)
    elif went.outcome == "wants_time":
        said = say.say("signing.wants_time", name=name, date=long_day(went.ask_on)) if went.ask_on else ""
        section.text(said or say.say("signing.wants_time_open", name=name))
    elif went.outcome == "does_not_agree":
        section.text(say.say("signing.does_not_agree" if went.note else "signing.does_not_agree_bare", name=name))
        section.quotes([markup(went.note)] if went.note else [])
        section.text(say.say("signing.manager"))
    elif went.outcome in ("agrees_unsigned", "not_asked") or (went.outcome == "signed" and not _drawn(paper)):
        section.text(say.say(f"signing.{went.outcome}", name=name))


def _side_by_side(section: Section, inks: list[Ink], say: Words, two: bool) -> Flowable:
    stacks = [_signature(section, ink, say) for ink in inks]
    if not two:
        return Columns([[flowable for stack in stacks for flowable in stack]], (1,), 0)
    return Columns([*stacks, *([[]] * (2 - len(stacks)))], (1, 1), 26)


def _signature(section: Section, ink: Ink, say: Words) -> list[Flowable]:
    day = parse_instant(ink.at).astimezone(LONDON).date()
    date = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    said = printable(say.bare("signing.drawn", name=ink.name, date=date))
    under = Section(section.paper, section.element)
    figure = under.element.add("Figure", alt=said)
    caption = under.text(f"<b>{markup(ink.name)}</b>, {markup(date)}")
    scale = section.paper.sizes.body / 12
    return [Signature(figure, ink.strokes, 230 * scale, INK_HEIGHT * scale), caption]


def _helper(section: Section, ink: Ink, paper: PlanPaper, say: Words) -> None:
    resident = paper.signing.name or paper.resident
    if ink.role == "interpreter" and ink.language:
        section.text(say.say("signing.interpreter", name=ink.name, resident=resident, language=ink.language))
    elif ink.role == "advocate":
        section.text(say.say("signing.advocate", name=ink.name, resident=resident))


def what_changed(page: Paper, paper: PlanPaper, say: Words) -> list[Flowable]:
    """From version 2 on: which plan this one takes the place of, and what is different."""
    if not paper.changed and not paper.replaces:
        return []
    section = page.section(say.say("changed.heading"))
    if paper.replaces:
        section.lead(say.say("changed.takes_place", date=long_day(paper.replaces)))
    else:
        section.lead(say.say("changed.takes_place_undated"))
    section.items(markup(text) for text in paper.changed if text.strip())
    return section.flowables


def about_copy(page: Paper, paper: PlanPaper, say: Words, turn: Turn) -> list[Flowable]:
    """How to check this copy: the sentence, the seal's place, the code. Only what will be sealed has them."""
    section = page.section(say.say("copy.heading"))
    if turn is not Turn.SEALED:
        section.text(say.say(f"copy.{turn.value}"))
        return section.flowables
    heading = section.flowables.pop()
    heading.style = page.styles["box_heading"]
    beside = Section(page, section.element)
    beside.text(say.say("copy.locked"))
    if paper.authority:
        beside.text(say.say("copy.authority", fingerprint=paper.authority), style="small")
    place = SealPlace(FIELD, printable(say.bare("copy.seal", landlord=paper.landlord or "asbdesk")))
    section.element.add("Form", seal=place)
    said = say.bare("copy.code", reference=paper.reference, version=paper.version)
    code = Code(section.element.add("Figure", alt=printable(said)), code_text(paper), CODE_SIDE)
    stacks: list[list[Flowable]] = [[heading, *beside.flowables], [SealSpot(place, SEAL_SIDE)], [code]]
    whole = Columns(stacks, (WIDE, SEAL_SIDE, CODE_SIDE), BESIDE)
    whole.spaceBefore = page.sizes.before_heading
    return [whole]


def code_text(paper: PlanPaper) -> str:
    """What the code says to a telephone: the case, the version and the authority. In capitals it takes less room."""
    mark = f" MARK {paper.authority.replace(' ', '')}" if paper.authority else ""
    return f"PLAN {paper.reference} VERSION {paper.version} OF {paper.made_on}{mark}".upper()
