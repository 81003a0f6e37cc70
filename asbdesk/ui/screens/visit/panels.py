"""Which panel draws which part of a visit."""

from __future__ import annotations

from asbdesk.ui.screens.visit.before_panel import BeforePanel
from asbdesk.ui.screens.visit.copy_panel import CopyPanel
from asbdesk.ui.screens.visit.evidence_panel import EvidencePanel
from asbdesk.ui.screens.visit.level_panel import LevelPanel
from asbdesk.ui.screens.visit.page import Panel
from asbdesk.ui.screens.visit.plan_panel import PlanPanel
from asbdesk.ui.screens.visit.sign_panel import SignPanel

PANELS: dict[str, Panel] = {
    "before": BeforePanel,
    "evidence": EvidencePanel,
    "level": LevelPanel,
    "plan": PlanPanel,
    "sign": SignPanel,
    "copy": CopyPanel,
}
