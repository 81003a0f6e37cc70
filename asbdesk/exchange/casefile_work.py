"""One case file on its way out: its PDF, its folder, each file a block at a time from where it lies encrypted."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

from asbdesk.casework.casefile.exhibits import Lies, file_name
from asbdesk.errors import NotWhole
from asbdesk.exchange.bagit import BLOCK, Bag, Counted
from asbdesk.exchange.safe_csv import disarmed

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk
    from asbdesk.documents.casefile import CaseFile, Exhibit
    from asbdesk.documents.casefile_parts import Shown
    from asbdesk.documents.released import Released
    from asbdesk.documents.streamed import Attachment

Told = Callable[[int, int], None]
"""How much is done, of how much; raises where the officer said stop."""
ROW = 40_000
"""What a row counts beside the bytes of files, in progress."""


@dataclass
class Outgoing:
    """One case file on its way out."""

    desk: Desk
    released: Released[CaseFile]
    told: Told
    lies: dict[int, Lies] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    done: int = 0
    of: int = 1

    @property
    def file(self) -> CaseFile:
        return self.released.what

    @property
    def here(self) -> list[Exhibit]:
        """The exhibits whose files are on this laptop."""
        return [e for e in self.file.exhibits if e.number in self.lies]

    def step(self, much: int) -> None:
        self.done = min(self.done + much, self.of)
        self.told(self.done, self.of)

    def finished(self) -> None:
        self.told(self.of, self.of)

    def rows(self, done: int, of: int) -> None:
        self.step(ROW)


# ---- the PDF
def pdf_into(work: Outgoing, out: Counted, *, inside: bool) -> None:
    """The PDF into `out`; its large things after it, each straight from where it lies encrypted."""
    from asbdesk.documents import streamed
    from asbdesk.documents.bundle import make

    shown, attached = _shown(work, inside), _attached(work) if inside else {}
    drawn = make(
        work.released, shown, sealed=lambda number: _whole(work, number), attachments=tuple(attached.values()),
        told=work.rows,
    )  # fmt: skip
    out.write(drawn)
    known = streamed.places(io.BytesIO(drawn))
    more = streamed.Appending(out.write, len(drawn), streamed.last_list(drawn[-64:]), known)
    del drawn
    for exhibit in work.here:
        if exhibit.number in shown.pictures and f"{streamed.SHOWN}{exhibit.number}" in known.pictures:
            _add_picture(work, more, known.pictures[f"{streamed.SHOWN}{exhibit.number}"], exhibit)
        if exhibit.number in attached:
            one = attached[exhibit.number]
            for size in more.add(known.attachments[one.name], streamed.as_attachment(one)):
                work.step(size)
    more.end()


def _add_picture(work: Outgoing, more: Any, number: int, exhibit: Exhibit) -> None:
    from asbdesk.documents.pictures import for_paper
    from asbdesk.documents.streamed import as_picture

    with _open(work, exhibit.number) as stream:
        picture = for_paper(stream)
    for _ in more.add(number, as_picture(*picture)):
        work.step(0)
    work.step(work.lies[exhibit.number].size)


def _shown(work: Outgoing, inside: bool) -> Shown:
    from asbdesk.documents.bundle import pages_of
    from asbdesk.documents.casefile_parts import Shown
    from asbdesk.documents.pictures import size_of

    pages: dict[int, int] = {}
    pictures: dict[int, tuple[int, int]] = {}
    for exhibit in work.here:
        if exhibit.sealed:
            pages[exhibit.number] = pages_of(_whole(work, exhibit.number))
        elif exhibit.picture:
            with _open(work, exhibit.number) as stream:
                size = size_of(stream)
            if size is not None:
                pictures[exhibit.number] = size
        work.step(0)
    names = {e.number: file_name(e) if inside else f"exhibits/{file_name(e)}" for e in work.here}
    return Shown(pages, pictures, names, inside)


def _attached(work: Outgoing) -> dict[int, Attachment]:
    from asbdesk.documents.streamed import Attachment

    def one(exhibit: Exhibit) -> Attachment:
        number, relation = exhibit.number, "/Source" if exhibit.sealed else "/Supplement"
        media = exhibit.media if "/" in exhibit.media else "application/octet-stream"
        size = work.lies[number].size
        return Attachment(file_name(exhibit), exhibit.title, media, size, lambda: _checked(work, number), relation)

    return {exhibit.number: one(exhibit) for exhibit in work.here}


# ---- the files
def _open(work: Outgoing, number: int) -> BinaryIO:
    found = work.lies[number]
    return work.desk.files.open(found.blob, found.key)  # type: ignore[return-value]


def _whole(work: Outgoing, number: int) -> bytes:
    """A sealed paper's bytes: a few pages. Raises NotWhole."""
    with _checked(work, number) as stream:
        return b"".join(iter(lambda: stream.read(BLOCK), b""))


def _checked(work: Outgoing, number: int) -> BinaryIO:
    found = work.lies[number]
    return _Checked(_open(work, number), found)  # type: ignore[return-value]


class _Checked(io.RawIOBase):
    """A kept file that is compared with the mark made when it was taken in, once it was read to its end."""

    def __init__(self, stream: BinaryIO, lies: Lies) -> None:
        super().__init__()
        self._stream, self._lies, self._mark = stream, lies, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        block = self._stream.read(size)
        self._mark.update(block)
        if not block and self._lies.sha256 and self._mark.hexdigest() != self._lies.sha256:
            raise NotWhole("A file of this case is not the one its record was written about. Run “asbdesk check”.")
        return block

    def close(self) -> None:
        self._stream.close()
        super().close()


# ---- the folder
def fill(work: Outgoing, case: str, bag: Bag) -> None:
    """Write the case file, its exhibits, its tables and its entries into a folder that anybody can check."""
    target = bag.folder / "data" / "case-file.pdf"
    with target.open("xb") as out:
        counted = Counted(out)
        pdf_into(work, counted, inside=False)
    bag.took("case-file.pdf", counted.sha256, counted.size)
    for exhibit in work.here:
        bag.write(f"exhibits/{file_name(exhibit)}", _blocks(work, exhibit.number))
    for n, chapter in enumerate(work.file.chapters, 2):
        for m, table in enumerate(chapter.tables, 1):
            if table.lines:
                rows = [[*table.head, "Not for the resident"]]
                rows += [[*line.cells, "yes" if line.private else ""] for line in table.lines]
                bag.write(f"tables/{n:02d}-{chapter.id}-{m}.csv", [_csv(rows)])
    bag.write("case-file.json", [_json(work.file)])
    file = work.file
    if file.copy == "investigator" and not file.left_out:
        from asbdesk.exchange.history_out import history_of

        bag.write("history.json", [work.desk.read(history_of, case).encode()])


def _blocks(work: Outgoing, number: int) -> Iterator[bytes]:
    with _checked(work, number) as stream:
        while block := stream.read(BLOCK):
            yield block
            work.step(len(block))


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([disarmed(cell) for cell in row] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def _json(file: CaseFile) -> bytes:
    told = asdict(file)
    for chapter in told["chapters"]:
        for table in chapter["tables"]:
            for line in table["lines"]:
                del line["about"]
    del told["left_out"]
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
