"""Makes `tests/stores/VERSION`, the store kept from each release: `python -m tests.stores.make` before releasing."""

from __future__ import annotations

import shutil
from pathlib import Path

import asbdesk
from asbdesk.clock import SetClock
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.keys import KDF_FAST
from tests import builders as b

PASSPHRASE = "kept for the tests"


def main() -> None:
    folder = Path(__file__).parent / asbdesk.__version__
    shutil.rmtree(folder, ignore_errors=True)
    clock = SetClock("2026-11-21T10:00:00.000Z")
    store, code = vault.create(StorePaths(folder), PASSPHRASE, clock, kdf=KDF_FAST, reserve=False)
    case, _, _ = store.do(b.open_whole_case, "Ms Practice Person").value
    store.do(b.report, case, "They bang on the wall.", behaviours=["noise"], serious=[])
    assessment = store.do(b.assess, case, "medium", answers={"q1": "yes"}, score=12).value
    clock.pass_time(hours=1)
    store.do(b.change_band, assessment, "high")
    store.do(b.promise, case, "ring on Friday", "2026-11-27")
    run = store.drafts.start(case, "visit", "sha256:0", "room")
    store.drafts.save(run, "alone", "yes")
    kept = store.files.keep(b"a photograph" * 100)
    store.do(b.take_evidence, case, kept)
    store.close()
    (folder / "recovery-code").write_text(code + "\n", encoding="ascii")
    store.paths.lock.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
