"""A report acknowledged: it says that we have it, and counts as no contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework.told import NOTHING, Said, happen
from asbdesk.model import Acknowledgement
from asbdesk.store.work import action

if TYPE_CHECKING:
    from asbdesk.store.work import Work


@action("report.acknowledged")
def acknowledge(
    work: Work, case: str, *, to: str = "", report: str = "", method: str = "", said: Said = NOTHING
) -> str:
    """The report was acknowledged, by the safe way."""
    return happen(work, Acknowledgement, case, said, to=to, report=report, method=method)
