"""Where a spare copy may go: what is said of a folder, also of one that does not answer."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from asbdesk.paths import StorePaths

GLANCE, LOOK = 0.2, 3.0
"""Seconds that a folder is waited for: while a page is drawn; once it is chosen."""


def problem(paths: StorePaths, folder: Path) -> str:
    """Why a copy cannot go there, in words; empty when it can."""
    from asbdesk.store.patience import Silent, within

    try:
        return within(LOOK, str(folder), partial(_problem, paths, folder))
    except Silent:
        return "This folder does not answer. Is its server switched on, and is this laptop on the network?"


def note(paths: StorePaths, folder: Path) -> str:
    """What to know of a folder that may be used all the same; empty when there is nothing, or it does not answer."""
    from asbdesk.store.patience import Silent, within

    try:
        return within(GLANCE, str(folder), partial(_note, paths, folder))
    except Silent:
        return ""


def _problem(paths: StorePaths, folder: Path) -> str:
    if not folder.is_dir():
        return "There is no such folder. Is the stick in?"
    own, wanted = paths.folder.resolve(), folder.resolve()
    if own == wanted or own in wanted.parents:
        return "That is the folder asbdesk works in: it would be lost with it. Choose another."
    return ""


def _note(paths: StorePaths, folder: Path) -> str:
    from asbdesk.store.backup import same_disk

    if not folder.is_dir() or not same_disk(paths, folder):
        return ""
    return "This folder is on this laptop’s own disk: a copy there is lost with the laptop. A USB stick is safer."
