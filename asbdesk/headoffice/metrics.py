"""Figures for whoever looks after the service: each worker counts, the database adds up, one page shows it."""

from __future__ import annotations

import secrets
import threading
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asbdesk.headoffice.office import Office

_lock = threading.Lock()
_counted: Counter[str] = Counter()
_worker = secrets.token_hex(4)


def count(name: str, amount: int = 1) -> None:
    """Add to a figure of this worker."""
    with _lock:
        _counted[name] += amount


def hand_on(office: Office) -> None:
    """Write this worker's figures where every worker can add them up."""
    with _lock:
        held = dict(_counted)
    office.objects.write_figures(_worker, held)


def page(office: Office) -> str:
    """All figures, as Prometheus reads them."""
    hand_on(office)
    lines: list[str] = []
    for name, value in sorted(office.objects.figures().items()):
        kind = "gauge" if name in GAUGES else "counter"
        ending = "" if kind == "gauge" else "_total"
        lines += [f"# TYPE asbdesk_{name}{ending} {kind}", f"asbdesk_{name}{ending} {value}"]
    return "\n".join(lines) + "\n"


GAUGES = ("objects", "bytes", "devices", "forks", "hub_waiting", "hub_refused", "hub_locked", "hub_behind", "joining")
