"""A case file on paper: one page first, what is in it, chapters row by row, then each exhibit under its stamp."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from reportlab.platypus import CondPageBreak, Flowable, PageBreak

from asbdesk.clock import long_day
from asbdesk.documents.blocks import stack_height
from asbdesk.documents.casefile import CaseFile, Chapter, Exhibit, Table
from asbdesk.documents.casefile_parts import Anchor, Carrier, Later, Months, Shown, Space
from asbdesk.documents.fonts import markup
from asbdesk.documents.pages import HEIGHT, STANDARD, WIDTH, Paper, Section, narrowed
from asbdesk.documents.rows import Cell, PageOf, Row, rows
from asbdesk.documents.streamed import SHOWN

if TYPE_CHECKING:
    from asbdesk.documents.tags import Element
    from asbdesk.documents.words import Words

SMALL = narrowed(STANDARD, body=10, leading=13.4, gap=3.5, title=22, heading=14, before_heading=10, short=0)
"""For those who read it for their work; the resident's copy has the size of every resident's paper."""
RESIDENT = narrowed(STANDARD, short=0)
PAGE_COLUMN = 0.08
ROOM = 110
"""Points that must be free below a heading."""
MOST_ON_FRONT = 9
LINE_ON_FRONT = 170
PICTURE_HIGH = 470.0


class Layout:
    """The story of one case file. `told(rows done, of)` is called as it goes, and may stop it by raising."""

    def __init__(self, file: CaseFile, say: Words, shown: Shown, told: Callable[[int, int], None]) -> None:
        self.file, self.say, self.shown, self.told = file, say, shown, told
        self.paper = Paper(RESIDENT if file.copy == "resident" else SMALL)
        self.done = 0

    def story(self, first_page_only: bool = False) -> Iterator[Flowable]:
        """Every flowable, in order."""
        yield from self._front()
        if first_page_only:
            return
        yield PageBreak()
        yield from self._contents()
        for number, chapter in enumerate(self.file.chapters, 2):
            yield from self._chapter(number, chapter)
        yield from self._exhibits()

    # ---- the first page
    def _front(self) -> Iterator[Flowable]:
        yield Anchor("front", self.say.bare("title", reference=self.file.reference), 0)
        for most in range(MOST_ON_FRONT, 0, -1):
            kids = list(self.paper.root.kids)
            made = self._front_with(most)
            if stack_height(made, WIDTH) <= HEIGHT or most == 1:
                yield from made
                return
            self.paper.root.kids[:] = kids

    def _front_with(self, most: int) -> list[Flowable]:
        file, say = self.file, self.say
        top = self.paper.section(say.say("title", reference=file.reference), style="title", role="H1")
        top.text(markup(file.title), style="strong")
        made = {"day": long_day(file.made_on), "to": file.to, "officer": file.officer, "landlord": file.landlord}
        top.text(say.say("made", **made), *([say.say("made_ring", number=file.number)] if file.number else []))
        top.text(say.say(f"copy.{file.copy}"))
        box = self.paper.section(say.say("stands"), style="box_heading")
        self._some(box, file.front.stands, MOST_ON_FRONT)
        top.flowables += box.boxed()
        for heading, lines in (("home", file.front.home), ("household", file.front.household)):
            self._part(top, heading, lines, most)
        self._reported(top, most)
        self._marks(top)
        self._part(top, "handled", file.front.handled, most)
        return top.flowables

    def _some(self, into: Section, lines: tuple[str, ...], most: int) -> None:
        said = [markup(_cut(line)) for line in lines[:most]]
        said += [self.say.say("more", count=str(len(lines) - most))] if len(lines) > most else []
        into.items(said)

    def _part(self, top: Section, heading: str, lines: tuple[str, ...], most: int) -> None:
        if lines:
            part = self.paper.section(self.say.say(heading))
            self._some(part, lines, most)
            top.flowables += part.flowables

    def _reported(self, top: Section, most: int) -> None:
        front = self.file.front
        if not front.reported:
            return
        part = self.paper.section(self.say.say("reported"))
        self._some(part, front.reported, most)
        if front.months:
            alt = self.say.bare("months_alt", months=", ".join(f"{month} {count}" for month, count in front.months))
            part.flowables.append(Months(part.element.add("Figure", alt=alt), front.months, WIDTH))
        top.flowables += part.flowables

    def _marks(self, top: Section) -> None:
        if self.file.front.marks:
            part = self.paper.section(self.say.say("first"))
            part.items(f"<b>{markup(what)}</b>: {markup(when)}" for what, when in self.file.front.marks)
            top.flowables += part.flowables

    # ---- what is in it
    def _contents(self) -> Iterator[Flowable]:
        yield Anchor("contents", self.say.bare("contents"), 0)
        part = self.paper.section(self.say.say("contents"))
        yield from part.flowables
        lines: list[tuple[str, str]] = [(self.say.bare("title", reference=self.file.reference), "front")]
        lines += [(chapter.heading, f"chapter-{chapter.id}") for chapter in self.file.chapters]
        lines += [(self.say.bare("exhibits"), "exhibits")]
        named = [(f"{n}. {words}", place) for n, (words, place) in enumerate(lines, 1)]
        named += [(f"{self._exhibit(e)}: {e.title}", f"exhibit-{e.number}") for e in self.file.exhibits]
        shares = (1 - PAGE_COLUMN, PAGE_COLUMN)
        table = part.element.add("Table")
        head = self._head(table, (self.say.bare("heads.title"), self.say.bare("page_of")), shares)
        body = table.add("TBody")
        yield from rows(((self._content_row(body, words, place), False) for words, place in named), head)

    def _content_row(self, body: Element, words: str, place: str) -> list[Cell]:
        line = body.add("TR")
        return [self.paper.text(markup(words), "cell", line.add("TD")), self._page_of(line, place)]

    def _page_of(self, line: Element, place: str) -> PageOf:
        return PageOf(place, line.add("TD"), self.paper.sizes.body, self.paper.sizes.leading)

    # ---- chapters
    def _chapter(self, number: int, chapter: Chapter) -> Iterator[Flowable]:
        heading = f"{number}. {chapter.heading}"
        yield CondPageBreak(ROOM + 40)
        yield Anchor(f"chapter-{chapter.id}", heading, 0)
        part = self.paper.section(markup(heading))
        for words in chapter.says:
            part.text(markup(words))
        if not chapter.lines and chapter.empty:
            part.text(markup(chapter.empty))
        yield from part.flowables
        for table in chapter.tables:
            if table.lines:
                yield from self._table(part.element, table)

    def _table(self, parent: Element, table: Table) -> Iterator[Flowable]:
        yield CondPageBreak(ROOM)
        if table.heading:
            yield self.paper.text(markup(table.heading), "strong", parent.add("H3"))
        element = parent.add("Table")
        shares = table.shares
        if table.pages:
            shares = (*(share * (1 - PAGE_COLUMN) for share in shares), PAGE_COLUMN)
        words = (*table.head, *([self.say.bare("page_of")] if table.pages else []))
        head = self._head(element, words, shares)
        body = element.add("TBody")
        yield from rows(self._lines(body, table), head)
        yield Space(self.paper.sizes.gap * 2)

    def _lines(self, body: Element, table: Table) -> Iterator[tuple[list[Cell], bool]]:
        for line in table.lines:
            row = body.add("TR")
            said = [markup(cell) for cell in line.cells]
            if line.private:
                widest = max(range(len(said)), key=lambda n: table.shares[n])
                said[widest] += f"{' ' if said[widest] else ''}<b>({self.say.say('private')})</b>"
            cells: list[Cell] = [self.paper.text(cell, "cell", row.add("TD")) for cell in said]
            if table.pages:
                cells.append(self._page_of(row, f"exhibit-{line.exhibit}") if line.exhibit else self._blank(row))
            self.done += 1
            self.told(self.done, self.file.entries)
            yield cells, line.private

    def _blank(self, row: Element) -> Cell:
        return self.paper.text("", "cell", row.add("TD"))

    def _head(self, table: Element, words: tuple[str, ...], shares: tuple[float, ...]) -> Row:
        line = table.add("THead").add("TR")
        cells = [self.paper.text(markup(word), "head", line.add("TH")) for word in words]
        for cell in cells:
            cell.repeats = True
        return Row(cells, shares, None, HEIGHT)

    # ---- exhibits
    def _exhibit(self, exhibit: Exhibit) -> str:
        return self.say.bare("exhibit", number=str(exhibit.number))

    def _exhibits(self) -> Iterator[Flowable]:
        heading = f"{len(self.file.chapters) + 2}. {self.say.bare('exhibits')}"
        yield CondPageBreak(ROOM)
        yield Anchor("exhibits", heading, 0)
        part = self.paper.section(markup(heading))
        if not self.file.exhibits:
            part.text(self.say.say("none"))
        yield from part.flowables
        for n, exhibit in enumerate(self.file.exhibits):
            if n or self.file.copy == "court":
                yield CondPageBreak(HEIGHT if self._takes_a_page(exhibit) else HEIGHT * 0.3)
            yield from self._one(part.element, exhibit)

    def _takes_a_page(self, exhibit: Exhibit) -> bool:
        return self.file.copy == "court" or exhibit.number in self.shown.pages or exhibit.number in self.shown.pictures

    def _one(self, parent: Element, exhibit: Exhibit) -> Iterator[Flowable]:
        title = f"{self._exhibit(exhibit)}: {exhibit.title}"
        yield Anchor(f"exhibit-{exhibit.number}", title, 1)
        part = Section(self.paper, parent, f"{markup(title)}", role="H3")
        if exhibit.private:
            part.text(f"<b>{self.say.say('private')}</b>")
        part.items(markup(each) for each in (exhibit.came, *exhibit.told) if each)
        self._file_words(part, exhibit)
        yield from part.flowables
        if exhibit.number in self.shown.pictures:
            yield self._picture(part.element, exhibit)
        pages = self.shown.pages.get(exhibit.number, 0)
        self.shown.holders[exhibit.number] = part.element
        for page in range(1, pages + 1):
            yield PageBreak()
            yield Carrier((exhibit.number, page, pages), self.shown)
        if pages:
            yield CondPageBreak(HEIGHT)

    def _file_words(self, part: Section, exhibit: Exhibit) -> None:
        say, name = self.say, self.shown.names.get(exhibit.number, "")
        if not name:
            return
        said = [say.say("exhibit_attached" if self.shown.inside else "exhibit_beside", name=name)]
        if exhibit.number in self.shown.pages:
            said.append(say.say("exhibit_sealed"))
        elif exhibit.number in self.shown.pictures:
            said.append(say.say("exhibit_shown"))
        part.text(*said)
        if exhibit.sha256:
            eights = " ".join(exhibit.sha256[n : n + 8] for n in range(0, len(exhibit.sha256), 8))
            part.text(say.say("exhibit_mark", mark=eights), style="small")

    def _picture(self, parent: Element, exhibit: Exhibit) -> Later:
        wide, high = self.shown.pictures[exhibit.number]
        scale = min(WIDTH / wide, PICTURE_HIGH / high, 1.0 if max(wide, high) > 200 else 2.0)
        figure = parent.add("Figure", alt=self.say.bare("exhibit_alt", name=exhibit.title))
        return Later(figure, f"{SHOWN}{exhibit.number}", wide * scale, high * scale, self.shown)


def _cut(line: str) -> str:
    flat = " ".join(line.split())
    return flat if len(flat) <= LINE_ON_FRONT else flat[:LINE_ON_FRONT].rsplit(" ", 1)[0] + " …"
