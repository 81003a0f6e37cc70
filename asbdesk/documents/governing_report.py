"""How we dealt with anti-social behaviour, in numbers, for the governing body: nobody is named in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asbdesk.clock import long_day
from asbdesk.documents.released import Released
from asbdesk.documents.words import words

if TYPE_CHECKING:
    from asbdesk.documents.pages import Paper, Section
    from asbdesk.documents.words import Words

FEW = 5
"""Fewer than so many could point to somebody, where they are told apart by who people are."""
UPHELD_2023_24 = 62
"""Per cent of the Ombudsman's findings about anti-social behaviour that were upheld in 2023-24 (FEATURES.md L07)."""
Counted = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class KeptTo:
    """What fell due of one theme or one code: `name` is the theme, or what the code is called."""

    name: str
    owed: int
    in_time: int
    late: int
    still: int
    waived: int

    @property
    def departed(self) -> int:
        return self.late + self.still


@dataclass(frozen=True)
class GoverningReport:
    """A period in numbers. `since`, `until`: YYYY-MM-DD. Texts are sentences that name nobody."""

    landlord: str
    since: str
    until: str
    practice: bool
    """Counted from practice cases alone: every number is invented."""
    opened: int
    closed: int
    now: int
    levels: Counted
    unassessed: int
    themes: tuple[KeptTo, ...]
    worst: tuple[KeptTo, ...]
    levels_set: tuple[int, int]
    """Risk levels set higher, and lower, than the form came to."""
    longer: tuple[str, ...]
    gaps: tuple[str, ...]
    hate: int
    hate_spoken: tuple[int, int]
    """First contacts about hate made in time, and all that were due."""
    strands: Counted
    hate_review: tuple[str, str]
    """The day of the last, and what it changes; empty where there is none."""
    complaints: int
    about: Counted
    answered: int
    upheld: int
    inquiries: tuple[int, int]
    """Begun, and explained."""
    orders: tuple[int, int, int]
    """Open, late, done."""
    learned: tuple[tuple[str, str], ...]
    """(id of the case, which is not printed; what we do differently since)."""
    well: tuple[tuple[str, str], ...]
    """(id of the case, which is not printed; what went well)."""
    trained: Counted
    edi: str
    """The day of the last look from outside, or empty."""


def make(released: Released[GoverningReport], *, language: str = "en") -> bytes:
    """The report as a tagged PDF."""
    from asbdesk.documents.finish import About
    from asbdesk.documents.fonts import printable
    from asbdesk.documents.pages import STANDARD, Paper, narrowed, render

    say, facts = words("governing_report", language), released.what
    page = Paper(narrowed(STANDARD, body=11.0, leading=15.0, title=22.0, heading=14.0, before_heading=10.0))
    top = page.section(say.say("title"), style="title", role="H1")
    since, until = long_day(facts.since), long_day(facts.until)
    top.text(say.say("who", landlord=facts.landlord or "-", since=since, until=until))
    if facts.practice:
        top.text(say.say("practice"))
    page.flowables = [flowable for part in (top, *_parts(page, say, facts)) for flowable in part.flowables]

    def footer(number: int, count: int) -> tuple[str, str]:
        return (say.plain["footer"].format(page=number, pages=count) if count > 1 else ""), ""

    about = About(say.bare("title"), printable(facts.landlord or "-"), released.at, f"{say.language}-GB")
    return render([page], about, footer)


def _parts(page: Paper, say: Words, facts: GoverningReport) -> Iterator[Section]:
    for name, fill in (
        ("cases", _cases), ("kept", _kept), ("gaps", _gaps), ("hate", _hate), ("complaints", _complaints),
        ("learned", _learned), ("trained", _trained), ("ask", _ask),
    ):  # fmt: skip
        part = page.section(say.say(f"{name}.heading"))
        fill(part, say, facts)
        yield part


def told_apart(counted: Counted) -> str:
    """Numbers that tell nobody apart: small ones are not given, nor is the one that would follow from the others and
    the total; where all are small, nothing is."""
    hidden = {name for name, count in counted if 0 < count < FEW}
    left = sorted((count, name) for name, count in counted if name not in hidden)
    if len(hidden) == 1 and left:
        hidden.add(left[0][1])
    if counted and len(hidden) == len(counted):
        return "too few to tell apart"
    return ", ".join(f"{name} {'not given' if name in hidden else count}" for name, count in counted) or "none"


