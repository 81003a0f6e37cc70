"""The end of the plan: signing and how it went, what changed, and how to check this copy."""

from __future__ import annotations

from reportlab.platypus import Flowable

from asbdesk.clock import LONDON, parse_instant
from asbdesk.documents.blocks import Columns, SealSpot
from asbdesk.documents.days import long_day, month
from asbdesk.documents.drawings import Signature
from asbdesk.documents.fonts import markup, printable
from asbdesk.documents.pages import WIDTH, Paper, Section
from asbdesk.documents.paper import Ink, PlanPaper, Turn
from asbdesk.documents.seal import FIELD, SECOND
from asbdesk.documents.tags import SealPlace
from asbdesk.documents.words import Words

INK_HEIGHT = 36.0
SEAL_SIDE = 26.0
BESIDE = 14.0
WIDE = WIDTH - 2 * (SEAL_SIDE + BESIDE)


def signing(page: Paper, paper: PlanPaper, say: Words, *, two: bool) -> list[Flowable]:
    """The sentences about signing, how it went, and the ink as drawn, `two` side by side."""
    section = signing_words(page, paper, say)
    section.flowables += ink_drawn(section, paper, say, two=two)
    return section.flowables


def signing_words(page: Paper, paper: PlanPaper, say: Words) -> Section:
    """The sentences about signing, how it went, and who helped."""
    section = page.section(say.say("signing.heading"))
    section.lead(*(say.say(f"signing.{name}") for name in ("together", "rights", "free")))
    how_it_went(section, paper, say)
    for ink in paper.signing.inks:
        _helper(section, ink, paper, say)
    return section


def ink_drawn(section: Section, paper: PlanPaper, say: Words, *, two: bool) -> list[Flowable]:
    """The ink as drawn, `two` side by side."""
    drawn, rows = _drawn(paper), []
    for row in (drawn[n : n + 2] for n in range(0, len(drawn), 2)):
        rows.append(beside := _side_by_side(section, row, say, two))
        beside.spaceAfter = 2 * section.paper.sizes.gap
    return rows


def _drawn(paper: PlanPaper) -> list[Ink]:
    return [ink for ink in paper.signing.inks if any(ink.strokes)]


def how_it_went(section: Section, paper: PlanPaper, say: Words) -> None:
    went = paper.signing
    name = went.name or paper.resident
    if went.outcome == "agreed_aloud":
        heard = [say.say("signing.heard", heard=went.note)] if went.note else []
        section.text(say.say("signing.agreed_aloud", name=name), *heard)
    elif went.outcome == "wants_time":
        said = say.say("signing.wants_time", name=name, date=long_day(went.ask_on, say)) if went.ask_on else ""
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
    date = f"{day.day} {month(day.month, say)} {day.year}"
    said = printable(say.bare("signing.drawn", name=ink.name, date=date))
    under = Section(section.paper, section.element)
    figure = under.element.add("Figure", alt=said)
    caption = under.text(f"<b>{markup(ink.name)}</b>, {markup(date)}", style="cell")
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
        section.lead(say.say("changed.takes_place", date=long_day(paper.replaces, say)))
    else:
        section.lead(say.say("changed.takes_place_undated"))
    section.items(markup(text) for text in paper.changed if text.strip())
    return section.flowables


def copy_words(page: Paper, say: Words, turn: Turn) -> list[Flowable]:
    """What kind of copy it is, alone: for the second language."""
    section = page.section(say.say("copy.heading"), style="box_heading")
    section.text(say.say("copy.locked" if turn is Turn.SEALED else f"copy.{turn.value}"))
    return section.flowables


def about_copy(page: Paper, paper: PlanPaper, say: Words, turn: Turn) -> list[Flowable]:
    """How to check this copy: the sentence, the places of two seals. Only what will be sealed has them."""
    section = page.section(say.say("copy.heading"))
    if turn is not Turn.SEALED:
        section.text(say.say(f"copy.{turn.value}"))
        return section.flowables
    heading = section.flowables.pop()
    heading.style = page.styles["box_heading"]
    beside = Section(page, section.element)
    beside.text(say.say("copy.locked"))
    spots: list[list[Flowable]] = []
    for field, said in ((FIELD, "copy.seal"), (SECOND, "copy.second_seal")):
        label = say.bare(said, landlord=paper.landlord or "asbdesk")
        if paper.authority and not spots:  # in the foot of each page it is seen, and heard here
            label = f"{label}. {say.bare('copy.authority', fingerprint=paper.authority)}"
        place = SealPlace(field, printable(label))
        section.element.add("Form", seal=place)
        spots.append([SealSpot(place, SEAL_SIDE)])
    whole = Columns([[heading, *beside.flowables], *spots], (WIDE, SEAL_SIDE, SEAL_SIDE), BESIDE)
    whole.spaceBefore = page.sizes.before_heading
    return [whole]
