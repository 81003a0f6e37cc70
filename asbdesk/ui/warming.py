"""What the first opening of each screen would wait for, brought in beside, in a worker's thread.

Modules, forms and words while the passphrase is typed; how Today and a case are read, as part of unlocking; the rest of
what a desk is read with once it is open.
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


def before() -> None:
    """What needs no desk: every screen's module, what those need, and the shipped forms and words."""
    import asbdesk.ui.screens as screens

    for name in ("asbdesk.ui.frame", "asbdesk.ui.screens.today", "asbdesk.ui.screens.cases"):
        import_module(name)  # what is wanted first
    for found in walk_packages(screens.__path__, f"{screens.__name__}."):
        import_module(found.name)
        time.sleep(GIVE_WAY)
    _do(_words())
    gc.freeze()  # all this stays: the collector, which stops the window, need not look through it again and again


def first(opened: Desk) -> Desk:
    """How Today, the list and a case are read, read once: the first click would wait for it."""
    from asbdesk.casework.cases import case_page, list_cases
    from asbdesk.casework.landlord import landlord_view
    from asbdesk.casework.today import today

    opened.read(landlord_view, opened.member)
    opened.read(today, opened.member, opened.today)
    for line in opened.read(list_cases, limit=1, today=opened.today).lines:
        opened.read(case_page, line.id, opened.today)
    return opened


def desk(opened: Desk) -> None:
    """What the parts of a case and the landlord's own forms are read with, read once."""
    from asbdesk.casework.cases import list_cases

    for line in opened.read(list_cases, limit=1, today=opened.today).lines:
        _do(_a_case(opened, line.id))
    _do(_own(opened))
    gc.freeze()


def _do(works: Iterator[Callable[[], object]]) -> None:
    for work in works:
        work()
        time.sleep(GIVE_WAY)


def _words() -> Iterator[Callable[[], object]]:
    """The shipped forms and words."""
    from asbdesk.casework import suggestions
    from asbdesk.casework.parts import parts
    from asbdesk.casework.words import also_called, picklist
    from asbdesk.documents import never_on_it
    from asbdesk.duties import policy
    from asbdesk.forms import load as forms
    from asbdesk.letters import load as letters
    from asbdesk.letters import tone

    yield lambda: picklist("evidence_type")
    yield policy.default
    yield forms.library
    yield letters.library
    yield from (never_on_it.prepare, tone.prepare, suggestions.library, lambda: also_called(""))
    for each in parts():
        for add in (*each.adds, *each.follows):
            yield lambda add=add: forms.one_form(add.id)  # type: ignore[misc]


def _own(opened: Desk) -> Iterator[Callable[[], object]]:
    """The landlord's own."""
    from asbdesk.casework.languages import languages
    from asbdesk.forms import load as forms
    from asbdesk.letters import load as letters

    yield lambda: forms.library(opened.store.paths.own_forms)
    yield lambda: letters.library(opened.store.paths.own_letters)
    yield lambda: languages(opened)


def _a_case(opened: Desk, case: str) -> Iterator[Callable[[], object]]:
    """What one case is read and written with."""
    from asbdesk.casework.corrections import correctable
    from asbdesk.casework.named import named_in
    from asbdesk.casework.parts import parts
    from asbdesk.casework.parts.crossing_out import can_be_crossed_out

    yield lambda: opened.read(can_be_crossed_out, case, [case])
    yield lambda: opened.read(named_in, case, opened.today)
    yield lambda: opened.prepare(case)
    yield lambda: opened.read(correctable, case, opened.today)
    for each in parts():
        yield lambda each=each: opened.read(each.cards, case, opened.today)  # type: ignore[misc]