def _cases(part: Section, say: Words, facts: GoverningReport) -> None:
    part.text(say.say("cases.opened", opened=str(facts.opened), closed=str(facts.closed), now=str(facts.now)))
    levels = ", ".join(f"{name} {count}" for name, count in facts.levels)
    part.text(say.say("cases.levels", levels=levels, unassessed=str(facts.unassessed)))


def _kept(part: Section, say: Words, facts: GoverningReport) -> None:
    from asbdesk.documents.fonts import markup

    if facts.themes:
        _themes(part, say, facts)
    else:
        part.text(say.say("kept.none"))
    higher, lower = facts.levels_set
    if higher or lower:
        part.text(say.say("kept.levels", higher=str(higher), lower=str(lower)))
    if facts.longer:
        part.lead(say.say("kept.longer"))
        part.items(markup(each) for each in facts.longer)


def _themes(part: Section, say: Words, facts: GoverningReport) -> None:
    from asbdesk.documents.fonts import markup

    part.lead(say.say("kept.how"))
    head = [say.say(f"head.{name}") for name in ("theme", "owed", "in_time", "late", "still", "waived")]
    rows = [
        [say.say(f"theme.{t.name}"), *(str(n) for n in (t.owed, t.in_time, t.late, t.still, t.waived))]
        for t in facts.themes
    ]
    part.grid(head, rows, (0.36, 0.1, 0.12, 0.13, 0.15, 0.14))
    if facts.worst:
        part.lead(say.say("kept.worst"))
        part.items(markup(f"{w.name}: {w.departed} of {w.owed} late or not done") for w in facts.worst)


def _gaps(part: Section, say: Words, facts: GoverningReport) -> None:
    from asbdesk.documents.fonts import markup

    if facts.gaps:
        part.lead(say.say("gaps.lacks"))
        part.items(markup(each) for each in facts.gaps)
    else:
        part.text(say.say("gaps.none"))


def _hate(part: Section, say: Words, facts: GoverningReport) -> None:
    in_time, owed = facts.hate_spoken
    part.text(say.say("hate.count", count=str(facts.hate), in_time=str(in_time), owed=str(owed)))
    if facts.strands:
        part.text(say.say("hate.strands", strands=told_apart(facts.strands)))
    day, change = facts.hate_review
    told = say.say("hate.review", day=long_day(day), change=change) if day else say.say("hate.no_review")
    part.text(told)


def _complaints(part: Section, say: Words, facts: GoverningReport) -> None:
    part.text(say.say("complaints.count", count=str(facts.complaints), about=told_apart(facts.about)))
    if facts.answered:
        share = str(round(100 * facts.upheld / facts.answered))
        answered, upheld = str(facts.answered), str(facts.upheld)
        part.text(say.say("complaints.upheld", answered=answered, upheld=upheld, percent=share))
    part.text(say.say("complaints.benchmark", ours=str(UPHELD_2023_24)))
    begun, explained = facts.inquiries
    if begun:
        part.text(say.say("complaints.inquiries", count=str(begun), explained=str(explained)))
    open_, late, done = facts.orders
    part.text(say.say("complaints.orders", open=str(open_), late=str(late), done=str(done)))


def _learned(part: Section, say: Words, facts: GoverningReport) -> None:
    from asbdesk.documents.fonts import markup

    for name, told in (("said", facts.learned), ("well", facts.well)):
        if told:
            part.lead(say.say(f"learned.{name}"))
            part.items(markup(text) for _, text in told)
    if not facts.learned and not facts.well:
        part.text(say.say("learned.none"))


def _trained(part: Section, say: Words, facts: GoverningReport) -> None:
    if facts.trained:
        part.items(say.say("trained.line", what=what, count=str(count)) for what, count in facts.trained)
    else:
        part.text(say.say("trained.none"))
    part.text(say.say("trained.edi", day=long_day(facts.edi)) if facts.edi else say.say("trained.no_edi"))


def _ask(part: Section, say: Words, facts: GoverningReport) -> None:
    asked = [name for name, stands in (("late", facts.worst), ("gaps", facts.gaps), ("enough", True)) if stands]
    part.items(say.say(f"ask.{name}") for name in asked)
