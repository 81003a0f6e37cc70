"""A case of any size, and how its file is written in a process of its own: `python -m tests.exchange.large_case STORE
ENTRIES MEGABYTES` prints what it took as JSON."""

from __future__ import annotations

import io
import json
import sys
import time
from pathlib import Path
from typing import Any

from asbdesk.casework.casefile import Asked
from asbdesk.casework.cases import case_page, list_cases
from asbdesk.casework.desk import Desk
from asbdesk.casework.release import Override
from asbdesk.clock import SetClock
from asbdesk.exchange.casefile import first_page, write_folder, write_pdf
from asbdesk.exchange.demo import practice_desk
from asbdesk.paths import StorePaths
from tests.bench.invented import Writer
from tests.ui.big_case import entries_of

NOW = "2027-12-20T09:12:00.000Z"
MEGABYTE = 1_000_000
VIDEO = 40
"""Megabytes of one film; photographs are of two."""


def photograph(megabytes: int = 2) -> bytes:
    """A photograph about so large: noise, which no format makes smaller."""
    from PIL import Image

    side = 1100 * megabytes
    out = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(out, "JPEG", quality=86)
    return out.getvalue()


def make(desk: Desk, entries: int, megabytes: int) -> str:
    """The first case filled until it has about so many entries, and files so large. Its id."""
    from asbdesk.store.apply import apply
    from asbdesk.store.derive import refresh

    line = desk.read(list_cases, today=desk.today).lines[0]
    person = desk.read(case_page, line.id, desk.today).people[0].id
    texts = list(entries_of(Writer(7), line.id, person, desk.member, entries))
    with desk.store.writer.begin() as conn:
        apply(conn, texts)
        refresh(conn, {line.id})
    _files(desk, line.id, person, megabytes)
    return line.id


def _files(desk: Desk, case: str, person: str, megabytes: int) -> None:
    """Photographs for a fifth of it, films for the rest."""
    from asbdesk.casework.evidence import take_in

    picture, film = photograph(), bytes(range(256)) * (VIDEO * MEGABYTE // 256)
    left, n = megabytes * MEGABYTE, 0
    while left > 0:
        n += 1
        photo = n % 5 != 0 or left < len(film)
        content = picture + n.to_bytes(4, "big") if photo else film
        name, note = (f"stair {n}.jpg", "The stair") if photo else (f"night {n}.mp4", "Through the wall")
        take_in(desk, case, content, name=name, from_=person, note=note)
        left -= len(content)


def peak() -> float:
    """Megabytes of memory held at most by this process."""
    try:
        import resource
    except ImportError:  # Windows
        import psutil

        return float(psutil.Process().memory_info().peak_wset) / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def main(store: Path, case: str, way: str, copy: str) -> dict[str, Any]:
    """Write one and say what it took."""
    from asbdesk.exchange.demo import PASSPHRASE
    from asbdesk.store.vault import unlock

    desk = Desk(unlock(StorePaths(store), SetClock(NOW), passphrase=PASSPHRASE))
    before = peak()
    told: list[int] = []
    asked, why = Asked(copy), Override("Asked for")  # type: ignore[arg-type]
    used = time.process_time()
    page = first_page(desk, case, asked)
    first = time.process_time() - used
    started, used = time.perf_counter(), time.process_time()
    write, place = (write_pdf, store.parent / "out.pdf") if way == "pdf" else (write_folder, store.parent / "out")
    done = write(desk, case, asked, place, why, lambda done, of: told.append(100 * done // of))
    took = {"seconds": time.perf_counter() - started, "processor": time.process_time() - used, "first_page": first}
    desk.close()
    sizes = {"size": done.size, "entries": done.entries, "files": done.files, "told": len(told), "page": len(page)}
    return {**took, **sizes, "before": before, "peak": peak(), "percent": told[-1]}


def practice(store: Path, entries: int, megabytes: int) -> str:
    """A practice desk with such a case; its id."""
    desk = practice_desk(StorePaths(store), SetClock(NOW))
    case = make(desk, entries, megabytes)
    desk.close()
    return case


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    if sys.argv[2] == "make":
        print(practice(folder, int(sys.argv[3]), int(sys.argv[4])))
    else:
        print(json.dumps(main(folder, *sys.argv[2:5])))
