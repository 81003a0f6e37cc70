"""The case file as paper: valid with and without files inside, read in order, pages numbered, one page first."""

from __future__ import annotations

import gc
import hashlib
import io
import subprocess
import threading
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from asbdesk.documents import plan as plans
from asbdesk.documents.authority import issue, new_authority
from asbdesk.documents.bundle import make, pages_of
from asbdesk.documents.casefile_parts import Shown
from asbdesk.documents.pictures import for_paper, size_of
from asbdesk.documents.seal import seal
from asbdesk.documents.streamed import Appending, Attachment, as_attachment, as_picture, last_list, places
from asbdesk.documents.words import words
from asbdesk.errors import NotWhole
from tests.documents import vera
from tests.documents.builders import AT, released
from tests.documents.casefiles import case_file, chapters, every_case_file, exhibit
from tests.documents.test_words import LONGEST, grade, sentences, words_of

GOLDEN = Path(__file__).with_name("golden") / "casefile-struct-text.txt"


def photograph() -> bytes:
    """One that lies on its side, with what a camera writes beside it."""
    picture, out = Image.radial_gradient("L").resize((800, 600)).convert("RGB"), io.BytesIO()
    told = Image.Exif()
    told[0x0112], told[0x010F] = 6, "Invented Cameras"
    picture.save(out, "JPEG", exif=told)
    return out.getvalue()


@pytest.fixture(scope="module")
def sealed_plan() -> bytes:
    authority = new_authority("Wharram Homes", at=AT)
    officer = issue(authority, "Dami Okafor", "Wharram Homes", at=AT)
    return seal(plans.make(released()), officer, authority.cert_pem, reason="Plan 1 as agreed", at=AT)


def written(drawn: bytes, attached: tuple[Attachment, ...], pictures: dict[str, bytes]) -> bytes:
    """A drawn file with its large things after it."""
    out = io.BytesIO()
    out.write(drawn)
    known = places(io.BytesIO(drawn))
    more = Appending(out.write, len(drawn), last_list(drawn[-64:]), known)
    for each in attached:
        assert sum(more.add(known.attachments[each.name], as_attachment(each))) == each.size
    for name, data in pictures.items():
        list(more.add(known.pictures[name], as_picture(*for_paper(io.BytesIO(data)))))
    more.end()
    return out.getvalue()


