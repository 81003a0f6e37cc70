"""The sealed plan against the least that any program would do: bare ReportLab, then bare pyHanko."""

from __future__ import annotations

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


FORMS = (("standard", ""), ("large", ""), ("easy", ""), ("standard", "ur"), ("large", "ur"), ("standard", "bn"))
"""Layout, and language beside English."""


def sealed_plans(rounds: int) -> list[Measured]:
    """The current plan in each form, made and sealed, against bare pages of the same sentences, bare signed."""
    from asbdesk.documents import authority

    root = authority.new_authority(PAPER.landlord, at=AT)
    officer = authority.issue(root, PAPER.officer, PAPER.landlord, at=AT)
    return [_sealed(rounds, root, officer, *form) for form in FORMS]


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
    form = ", ".join(part for part in (layout, language and f"English and {language}") if part)
    return times_floor(f"plan PDF, sealed ({form})", ours_ms, "ms", bare_ms, 1.3)
