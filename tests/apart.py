"""A second laptop of the same landlord: a copy of the desk with a device of its own, and entries carried by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from asbdesk.casework.desk import Desk
from asbdesk.model import Member, new_id
from asbdesk.model.journal import local_setting
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.journal import Work, action
from tests.builders import texts


@action("member.joined")
def join(work: Work, name: str, landlord: str) -> str:
    """A colleague; their id."""
    return work.add(Member(id=new_id(), file=landlord, name=name, role="officer")).id


def second_laptop(desk: Desk, folder: Path, name: str = "Sam Whitlock", device: str = "s" * 16) -> Desk:
    """A copy of this open desk as a colleague's, with the same cases; both know the colleague from now on."""
    file = desk.read(lambda s: s.scalar(sa.select(Member.file).limit(1)))
    member = desk.do(join, name, file).value
    leave = shutil.ignore_patterns("*.lock", "*-shm")  # the log beside the database is copied with it
    paths = StorePaths(Path(shutil.copytree(desk.store.paths.folder, folder, ignore=leave)))
    store = vault.open_with(paths, desk.store.key, desk.clock)
    with store.writer.begin() as conn:
        conn.execute(local_setting.update().where(local_setting.c.name == "device").values(value=device))
    store.close()
    other = Desk(vault.open_with(paths, desk.store.key, desk.clock))
    other.store.set_member(member)
    return other


def carry(one: Desk, other: Desk) -> None:
    """Each takes in what the other wrote."""
    mine, theirs = texts(one.store), texts(other.store)
    one.store.journal.take_in(theirs)
    other.store.journal.take_in(mine)
    for desk in (one, other):
        desk.store.journal.catch_up()


def apart(one: Desk, other: Desk, act: Callable[..., Any], mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> None:
    """Both do the same action differently, neither having seen the other, and then meet."""
    one.do(act, *mine)
    other.do(act, *theirs)
    carry(one, other)
