"""The landlord's own forms, from the folder on head office's laptop to the folder on every other desk.

The text travels as a record in the landlord's file, as the text of a finished form does; what is published is written
beside each store, where the forms in use are read from. A desk's own file of that name is kept under another.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from asbdesk.model import FormText, new_id
from asbdesk.store.disk import write_whole
from asbdesk.store.roles import HEAD_OFFICE
from asbdesk.store.work import action
from asbdesk.sync.members import landlord

if TYPE_CHECKING:
    from asbdesk.forms.definition import Form
    from asbdesk.store.vault import Store
    from asbdesk.store.work import Work

_table = FormText.__table__.c
_PUBLISHED = sa.select(_table.form, _table.version, _table.hash, _table.text).where(
    _table.published.is_(True), _table.struck.is_(None)
)


@action("form.published")
def publish_form(work: Work, file: str, form: str, version: str, hash_: str, text: str) -> None:
    """Use this form on every desk."""
    known = work.select(sa.select(FormText).where(FormText.hash == hash_).order_by(FormText.id).limit(1))
    found = known[0] if known else work.add(FormText(id=new_id(), file=file))
    for name, value in (("form", form), ("version", version), ("hash", hash_), ("text", text), ("published", True)):
        if getattr(found, name) != value:
            setattr(found, name, value)


def keep_up(store: Store) -> None:
    """On head office's laptop publish what is new in its folder of forms; anywhere else bring the folder up to what is
    published. A file with a fault in it is not published: Settings say what is wrong with it."""
    with store.reader.connect() as conn:
        published = {row.hash: row for row in conn.execute(_PUBLISHED)}
    if store.journal.role == HEAD_OFFICE and any(store.paths.own_forms.glob("*.y*ml")):
        _publish(store, set(published))
    newest: dict[str, tuple[tuple[int, ...], str]] = {}
    for row in published.values():
        text, version = str(row.text or ""), _version(row.version)
        if version is not None and row.form and (version, text) > newest.get(row.form, ((), "")):
            newest[row.form] = (version, text)
    for form, (version, text) in newest.items():
        _write(store, form, version, text)


def _publish(store: Store, known: set[str]) -> None:
    from asbdesk.forms.load import library

    own = [form for form in library(store.paths.own_forms).values() if (store.paths.own_forms / form.name).is_file()]
    new = [form for form in own if form.hash not in known]
    if new:
        with store.reader.connect() as conn:
            file = f"landlord/{landlord(conn)[0]}"
        for form in new:
            store.do(publish_form, file, form.id, form.version, form.hash, form.text)


def _version(text: str | None) -> tuple[int, ...] | None:
    parts = (text or "").split(".")
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else None


def _write(store: Store, form: str, version: tuple[int, ...], text: str) -> None:
    from asbdesk.forms.faults import FormError
    from asbdesk.forms.load import load_text

    path = store.paths.own_forms / f"{form}.yaml"
    here = _read(path)
    if here is not None and (here.text == text or (_version(here.version) or ()) > version):
        return
    try:
        if load_text(text, path.name).id != form:
            return
    except FormError:
        return  # written for a newer version of this program
    path.parent.mkdir(exist_ok=True)
    if path.exists():
        path.replace(path.with_suffix(".before"))
    write_whole(path, text.encode(), "keep the landlord's own forms")


def _read(path: Path) -> Form | None:
    from asbdesk.forms.faults import FormError
    from asbdesk.forms.load import load

    try:
        return load(path) if path.is_file() else None
    except FormError:
        return None
