"""The parts of the plan, in the order of the paper: front, middle, end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.platypus import Flowable

from asbdesk.documents.blocks import Columns, stack_height
from asbdesk.documents.days import long_day, short_day
from asbdesk.documents.fonts import NEW_LINE, markup
from asbdesk.documents.pages import WIDTH, Paper, Section, Sizes
from asbdesk.documents.paper import PlanPaper, Step, Turn
from asbdesk.documents.plan_end import about_copy, signing, what_changed
from asbdesk.documents.scripts import script_of
from asbdesk.documents.words import Words

GUTTER = 26.0
WHOLE = 20.0
"""Points of height worth giving to keep a section in one column."""


def front_of(paper: PlanPaper, say: Words, sizes: Sizes, draft: bool) -> Paper:
    """What matters to who reads one side: whom to ring, what we do, when we speak."""
    page = Paper(sizes)
    page.flowables += [*_title(page, paper, say, draft), *ring(page, paper, say).boxed()]
    for part in FRONT:
        page.flowables += part(page, paper, say)
    return page


def back_of(paper: PlanPaper, say: Words, sizes: Sizes, turn: Turn, *, columns: bool) -> Paper:
    """The other side. `columns`: its middle in two columns."""
    page = Paper(sizes)
    made = [section for part in MIDDLE if (section := part(page, paper, say))]
    page.flowables += [_in_columns(made)] if columns else [flowable for section in made for flowable in section]
    if turn is not Turn.DRAFT:
        page.flowables += signing(page, paper, say, two=sizes.columns)
    page.flowables += [*what_changed(page, paper, say), *about_copy(page, paper, say, turn)]
    return page


def _in_columns(sections: list[list[Flowable]]) -> Columns:
    """Two columns, read down the left one and then the right, as even as can be.

    A column never ends with a heading; a section comes apart only where that saves more than `WHOLE`.
    """
    width = (WIDTH - GUTTER) / 2
    story = [flowable for section in sections for flowable in section]
    tops = {id(section[0]) for section in sections}

    def cost(at: int) -> float:
        if getattr(story[at - 1], "stays", False):
            return 1e9
        apart = 0.0 if at == len(story) or id(story[at]) in tops else WHOLE
        return max(stack_height(story[:at], width), stack_height(story[at:], width)) + apart

    at = min(range(1, len(story) + 1), key=cost)
    return Columns([story[:at], story[at:]], (1, 1), GUTTER, rule=True)


def _when(step: Step, paper: PlanPaper, say: Words) -> str:
    return short_day(step.by, paper.made_on, say) if step.by else step.until


def _title(page: Paper, paper: PlanPaper, say: Words, draft: bool) -> list[Flowable]:
    left, right = title(page, paper, say, draft), Section(page, page.root)
    right.text(markup(paper.landlord), style="right")
    return [Columns([left.flowables[:1], right.flowables], (3, 2), 16), *left.flowables[1:]]


def title(page: Paper, paper: PlanPaper, say: Words, draft: bool) -> Section:
    """The title, and with whom the plan was made, and when."""
    section = page.section(say.say("title"), style="title", role="H1")
    if draft:
        section.text(say.say("draft"), style="strong")
    made = say.say("made", name=paper.resident, date=long_day(paper.made_on, say), version=paper.version)
    section.text(NEW_LINE.join((made, say.say("case", reference=paper.reference))))
    return section


def ring(page: Paper, paper: PlanPaper, say: Words) -> Section:
    """Whom to ring: it stands in a box."""
    box = page.section(say.say("ring.heading"), style="box_heading")
    box.text(say.say("ring.danger"))
    officer = {"officer": paper.officer, "number": paper.officer_number}
    if not paper.officer:
        pass
    elif paper.officer_hours:
        box.text(say.say("ring.officer", hours=paper.officer_hours, **officer))
    else:
        box.text(say.say("ring.officer_any_time", **officer))
    if paper.closed_number:
        box.text(say.say("ring.closed", number=paper.closed_number))
    box.text(say.say("ring.language")).style = page.styles["last"]
    return box


def _told(page: Paper, paper: PlanPaper, say: Words) -> list[Flowable]:
    return _own_words(page, paper.told_us, say, say.say("told.heading"), say.say("told.words"))


def _wants(page: Paper, paper: PlanPaper, say: Words) -> list[Flowable]:
    return _own_words(page, paper.wants, say, say.say("wants.heading"), say.say("wants.honest"))


def _own_words(page: Paper, said: Sequence[str], say: Words, heading: str, sentence: str) -> list[Flowable]:
    said = [words for words in said if words.strip()]
    if not said:
        return []
    section = page.section(heading)
    section.lead(sentence)
    spoken(section, said, say)
    return section.flowables


def spoken(section: Section, said: Sequence[str], say: Words) -> None:
    """Somebody's own words; or that they are in English only."""
    for words in said:
        if words == say.bare("own.only_english"):
            section.text(markup(words))
        elif words.strip():
            section.quotes([markup(words.strip().strip('“”"'))])


