"""What can be done, found by the words for it beside what is written: in the case that is shown, or at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from asbdesk.casework.called import LOOSE, rank, typed_parts

if TYPE_CHECKING:
    from asbdesk.ui.frame import Frame

FEW = 4
"""Things to do that are offered at once."""
LEAST = 3
"""Letters after which something to do is looked for."""
NEAR = (2, 5)
"""Ranks of what only stands near a word: here that is no reason to offer it."""


@dataclass(frozen=True)
class Doing:
    """Something to do: its words, where it would be done, and what begins it; None where it needs a case first."""

    words: str
    icon: str
    where: str
    begin: Callable[[], object] | None


def doings(frame: Frame, text: str) -> tuple[Doing, ...]:
    """What is called by these words, the best first."""
    typed = typed_parts(text)
    if len("".join(typed)) < LEAST:
        return ()
    found = [(rank(doing.words, "", id, typed), doing) for id, doing in (*_at_the_desk(frame), *_in_the_case(frame))]
    fit = [(at, doing) for at, doing in found if at < LOOSE and at not in NEAR]
    return tuple({doing.words: doing for _, doing in sorted(fit, key=lambda pair: pair[0])}.values())[:FEW]


def _at_the_desk(frame: Frame) -> Iterator[tuple[str, Doing]]:
    from asbdesk.ui.screens import SCREENS

    for screen in SCREENS:
        yield screen.title, Doing(screen.title, screen.icon, "", partial(frame.go, screen.id))
    for words, icon, place in PAGES:
        yield words, Doing(words, icon, "", partial(_open, frame, place))


def _open(frame: Frame, place: str) -> None:
    module, name = place.split(":")
    getattr(import_module(f"asbdesk.ui.screens.{module}"), name)(frame)


def _in_the_case(frame: Frame) -> Iterator[tuple[str, Doing]]:
    """Where to look in the case that is shown, and what can be added to it."""
    from asbdesk.casework.parts import parts
    from asbdesk.ui.screens.case.adding import USUAL, open_add
    from asbdesk.ui.screens.case.own_pages import own_pages

    case, where = _shown(frame)
    if case:
        own = [(each.title, each.icon, each.name) for each in parts() if not each.own_tab]
        for words, icon, tab in (*TABS, *own):
            yield words, Doing(words, icon, where, partial(frame.open_case, case, tab))
    for words, icon, opens in USUAL:
        yield words, Doing(words, icon, where, partial(opens, frame, case) if case else None)
    for each in parts():
        for add in each.adds:
            begin = partial(open_add, frame, case, each.name, add.id) if case else None
            yield add.id, Doing(add.title, add.icon, where, begin)
        for words, icon, opens in own_pages(each.name):
            yield words, Doing(words, icon, where, partial(opens, frame, case) if case else None)


def _shown(frame: Frame) -> tuple[str, str]:
    """The case that is shown, and its reference; empty where none is."""
    from asbdesk.ui.screens.cases import CasesScreen

    shown = frame.shown
    if not isinstance(shown, CasesScreen) or shown.page.page is None:
        return "", ""
    return shown.page.case, shown.page.page.line.reference


TABS = (
    *(("Chronology", "clock", "chronology"), ("People", "users", "people"), ("Risk", "shield-alert", "risk")),
    *(("Action plan", "clipboard-list", "plan"), ("Evidence", "camera", "evidence"), ("Letters", "mail", "letters")),
)
"""The tabs of a case: their words, icon and name."""
PAGES = (
    ("While I am away", "log-out", "covering:open_cover"),
    ("To look at as manager", "eye", "oversight:open_oversight"),
    ("Reports", "file-text", "reports:open_reports"),
    ("Our own records", "list-checks", "registers:open_registers"),
    ("Take on a list of cases", "download", "take_on:open_take_on"),
    ("Numbers of others", "phone", "numbers:open_numbers"),
    ("Timescales", "clock", "timescales:open_timescales"),
    ("Our own lists", "list-checks", "own_lists:open_lists"),
    ("Agencies we work with", "handshake", "agencies:open_agencies"),
    ("The words of our letters", "mail", "own_letters:open_own_letters"),
    ("Languages of plans", "languages", "plan_languages:open_languages"),
    ("Check a paper, and our mark", "file-check", "seals:open_seals"),
)
"""Pages of the desk: their words, icon, and what opens them."""
