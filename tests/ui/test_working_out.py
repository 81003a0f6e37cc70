"""New timescales are worked out in the background: a line says how far it is, and a closed window goes on later."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from asbdesk.casework.lists import adopt_policy
from asbdesk.clock import SetClock
from asbdesk.model import journal as t
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.ui.desk import UiDesk
from asbdesk.ui.widgets.layout import column, holder
from asbdesk.ui.widgets.working_out import WorkingOut
from tests.ui.conftest import NOW, PASSPHRASE, Opened

MANY = 3000


def desk_of(opened: Opened) -> UiDesk:
    assert opened.window.desk is not None
    return opened.window.desk


def wait_for_many(desk: UiDesk) -> None:
    """As if thousands of cases waited; those that are gone since are passed over."""
    more = [{"case": f"case-{n:05d}"} for n in range(MANY)]
    desk.desk.store.journal.write_local(lambda conn: conn.execute(t.due_stale.insert(), more))


def waiting(store: vault.Store) -> int:
    with store.reader.connect() as conn:
        return conn.scalar(sa.select(sa.func.count()).select_from(t.due_stale)) or 0


def bars(opened: Opened) -> list[QProgressBar]:
    found = opened.window.findChildren(QProgressBar)
    return [bar for bar in found if bar.accessibleName() == "Working out what is due again" and bar.isVisible()]


def test_new_timescales_are_worked_out_while_the_officer_goes_on(opened: Opened, qtbot: QtBot) -> None:
    desk, window = desk_of(opened), opened.window
    qtbot.waitUntil(lambda: not window.errands.busy and not desk.errands.busy, timeout=10_000)
    wait_for_many(desk)
    desk.do(adopt_policy, "2", "2026-01-01", {"first_contact.medium_wd": 1})
    qtbot.waitUntil(lambda: bool(bars(opened)), timeout=10_000)
    assert window.frame is not None
    window.frame.go("cases")
    assert bars(opened), "it stays while the officer goes about"
    qtbot.waitUntil(lambda: not window.errands.busy, timeout=30_000)
    assert waiting(desk.desk.store) == 0
    assert not bars(opened)


def test_a_closed_window_stops_it_and_the_rest_waits(opened: Opened, qtbot: QtBot) -> None:
    desk, window = desk_of(opened), opened.window
    qtbot.waitUntil(lambda: not window.errands.busy, timeout=10_000)
    wait_for_many(desk)
    window.catch_up()
    qtbot.waitUntil(lambda: bool(bars(opened)), timeout=10_000)
    paths = opened.door.paths
    window.close()
    store = vault.unlock(StorePaths(Path(paths.folder)), SetClock(NOW), passphrase=PASSPHRASE)
    try:
        left = waiting(store)
        assert 0 < left < MANY
        assert store.journal.catch_up() == left
    finally:
        store.close()


def test_an_idle_desk_locks_over_it(opened: Opened, qtbot: QtBot) -> None:
    desk, window = desk_of(opened), opened.window
    qtbot.waitUntil(lambda: not window.errands.busy and not desk.errands.busy, timeout=10_000)
    wait_for_many(desk)
    window.catch_up()
    window.watch.lock.emit("idle")
    assert window.locked
    assert opened.started == ["again"]


@pytest.mark.parametrize(("of", "shown"), [(50, False), (100_000, True)])
def test_few_cases_are_not_worth_a_line(qtbot: QtBot, of: int, shown: bool) -> None:
    root = holder(column(QWidget()))
    qtbot.addWidget(root)
    root.show()
    line = WorkingOut(root)
    line.told(8, of)
    found = root.findChildren(QProgressBar)
    assert bool(found) is shown
    if shown:
        assert line.words.text() == "Working out what is due again: 8 of 100,000 cases. You can go on working."
        line.end()
        assert not found[0].isVisible()