def _ours(page: Paper, paper: PlanPaper, say: Words) -> list[Flowable]:
    section = page.section(say.say("ours.heading"))
    section.lead(*(say.say(f"ours.{name}") for name in ("jobs", "late", "chase")))
    if not paper.ours:
        section.text(say.say("ours.none"))
    elif not page.sizes.columns:
        section.items(_in_words(step, paper, say) for step in paper.ours)
    else:
        head = [say.say(f"ours.{name}") for name in ("what", "who", "by")]
        rows = [[markup(step.what), markup(step.who), markup(_when(step, paper, say))] for step in paper.ours]
        section.grid(head, rows, (0.485, 0.22, 0.295))
    return section.flowables


def _in_words(step: Step, paper: PlanPaper, say: Words) -> str:
    lines = [markup(step.what)]
    if step.who:
        lines.append(say.say("ours.who_is", who=step.who))
    if when := _when(step, paper, say):
        lines.append(say.say("ours.by_is", by=when))
    return NEW_LINE.join(lines)


def _speak(page: Paper, paper: PlanPaper, say: Words) -> list[Flowable]:
    section = page.section(say.say("speak.heading"))
    speak = paper.speak
    if speak is None:
        section.text(say.say("speak.none"))
        return section.flowables
    after = say.say("speak.after", after=speak.after) if speak.after else say.say("speak.after_if")
    section.lead(we_speak(paper, say), after)
    if speak.second_name and speak.second_number:
        section.text(say.say("speak.silent", name=speak.second_name, number=speak.second_number))
    else:
        section.text(say.say("speak.silent_us", number=speak.second_number or paper.officer_number))
    return section.flowables


def we_speak(paper: PlanPaper, say: Words) -> str:
    """Who speaks to them, how and when: each usual way has a sentence of its own, which other languages need."""
    speak = paper.speak
    assert speak is not None
    when = ", ".join(part for part in (short_day(speak.day, paper.made_on, say), speak.time) if part)
    way = f"speak.{speak.how.replace(' ', '_').replace('-', '_')}"
    facts = {"who": speak.who, "when": when}
    return say.say(way, **facts) if way in say.plain else say.say("speak.first", how=speak.how, **facts)


def _yours(page: Paper, paper: PlanPaper, say: Words) -> list[Flowable]:
    if not paper.yours:
        return []
    section = page.section(say.say("yours.heading"))
    section.lead(say.say("yours.safe"))
    section.items(_yours_item(step, paper, say) for step in paper.yours)
    section.text(*(say.say(f"yours.{name}") for name in ("hard", "still", "fault")))
    return section.flowables


