"""The landlord's own forms and letters, from the folders on head office's laptop to the folders on every other desk.

The text travels as a record in the landlord's file, as the text of a finished form does; what is published is written
beside each store, where the forms and letters in use are read from. A desk's own file is kept under another name.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from asbdesk.model import FormText, new_id
from asbdesk.paths import own_files
from asbdesk.store.disk import write_whole
from asbdesk.store.noted import note, noted
from asbdesk.store.roles import HEAD_OFFICE
from asbdesk.store.work import action
from asbdesk.sync.members import landlord

if TYPE_CHECKING:
    from asbdesk.paths import StorePaths
    from asbdesk.store.vault import Store
    from asbdesk.store.work import Work

LETTER = "letter:"
"""Beginning of the name under which a letter is published; a form is published under its own."""
LARGEST = 1 << 20
"""Bytes read of one file."""
_table = FormText.__table__.c
LAY = "own_texts"
"""The local setting that holds what lay in the folders the last time: name, hash, file."""
_PUBLISHED = sa.select(_table.id, _table.form, _table.version, _table.hash, _table.text).where(
    _table.published.is_(True), _table.struck.is_(None)
)
_WITHDRAWN = sa.select(_table.hash).where(_table.published.is_(False))


@dataclass(frozen=True)
class Own:
    """A form or letter of the landlord's own. `name`: as it is published; `file`: where it lies; `rank`: of two that
    were published, the newer one's is higher."""

    name: str
    version: str
    hash: str
    text: str
    file: str = ""
    rank: tuple[tuple[int, ...], str] = ((), "")


@action("form.published")
def publish_form(work: Work, file: str, form: str, version: str, hash_: str, text: str) -> None:
    """Use this form, or letter, on every desk."""
    known = work.select(sa.select(FormText).where(FormText.hash == hash_).order_by(FormText.id).limit(1))
    found = known[0] if known else work.add(FormText(id=new_id(), file=file))
    for name, value in (("form", form), ("version", version), ("hash", hash_), ("text", text), ("published", True)):
        if getattr(found, name) != value:
            setattr(found, name, value)


@action("form.withdrawn")
def withdraw_form(work: Work, form: str) -> None:
    """Use this form, or letter, no longer: what is shipped takes its place."""
    for found in work.select(sa.select(FormText).where(FormText.form == form, FormText.published.is_(True))):
        found.published = False


def keep_up(store: Store) -> None:
    """On head office's laptop publish what is new in its folders, and withdraw what was taken out of them; anywhere
    else bring the folders up to that. A file with a fault in it is not published: Settings say what is wrong."""
    with store.reader.connect() as conn:
        before: dict[str, list[str]] = json.loads(noted(conn, LAY) or "{}")
        published = [_own(row) for row in conn.execute(_PUBLISHED)]
    if store.journal.role == HEAD_OFFICE:
        for name in _taken_out(store.paths, before) & {one.name for one in published}:
            store.do(withdraw_form, name)
            published = [one for one in published if one.name != name]
        published += _publish(store, published, before)
    with store.reader.connect() as conn:
        _put_aside(store.paths, set(conn.scalars(_WITHDRAWN)) - {one.hash for one in published})
    newest = _newest(published)
    # shared words first: letters are made of them
    for name in sorted(newest, key=lambda name: (name != f"{LETTER}shared", name)):
        _write(store.paths, newest[name], spare_faults=store.journal.role == HEAD_OFFICE)
    lie = {one.name: [one.hash, one.file] for sort in (FORMS, LETTERS) for one in sort.lying(store.paths).values()}
    if lie != before:
        store.journal.write_local(partial(note, {LAY: json.dumps(lie, sort_keys=True)}))


def _newest(published: list[Own]) -> dict[str, Own]:
    found: dict[str, Own] = {}
    for one in published:
        if one.rank[0] and (one.name not in found or one.rank > found[one.name].rank):
            found[one.name] = one
    return found


def _taken_out(paths: StorePaths, before: dict[str, list[str]]) -> set[str]:
    """What lay here the last time, and whose file is gone: one with a fault in it is only being written."""
    lie = {name for sort in (FORMS, LETTERS) for name in sort.lying(paths)}
    return {
        name for name, (_, file) in before.items() if name not in lie and not (_folder(paths, name) / file).exists()
    }


