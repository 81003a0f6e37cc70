"""A store from every release still opens, with what it held."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from asbdesk.clock import SetClock
from asbdesk.model import Assessment, Evidence
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from tests import builders as b
from tests.stores.make import PASSPHRASE

KEPT = sorted(path for path in Path(__file__).parent.iterdir() if (path / "desk.db").is_file())


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
@pytest.mark.parametrize("by", ["passphrase", "recovery"])
def test_a_store_from_every_release_opens(kept: Path, by: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(kept, tmp_path / "desk"))
    secret = {"passphrase": PASSPHRASE, "recovery": (kept / "recovery-code").read_text().strip()}[by]
    store = vault.unlock(StorePaths(folder), SetClock("2026-11-22T10:00:00.000Z"), **{by: secret})  # type: ignore[arg-type]
    try:
        assert store.ask(lambda s: s.scalar(sa.select(Assessment.band))).value == "high"
        (run,) = store.drafts.open_runs()
        assert store.drafts.values(run.id) == {"alone": "yes"}
        blob, key = store.ask(lambda s: s.execute(sa.select(Evidence.blob, Evidence.key)).one()).value
        assert store.files.read(blob, key) == b"a photograph" * 100
        b.assert_whole(store)
    finally:
        store.close()
