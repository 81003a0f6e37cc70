"""What we can learn from one case, on paper for our own staff: in short, in one picture, what was late and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from asbdesk.clock import dated, long_day
from asbdesk.documents.learned import Learned, Owed
from asbdesk.documents.released import Released
from asbdesk.documents.words import Words, words

if TYPE_CHECKING:
    from asbdesk.documents.pages import Paper, Section

SHARES = (0.56, 0.15, 0.16, 0.13)


def make(released: Released[Learned], *, language: str = "en") -> bytes:
    """The sheet as a PDF (PDF/UA-1, PDF/A-2a)."""
    from asbdesk.documents.finish import About
    from asbdesk.documents.fonts import printable
    from asbdesk.documents.pages import STANDARD, Paper, narrowed, render

    say, view = words("learning_sheet", language), released.what
    page = Paper(narrowed(STANDARD, body=10.5, leading=14.2, title=23, heading=14, before_heading=11))
    for part in (_top, _picture, _late, _lessons, _in_time, _happened):
        page.flowables += part(page, view, say).flowables

    def footer(at: int, of: int) -> tuple[str, str]:
        return printable(say.bare("footer", reference=view.reference, page=str(at), pages=str(of))), ""

    title = printable(f"{say.bare('title')} · {view.reference}")
    about = About(title, printable(view.landlord or "asbdesk"), released.at, f"{say.language}-GB")
    return render([page], about, footer)


def _top(page: Paper, view: Learned, say: Words) -> Section:
    top = page.section(say.say("title"), style="title", role="H1")
    top.text(say.say("case", reference=view.reference, title=view.title), style="strong")
    days = {name: long_day(getattr(view, name)) for name in ("start", "end")}
    made = long_day(view.made_on or view.end)
    top.text(say.say("days", made=made, officer=view.officer, landlord=view.landlord, **days))
    top.text(say.say("own"))
    boxed = page.section(say.say("figures.heading"), style="box_heading")
    late = len(view.late)
    boxed.text(say.say("figures.due", due=str(len(view.owed)), in_time=str(_done_in_time(view))))
    told = say.say("figures.late", late=str(late), never=str(view.never)) if late else say.say("figures.none")
    boxed.text(told)
    if view.withheld:
        boxed.text(say.say("withheld", count=str(view.withheld)))
    boxed.flowables[-1].style = page.styles["last"]
    top.flowables += boxed.boxed()
    return top


def _done_in_time(view: Learned) -> int:
    return sum(1 for one in view.owed if one.end and not one.late_from)


def _picture(page: Paper, view: Learned, say: Words) -> Section:
    from asbdesk.documents.learning_drawing import CaseLine
    from asbdesk.documents.pages import WIDTH

    part = page.section(say.say("picture.heading"))
    part.lead(say.say("picture.what"))
    counts = {"events": str(len(view.events)), "late": str(len(view.late))}
    alt = say.bare("picture.alt", start=long_day(view.start), end=long_day(view.end), **counts)
    figure = part.element.add("Figure", alt=alt)
    part.flowables.append(CaseLine(figure, view, WIDTH, say.bare("picture.happened"), say.bare("picture.late")))
    return part


def _late(page: Paper, view: Learned, say: Words) -> Section:
    from asbdesk.documents.pages import Section

    if not view.late:
        return Section(page, page.root)
    part = page.section(say.say("late.heading"))
    head = [say.say(f"late.{name}") for name in ("what", "due", "done")] + [say.say("picture.late")]
    part.grid(head, [_late_row(one, view, say) for one in view.late], SHARES)
    return part


def _late_row(one: Owed, view: Learned, say: Words) -> list[str]:
    from asbdesk.documents.fonts import NEW_LINE, markup

    name = f"<b>{markup(one.name)}</b> ({markup(one.about)})" if one.about else f"<b>{markup(one.name)}</b>"
    done = say.say("late.never")
    if one.end and one.how == "met":
        done = markup(_day(one.end))
    elif one.end and one.how == "waived":
        done = say.say("late.waived", date=_day(one.end))
    elif one.end:
        done = say.say("late.ended")
    days = one.days_late(view.end)
    late = say.say("late.day") if days == 1 else say.say("late.days_late", count=str(days))
    return [name + NEW_LINE + markup(one.why), markup(_day(one.due)), done, f"<b>{late}</b>"]


def _day(day: str) -> str:
    """ "4 Mar 2020", held on one line."""
    return dated(day).split(" ", 1)[1].replace(" ", "\N{NO-BREAK SPACE}")


def _lessons(page: Paper, view: Learned, say: Words) -> Section:
    from asbdesk.documents.fonts import markup
    from asbdesk.documents.pages import Section

    taught: dict[str, dict[str, None]] = {}
    for one in view.late:
        taught.setdefault(one.lesson, {})[one.source] = None
    if not taught:
        return Section(page, page.root)
    part = page.section(say.say("lessons.heading"))
    part.items(
        markup(lesson) + " " + say.say("lessons.from", source=" ".join(sources)) for lesson, sources in taught.items()
    )
    return part


def _in_time(page: Paper, view: Learned, say: Words) -> Section:
    from asbdesk.documents.fonts import markup
    from asbdesk.documents.pages import Section

    names = Counter(one.name for one in view.owed if one.end and one.how == "met" and not one.late_from)
    if not names:
        return Section(page, page.root)
    part = page.section(say.say("in_time.heading"))
    lines = (say.say("in_time.times", name=n, count=str(c)) if c > 1 else markup(n) for n, c in names.items())
    part.text(" · ".join(lines))
    return part


def _happened(page: Paper, view: Learned, say: Words) -> Section:
    from asbdesk.documents.fonts import NEW_LINE, markup

    part = page.section(say.say("happened.heading"))
    head = [say.say("happened.day"), say.say("happened.what")]
    rows = []
    for at, one in enumerate(view.events):
        same = at > 0 and view.events[at - 1].day == one.day
        day = markup(one.time if same else f"{_day(one.day)}, {one.time}")
        rows.append([day, f"<b>{markup(one.title)}</b>" + (NEW_LINE + markup(one.text) if one.text else "")])
    part.grid(head, rows, (0.22, 0.78))
    return part
