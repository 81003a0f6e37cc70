"""Large things inside a finished PDF, written a block at a time: memory stays small however large they are.

A PDF may be added to at its end (ISO 32000-1, 7.5.6). The file is finished with small stand-ins; then each real thing
is written after it under the stand-in's number, straight from where it lies encrypted, and a new list of places ends
the file. pikepdf and pyHanko hold every byte of an attachment in memory instead.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from asbdesk.errors import NotWhole

BLOCK = 1 << 20
SHOWN = "/Shown"
"""How the names of pictures begin that a page shows and that come later."""


@dataclass(frozen=True)
class Thing:
    """One large thing. `open` gives a stream of exactly `size` bytes."""

    entries: str
    """What its dictionary says beside `/Length`."""
    size: int
    open: Callable[[], BinaryIO]


@dataclass
class Attachment:
    """A file to be embedded. `media`: its MIME type; `relation`: of PDF/A-3."""

    name: str
    told: str
    media: str
    size: int
    open: Callable[[], BinaryIO]
    relation: str = "/Supplement"


@dataclass
class Places:
    """The numbers of the stand-ins in a finished file, and what the list at its end must say."""

    attachments: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, int] = field(default_factory=dict)
    size: int = 0
    root: str = ""
    info: str = ""
    mark: bytes = b""


def announce(pdf: pikepdf.Pdf, attachments: Iterable[Attachment]) -> None:
    """Stand-ins for attachments, as PDF/A-3 wants them: each with its relation, and tied to the document."""
    names, every = Array(), Array()
    for each in sorted(attachments, key=lambda a: a.name):
        stand_in = pdf.make_stream(b" ", Type=Name.EmbeddedFile, Subtype=Name("/" + each.media))
        stand_in.Params = Dictionary(Size=each.size)
        spec = Dictionary(Type=Name.Filespec, AFRelationship=Name(each.relation))
        spec.F = spec.UF = String(each.name)
        spec.Desc = String(each.told)
        spec.EF = Dictionary(F=stand_in, UF=stand_in)
        spec = pdf.make_indirect(spec)
        names.append(String(each.name))
        names.append(spec)
        every.append(spec)
    if len(every):
        if "/Names" not in pdf.Root:
            pdf.Root.Names = Dictionary()
        pdf.Root.Names.EmbeddedFiles = Dictionary(Names=names)
        pdf.Root.AF = every


def stand_in_picture(pdf: pikepdf.Pdf, page: int, name: str) -> None:
    """A picture that the page shows under `name`, of which only the place is there."""
    made = pdf.make_stream(b"\xff\xff\xff", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1)
    made.ColorSpace, made.BitsPerComponent = Name.DeviceRGB, 8
    resources = pdf.pages[page].obj.Resources
    if "/XObject" not in resources:
        resources.XObject = Dictionary()
    resources.XObject[Name(name)] = made


def places(file: BinaryIO) -> Places:
    """Where the stand-ins of a finished file are."""
    found = Places()
    with pikepdf.open(file) as pdf:
        if "/AF" in pdf.Root:
            for spec in pdf.Root.AF:
                found.attachments[str(spec.UF)] = spec.EF.F.objgen[0]
        for page in pdf.pages:
            for name, what in page.resources.get("/XObject", {}).items():
                if name.startswith(SHOWN):
                    found.pictures[name] = what.objgen[0]
        found.size = int(pdf.trailer.Size)
        found.root = "{} {} R".format(*pdf.Root.objgen)
        found.info = "{} {} R".format(*pdf.trailer.Info.objgen)
        found.mark = bytes(pdf.trailer.ID[0])
    return found


class Appending:
    """Adds to the end of a finished PDF. `write` takes bytes; `length`: of the file so far; `before`: its last list."""

    def __init__(self, write: Callable[[bytes], object], length: int, before: int, known: Places) -> None:
        self._write, self.at, self.before, self.known = write, length, before, known
        self._where: dict[int, int] = {}

    def _put(self, data: bytes) -> None:
        self._write(data)
        self.at += len(data)

    def add(self, number: int, thing: Thing) -> Iterator[int]:
        """Write one thing under a stand-in's number; gives how many bytes after each block. Raises NotWhole."""
        self._put(b"\n")
        self._where[number] = self.at
        self._put(f"{number} 0 obj\n<<{thing.entries} /Length {thing.size}>>\nstream\n".encode())
        left = thing.size
        with thing.open() as stream:
            while left and (block := stream.read(min(BLOCK, left))):
                self._put(block)
                left -= len(block)
                yield len(block)
            if left or stream.read(1):
                raise NotWhole("A file is not as long as its record says. Run “asbdesk check”.")
        self._put(b"\nendstream\nendobj\n")

    def end(self) -> None:
        """The list of places; nothing where nothing was added."""
        if not self._where:
            return
        number, start = self.known.size, self.at
        self._where[number] = start
        numbers = sorted(self._where)
        listed = b"".join(struct.pack(">BQH", 1, self._where[n], 0) for n in numbers)
        index = " ".join(f"{n} 1" for n in numbers)
        mark = self.known.mark.hex()
        said = (
            f"/Type /XRef /Size {number + 1} /W [1 8 2] /Index [{index}] /Root {self.known.root} "
            f"/Info {self.known.info} /ID [<{mark}> <{mark}>] /Prev {self.before} /Length {len(listed)}"
        )
        self._put(f"{number} 0 obj\n<<{said}>>\nstream\n".encode())
        self._put(listed)
        self._put(f"\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n".encode())


def last_list(tail: bytes) -> int:
    """Where the last list of places begins, from the end of a file."""
    return int(tail[tail.rindex(b"startxref") + 9 :].split()[0])


def as_attachment(each: Attachment) -> Thing:
    """An attachment as it is written."""
    media = "".join(c if c.isalnum() or c in "-.+" else f"#{ord(c):02X}" for c in each.media)
    return Thing(f"/Type /EmbeddedFile /Subtype /{media} /Params <</Size {each.size}>>", each.size, each.open)


def as_picture(jpeg: bytes, wide: int, high: int) -> Thing:
    """A picture (JPEG, three colours) as it is written."""
    import io

    said = f"/Type /XObject /Subtype /Image /Width {wide} /Height {high} /ColorSpace /DeviceRGB /BitsPerComponent 8"
    return Thing(f"{said} /Filter /DCTDecode", len(jpeg), lambda: io.BytesIO(jpeg))
