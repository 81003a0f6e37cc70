"""What the first opening of each screen would wait for, brought in beside, in a worker's thread.

Modules while the passphrase is typed; forms, words and the statements of what is read once a desk is open.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk

GIVE_WAY = 0.002
"""Seconds of rest between two things, in which the window goes on."""

WRITING = ("asbdesk.documents.bilingual", "asbdesk.casework.letters", "asbdesk.casework.letter_checks")
"""What a plan and a letter are written with."""


def modules() -> None:
    """Every screen's module, and what those need."""
    import asbdesk.ui.screens as screens

    for name in ("asbdesk.ui.frame", "asbdesk.ui.screens.today", "asbdesk.ui.screens.cases"):
        import_module(name)  # what is wanted first
    for found in walk_packages(screens.__path__, f"{screens.__name__}."):
        import_module(found.name)
        time.sleep(GIVE_WAY)
    gc.freeze()  # all this stays: the collector, which stops the window, need not look through it again and again


def desk(opened: Desk) -> None:
    """What a case, its parts and its forms are read with, read once."""
    for work in _work(opened):
        work()
        time.sleep(GIVE_WAY)
    gc.freeze()


def _work(opened: Desk) -> Iterator[Callable[[], object]]:
    from asbdesk.casework.cases import list_cases
    from asbdesk.casework.parts import parts
    from asbdesk.casework.words import picklist
    from asbdesk.forms import load as forms

    own = opened.store.paths.own_forms
    lines = opened.read(list_cases, limit=1, today=opened.today).lines
    if lines:
        yield from _a_case(opened, lines[0].id)
    yield lambda: picklist("evidence_type")
    yield lambda: forms.library(own)
    yield from _writing(opened)
    for each in parts():
        for add in (*each.adds, *each.follows):
            yield lambda add=add: forms.one_form(add.id, own)  # type: ignore[misc]


def _a_case(opened: Desk, case: str) -> Iterator[Callable[[], object]]:
    """What one case is read and written with."""
    from asbdesk.casework.cases import case_page
    from asbdesk.casework.corrections import correctable
    from asbdesk.casework.named import named_in
    from asbdesk.casework.parts import parts
    from asbdesk.casework.parts.crossing_out import can_be_crossed_out

    yield lambda: opened.read(case_page, case, opened.today)
    yield lambda: opened.read(can_be_crossed_out, case, [case])
    yield lambda: opened.read(named_in, case, opened.today)
    yield lambda: opened.prepare(case)
    yield lambda: opened.read(correctable, case, opened.today)
    for each in parts():
        yield lambda each=each: opened.read(each.cards, case, opened.today)  # type: ignore[misc]


def _writing(opened: Desk) -> Iterator[Callable[[], object]]:
    """What a plan and a letter are written with, and what can be added is found by."""
    from asbdesk.casework import suggestions
    from asbdesk.casework.languages import languages
    from asbdesk.casework.words import also_called
    from asbdesk.documents import never_on_it
    from asbdesk.letters import load as letters
    from asbdesk.letters import tone

    yield lambda: languages(opened)
    yield lambda: letters.library(opened.store.paths.own_letters)
    yield from (never_on_it.prepare, tone.prepare, suggestions.library, lambda: also_called(""))
    for name in WRITING:
        yield lambda name=name: import_module(name)  # type: ignore[misc]
