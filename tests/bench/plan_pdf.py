"""The sealed plan against the least that any program would do: bare ReportLab, then bare pyHanko."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from asbdesk.documents.authority import Identity
from asbdesk.documents.paper import NextContact, PlanPaper, Signing, Step
from tests.bench.measure import Measured, medians, times_floor
from tests.documents import bare

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


FORMS = (
    *(("standard", ""), ("large", ""), ("easy", "")),
    *(("standard", "ur"), ("large", "ur"), ("easy", "ur"), ("standard", "bn")),
)
"""Layout, and language beside English."""


def sealed_plans(rounds: int) -> list[Measured]:
    """The current plan in each form, made and sealed, against bare pages of the same sentences, bare signed."""
    from asbdesk.documents import authority

    root = authority.new_authority(PAPER.landlord, at=AT)
    officer = authority.issue(root, PAPER.officer, PAPER.landlord, at=AT)
    made = [_sealed(rounds, root, officer, *form) for form in FORMS]
    return [*made, *(_checked(rounds, root, officer, *form) for form in (("standard", ""), ("large", "ur")))]


def _sealed(rounds: int, root: Identity, officer: Identity, layout: str, language: str) -> Measured:
    from asbdesk.documents import plan, seal
    from asbdesk.documents.released import Released
    from tests.documents.own_language import own

    second = own(language) if language else None
    released = Released(PAPER, PAPER.resident, "plan", AT)
    story, bare_sign = bare.story_of(PAPER, layout, second), bare.signer(officer, root.cert_pem)

    def ours() -> object:
        made = plan.make(released, layout=layout, own=second, authority=root.cert_pem)
        return seal.seal(made, officer, root.cert_pem, reason="The plan as agreed", at=AT)

    ours_ms, bare_ms = medians(rounds, ours, lambda: bare_sign(bare.draw(story)))
    return times_floor(f"plan PDF, sealed ({_form(layout, language)})", ours_ms, "ms", bare_ms, 1.3)


def _form(layout: str, language: str) -> str:
    return ", ".join(part for part in (layout, language and f"English and {language}") if part)


def _checked(rounds: int, root: Identity, officer: Identity, layout: str, language: str) -> Measured:
    """A plan that two officers sealed and an authority stamped (where OpenSSL is there to be one): checked, against
    made and sealed once."""
    from asbdesk.documents import authority, plan, seal, verify
    from asbdesk.documents.released import Released
    from asbdesk.documents.stamp import time_stamp
    from tests.documents.own_language import own
    from tests.documents.time_authority import time_authority

    own_words, second = own(language) if language else None, authority.issue(root, "R. Hughes", PAPER.landlord, at=AT)
    released = Released(PAPER, PAPER.resident, "plan", AT)

    def made() -> bytes:
        pdf = plan.make(released, layout=layout, own=own_words, authority=root.cert_pem)
        return seal.seal(pdf, officer, root.cert_pem, reason="The plan as agreed", at=AT)

    paper = seal.seal(made(), second, root.cert_pem, reason="Read", at=AT, field=seal.SECOND)
    if shutil.which("openssl"):
        with tempfile.TemporaryDirectory() as folder, time_authority(Path(folder)) as clock:
            paper = time_stamp(paper, clock.address)[0]
    assert verify.verify(paper, root.cert_pem).passes
    checked_ms, made_ms = medians(rounds, lambda: verify.verify(paper, root.cert_pem), made)
    return times_floor(f"plan PDF, two seals checked ({_form(layout, language)})", checked_ms, "ms", made_ms, 1.0)
