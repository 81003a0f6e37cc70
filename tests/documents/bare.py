"""The floor for speed: the same sentences through plain ReportLab, then a plain pyHanko signature."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from asbdesk.documents.authority import Identity
from asbdesk.documents.paper import PlanPaper, Turn

Sentence = tuple[str, Any]
"""Markup and style."""


def story_of(paper: PlanPaper) -> list[tuple[str, Any]]:
    """What the plan prints, without its structure: (`text`, sentence), (`table`, rows) or (`ink`, strokes)."""
    from asbdesk.documents.blocks import Grid, Text
    from asbdesk.documents.drawings import Signature
    from asbdesk.documents.pages import STANDARD, TIGHT
    from asbdesk.documents.plan_parts import back_of, front_of
    from asbdesk.documents.words import words

    say = words("plan")
    sides = (front_of(paper, say, STANDARD, False), back_of(paper, say, TIGHT, Turn.SEALED, columns=True))
    told: list[tuple[str, Any]] = []
    for flowable in (found for side in sides for found in _leaves(side.flowables)):
        if isinstance(flowable, Grid):
            told.append(("table", [[_sentence(cell) for cell in row] for row in flowable._cellvalues]))
        elif isinstance(flowable, Signature):
            told.append(("ink", list(flowable._fitted())))
        elif isinstance(flowable, Text):
            told.append(("text", _sentence(flowable)))
    return told


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
