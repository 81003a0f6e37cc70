"""A line across a page that cannot be missed: a sign, words and a ground, and a role of its own for a screen reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from asbdesk.ui import theme
from asbdesk.ui.widgets.announce import announce
from asbdesk.ui.widgets.layout import Card, row
from asbdesk.ui.widgets.text import Icon, Text

if TYPE_CHECKING:
    from asbdesk.casework.views import Alert

KINDS = {"red": "rule", "amber": "ask", "green": "good"}
LOUD = frozenset({"red", "amber"})


class AlertCard(Card):
    """One alert. Without `wrap` it stands beside others in a row."""

    def __init__(self, alert: Alert, *, wrap: bool = True) -> None:
        tone = theme.tone(alert.tone)
        words = Text(alert.text, "strong", tone=tone, wrap=wrap)
        sign = Icon(alert.icon or "info", tone, 18)
        super().__init__(row(sign, (words, 1), gap=8), kind=KINDS.get(tone, "soft"), margins=(12, 5, 12, 5))
        self.setAccessibleName(alert.text)


def say_alerts(page: QWidget, alerts: Sequence[Alert]) -> None:
    """Read out those that cannot wait to be found."""
    loud = [alert.text for alert in alerts if theme.tone(alert.tone) in LOUD]
    if loud:
        announce(page, f"Alert. {'. '.join(loud)}")
