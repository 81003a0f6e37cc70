"""Actions become entries: what is written, what is replaced, what is refused."""

from __future__ import annotations

import json

import sqlalchemy as sa

from asbdesk.model import Case, new_id
from asbdesk.model import journal as t
from asbdesk.store.journal import Work, action
from asbdesk.store.vault import Store


@action("case.opened")
def open_case(work: Work, reference: str) -> str:
    case = new_id()
    work.add(Case(id=case, file=f"case/{case}", reference=reference, status="open"))
    return case


@action("case.handed")
def hand(work: Work, case: str, officer: str | None) -> None:
    work.get(Case, case).officer = officer


def bodies(store: Store) -> list[dict[str, object]]:
    with store.reader.connect() as conn:
        return [json.loads(text) for text in conn.scalars(sa.select(t.body.c.text).order_by(t.body.c.n))]


def test_an_entry_is_written_as_the_format_says(store: Store) -> None:
    done = store.do(open_case, "ASB-2026-A0001", happened="2026-11-20T09:00:00.000Z")
    with store.reader.connect() as conn:
        text = conn.scalar(sa.select(t.body.c.text))
    body = json.loads(text)
    assert text == json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert body.pop("hlc") == f"{1795255200000 << 16:016x}"
    assert body == {
        "id": done.act,
        "file": f"case/{done.value}",
        "do": "case.opened",
        "by": "",
        "happened": "2026-11-20T09:00:00.000Z",
        "recorded": "2026-11-21T10:00:00.000Z",
        "set": {f"case/{done.value}": {"reference": ["ASB-2026-A0001"], "status": ["open"]}},
    }
    assert done.changed == {(f"case/{done.value}", "case")} and done.n == 1
