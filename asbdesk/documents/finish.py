"""The finishing pass: what ReportLab drew becomes a tagged, archival file (PDF/UA-1, PDF/A-2a)."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from asbdesk.clock import LONDON, parse_instant
from asbdesk.documents.glyphs import Used, embed
from asbdesk.documents.tags import Element, LinkAt, Piece, SealPlace
from asbdesk.paths import resources

PRINTED_AND_LOCKED = 132
"""Annotation flags of the seal: Print (4) and Locked (128)."""


@dataclass(frozen=True)
class About:
    """What the file says about itself. `made` is an instant."""

    title: str
    author: str
    made: str
    lang: str = "en-GB"
    tool: str = "asbdesk"
    """The program's name; a pocket card does not even say that."""
    code: str = ""
    """What the code on its feet says (`documents.code.kept`)."""
    part: int = 2
    """Of PDF/A: 3 where files are embedded."""


@cache
def _colour_profile() -> bytes:
    return (resources() / "colour" / "sRGB.icc").read_bytes()


class _Tree:
    """Builds the structure tree and the parent tree of one file."""

    def __init__(self, pdf: pikepdf.Pdf, owners: list[list[Element]]) -> None:
        self.pdf = pdf
        self.pages: list[Any] = [page.obj for page in pdf.pages]
        self.owners: list[list[Any]] = [[None] * len(page) for page in owners]
        self.parents: dict[int, Any] = {}
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))

    def build(self, root: Element) -> None:
        self.root.K = Array([self._element(root, self.root)])
        numbers = Array()
        for number, page in enumerate(self.pages):
            page.StructParents = number
            page.Tabs = Name.S
            numbers.append(number)
            numbers.append(self.pdf.make_indirect(Array(self.owners[number])))
        for key in sorted(self.parents):
            numbers.append(key)
            numbers.append(self.parents[key])
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=numbers))
        self.root.ParentTreeNextKey = len(self.pages) + len(self.parents)
        self.pdf.Root.StructTreeRoot = self.root

    def _element(self, element: Element, parent: Any) -> Any:
        made = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.role), P=parent))
        for key, text in _said(element):
            if text:
                made[Name(key)] = String(text)
        if attributes := _attributes(element):
            made.A = attributes
        first = next((kid.page for kid in element.kids if isinstance(kid, Piece)), -1)
        kids = [self._kid(kid, made, first) for kid in element.kids]
        if first >= 0:
            made.Pg = self.pages[first]
        if element.seal is not None:
            # pyHanko knows a tagged file's later signatures only if /K is the reference itself, not an array.
            made.K = self._seal(element.seal, made)
        elif kids:
            made.K = kids[0] if len(kids) == 1 else Array(kids)
        return made

    def _kid(self, kid: Element | Piece | LinkAt, parent: Any, first: int) -> Any:
        """A child; a piece of the page `first`, which the element itself names, is its number alone."""
        if isinstance(kid, Element):
            return self._element(kid, parent)
        page = self.pages[kid.page]
        if isinstance(kid, Piece):
            self.owners[kid.page][kid.number] = parent
            return kid.number if kid.page == first else Dictionary(Type=Name.MCR, Pg=page, MCID=kid.number)
        link = page.Annots[kid.number]
        link.F = 4
        if "/Contents" not in link:
            link.Contents = String(str(link.A.URI) if "/A" in link and "/URI" in link.A else "Link")
        return self._reference(link, page, parent)

    def _reference(self, annotation: Any, page: Any, owner: Any) -> Any:
        key = len(self.pages) + len(self.parents)
        self.parents[key] = owner
        annotation.StructParent = key
        return Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)

    def _seal(self, place: SealPlace, owner: Any) -> Any:
        page = self.pages[place.page]
        left, low, right, high = place.rect
        # An unsigned field too must have an appearance of its own (PDF/A-2, 6.3.3); nothing is drawn in it yet.
        empty = self.pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, Resources=Dictionary())
        empty.BBox = Array([0, 0, right - left, high - low])
        widget = self.pdf.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, F=PRINTED_AND_LOCKED, P=page)
        )
        widget.T, widget.TU, widget.Rect = String(place.name), String(place.label), Array(place.rect)
        widget.AP = Dictionary(N=empty)
        if "/AcroForm" not in self.pdf.Root:
            self.pdf.Root.AcroForm = self.pdf.make_indirect(Dictionary(Fields=Array(), SigFlags=1))
        self.pdf.Root.AcroForm.Fields.append(widget)
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(widget)
        owner.Pg = page
        return self._reference(widget, page, owner)