@pytest.fixture(scope="module")
def bundle(sealed_plan: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A court's papers: a sealed plan shown as pages, a photograph, both inside as they are."""
    photo = photograph()
    exhibits = (
        exhibit(1, "plan", media="application/pdf", size=len(sealed_plan)),
        exhibit(2, "evidence", title="Photograph: kitchen 窓.jpg", name="a.jpg", media="image/jpeg", size=len(photo)),
    )
    attached = (
        Attachment(
            "exhibit-001 plan.pdf", "Plan 1", "application/pdf", len(sealed_plan), lambda: io.BytesIO(sealed_plan)
        ),
        Attachment("exhibit-002 a.jpg", "A photograph", "image/jpeg", len(photo), lambda: io.BytesIO(photo)),
    )
    size = size_of(io.BytesIO(photo))
    assert size == (600, 800), "as it is held, not as the camera was"
    shown = Shown({1: pages_of(sealed_plan)}, {2: size}, {n: a.name for n, a in enumerate(attached, 1)})
    drawn = make(
        case_file(copy="court", exhibits=exhibits, chapters=chapters(90)), shown, sealed=lambda _: sealed_plan,
        attachments=attached,
    )  # fmt: skip
    place = tmp_path_factory.mktemp("bundle") / "bundle.pdf"
    place.write_bytes(written(drawn, attached, {"/Shown2": photo}))
    return place


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Without files."""
    folder = tmp_path_factory.mktemp("plain")
    for name, file in every_case_file().items():
        (folder / f"{name}.pdf").write_bytes(make(file))
    return sorted(folder.glob("*.pdf"))


@pytest.mark.needs("java")
def test_verapdf_passes_it_with_files_inside(bundle: Path) -> None:
    """Without files it stands among all the documents of `test_standards`."""
    assert vera.faults([bundle], "ua1", "3a") == []


@pytest.mark.needs("qpdf")
def test_qpdf_finds_nothing_wrong(bundle: Path, plain: list[Path]) -> None:
    for path in (bundle, *plain):
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), path.name


@pytest.mark.needs("pdfinfo")
def test_the_structure_is_that_of_the_golden_file(tmp_path: Path) -> None:
    place = tmp_path / "file.pdf"
    place.write_bytes(make(case_file(chapters=chapters(6))))
    done = subprocess.run(["pdfinfo", "-struct-text", place], capture_output=True, check=True)
    assert done.stdout.decode() == GOLDEN.read_text(encoding="utf-8")


def text_of(place: Path, page: int) -> str:
    told = ["pdftotext", "-f", str(page), "-l", str(page), place, "-"]
    return subprocess.run(told, capture_output=True, check=True).stdout.decode()


@pytest.mark.needs("pdftotext")
def test_every_page_has_its_number_and_each_exhibit_its_stamp(bundle: Path) -> None:
    with pikepdf.open(bundle) as pdf:
        pages = len(pdf.pages)
    first = next(n for n in range(1, pages + 1) if "Exhibit 1, 1 of 2" in text_of(bundle, n))
    for n in range(1, pages + 1):
        number = f"page {n} of {pages}" if n in (first, first + 1) else f"{n} / {pages}"
        assert number in text_of(bundle, n), n
    assert "Your plan" in text_of(bundle, first) and "Exhibit 1, 2 of 2" in text_of(bundle, first + 1)


@pytest.mark.needs("pdftotext")
def test_page_references_and_bookmarks_lead_to_the_page(bundle: Path) -> None:
    with pikepdf.open(bundle) as pdf:
        numbers = {page.obj.objgen: n for n, page in enumerate(pdf.pages, 1)}
        with pdf.open_outline() as outline:
            found = {
                each.title: each for each in [*outline.root, *(kid for each in outline.root for kid in each.children)]
            }
        assert [each for each in found if each.startswith("Exhibit")] == [
            "Exhibit 1: Plan 1",
            "Exhibit 2: Photograph: kitchen 窓.jpg",
        ]
        links = [link for link in pdf.pages[1].Annots if link.Subtype == "/Link"]
        assert len(links) >= 7
        for link in links:
            said = int(str(link.Contents).removeprefix("Page "))
            assert numbers[link.Dest[0].objgen] == said
    assert "Exhibit 2" in text_of(bundle, said)


def test_what_was_sealed_lies_inside_byte_for_byte(bundle: Path, sealed_plan: bytes) -> None:
    with pikepdf.open(bundle) as pdf:
        inside = {name: pdf.attachments[name].get_file().read_bytes() for name in pdf.attachments}
        assert str(pdf.Root.AF[0].AFRelationship) == "/Supplement"
    assert inside["exhibit-001 plan.pdf"] == sealed_plan
    assert hashlib.sha256(inside["exhibit-002 a.jpg"]).digest() == hashlib.sha256(photograph()).digest()


def test_a_picture_on_paper_says_nothing_of_its_camera() -> None:
    shown, wide, high = for_paper(io.BytesIO(photograph()))
    assert (wide, high) == (600, 800) and b"Invented Cameras" not in shown
    assert size_of(io.BytesIO(b"\xff\xd8\xff nonsense")) is None
    assert for_paper(io.BytesIO(b"nonsense"))[1:] == (1, 1)
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "BMP")
    unfolds = bytearray(out.getvalue())
    unfolds[18:26] = (60_000).to_bytes(4, "little") * 2
    assert size_of(io.BytesIO(unfolds)) is None, "a few bytes that unfold into gigabytes"


def test_a_file_shorter_than_its_record_is_refused(sealed_plan: bytes) -> None:
    one = Attachment("a.pdf", "A", "application/pdf", len(sealed_plan) + 1, lambda: io.BytesIO(sealed_plan))
    with pytest.raises(NotWhole, match="asbdesk check"):
        written(make(case_file(), attachments=(one,)), (one,), {})


@pytest.mark.needs("pdftotext")
def test_the_first_page_is_one_page_however_much_is_known(plain: list[Path]) -> None:
    place = next(path for path in plain if path.stem == "full")
    assert "What is in it" in text_of(place, 2) and "more" in text_of(place, 1)


def test_another_paper_is_drawn_between_its_rows() -> None:
    """A plan at the kitchen table does not wait until thousands of rows are drawn."""
    rows: list[int] = []
    order: list[str] = []
    begun, ended = threading.Event(), threading.Event()

    def told(done: int, of: int) -> None:
        rows.append(done)
        if done == 200:
            begun.set()
        if done > 400:
            ended.wait(10)

    def other() -> None:
        begun.wait(10)
        plans.make(released())
        order.append("plan")
        ended.set()

    thread = threading.Thread(target=other)
    thread.start()
    data = make(case_file(chapters=chapters(1500)), told=told)
    order.append("file")
    thread.join()
    assert order == ["plan", "file"] and rows[-1] == 1501 and pages_of(data) > 50


@pytest.mark.long
def test_memory_is_flat_over_a_thousand_of_them() -> None:
    psutil = pytest.importorskip("psutil")
    held = []
    for n in range(1000):
        make(case_file(chapters=chapters(20)))
        if n % 100 == 99:
            gc.collect()
            held.append(psutil.Process().memory_info().rss / 1e6)
    print([round(each, 1) for each in held])
    assert held[-1] - held[0] < 5


def test_it_stops_where_it_is_told_to() -> None:
    class Enough(Exception):
        pass

    def told(done: int, of: int) -> None:
        if done == 50:
            raise Enough

    with pytest.raises(Enough):
        make(case_file(chapters=chapters(500)), told=told)
    assert pages_of(make(case_file())) > 1, "and the next one is drawn"


def test_its_sentences_are_plain() -> None:
    """Its marks and its names of bodies are written short, as an investigator looks for them; its sentences are not."""
    said = sentences(words("case_file"))
    assert grade(said) <= 5 and [text for text in said if len(words_of(text)) > LONGEST] == []
