"""What can be said of how a sealed file was changed: which pages, which fields, in which part of it.

Only for people to read beside the answer that a file is not whole: whoever changes a file can change this too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from asbdesk.documents.code import SHORT, Code, page_digest, read
from asbdesk.documents.reading import reading

MOST_THINGS = 20_000
"""So many objects of a file are walked; what is larger than that is not looked at page by page."""
_IDENTIFIER = re.compile(rb"dc:identifier(?:>|=\")([^<\"]{1,9000})")
"""As an element, or as the attribute that it becomes where a seal is put on."""


def what_changed(data: bytes) -> tuple[str, ...]:
    """Sentences, or none where nothing can be said. A damaged file may make it raise anything."""
    return tuple(_sentences(reading(data, strict=False), len(data)))


def code_of(reader: Any) -> Code | None:
    """What the file keeps of the code on its pages."""
    found = _IDENTIFIER.search(reader.root["/Metadata"].data) if "/Metadata" in reader.root else None
    return read(found[1].decode("ascii", "replace")) if found else None


def page_digests(reader: Any) -> list[str]:
    """Of each page as it stands in the file."""
    return [page_digest(_drawing(page)) for page in _pages(reader)]


def _drawing(page: Any) -> bytes:
    held = page.get_object()["/Contents"]
    data: bytes = b"".join(part.get_object().data for part in held) if isinstance(held, list) else held.data
    return data


def _pages(reader: Any) -> Iterator[Any]:
    """References to the pages, in their order."""
    for number in range(int(reader.root["/Pages"]["/Count"])):
        yield reader.find_page_for_modification(number)[0]


def _sentences(reader: Any, size: int) -> Iterator[str]:
    seals = list(reader.embedded_signatures)
    if not seals:
        return
    differing = _differing(reader)
    if differing:
        are = "is not as it was" if len(differing) == 1 else "are not as they were"
        yield f"What was drawn on {_named('page', differing)} {are} when the code on its pages was made."
    ends = max(int(seal.byte_range[2]) + int(seal.byte_range[3]) for seal in seals)
    known = {seal.signed_revision for seal in seals}
    parts = reader.xrefs.total_revisions
    for revision in range(min(known), parts):
        if revision not in known:
            yield from _of_part(reader, revision, parts)
    if size > ends and max(known) == parts - 1:
        yield f"{size - ends} signs stand behind the end of what was locked."


def _differing(reader: Any) -> list[int]:
    code = code_of(reader)
    if code is None or not code.pages:
        return []
    now = [digest[:SHORT] for digest in page_digests(reader)]
    return [n for n, (a, b) in enumerate(zip(now, code.pages, strict=False), 1) if a != b]


def _of_part(reader: Any, revision: int, parts: int) -> Iterator[str]:
    changed = {(ref.idnum, ref.generation) for ref in reader.xrefs.explicit_refs_in_revision(revision)}
    pages = [n for n, page in enumerate(_pages(reader), 1) if _touches(page, changed)]
    fields = [str(name) for name, ref in _fields(reader) if ref in changed]
    what = [_named("page", pages)] if pages else []
    what += [_named("field", [f"“{name}”" for name in fields])] if fields else []
    begun = f"The file has {parts} parts; part {revision + 1} was added after it was locked"
    yield f"{begun}, and changes {' and '.join(what)}." if what else f"{begun}."


def _named(what: str, which: list[Any]) -> str:
    said = [str(each) for each in which]
    if len(said) == 1:
        return f"{what} {said[0]}"
    return f"{what}s {', '.join(said[:-1])} and {said[-1]}"


def _fields(reader: Any) -> Iterator[tuple[str, tuple[int, int]]]:
    for field in reader.root["/AcroForm"]["/Fields"] if "/AcroForm" in reader.root else ():
        ref = field.get_object().container_ref
        yield field.get_object().get("/T", "?"), (ref.idnum, ref.generation)


_ELSEWHERE = {"/Parent", "/P", "/StructParent", "/StructParents", "/Dest", "/Popup"}


def _touches(page: Any, changed: set[tuple[int, int]]) -> bool:
    """Whether a page, or anything it draws, is among what changed. Fields that stand on it are told apart."""
    from pyhanko.pdf_utils import generic

    waiting: list[Any] = [page]
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < MOST_THINGS:
        here = waiting.pop()
        if isinstance(here, generic.IndirectObject):
            where, here = (here.idnum, here.generation), here.get_object()
            if where in seen or (isinstance(here, dict) and here.get("/Subtype") == "/Widget"):
                continue
            if where in changed:
                return True
            seen.add(where)
        if isinstance(here, dict):
            waiting += [value for key, value in here.items() if key not in _ELSEWHERE]
        elif isinstance(here, list):
            waiting += here
    return False