def _said(element: Element) -> tuple[tuple[str, str], ...]:
    told = (("/Lang", element.lang), ("/Alt", element.alt), ("/ActualText", element.actual), ("/T", element.title))
    return tuple((key, text) for key, text in told if text)


def _attributes(element: Element) -> Any:
    if element.role == "TH":
        return Dictionary(O=Name.Table, Scope=Name.Column)
    if element.role == "L":
        return Dictionary(O=Name.List, ListNumbering=Name.Disc)
    if element.role == "Figure" and element.bbox:
        return Dictionary(O=Name.Layout, BBox=Array(element.bbox), Placement=Name.Block)
    return None


def finish(
    drawn: bytes,
    root: Element,
    owners: list[list[Element]],
    about: About,
    glyphs: Used | None = None,
    more: Callable[[pikepdf.Pdf], None] | None = None,
) -> bytes:
    """`drawn` by a `TaggedCanvas`, with its structure, description, colour space and the fonts of shaped `glyphs`.

    `more` puts in what was not drawn (pages of other files, attachments) before the structure is built.
    """
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        embed(pdf, glyphs or Used())
        if more is not None:
            more(pdf)
        _Tree(pdf, owners).build(root)
        catalogue = pdf.Root
        catalogue.Lang = String(about.lang)
        catalogue.MarkInfo = Dictionary(Marked=True)
        catalogue.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        _add_colour(pdf)
        _add_description(pdf, about)
        out = io.BytesIO()
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
            deterministic_id=True,
        )
        return out.getvalue()


def _add_colour(pdf: pikepdf.Pdf) -> None:
    profile = pdf.make_stream(_colour_profile(), N=3, Alternate=Name.DeviceRGB)
    intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFA1, DestOutputProfile=profile)
    intent.OutputConditionIdentifier = intent.Info = String("sRGB IEC61966-2.1")
    intent.RegistryName = String("http://www.color.org")
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def _add_description(pdf: pikepdf.Pdf, about: About) -> None:
    """The same facts in the old dictionary and in XMP: PDF/A wants them equal."""
    made = parse_instant(about.made).astimezone(LONDON).replace(microsecond=0)
    offset = made.utcoffset() or dt.timedelta()
    hours = int(offset.total_seconds()) // 3600
    stamp = String(f"D:{made:%Y%m%d%H%M%S}+{hours:02d}'00'")
    facts = Dictionary(CreationDate=stamp, ModDate=stamp, Creator=String(about.tool), Producer=String(about.tool))
    facts.Title, facts.Author = String(about.title), String(about.author)
    pdf.trailer.Info = pdf.make_indirect(facts)
    said = (escape(text, {'"': "&quot;"}) for text in (about.title, about.author, about.lang, made.isoformat()))
    title, author, lang, when = said
    code = f"<dc:identifier>{escape(about.code)}</dc:identifier>" if about.code else ""
    xmp = XMP.format(title=title, author=author, lang=lang, when=when, tool=about.tool, part=about.part, code=code)
    pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)


XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>{code}
<pdf:Producer>{tool}</pdf:Producer><xmp:CreatorTool>{tool}</xmp:CreatorTool>
<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>
<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
"""PDF/A asks that a file which uses the PDF/UA schema also declares it. (Without x:xmptk: nothing checks it.)"""
