"""The plan's other layouts: two languages, side by side or (large) one under the other; and easy to read."""

from __future__ import annotations

from reportlab.platypus import Flowable

from asbdesk.documents.bilingual import Own, beside, in_language, side_by_side
from asbdesk.documents.blocks import Box
from asbdesk.documents.fonts import markup
from asbdesk.documents.pages import LARGE, STANDARD, Paper, Section, Sizes, narrowed
from asbdesk.documents.paper import PlanPaper, Turn
from asbdesk.documents.plan_easy import EASY, Said, easy
from asbdesk.documents.plan_end import about_copy, copy_words, ink_drawn, signing_words, what_changed
from asbdesk.documents.plan_parts import FRONT, MIDDLE, ring, title
from asbdesk.documents.words import words

TWO = narrowed(STANDARD, short=0.0, columns=False, title=22.0, heading=14.0, gap=4.0, before_heading=10.0)


def two_languages(paper: PlanPaper, own: Own, turn: Turn, *, large: bool) -> Paper:
    """Every part in English and beside it, or in large print under it, in the resident's language."""
    page, both = _begun(paper, own, LARGE if large else TWO)

    def laid(stacks: list[list[Flowable]]) -> list[Flowable]:
        return [flowable for stack in stacks for flowable in stack] if large else side_by_side(*stacks)

    page.flowables += [*_landlord(page, paper), *laid(_titles(both, turn, own))]
    rings = [ring(*said).flowables for said in both]
    page.flowables += [Box(stack) for stack in rings] if large else [Box(laid(rings))]
    for part in (*FRONT, *MIDDLE):
        page.flowables += laid([part(*said) for said in both])
    if turn is not Turn.DRAFT:
        sections = [signing_words(*said) for said in both]
        page.flowables += laid([section.flowables for section in sections])
        page.flowables += ink_drawn(sections[0], paper, words("plan"), two=not large)
    page.flowables += laid([what_changed(*said) for said in both])
    page.flowables += _end(both, turn)
    return page


def easy_side(paper: PlanPaper, own: Own | None, turn: Turn) -> Paper:
    """Short sentences with icons, in English and under it in the resident's language."""
    page, both = _begun(paper, own, EASY)
    page.flowables += [*_landlord(page, paper)]
    for stack in _titles(both, turn, own):
        page.flowables += stack
    for other, _, say in both:
        page.flowables += [Section(other, page.root).text(say.say("easy.about"))]
    page.flowables += easy(both, signed=turn is not Turn.DRAFT)
    if turn is not Turn.DRAFT:
        page.flowables += ink_drawn(page.section(), paper, words("plan"), two=False)
    page.flowables += _end(both, turn)
    return page


def _begun(paper: PlanPaper, own: Own | None, sizes: Sizes) -> tuple[Paper, list[Said]]:
    """A page, and what stands on it in each language."""
    page = Paper(sizes)
    both: list[Said] = [(page, paper, words("plan"))]
    if own is not None:
        both.append((beside(page, sizes, own.language), in_language(paper, own.words), own.words))
    return page, both


def _landlord(page: Paper, paper: PlanPaper) -> list[Flowable]:
    if not paper.landlord.strip():
        return []
    section = page.section()
    section.text(markup(paper.landlord), style="strong")
    return section.flowables


def _titles(both: list[Said], turn: Turn, own: Own | None) -> list[list[Flowable]]:
    """The title in each language; below it, where nobody has approved the second one's words, that they are a draft."""
    stacks = []
    for page, paper, say in both:
        section = title(page, paper, say, turn is Turn.DRAFT)
        if own is not None and not own.approved:
            name = own.words.name if say is own.words else own.words.english
            section.text(say.say("own.draft", language=name), style="strong")
        stacks.append(section.flowables)
    return stacks


def _end(both: list[Said], turn: Turn) -> list[Flowable]:
    """What kind of copy it is: in the resident's language first, since the seals' places are the last of all."""
    made = [flowable for page, _, say in both[1:] for flowable in copy_words(page, say, turn)]
    for flowable in made:
        flowable.stays = True  # the seals' places do not stand on a page of their own
    page, paper, say = both[0]
    return [*made, *about_copy(page, paper, say, turn)]
