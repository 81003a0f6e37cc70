"""The floor for speed: the same sentences through plain ReportLab, then a plain pyHanko signature."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from asbdesk.documents.authority import Identity
from asbdesk.documents.bilingual import Own
from asbdesk.documents.paper import PlanPaper, Turn

Sentence = tuple[str, Any]
"""Markup and style."""


def story_of(paper: PlanPaper, layout: str = "standard", own: Own | None = None) -> list[tuple[str, Any]]:
    """What the plan prints, without its structure: (`text`, sentence), (`table`, rows) or (`ink`, strokes)."""
    from asbdesk.documents.blocks import Grid, Text
    from asbdesk.documents.drawings import Signature
    from asbdesk.documents.shaped import Shaped

    told: list[tuple[str, Any]] = []
    for flowable in (found for side in _sides(paper, layout, own) for found in _leaves(side.flowables)):
        if isinstance(flowable, Grid):
            told.append(("table", [[_sentence(cell) for cell in row] for row in flowable._cellvalues]))
        elif isinstance(flowable, Signature):
            told.append(("ink", list(flowable._fitted())))
        elif isinstance(flowable, Text):
            told.append(("text", _sentence(flowable)))
        elif isinstance(flowable, Shaped):
            told.append(("text", (_plain(flowable), _shaping(flowable))))
    return told


def _sides(paper: PlanPaper, layout: str, own: Own | None) -> list[Any]:
    from asbdesk.documents.pages import LARGE, STANDARD, TIGHT
    from asbdesk.documents.plan_layouts import easy_side, two_languages
    from asbdesk.documents.plan_parts import back_of, front_of
    from asbdesk.documents.words import words

    if layout == "easy":
        return [easy_side(paper, own, Turn.SEALED)]
    if own is not None:
        return [two_languages(paper, own, Turn.SEALED, large=layout == "large")]
    say, large = words("plan"), layout == "large"
    front, back = (LARGE, LARGE) if large else (STANDARD, TIGHT)
    return [front_of(paper, say, front, False), back_of(paper, say, back, Turn.SEALED, columns=not large)]


def _face(flowable: Any) -> str:
    """Nastaliq's slope makes ReportLab's shaping fail: Naskh in its place, which is less to do."""
    face: str = flowable.script.face
    return "NotoNaskhArabic" if face == "NotoNastaliqUrdu" else face


def _plain(flowable: Any) -> str:
    """What ReportLab's shaping can take: one font, and no sign that it lacks."""
    from asbdesk.documents.shaped import plain
    from asbdesk.documents.shaping import covered

    known = covered(_face(flowable))
    return "".join(sign if ord(sign) in known else " " for sign in plain(flowable.source))


def _shaping(flowable: Any) -> Any:
    """ReportLab's own shaping, in the script's font: what any program would have to do at least."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    from asbdesk.paths import resources

    names = []
    for weight in ("Regular", "Bold"):
        names.append(f"bare-{_face(flowable)}-{weight}")
        if names[-1] not in pdfmetrics.getRegisteredFontNames():
            file = resources() / "fonts" / f"{_face(flowable)}-{weight}.ttf"
            pdfmetrics.registerFont(TTFont(names[-1], str(file), shapable=True))
    pdfmetrics.registerFontFamily(names[0], names[0], names[1], names[0], names[1])
    bold = "Bold" in flowable.style.fontName
    return ParagraphStyle("shaped", flowable.style, fontName=names[bold], shaping=1, leading=flowable.leading)


def _leaves(flowables: list[Any]) -> Iterator[Any]:
    from asbdesk.documents.blocks import Whole

    for flowable in flowables:
        if isinstance(flowable, Whole):
            yield from _leaves(flowable.parts())
        else:
            yield flowable


def _sentence(text: Any) -> Sentence:
    return text.source, text.style


def draw(story: list[tuple[str, Any]]) -> bytes:
    """The story as an untagged PDF, in one column."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    flowables: list[Any] = []
    for kind, what in story:
        if kind == "table":
            rows = [[Paragraph(*sentence) for sentence in row] for row in what]
            flowables.append(Table(rows, colWidths=[240, 105, 150], repeatRows=1))
        elif kind == "ink":
            flowables.append(_Ink(what))
        else:
            flowables.append(Paragraph(*what))
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, leftMargin=40, rightMargin=40).build(flowables)
    return out.getvalue()


def _Ink(strokes: list[list[tuple[float, float]]]) -> Any:
    from reportlab.platypus import Flowable

    class Ink(Flowable):  # type: ignore[misc]
        def wrap(self, width: float, height: float) -> tuple[float, float]:
            return 230, 36

        def draw(self) -> None:
            path = self.canv.beginPath()
            for stroke in strokes:
                path.moveTo(*stroke[0])
                for point in stroke[1:]:
                    path.lineTo(*point)
            self.canv.drawPath(path)

    return Ink()


def signer(identity: Identity, authority: bytes) -> Callable[[bytes], bytes]:
    """Signs as pyHanko's own guide does: a signer made once, a new field, pyHanko's stamp."""
    from asn1crypto import keys, pem, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()
    store.register(x509.Certificate.load(pem.unarmor(authority)[2]))
    made = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(pem.unarmor(identity.cert_pem)[2]),
        signing_key=keys.PrivateKeyInfo.load(pem.unarmor(identity.key_pem)[2]),
        cert_registry=store,
    )
    about = signers.PdfSignatureMetadata(
        field_name="Seal", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, certify=True
    )

    def sign(pdf: bytes) -> bytes:
        out = io.BytesIO()
        signers.PdfSigner(about, signer=made).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out)
        return out.getvalue()

    return sign
