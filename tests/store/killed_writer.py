"""A process that saves answers and finishes steps until it is killed, writing down each that was acknowledged."""

from __future__ import annotations

from pathlib import Path

from asbdesk.clock import SystemClock
from asbdesk.paths import StorePaths
from asbdesk.store import derive, vault
from tests import builders as b

__all__ = ["derive", "write"]  # `derive` is imported here, so that a killed writer has not spent its life importing


def write(folder: str, passphrase: str, said: str) -> None:
    """Never returns."""
    store = vault.unlock(StorePaths(Path(folder)), SystemClock(), passphrase=passphrase)
    case = store.drafts.remembered("case") or ""
    run = store.drafts.open_runs()[0].id
    i = 0
    with Path(said).open("w", encoding="ascii") as out:
        while True:
            i += 1
            question = f"q{i % 60}"
            store.drafts.save(run, question, i)
            print("draft", question, i, file=out, flush=True)
            if i % 4 == 0:
                print("contact", store.do(b.note_contact, case, f"note {i}").value, i, file=out, flush=True)
