"""How serious a report is, and which of a duty's clocks it starts: the tightest wins (DUTIES.md, DOMAIN.md 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.duties.events import Report

if TYPE_CHECKING:
    from asbdesk.duties.facts import Facts
    from asbdesk.duties.policy import Policy

OF_BAND = {"high": "serious", "medium": "medium", "standard": "low"}
"""A risk level starts the clock of a category."""


def clock(code: str, report: Report, facts: Facts, policy: Policy, at: str = "") -> tuple[str, str]:
    """The due day and the name of the policy line, counted from the report (or from `at`): the tightest of the
    report's category, the risk level that stood, and the case's stream.
    """
    kinds = {report.category}
    kinds.add(OF_BAND.get(facts.band_at(report.at), report.category))
    if facts.stream_at(report.at) in ("hate", "domestic_abuse"):
        kinds.add("serious")
    names = [f"{code}.{kind}_wd" for kind in sorted(kinds)]
    return min((policy.due(name, at or report.at), name) for name in names)
