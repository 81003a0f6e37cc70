"""A share pack: chosen records of a case in plain words for another body, and the chosen files, locked in one PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from asbdesk.clock import london_day, long_day
from asbdesk.documents.released import Released
from asbdesk.documents.words import Words, words

if TYPE_CHECKING:
    from asbdesk.documents.pages import Paper, Section


@dataclass(frozen=True)
class Told:
    """One record, as the file shows it."""

    id: str
    group: str
    """The part of the case it stands in."""
    title: str
    when: str = ""
    lines: tuple[str, ...] = ()
    text: str = ""

    @property
    def words(self) -> str:
        """All its words."""
        return "\n".join((self.title, *self.lines, self.text))


@dataclass(frozen=True)
class Attached:
    """A file that goes with it. `size` in bytes; `sha256` of the bytes as they were taken."""

    id: str
    name: str
    size: int
    sha256: str
    came: str = ""


@dataclass(frozen=True)
class Pack:
    """What another body is given, and on what terms."""

    reference: str
    landlord: str
    officer: str
    number: str
    to: str
    person: str
    purpose: str
    permission: str
    basis: str
    until: str
    """A day."""
    told: tuple[Told, ...]
    files: tuple[Attached, ...] = ()


def make(released: Released[Pack], *, language: str = "en") -> bytes:
    """The paper as a tagged PDF, without its files and not yet locked."""
    from asbdesk.documents.finish import About
    from asbdesk.documents.fonts import printable
    from asbdesk.documents.pages import STANDARD, Paper, narrowed, render

    say, pack = words("share_pack", language), released.what
    page = Paper(narrowed(STANDARD, body=11, leading=15, title=23, heading=14, before_heading=12))
    for part in (_top(page, pack, say, released.at), *_groups(page, pack), _files(page, pack, say)):
        page.flowables += part.flowables

    def footer(at: int, of: int) -> tuple[str, str]:
        return printable(say.bare("footer", reference=pack.reference, to=pack.to)), f"{at} / {of}"

    about = About(printable(say.bare("title")), printable(pack.landlord), released.at, f"{say.language}-GB")
    return render([page], about, footer)


def _top(page: Paper, pack: Pack, say: Words, at: str) -> Section:
    top = page.section(say.say("title"), style="title", role="H1")
    to = f"{pack.person}, {pack.to}" if pack.person else pack.to
    top.text(say.say("to", to=to, landlord=pack.landlord, reference=pack.reference), style="strong")
    top.text(say.say("made", day=long_day(london_day(at)), officer=pack.officer, number=pack.number))
    boxed = page.section(say.say("terms.heading"), style="box_heading")
    boxed.text(say.say("terms.purpose", purpose=pack.purpose))
    boxed.text(say.say(f"terms.{pack.permission}"))
    if pack.basis:
        boxed.text(say.say("terms.basis", basis=pack.basis))
    boxed.text(say.say("terms.until", day=long_day(pack.until)), say.say("terms.ask", number=pack.number))
    boxed.flowables[-1].style = page.styles["last"]
    top.flowables += boxed.boxed()
    return top


def _groups(page: Paper, pack: Pack) -> Iterable[Section]:
    from asbdesk.documents.fonts import markup

    for name in dict.fromkeys(told.group for told in pack.told):
        part = page.section(markup(name))
        for told in pack.told:
            if told.group == name:
                day = f" ({markup(told.when)})" if told.when else ""
                part.text(f"<b>{markup(told.title)}</b>{day}", style="lead")
                part.items(markup(line) for line in told.lines if line)
                for paragraph in told.text.splitlines():
                    if paragraph.strip():
                        part.text(markup(paragraph.strip()))
        yield part


def _files(page: Paper, pack: Pack, say: Words) -> Section:
    from asbdesk.documents.fonts import markup
    from asbdesk.documents.pages import Section

    if not pack.files:
        return Section(page, page.root)
    part = page.section(say.say("files.heading"))
    part.lead(say.say("files.where"))
    head = [say.say(f"files.{name}") for name in ("name", "came", "mark")]
    rows = [[markup(f.name), markup(f.came), markup(" ".join(_in_eights(f.sha256)))] for f in pack.files]
    part.grid(head, rows, (0.3, 0.2, 0.5))
    return part


def _in_eights(mark: str) -> list[str]:
    return [mark[at : at + 8] for at in range(0, len(mark), 8)]


def locked(pdf: bytes, files: Iterable[tuple[str, bytes]], password: str) -> bytes:
    """The paper with `files` (name, bytes) inside it, encrypted by AES-256 under `password`; screen readers may read
    it. It no longer calls itself an archive file, because those are never locked."""
    import secrets

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as paper:
        for name, data in files:
            paper.attachments[_free(name, paper.attachments.keys())] = data
        told = paper.Root.Metadata.read_bytes()
        paper.Root.Metadata.write(re.sub(rb"<pdfaid:(part|conformance)>[^<]*</pdfaid:\1>", b"", told))
        if paper.attachments:
            paper.Root.PageMode = pikepdf.Name.UseAttachments
        lock = pikepdf.Encryption(user=password, owner=secrets.token_urlsafe(32), R=6, aes=True)
        out = io.BytesIO()
        paper.save(out, encryption=lock)
        return out.getvalue()


def _free(name: str, taken: Iterable[str]) -> str:
    """The name, or the next free one: two files of a phone are often called alike."""
    known, stem, n = set(taken), name, 1
    while stem in known:
        n += 1
        first, dot, last = name.rpartition(".")
        stem = f"{first} ({n}){dot}{last}" if dot else f"{name} ({n})"
    return stem
