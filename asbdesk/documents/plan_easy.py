"""The plan to look at as much as to read: an icon a part, a short sentence a line, large type."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.platypus import Flowable

from asbdesk.documents.bilingual import Beside
from asbdesk.documents.blocks import Box
from asbdesk.documents.days import long_day, short_day
from asbdesk.documents.fonts import markup
from asbdesk.documents.icons import Icon
from asbdesk.documents.pages import LARGE, WIDTH, Paper, Section, narrowed
from asbdesk.documents.paper import PlanPaper, Step
from asbdesk.documents.plan_end import how_it_went
from asbdesk.documents.plan_parts import sentence, spoken, we_speak
from asbdesk.documents.words import Words

EASY = narrowed(LARGE, body=16.0, leading=23.0, gap=5.0, title=30.0, heading=20.0, before_heading=16.0)
ICON = 40.0
BESIDE = 16.0
Said = tuple[Paper, PlanPaper, Words]
"""A page in a language, what it says, and the fixed sentences."""


def easy(said: list[Said], *, signed: bool) -> list[Flowable]:
    """Every part of the plan but its end, in each of the languages of `said`, one under the other. `signed`: with the
    part about signing."""
    made: list[Flowable] = []
    for name, icon, part in _PARTS if signed else _PARTS[:-1]:
        stacks = [_part(name, part, paper, plan, say) for paper, plan, say in said]
        if name == "ring":  # a box each: together they would leave half of the page empty
            made += [Box([_beside(icon, stack)]) for stack in stacks]
        elif inside := [flowable for stack in stacks for flowable in stack]:
            made.append(_beside(icon, inside))
    return made


def _beside(icon: str, inside: list[Flowable]) -> Beside:
    return Beside([[Icon(icon, ICON)], inside], (ICON, WIDTH - ICON - BESIDE), BESIDE)


Part = Callable[[Section, PlanPaper, Words], bool]
"""Adds its sentences; whether there is anything to say."""


def _part(name: str, part: Part, page: Paper, paper: PlanPaper, say: Words) -> list[Flowable]:
    section = Section(page, page.root, say.say(f"{name}.heading"), "box_heading" if name == "ring" else "heading")
    if not part(section, paper, say):
        page.root.kids.remove(section.element)
        return []
    return section.flowables


def _lines(section: Section, *sentences: str) -> bool:
    for words in sentences:
        section.text(words)
    return bool(sentences)


def _ring(section: Section, paper: PlanPaper, say: Words) -> bool:
    _lines(section, say.say("easy.danger"))
    if paper.officer:
        _lines(section, say.say("easy.officer", officer=paper.officer, number=paper.officer_number))
    if paper.closed_number:
        _lines(section, say.say("ring.closed", number=paper.closed_number))
    return _lines(section, say.say("easy.language"))


def _told(section: Section, paper: PlanPaper, say: Words) -> bool:
    spoken(section, paper.told_us, say)
    return bool(paper.told_us)


def _wants(section: Section, paper: PlanPaper, say: Words) -> bool:
    spoken(section, paper.wants, say)
    return bool(paper.wants)


def _ours(section: Section, paper: PlanPaper, say: Words) -> bool:
    section.lead(say.say("easy.ours" if paper.ours else "ours.none"))
    _steps(section, paper.ours, paper, say)
    return _lines(section, say.say("easy.late"))


def _steps(section: Section, steps: tuple[Step, ...], paper: PlanPaper, say: Words) -> None:
    """Each step, and under it who and by when, as lines of their own."""
    section.items(NEXT.join(_of_step(step, paper, say)) for step in steps)


NEXT = "\N{NO-BREAK SPACE}<br/>"


def _of_step(step: Step, paper: PlanPaper, say: Words) -> list[str]:
    lines = [f"<b>{markup(sentence(step.what, say))}</b>"]
    if step.who:
        lines.append(say.say("ours.who_is", who=step.who))
    if step.by:
        lines.append(say.say("ours.by_is", by=short_day(step.by, paper.made_on, say)))
    elif step.until:
        lines.append(markup(sentence(step.until, say)))
    return lines + ([markup(sentence(step.help, say))] if step.help else [])


def _speak(section: Section, paper: PlanPaper, say: Words) -> bool:
    speak = paper.speak
    if speak is None:
        return _lines(section, say.say("speak.none"))
    number = speak.second_number or paper.officer_number
    after = say.say("speak.after", after=speak.after) if speak.after else say.say("speak.after_if")
    return _lines(section, we_speak(paper, say), after, say.say("easy.silent", number=number))


def _yours(section: Section, paper: PlanPaper, say: Words) -> bool:
    section.lead(say.say("easy.yours"))
    _steps(section, paper.yours, paper, say)
    return _lines(section, say.say("easy.safe"), say.say("yours.fault")) and bool(paper.yours)


def _others(section: Section, paper: PlanPaper, say: Words) -> bool:
    _steps(section, paper.others, paper, say)
    return bool(paper.others)


def _cannot(section: Section, paper: PlanPaper, say: Words) -> bool:
    section.lead(say.say("easy.honest"))
    _steps(section, paper.cannot, paper, say)
    return bool(paper.cannot)


def _help(section: Section, paper: PlanPaper, say: Words) -> bool:
    section.lead(say.say("help.choice"))
    numbers = (say.say("help.number", what=what, number=number) for what, number in paper.useful)
    section.items([*(markup(sentence(text, say)) for text in paper.help), *numbers])
    return bool(paper.help or paper.useful)


def _review(section: Section, paper: PlanPaper, say: Words) -> bool:
    if not paper.review_by:
        return _lines(section, say.say("review.undated"))
    return _lines(section, say.say("review.by", date=short_day(paper.review_by, paper.made_on, say)))


def _talk(section: Section, paper: PlanPaper, say: Words) -> bool:
    section.items(
        f"{markup(body)}: <b>{say.say('talk.' + answer)}</b>."
        for body, answer in paper.may_talk
        if answer in ("yes", "ask_first", "no")
    )
    return _lines(section, *(say.say(f"easy.{name}") for name in ("neighbours", "harm")), say.say("talk.change"))


def _unhappy(section: Section, paper: PlanPaper, say: Words) -> bool:
    number = paper.complaint_number or paper.officer_number
    _lines(section, say.say("easy.unhappy", number=number) if number else say.say("unhappy.ring_officer"))
    _lines(section, say.say("easy.help"), *([say.say("easy.ombudsman")] if paper.ombudsman else []))
    number = paper.case_review_number
    review = say.say("unhappy.case_review_ring", number=number) if number else say.say("unhappy.case_review_ask")
    return _lines(section, say.say("easy.case_review"), review.partition(". ")[2] or review)


def _signing(section: Section, paper: PlanPaper, say: Words) -> bool:
    _lines(section, say.say("easy.sign"))
    how_it_went(section, paper, say)
    return True


def _changed(section: Section, paper: PlanPaper, say: Words) -> bool:
    if paper.replaces:
        section.lead(say.say("changed.takes_place", date=long_day(paper.replaces, say)))
    section.items(markup(sentence(text, say)) for text in paper.changed if text.strip())
    return bool(paper.changed or paper.replaces)


_PARTS: tuple[tuple[str, str, Part], ...] = (
    ("ring", "phone", _ring),
    ("told", "message-circle", _told),
    ("wants", "star", _wants),
    ("ours", "list-checks", _ours),
    ("speak", "calendar-clock", _speak),
    ("yours", "hand", _yours),
    ("others", "users", _others),
    ("cannot", "info", _cannot),
    ("help", "heart-handshake", _help),
    ("review", "refresh-cw", _review),
    ("talk", "ear", _talk),
    ("unhappy", "message-square", _unhappy),
    ("changed", "pen-line", _changed),
    ("signing", "signature", _signing),
)
