"""Pages of a sealed paper inside a longer file: shown as they are, with their own structure for screen readers.

A seal does not survive a move, so the sealed file itself goes along as an attachment; what its fields show is drawn
into the page.
"""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from asbdesk.documents.tags import Element, LinkAt, Piece

Owners = list[list[Any]]
"""For each page, the element of each marked piece."""


def enclose(into: pikepdf.Pdf, source: pikepdf.Pdf, first: int, holder: Element, owners: Owners) -> None:
    """Put the pages of `source` in place of the pages from `first` on, keeping what those show on top (a stamp); its
    structure goes under `holder`. `source` stays open until `into` is saved."""
    _Enclosing(into, source, first, owners).run(holder)


class _Enclosing:
    def __init__(self, into: pikepdf.Pdf, source: pikepdf.Pdf, first: int, owners: Owners) -> None:
        self.into, self.source, self.first, self.owners = into, source, first, owners
        self.pages = {page.obj.objgen: first + n for n, page in enumerate(source.pages)}
        self.fields: dict[Any, Element] = {}
        """Annotation → the element it is announced by."""
        self.links: dict[Any, LinkAt] = {}

    def run(self, holder: Element) -> None:
        for n, page in enumerate(self.source.pages):
            self._page(self.into.pages[self.first + n], page, self.first + n)
        tree = self.source.Root.get("/StructTreeRoot")
        for kid in _list(tree.get("/K")) if tree is not None else ():
            self._kid(kid, holder, self.first)

    # ---- what is seen
    def _page(self, carrier: pikepdf.Page, page: pikepdf.Page, number: int) -> None:
        stamp = self._stamp(carrier)
        resources = _resources(self.into, self.source, page)
        if "/XObject" not in resources:
            resources.XObject = Dictionary()
        page.contents_coalesce()
        drawn = [b"q\n", page.obj.Contents.read_bytes() if "/Contents" in page.obj else b"", b"\nQ\n"]
        self._annotations(page, number, resources, drawn, carrier)
        resources.XObject[Name("/Stamp")] = stamp
        drawn.append(b"/Artifact <</Type /Pagination /Subtype /Header>> BDC q /Stamp Do Q EMC\n")
        carrier.obj.Contents = self.into.make_stream(b"".join(drawn))
        carrier.obj.Resources = self.into.make_indirect(resources)
        carrier.obj.MediaBox = Array(page.mediabox)

    def _stamp(self, carrier: pikepdf.Page) -> Any:
        """What the page shows on top, as it is now: pikepdf's own form would follow what the page becomes."""
        carrier.contents_coalesce()
        made = self.into.make_stream(carrier.obj.Contents.read_bytes(), Type=Name.XObject, Subtype=Name.Form)
        made.BBox, made.Resources = Array(carrier.mediabox), carrier.obj.Resources
        return made

    def _annotations(
        self, page: pikepdf.Page, number: int, resources: Any, drawn: list[bytes], carrier: pikepdf.Page
    ) -> None:
        pieces = _highest(page) + 1
        for n, annotation in enumerate(_list(page.obj.get("/Annots"))):
            if annotation.get("/Subtype") == Name.Link:
                self.links[annotation.objgen] = self._link(annotation, number, carrier)
            elif "/AP" in annotation and isinstance(annotation.AP.get("/N"), pikepdf.Stream):
                name = f"/Field{n}"
                resources.XObject[Name(name)] = self.into.copy_foreign(annotation.AP.N)
                figure = Element("Figure", alt=str(annotation.get("/TU", annotation.get("/T", "Seal"))))
                figure.bbox = tuple(float(v) for v in annotation.Rect)  # type: ignore[assignment]
                figure.kids.append(Piece(number, pieces))
                self._own(number, pieces, figure)
                self.fields[annotation.objgen] = figure
                drawn.append(_placed(annotation, name, pieces))
                pieces += 1

    def _link(self, annotation: Any, number: int, carrier: pikepdf.Page) -> LinkAt:
        made = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array(annotation.Rect), Border=Array([0, 0, 0]))
        if "/A" in annotation and "/URI" in annotation.A:
            made.A = Dictionary(S=Name.URI, URI=String(str(annotation.A.URI)))
        made.Contents = String(str(annotation.get("/Contents", "Link")))
        if "/Annots" not in carrier.obj:
            carrier.obj.Annots = Array()
        carrier.obj.Annots.append(self.into.make_indirect(made))
        return LinkAt(number, len(carrier.obj.Annots) - 1)

    # ---- what is heard
    def _kid(self, kid: Any, parent: Element, page: int) -> None:
        if isinstance(kid, int):
            self._piece(page, kid, parent)
        elif kid.get("/Type") == Name.MCR:
            self._piece(self.pages.get(kid.Pg.objgen, page) if "/Pg" in kid else page, int(kid.MCID), parent)
        elif kid.get("/Type") == Name.OBJR:
            self._object(kid.Obj, parent)
        elif "/S" in kid:
            self._element(kid, parent, page)

    def _element(self, old: Any, parent: Element, page: int) -> None:
        page = self.pages.get(old.Pg.objgen, page) if "/Pg" in old else page
        kids = _list(old.get("/K"))
        field = next((self.fields.get(k.Obj.objgen) for k in kids if _is_reference(k)), None)
        if field is not None:
            field.parent = parent
            parent.kids.append(field)
            return
        role = str(old.S).lstrip("/")
        # one file is one document: another inside it is a part of it
        made = parent if role == "Document" else parent.add(role)
        if made is not parent:
            _dress(made, old)
        for kid in kids:
            self._kid(kid, made, page)

    def _object(self, annotation: Any, parent: Element) -> None:
        if annotation.objgen in self.links:
            parent.kids.append(self.links[annotation.objgen])

    def _piece(self, page: int, number: int, owner: Element) -> None:
        owner.kids.append(Piece(page, number))
        self._own(page, number, owner)

    def _own(self, page: int, number: int, owner: Element) -> None:
        of = self.owners[page]
        of += [None] * (number + 1 - len(of))
        of[number] = owner


