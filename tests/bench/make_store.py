"""A store of invented cases for the bench: made once, kept in the temporary folder, copied for each run.

`python -m tests.bench.make_store --cases 10000` makes it and prints where it is.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from asbdesk.clock import SetClock
from asbdesk.paths import PACKAGE, StorePaths
from tests.bench.invented import NOW, invented

if TYPE_CHECKING:
    from asbdesk.store.vault import Store

PASSPHRASE = "a bench of invented cases"
OFFICER, LANDLORD = "Dami Okafor", "Practice Homes"
UNFINISHED = ".unfinished"
BATCH = 250
"""Cases in one transaction: about 2,700 entries."""


def store_of(cases: int, *, seed: int = 2026) -> Path:
    """The folder of the kept store of `cases` cases, made when it is not there. Do not write to it: `copy_of`."""
    folder = Path(tempfile.gettempdir()) / "asbdesk-bench" / f"{cases}-{seed}-{_version()}"
    if not (folder / "desk.db").exists():
        for old in folder.parent.glob(f"{cases}-{seed}-*"):  # made by a version that is gone
            if old.suffix != UNFINISHED:  # which another bench may be making
                shutil.rmtree(old, ignore_errors=True)
        unfinished = folder.with_name(f"{folder.name}-{os.getpid()}{UNFINISHED}")
        unfinished.mkdir(parents=True)
        _make(StorePaths(unfinished), cases, seed)
        try:
            unfinished.rename(folder)
        except OSError:  # another bench was quicker
            shutil.rmtree(unfinished, ignore_errors=True)
    return folder


def copy_of(store: Path, to: Path) -> StorePaths:
    """A copy that may be written to."""
    shutil.copytree(store, to, ignore=shutil.ignore_patterns("ballast", "in-use"))
    return StorePaths(to)


def _version() -> str:
    """Changes with whatever the kept store was made by."""
    makers = [*sorted((PACKAGE / "model").glob("*.py")), *sorted((PACKAGE / "store").rglob("*.py"))]
    makers += [*sorted((PACKAGE / "duties").glob("*.py")), Path(__file__).with_name("invented.py"), Path(__file__)]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in makers)).hexdigest()[:12]


def _make(paths: StorePaths, cases: int, seed: int) -> None:
    from asbdesk.casework.landlord import add_member, set_up_landlord
    from asbdesk.store.keys import KDF_FAST
    from asbdesk.store.vault import create

    store, _ = create(paths, PASSPHRASE, SetClock(NOW), kdf=KDF_FAST, reserve=False)
    try:
        store.do(set_up_landlord, LANDLORD, 900, closed_number="0113 496 0999", authority="", second=("", ""))
        store.set_member(store.do(add_member, OFFICER).value)
        batch: list[tuple[str, str]] = []
        for entries in invented(cases, store.journal.member, seed):
            batch += [(text, body["file"]) for text, body in entries]
            if len(batch) > BATCH * 11:
                _write(store, batch)
        _write(store, batch)
        store.index_words()  # as it is on any day but the first
    finally:
        store.close()


def _write(store: Store, batch: list[tuple[str, str]]) -> None:
    from asbdesk.store.apply import apply
    from asbdesk.store.derive import refresh

    with store.writer.begin() as conn:
        apply(conn, [text for text, _ in batch])
        refresh(conn, {file.removeprefix("case/") for _, file in batch if file.startswith("case/")})
    batch.clear()


if __name__ == "__main__":
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--cases", type=int, default=10_000)
    told.add_argument("--seed", type=int, default=2026)
    given = told.parse_args()
    sys.stdout.write(f"{store_of(given.cases, seed=given.seed)}\n")
