"""The plan's paper: its headings, its sentences, one sheet where it can be, and each way that signing can go."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from asbdesk.documents.authority import fingerprint
from asbdesk.documents.paper import NextContact, PlanPaper, Signing, Step
from asbdesk.documents.plan import make
from tests.documents.builders import every_plan, plan, released
from tests.documents.conftest import Keys

GOLDEN = Path(__file__).with_name("golden")
pytestmark = pytest.mark.needs("pdftotext", "pdfinfo")


def text_of(data: bytes) -> str:
    """The text as it is read, line ends as spaces."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True)
    return re.sub(r"\s+", " ", done.stdout.decode())


def pages_of(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def printed(paper: PlanPaper | None = None, **how: Any) -> str:
    return text_of(make(released(paper), **how))


HEADINGS = (
    "Who to ring",
    "What you told us",
    "What you want to happen",
    "What we will do",
    "When we will speak",
    "What you can do, if you want to",
    "What others will do",
    "What we cannot do, and why",
    "The other people involved",
    "Help for you",
    "When we will look at this plan again",
    "Who we may talk to",
    "If you are not happy with us",
    "Signing",
    "About this copy",
)


def test_the_headings_stand_in_their_order() -> None:
    text = printed()
    places = [text.index(heading) for heading in HEADINGS]
    assert places == sorted(places)


def test_a_usual_plan_is_one_sheet_whose_front_ends_with_when_we_will_speak() -> None:
    data = make(released())
    assert pages_of(data) == 2
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages.remove(p=2)
        out = io.BytesIO()
        pdf.save(out)
    front = text_of(out.getvalue())
    assert "When we will speak" in front and "What you can do" not in front
    assert "Page 1 of 2 More on the other side" in front


def test_text_comes_out_as_it_went_in() -> None:
    text = printed()
    assert "Your officer is Dami Okafor. Ring 0113 496 0127, Monday to Friday, 9 to 5." in text
    assert "Dami Okafor will ring you on Friday 27 November, 10:00. After that, every Friday." in text
    assert "We will look again at the review." in text
    assert "housingofficer" not in text and "\N{NO-BREAK SPACE}" not in text


def test_nothing_filled_in_leaves_only_what_must_stand() -> None:
    text = printed(every_plan()["no-actions"])
    assert "We have not written our jobs here yet." in text and "We have not set a day yet." in text
    for heading in ("What you can do", "What others will do", "What we cannot do", "The other people"):
        assert heading not in text


@pytest.mark.parametrize(
    ("which", "words"),
    [
        ("usual", ["Ms Rahima Begum, 23 November 2026", "Dami Okafor, 23 November 2026"]),
        ("aloud", ["Ms Rahima Begum agreed to this plan out loud. Rosalind Hughes heard it."]),
        ("unsigned", ["Ms Rahima Begum agrees to this plan. Ms Rahima Begum chose not to sign."]),
        ("time", ["Ms Rahima Begum wants time to think. We will ask on Monday 30 November 2026."]),
        ("disagrees", ["does not agree with this plan", "“I want to move first.”", "A manager will read this."]),
        ("not-asked", ["We have not asked Ms Rahima Begum to sign."]),
        ("helped", ["Farid Haque read this to Ms Rahima Begum in Bengali.", "Joy Adeyemi was there to help"]),
    ],
)
def test_each_way_that_signing_goes(which: str, words: list[str]) -> None:
    text = printed(every_plan()[which])
    assert [said for said in words if said not in text] == []
    assert not re.search(r"\b(refus|declin|fail)", text)


def test_why_somebody_was_not_asked_to_sign_stays_off_the_paper() -> None:
    assert "Not well enough" not in printed(every_plan()["not-asked"])


def test_the_ink_is_a_figure_that_says_whose_it_is() -> None:
    data = make(released())
    done = subprocess.run(["pdfinfo", "-struct", "-"], input=data, capture_output=True, check=True).stdout.decode()
    assert "Figure" in done
    with pikepdf.open(io.BytesIO(data)) as pdf:
        said = {str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item}
    assert "Signature of Ms Rahima Begum, drawn on 23 November 2026" in said
    assert "Signature of Dami Okafor, drawn on 23 November 2026" in said


def test_version_two_says_what_changed() -> None:
    text = printed(every_plan()["version-2"])
    assert "Version 2." in text
    assert "This plan takes the place of the one from Monday 23 November 2026. We changed this." in text
    assert text.index("Signing") < text.index("What changed") < text.index("About this copy")
    assert "What changed" not in printed()


def test_a_draft_says_so_on_each_page_and_has_no_place_for_a_seal() -> None:
    data = make(released(), draft=True)
    text = text_of(data)
    assert pages_of(data) == 2
    assert text.count("Draft: not agreed yet") >= pages_of(data) and "This copy is locked" not in text
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/AcroForm" not in pdf.Root
    assert "Draft" not in printed()


def test_a_copy_to_read_does_not_say_that_it_is_locked() -> None:
    data = make(released(plan(signing=Signing("signed", "Ms Rahima Begum"))), layout="large", to_read=True)
    text = text_of(data)
    assert "Ms Rahima Begum signed this plan." in text and "This copy is for reading." in text
    assert "locked" not in text and "Draft" not in text
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/AcroForm" not in pdf.Root


def test_freeholders_are_not_sent_to_the_ombudsman() -> None:
    text = printed(every_plan()["freeholder"])
    assert "Ombudsman" not in text and "This is called an ASB Case Review. Ask us how." in text
    assert "Ring 0300 111 3000." in printed()


def test_sixty_actions_are_all_there() -> None:
    data = make(released(every_plan()["sixty-actions"]))
    text = text_of(data)
    assert all(f"hole, {n} " in text for n in range(15)) and "Page 1 of" in text and pages_of(data) > 2


def test_large_print_is_eighteen_point_in_one_column_with_everything_in_it() -> None:
    data = make(released(), layout="large")
    text = text_of(data)
    assert [heading for heading in HEADINGS if heading not in text] == []
    assert "Who: Repairs team." in text and "By when: Wednesday 25 November." in text
    sizes = _sizes(data)
    assert min(sizes - {13.0}) >= 18


def test_nothing_but_the_mark_is_under_twelve_point() -> None:
    assert min(_sizes(make(released())) - {9.0}) >= 12


def _sizes(data: bytes) -> set[float]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {
            float(operands[1])
            for page in pdf.pages
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "Tf"
        }


def test_a_day_of_another_year_says_which() -> None:
    speak = NextContact("Dami Okafor", "ring", "2027-01-04", "", "", "", "")
    text = printed(plan(speak=speak, ours=(Step("Look again", "Dami Okafor", until="every Friday"),)))
    assert "on Monday 4 January 2027. After that, we will speak if something happens, or if you ask." in text
    assert "ring us on 0113 496 0127." in text and "every Friday" in text


def test_signs_that_mean_something_elsewhere_are_only_letters_here() -> None:
    text = printed(every_plan()["strange-signs"])
    assert '<b>Tom & "Jerry"</b>' in text and "{name} **x** &amp; %s" in text and "é" in text
    assert "\N{REPLACEMENT CHARACTER}" in text


def test_the_authoritys_mark_prints_small(keys: Keys) -> None:
    text = text_of(make(released(plan(authority="")), authority=keys.authority.cert_pem))
    assert f"Our mark: {fingerprint(keys.authority.cert_pem)}" in text
    assert "Our mark" not in printed(plan(authority=""))


def test_the_same_plan_makes_the_same_bytes() -> None:
    assert make(released()) == make(released())


@pytest.mark.parametrize("name", ["plan", "large"])
def test_a_screen_reader_hears_it_in_order(name: str) -> None:
    """The tags and their text, as `pdfinfo -struct-text` reads them; look at the change before accepting it."""
    data = make(released(), layout=name if name == "large" else "standard")
    done = subprocess.run(["pdfinfo", "-struct-text", "-"], input=data, capture_output=True, check=True)
    heard = [line for line in done.stdout.decode().splitlines() if "/BBox" not in line and "/Placement" not in line]
    assert heard == (GOLDEN / f"{name}-struct-text.txt").read_text(encoding="utf-8").splitlines()
