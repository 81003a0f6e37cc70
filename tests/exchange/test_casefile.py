"""The case file written out: a PDF or a folder that anybody can check, whole or not at all, kept in the case."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from asbdesk.casework import casefile as case_files
from asbdesk.casework.casefile import Asked
from asbdesk.casework.casefile.exhibits import lies
from asbdesk.casework.cases import list_cases
from asbdesk.casework.desk import Desk
from asbdesk.casework.evidence import take_in
from asbdesk.casework.people import reporter_of
from asbdesk.clock import SetClock
from asbdesk.errors import NotWhole, UserError
from asbdesk.exchange.casefile import first_page, write_folder, write_pdf
from asbdesk.exchange.demo import practice_desk
from asbdesk.exchange.practice import live_the_visit
from asbdesk.model import Custody, Share
from asbdesk.paths import StorePaths
from tests.exchange.large_case import photograph

AT = "2026-11-23T12:00:00.000Z"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, str]]:
    """A practice desk, and the case with a lived visit, a sealed plan and files of several sorts."""
    desk = practice_desk(StorePaths(tmp_path_factory.mktemp("desk") / "store"), SetClock(AT))
    live_the_visit(desk)
    lines = desk.read(list_cases, status="all", today=desk.today).lines
    case = next(line.id for line in lines if line.title == "Assault, then smashed windows")
    person = desk.read(reporter_of, case)
    assert person is not None
    for name, data in (("door.jpg", photograph(1)), ("=cmd.txt", b"text " * 9), ("broken.png", b"\x89PNG nothing")):
        take_in(desk, case, data, name=name, from_=person.id)
    yield desk, case
    desk.close()


def shares(desk: Desk, case: str) -> list[Share]:
    from asbdesk.casework.parts.reading import standing

    return desk.read(lambda s: [x for x in standing(s, Share, case) if x.way == "casefile"])


def test_one_pdf_has_every_file_as_it_was_taken_in(lived: tuple[Desk, str], tmp_path: Path) -> None:
    desk, case = lived
    before = len(shares(desk, case))
    told: list[tuple[int, int]] = []
    done = write_pdf(desk, case, Asked("investigator"), tmp_path / "a.pdf", told=lambda *far: told.append(far))
    file = desk.read(case_files.case_file, case, desk.member, Asked("investigator"), AT)
    with pikepdf.open(done.place) as pdf:
        inside = {name[:11]: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}
    for exhibit in file.exhibits:
        kept = desk.read(lies, exhibit)
        assert inside[f"exhibit-{exhibit.number:03d}"] == desk.files.read(kept.blob, kept.key)
        assert hashlib.sha256(inside[f"exhibit-{exhibit.number:03d}"]).hexdigest() == kept.sha256
    assert done.files == len(inside) == 6 and done.size == done.place.stat().st_size
    assert hashlib.sha256(done.place.read_bytes()).hexdigest() == done.sha256
    assert told[-1][0] == told[-1][1] and [far for far, _ in told] == sorted(far for far, _ in told)
    kept_record = shares(desk, case)[-1]
    assert len(shares(desk, case)) == before + 1
    assert (kept_record.sha256, kept_record.size, kept_record.to) == (done.sha256, done.size, "the Housing Ombudsman")
    assert list(tmp_path.iterdir()) == [done.place]


def test_each_piece_of_evidence_has_a_step_in_its_keeping(lived: tuple[Desk, str], tmp_path: Path) -> None:
    from asbdesk.casework.parts.reading import standing

    desk, case = lived

    def steps() -> int:
        return desk.read(lambda s: sum(c.what == "handed_over" for c in standing(s, Custody, case)))

    before = steps()
    write_pdf(desk, case, Asked("court"), tmp_path / "a.pdf")
    assert steps() == before + 5


def test_the_folder_is_a_bag_that_anybody_can_check(lived: tuple[Desk, str], tmp_path: Path) -> None:
    desk, case = lived
    done = write_folder(desk, case, Asked("investigator"), tmp_path / "bag")
    bag = done.place
    assert (bag / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert listed(bag, "manifest-sha256.txt") == {
        f.relative_to(bag).as_posix() for f in (bag / "data").rglob("*") if f.is_file()
    }
    assert listed(bag, "tagmanifest-sha256.txt") == {"bagit.txt", "bag-info.txt", "manifest-sha256.txt"}
    payload = [f for f in (bag / "data").rglob("*") if f.is_file()]
    oxum = f"Payload-Oxum: {sum(f.stat().st_size for f in payload)}.{len(payload)}\n"
    assert oxum in (bag / "bag-info.txt").read_text(encoding="utf-8")
    assert done.sha256 == hashlib.sha256((bag / "manifest-sha256.txt").read_bytes()).hexdigest()
    told = json.loads((bag / "data" / "case-file.json").read_text(encoding="utf-8"))
    assert len(told["chapters"]) == 14
    assert set(told["chapters"][1]["tables"][0]["lines"][0]) == {"cells", "private", "exhibit"}
    assert (bag / "data" / "history.json").is_file()
    texts = [f.read_bytes().decode("utf-8-sig") for f in (bag / "data/tables").iterdir()]
    tables = [list(csv.reader(io.StringIO(text, newline=""))) for text in texts]
    assert all(len(row) == len(table[0]) for table in tables for row in table)
    assert not any(cell.startswith("=") for table in tables for row in table for cell in row)
    with pikepdf.open(bag / "data" / "case-file.pdf") as pdf:
        assert len(pdf.attachments) == 0


def listed(bag: Path, name: str) -> set[str]:
    """What a list names, each compared with its mark."""
    lines = (bag / name).read_text(encoding="utf-8").splitlines()
    for line in lines:
        mark, _, place = line.partition("  ")
        assert hashlib.sha256((bag / place).read_bytes()).hexdigest() == mark
    return {line.partition("  ")[2] for line in lines}


class Enough(Exception):
    """The officer said stop."""


@pytest.mark.parametrize(("write", "share"), [(write_pdf, 0.3), (write_pdf, 1.0), (write_folder, 0.97)])
def test_stopped_anywhere_nothing_is_left_and_nothing_is_written_down(
    lived: tuple[Desk, str], tmp_path: Path, write: object, share: float
) -> None:
    desk, case = lived
    before = len(shares(desk, case))

    def told(done: int, of: int) -> None:
        if done >= share * of:
            raise Enough

    with pytest.raises(Enough):
        write(desk, case, Asked("investigator"), tmp_path / "out", told=told)  # type: ignore[operator]
    assert list(tmp_path.iterdir()) == [] and len(shares(desk, case)) == before


def test_a_damaged_file_stops_it_and_a_missing_one_is_said(lived: tuple[Desk, str], tmp_path: Path) -> None:
    desk, case = lived
    file = desk.read(case_files.case_file, case, desk.member, Asked("investigator"), AT)
    exhibit = next(e for e in file.exhibits if e.name == "=cmd.txt")
    place = desk.files.path(desk.read(lies, exhibit).blob)
    whole = place.read_bytes()
    try:
        place.write_bytes(whole[:-3] + b"xyz")
        with pytest.raises(NotWhole):
            write_pdf(desk, case, Asked("investigator"), tmp_path / "a.pdf")
        assert list(tmp_path.iterdir()) == []
        place.unlink()
        done = write_folder(desk, case, Asked("investigator"), tmp_path / "bag")
        assert done.missing == ("=cmd.txt",) and done.files == 5
        assert "is not on this laptop: =cmd.txt" in (tmp_path / "bag/data/case-file.json").read_text(encoding="utf-8")
    finally:
        place.write_bytes(whole)


def test_nothing_is_written_over(lived: tuple[Desk, str], tmp_path: Path) -> None:
    desk, case = lived
    (tmp_path / "a.pdf").write_bytes(b"mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    with pytest.raises(UserError, match="already"):
        write_pdf(desk, case, Asked("court"), tmp_path / "a.pdf")
    with pytest.raises(UserError, match="already"):
        write_folder(desk, case, Asked("court"), tmp_path / "full")
    (tmp_path / "empty").mkdir()
    assert write_folder(desk, case, Asked("court"), tmp_path / "empty").place.is_dir()
    assert (tmp_path / "a.pdf").read_bytes() == b"mine"


def test_the_first_page_alone_is_one_page(lived: tuple[Desk, str], tmp_path: Path) -> None:
    desk, case = lived
    (tmp_path / "first.pdf").write_bytes(first_page(desk, case, Asked("resident")))
    with pikepdf.open(tmp_path / "first.pdf") as pdf:
        assert len(pdf.pages) == 1


@pytest.mark.needs("pdftotext")
def test_what_is_left_out_is_not_in_the_file_at_all(lived: tuple[Desk, str], tmp_path: Path) -> None:
    """Not under a black box, not in the structure, not in what the file says of itself."""
    desk, case = lived
    done = write_pdf(desk, case, Asked("resident"), tmp_path / "a.pdf")
    text = subprocess.run(["pdftotext", "-raw", done.place, "-"], capture_output=True, check=True).stdout.decode()
    tags = subprocess.run(["pdfinfo", "-struct-text", done.place], capture_output=True, check=True).stdout.decode()
    with pikepdf.open(done.place) as pdf:
        rest = " ".join(str(obj) for obj in pdf.objects if isinstance(obj, pikepdf.String | pikepdf.Dictionary))
    for place in (text, tags, rest):
        assert "Stroud" not in place and "Kester" not in place
    assert "Begum" in text and "Begum" in tags


# ---- large
def run(*words: str) -> str:
    told = [sys.executable, "-m", "tests.exchange.large_case", *words]
    done = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.long
@pytest.mark.parametrize("way", ["pdf", "folder"])
def test_five_thousand_entries_and_half_a_gigabyte_in_little_memory(tmp_path: Path, way: str) -> None:
    small, large = tmp_path / "small" / "store", tmp_path / "large" / "store"
    for store in (small, large):
        store.parent.mkdir()
    one = json.loads(run(str(small), run(str(small), "make", "5000", "20").strip(), way, "investigator"))
    two = json.loads(run(str(large), run(str(large), "make", "5000", "500").strip(), way, "investigator"))
    print(json.dumps({"20 MB": one, "500 MB": two}))
    assert two["size"] > 480_000_000 and two["entries"] >= 5000 and two["percent"] == 100
    assert two["peak"] < 500 and two["peak"] - one["peak"] < 60, "however large the files are"
    assert two["first_page"] < 10