def _put_aside(paths: StorePaths, withdrawn: set[str]) -> None:
    for sort in (FORMS, LETTERS) if withdrawn else ():
        for one in sort.lying(paths).values():
            if one.hash in withdrawn:
                path = sort.folder(paths) / one.file
                path.replace(path.with_suffix(".before"))


def _folder(paths: StorePaths, name: str) -> Path:
    return paths.own_letters if name.startswith(LETTER) else paths.own_forms


def _own(row: Any) -> Own:
    # of one version the one that was published later: ids are in order of time
    rank = (_version(row.version), row.id)
    return Own(row.form or "", row.version or "", row.hash or "", str(row.text or ""), rank=rank)


def _version(text: str | None) -> tuple[int, ...]:
    parts = (text or "").split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()


def _publish(store: Store, published: list[Own], before: dict[str, list[str]]) -> list[Own]:
    """Publish what lies in head office's folders and was not published yet; what that was."""
    known, newest, made = {one.hash for one in published}, _newest(published), list[Own]()
    lie = [one for sort in (FORMS, LETTERS) for one in sort.lying(store.paths).values()]
    new = [one for one in lie if one.hash not in known or (_is_back(one, before) and newest[one.name].hash != one.hash)]
    if new:
        with store.reader.connect() as conn:
            file = f"landlord/{landlord(conn)[0]}"
    for one in new:
        # words that letters share have no version: each text of them is the next
        last = max((p.rank[0] for p in published if p.name == one.name and p.rank[0]), default=(0,))
        version = one.version or str(last[0] + 1)
        store.do(publish_form, file, one.name, version, one.hash, one.text)
        made.append(replace(one, version=version, rank=(_version(version), "~")))
    return made


def _is_back(one: Own, before: dict[str, list[str]]) -> bool:
    """Whether words without a version were put back here to what they were once."""
    return not one.version and one.name in before and before[one.name][0] != one.hash


def _write(paths: StorePaths, one: Own, *, spare_faults: bool) -> None:
    """Write what is published into its folder, in place of what lies there and is older, or has a fault in it unless
    that is spared: somebody is writing it."""
    sort = LETTERS if one.name.startswith(LETTER) else FORMS
    folder, lying = _folder(paths, one.name), sort.lying(paths)
    found = lying.get(one.name)
    if found is not None and (found.text == one.text or (found.version and _version(found.version) > one.rank[0])):
        return
    path = folder / (found.file if found else f"{one.name.removeprefix(LETTER)}.yaml")
    right = sort.read(one.text, path.name, folder)
    if right is None or right.name != one.name or (spare_faults and found is None and path.exists()):
        return  # written for a newer version of this program, or being written
    folder.mkdir(exist_ok=True)
    if path.exists():
        path.replace(path.with_suffix(".before"))
    write_whole(path, one.text.encode(), "keep the landlord's own forms and letters")


# ---- the folders
class Sort(NamedTuple):
    """Where texts of a sort lie, and how one is read: `read(text, name, folder)` is None for one with a fault."""

    folder: Callable[[StorePaths], Path]
    read: Callable[[str, str, Path], Own | None]

    def lying(self, paths: StorePaths) -> dict[str, Own]:
        """What is in use of the folder, by name: of several the last, or the highest version."""
        folder, found = self.folder(paths), dict[str, Own]()
        for path in own_files(folder):
            one = self.read(_text(path), path.name, folder)
            if one is not None and (
                one.name not in found or _version(one.version) >= _version(found[one.name].version)
            ):
                found[one.name] = one
        return found


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST).decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        return ""


def _form(text: str, file: str, _: Path) -> Own | None:
    from asbdesk.forms.faults import FormError
    from asbdesk.forms.load import load_text

    try:
        made = load_text(text, file)
    except FormError:
        return None
    return Own(made.id, made.version, made.hash, made.text, file)


def _letter(text: str, file: str, folder: Path) -> Own | None:
    from asbdesk.letters import load

    try:
        if Path(file).stem == load.SHARED:
            load.load_shared(text, file)
            return Own(f"{LETTER}{load.SHARED}", "", f"sha256:{sha256(text.encode()).hexdigest()}", text, file)
        made = load.load_text(text, file, load.shared_words(folder)[0], own=True)
    except load.LetterError:
        return None
    return Own(f"{LETTER}{made.id}", made.version, made.hash, text, file) if made.id.isidentifier() else None


FORMS = Sort(lambda paths: paths.own_forms, _form)
LETTERS = Sort(lambda paths: paths.own_letters, _letter)
