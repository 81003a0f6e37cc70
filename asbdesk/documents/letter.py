"""A letter on paper: the address where a window envelope shows it, the words below its fold, the seal last and small.

Nothing but name and address stands where an envelope's window is, and no return address says what it is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from asbdesk.clock import long_day, plain_day
from asbdesk.documents.released import Released
from asbdesk.documents.words import Words, words
from asbdesk.letters.fill import LetterText

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from asbdesk.documents.pages import Paper, Section, Sizes

FOLD = 234.0
"""Points below the top margin where the words begin (97 mm from the top): under the fold of a sheet in three."""
WINDOW = 88.0
"""Points below the top margin where the address begins (46 mm from the top)."""
CLOSEST = 1.25
"""A letter longer than so many pages when airy fits on one in no size."""
INDENT = 14.0
"""Points the address stands in from the margin, so that it shows in the window."""


@dataclass(frozen=True)
class LetterPaper:
    """A letter as it prints. `address`: lines, the name first; empty for one that is handed over."""

    landlord: str
    reference: str
    day: str
    address: tuple[str, ...]
    text: LetterText
    signed_by: tuple[str, ...]
    """Under the words: the officer, and how to reach them."""
    authority: str = ""
    """Fingerprint of the landlord's authority, printed small."""
    letter: str = ""
    """Which letter it is, for the file's own record; never printed."""


def make(
    released: Released[LetterPaper], *, large: bool = False, not_sent: bool = False, language: str = "en"
) -> bytes:
    """The letter as a PDF with a place for its seal. `not_sent` says so on its top edge, and leaves that place out."""
    from asbdesk.documents.code import Mark
    from asbdesk.documents.finish import About
    from asbdesk.documents.fonts import printable
    from asbdesk.documents.pages import LARGE, render

    say, paper = words("letter", language), released.what
    page = _laid_out(paper, say, (LARGE,) if large else _sizes(), sealed=not not_sent)

    def footer(number: int, count: int) -> tuple[str, str]:
        left = say.bare("footer.page", page=str(number), pages=str(count)) if count > 1 else ""
        return left, "" if number == count else say.bare("footer.next_sheet")

    # the file's own title goes where files are listed: no story, no name
    title = printable(say.bare("description", date=plain_day(paper.day)))
    about = About(title, printable(paper.landlord or "-"), released.at, f"{say.language}-GB", tool="-")
    said = say.bare("copy.authority", fingerprint=paper.authority) if paper.authority else ""
    mark = None if not_sent else Mark(paper.reference, paper.day, printable(said))
    return render([page], about, footer, say.bare("mark") if not_sent else "", rule=False, mark=mark)


def _sizes() -> tuple[Sizes, ...]:
    """From airy to close, all of them 12 point: a letter that one page can hold takes one page."""
    from asbdesk.documents.pages import STANDARD, narrowed

    return (
        narrowed(STANDARD, gap=8.0),
        narrowed(STANDARD, gap=6.5, leading=15.8),
        narrowed(STANDARD, gap=5.5, leading=15.2),
        narrowed(STANDARD, gap=4.5, leading=14.8, short=20.0, before_heading=8.0),
    )


def _laid_out(paper: LetterPaper, say: Words, sizes: tuple[Sizes, ...], *, sealed: bool) -> Paper:
    """The first that fits on one page; else the airy one, on as many as it takes."""
    from asbdesk.documents.pages import HEIGHT, Paper

    made = []
    for each in sizes:
        page = Paper(each)
        page.flowables = [*_head(page, paper), *_words(page, paper), *_copy(page, paper, say, sealed=sealed)]
        height = page.height()
        if height <= HEIGHT:
            return page
        made.append(page)
        if height > CLOSEST * HEIGHT:
            break
    return made[0]


