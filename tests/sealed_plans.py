"""A plan version with a really sealed paper, without the visit that leads to one."""

from __future__ import annotations

from typing import Any

from asbdesk.casework.desk import Desk
from asbdesk.casework.identity import officer_identity
from asbdesk.casework.plans import content
from asbdesk.casework.records import case_file, new
from asbdesk.clock import instant
from asbdesk.documents.plan import make
from asbdesk.documents.seal import seal
from asbdesk.model import PlanVersion
from asbdesk.store.files import Kept
from asbdesk.store.work import Work, action
from tests.documents.builders import released


@action("plan.agreed")
def _agreed(work: Work, case: str, number: str, kept: Kept, follows: str = "") -> str:
    told: dict[str, Any] = {
        "sealed": kept.blob,
        "sealed_key": kept.key,
        "sealed_sha256": kept.sha256,
        "sealed_size": kept.size,
    }
    told |= {"number": number, "at": work.happened, "signing": "signed", "content": content(released().what)}
    told["follows"] = [follows] if follows else []
    return new(work, PlanVersion, case_file(case), **told).id


def sealed_plan(desk: Desk, case: str, number: str = "1", *, follows: str = "") -> str:
    """Id of a new plan version, sealed by this desk's officer at the time its clock shows."""
    identity, authority = officer_identity(desk)
    pdf = seal(make(released()), identity, authority, reason="As agreed", at=instant(desk.clock.now()))
    return str(desk.do(_agreed, case, number, desk.files.keep(pdf), follows).value)