def _dress(made: Element, old: Any) -> None:
    for field, key in (("lang", "/Lang"), ("alt", "/Alt"), ("actual", "/ActualText"), ("title", "/T")):
        if key in old:
            setattr(made, field, str(old[key]))
    attributes = old.get("/A")
    for each in attributes if isinstance(attributes, Array) else [attributes] if attributes is not None else []:
        if isinstance(each, Dictionary) and "/BBox" in each:
            made.bbox = tuple(float(v) for v in each.BBox)  # type: ignore[assignment]


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _is_reference(kid: Any) -> bool:
    return not isinstance(kid, int) and kid.get("/Type") == Name.OBJR


def _highest(page: pikepdf.Page) -> int:
    """The highest number of a marked piece on a page; -1 for none."""
    import re

    found = re.findall(rb"/MCID\s+(\d+)", page.obj.Contents.read_bytes() if "/Contents" in page.obj else b"")
    return max((int(n) for n in found), default=-1)


def _placed(annotation: Any, name: str, piece: int) -> bytes:
    """What a field shows, drawn into the page where the field stood."""
    left, low, right, high = (float(v) for v in annotation.Rect)
    x0, y0, x1, y1 = (float(v) for v in annotation.AP.N.BBox)
    wide, tall = (right - left) / ((x1 - x0) or 1), (high - low) / ((y1 - y0) or 1)
    at = f"{wide:.5f} 0 0 {tall:.5f} {left - x0 * wide:.4f} {low - y0 * tall:.4f} cm"
    return f"/Figure <</MCID {piece}>> BDC q {at} {name} Do Q EMC\n".encode()


def _resources(into: pikepdf.Pdf, source: pikepdf.Pdf, page: pikepdf.Page) -> Any:
    """A copy of what a page draws with, to be added to."""
    own = page.resources
    copied: Any = into.copy_foreign(own if own.is_indirect else source.make_indirect(own))
    return Dictionary(copied)