def _head(page: Paper, paper: LetterPaper) -> list[Flowable]:
    """Who writes and when, whom to, and the room down to the fold."""
    from reportlab.platypus import Spacer

    from asbdesk.documents.blocks import stack_height
    from asbdesk.documents.fonts import NEW_LINE, markup
    from asbdesk.documents.pages import WIDTH

    head = page.section()
    head.text(markup(paper.landlord), style="strong")
    head.text(markup(long_day(paper.day)))
    made = list(head.flowables)
    made.append(Spacer(WIDTH, max(0.0, WINDOW - stack_height(made, WIDTH))))
    if paper.address:
        lines = head.text(NEW_LINE.join(markup(line) for line in paper.address))
        lines.style = _indented(page)
        made.append(lines)
    made.append(Spacer(WIDTH, max(page.sizes.gap, FOLD - stack_height(made, WIDTH))))
    return made


def _indented(page: Paper) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle("address", page.styles["body"], leftIndent=INDENT, spaceAfter=0)


def _words(page: Paper, paper: LetterPaper) -> list[Flowable]:
    from asbdesk.documents.fonts import markup

    text = paper.text
    section = page.section(markup(text.title), style="title", role="H1")
    section.text(markup(text.dear))
    for part in text.parts:
        if part.items:
            section.items(markup(item) for item in part.items)
        else:
            _paragraph(page, section, part.runs)
    section.flowables[-1].stays = True  # the end does not stand on a page of its own
    signed = section.text(*_signed(paper.signed_by))
    signed.style, signed.stays = _spaced(page, page.sizes.leading, page.sizes.gap), True
    return section.flowables


def _paragraph(page: Paper, section: Section, runs: tuple[tuple[str, bool], ...]) -> None:
    """A paragraph; one that is all bold stands close to the list under it."""
    alone = len(runs) == 1 and runs[0][1]
    made = section.text("".join(_run(*run) for run in runs))
    gap = page.sizes.gap
    made.style, made.stays = _spaced(page, gap, 0.4 * gap if alone else gap), alone


def _spaced(page: Paper, before: float, after: float) -> Any:
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle("spaced", page.styles["body"], spaceBefore=before, spaceAfter=after)


def _run(words_: str, bold: bool) -> str:
    from asbdesk.documents.fonts import markup

    inner = words_.strip()
    if not inner:
        return " "
    before, after = " " * words_.startswith((" ", "\n")), " " * words_.endswith((" ", "\n"))
    made = markup(inner)
    return f"{before}<b>{made}</b>{after}" if bold else f"{before}{made}{after}"


def _signed(lines: tuple[str, ...]) -> list[str]:
    from asbdesk.documents.fonts import NEW_LINE, markup

    first, *rest = [markup(line) for line in lines if line.strip()] or [""]
    return [NEW_LINE.join((f"<b>{first}</b>" if first else "", *rest))]


SEAL_SIDE = 24.0
BESIDE = 14.0


def _copy(page: Paper, paper: LetterPaper, say: Words, *, sealed: bool) -> list[Flowable]:
    """How to check this copy: small, and last. Before it is sealed its room is kept, so that pages break alike."""
    from reportlab.platypus import Spacer

    from asbdesk.documents.blocks import Columns, SealSpot, stack_height
    from asbdesk.documents.fonts import printable
    from asbdesk.documents.pages import WIDTH, Paper, Section
    from asbdesk.documents.seal import FIELD
    from asbdesk.documents.tags import SealPlace

    if not sealed:
        height = stack_height(_copy(Paper(page.sizes), paper, say, sealed=True), WIDTH)
        room = Spacer(WIDTH, height)
        room.spaceBefore = page.sizes.before_heading
        return [room]
    section = page.section()
    beside = Section(page, section.element)
    beside.text(say.say("copy.locked"), style="small")
    said = [say.bare("copy.seal", landlord=paper.landlord or "-")]
    said += [say.bare("copy.authority", fingerprint=paper.authority)] if paper.authority else []  # the foot is unheard
    place = SealPlace(FIELD, printable(". ".join(said)))
    section.element.add("Form", seal=place)
    wide = WIDTH - SEAL_SIDE - BESIDE
    whole = Columns([[*beside.flowables], [SealSpot(place, SEAL_SIDE)]], (wide, SEAL_SIDE), BESIDE)
    whole.spaceBefore = page.sizes.before_heading
    return [whole]
