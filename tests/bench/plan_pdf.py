"""The sealed plan against the least that any program would do: bare ReportLab, then bare pyHanko."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from asbdesk.documents.paper import NextContact, PlanPaper, Signing, Step
from tests.bench.measure import Measured, medians, times_floor

FONTS = Path(__file__).parent.parent.parent / "resources" / "fonts"
AT = "2026-11-20T09:00:00.000Z"
PAPER = PlanPaper(
    landlord="Practice Homes",
    reference="ASB-2026-A0001",
    resident="Ms Rahima Begum",
    made_on="2026-11-20",
    version="1",
    officer="Dami Okafor",
    officer_number="0113 496 0101",
    officer_hours="Monday to Friday, 9 to 5",
    closed_number="0113 496 0999",
    told_us=("Banging and shouting from above most nights.", "A threat at the door on 16 November."),
    wants=("To sleep.", "Not to be named."),
    ours=tuple(Step(f"Fit a new door lock, part {n}", "Dami Okafor", by=f"2026-12-{n:02d}") for n in range(1, 7)),
    speak=NextContact("Dami Okafor", "ring", "2026-11-27", "10:00", "every Friday"),
    yours=(Step("Write down what happens", help="We leave a diary with you"),),
    cannot=(Step("Move you this month", help="There is no empty home of your size"),),
    review_by="2026-12-18",
    complaint_number="0113 496 0300",
    case_review_number="0113 496 0400",
    signing=Signing("agreed_aloud", "Ms Rahima Begum"),
)


def sealed_plan(rounds: int) -> Measured:
    """The current plan made and sealed, against a bare page of the same sentences with a bare signature."""
    from asbdesk.documents import authority, plan, seal
    from asbdesk.documents.released import Released

    root = authority.new_authority(PAPER.landlord, at=AT)
    officer = authority.issue(root, PAPER.officer, PAPER.landlord, at=AT)
    released = Released(PAPER, PAPER.resident, "plan", AT)
    bare_sign = _bare_signer(officer.cert_pem, officer.key_pem, root.cert_pem)

    def ours() -> object:
        made = plan.make(released)
        return seal.seal(made, officer, root.cert_pem, reason="The plan as agreed", at=AT)

    ours_ms, bare_ms = medians(rounds, ours, lambda: bare_sign(_bare_plan()))
    return times_floor("plan PDF, sealed", ours_ms, "ms", bare_ms, 1.3)


def _bare_plan() -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    for name, file in (("BenchSans", "NotoSans-Regular.ttf"), ("BenchBold", "NotoSans-Bold.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(FONTS / file)))
    body = ParagraphStyle("body", fontName="BenchSans", fontSize=11, leading=15)
    head = ParagraphStyle("head", fontName="BenchBold", fontSize=14, leading=20)
    said: list[Any] = [Paragraph(f"Your plan, {PAPER.resident}", head), Paragraph(PAPER.officer_number, body)]
    for title, lines in (("What you told us", PAPER.told_us), ("What you want", PAPER.wants)):
        said += [Paragraph(title, head), *(Paragraph(line, body) for line in lines), Spacer(1, 6)]
    for title, steps in (("What we will do", PAPER.ours), ("What you can do", PAPER.yours), ("Cannot", PAPER.cannot)):
        rows = [[Paragraph(cell, body) for cell in (step.what, step.who, step.by, step.help)] for step in steps]
        said += [Paragraph(title, head), Table(rows), Spacer(1, 6)]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(said)
    return out.getvalue()


def _bare_signer(certificate: bytes, key: bytes, root: bytes) -> Callable[[bytes], bytes]:
    from asn1crypto import keys, pem, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()
    store.register(x509.Certificate.load(pem.unarmor(root)[2]))
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(pem.unarmor(certificate)[2]),
        signing_key=keys.PrivateKeyInfo.load(pem.unarmor(key)[2]),
        cert_registry=store,
    )
    about = signers.PdfSignatureMetadata(
        field_name="Seal", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, certify=True
    )

    def sign(pdf: bytes) -> bytes:
        out = io.BytesIO()
        signers.PdfSigner(about, signer=signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out)
        return out.getvalue()

    return sign