def _yours_item(step: Step, paper: PlanPaper, say: Words) -> str:
    when = (
        say.say("yours.until", until=short_day(step.by, paper.made_on, say))
        if step.by
        else markup(sentence(step.until, say))
    )
    lines = [" ".join(text for text in (markup(sentence(step.what, say)), when) if text)]
    if step.help:
        lines.append(say.say("yours.help", help=sentence(step.help, say)))
    return NEW_LINE.join(lines)


def sentence(text: str, say: Words) -> str:
    """`text` with a capital first and a stop last, as its language writes it."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if not text or text[-1] in ".!?؟۔।:" else script_of(say.language).stop)


def _others(page: Paper, paper: PlanPaper, say: Words) -> list[Flowable]:
    if not paper.others:
        return []
    section = page.section(say.say("others.heading"))
    section.items(_others_item(step, paper, say) for step in paper.others)
    section.text(say.say("others.asked"), say.say("others.waiting"))
    return section.flowables


def _others_item(step: Step, paper: PlanPaper, say: Words) -> str:
    who = f"<b>{markup(step.who)}</b>: " if step.who else ""
    when = _when(step, paper, say)
    return who + markup(sentence(step.what, say)) + (" " + say.say("others.by", by=when) if when else "")


def _cannot(page: Paper, paper: PlanPaper, say: Words) -> list[Flowable]:
    if not paper.cannot:
        return []
    section = page.section(say.say("cannot.heading"))
    section.lead(say.say("cannot.honest"))
    section.items(
        " ".join(markup(sentence(t, say)) for t in (step.what, step.help) if t.strip()) for step in paper.cannot
    )
    return section.flowables


def _other_people(page: Paper, paper: PlanPaper, say: Words) -> list[Flowable]:
    if not paper.other_people:
        return []
    section = page.section(say.say("other_people.heading"))
    section.text(say.say("other_people.agreed"), say.say("other_people.limits"))
    return section.flowables


def _help(page: Paper, paper: PlanPaper, say: Words) -> list[Flowable]:
    if not paper.help and not paper.useful:
        return []
    section = page.section(say.say("help.heading"))
    section.lead(say.say("help.choice"))
    numbers = (say.say("help.number", what=what, number=number) for what, number in paper.useful)
    section.items([*(markup(sentence(text, say)) for text in paper.help), *numbers])
    return section.flowables


def _review(page: Paper, paper: PlanPaper, say: Words) -> list[Flowable]:
    section = page.section(say.say("review.heading"))
    by = [say.say("review.by", date=short_day(paper.review_by, paper.made_on, say))] if paper.review_by else []
    section.text(*by, say.say("review.sooner" if by else "review.undated"))
    return section.flowables


def _talk(page: Paper, paper: PlanPaper, say: Words) -> list[Flowable]:
    section = page.section(say.say("talk.heading"))
    section.items(
        f"{markup(body)}: <b>{say.say('talk.' + answer)}</b>."
        for body, answer in paper.may_talk
        if answer in ("yes", "ask_first", "no")
    )
    section.text(say.say("talk.neighbours"))
    section.text(*(say.say(f"talk.{name}") for name in ("harm", "first", "change")))
    return section.flowables


def _unhappy(page: Paper, paper: PlanPaper, say: Words) -> list[Flowable]:
    section = page.section(say.say("unhappy.heading"))
    number = paper.complaint_number
    ring = say.say("unhappy.ring", number=number) if number else say.say("unhappy.ring_officer")
    section.text(say.say("unhappy.tell"), ring)
    if paper.ombudsman:
        section.text(say.say("unhappy.ombudsman"))
    number = paper.case_review_number
    review = say.say("unhappy.case_review_ring", number=number) if number else say.say("unhappy.case_review_ask")
    section.text(say.say("unhappy.case_review"), review)
    return section.flowables


Part = Callable[[Paper, PlanPaper, Words], list[Flowable]]
FRONT: tuple[Part, ...] = (_told, _wants, _ours, _speak)
MIDDLE: tuple[Part, ...] = (_yours, _others, _cannot, _other_people, _help, _review, _talk, _unhappy)
