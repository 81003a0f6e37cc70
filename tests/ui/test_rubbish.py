"""Python's rubbish while a desk is open: looked for between actions alone, and as before once the desk is gone."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from asbdesk.ui.rubbish import DUE, Rubbish


class Ring:
    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    made = QObject()
    yield made
    if shiboken6.isValid(made):
        shiboken6.delete(made)
    gc.enable()


def test_nothing_is_looked_for_within_an_action_and_much_is_after_it(owner: QObject) -> None:
    rubbish = Rubbish(owner)
    rubbish.start()
    assert not gc.isenabled()
    ring = weakref.ref(Ring())
    kept = [[] for _ in range(DUE[0] + 1000)]  # type: ignore[var-annotated]
    assert ring() is not None
    rubbish.look()
    assert ring() is None
    del kept
    rubbish.stop()
    assert gc.isenabled()


def test_a_desk_that_goes_without_a_word_leaves_it_as_it_was(owner: QObject) -> None:
    Rubbish(owner).start()
    assert not gc.isenabled()
    shiboken6.delete(owner)
    assert gc.isenabled()
