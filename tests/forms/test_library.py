"""The shipped forms, and a landlord's own beside them."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from asbdesk.forms.load import form_hash, library, load
from asbdesk.forms.yaml_text import read_text
from asbdesk.paths import resources

SHIPPED = sorted((resources() / "forms").glob("*.yaml"))


def own(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")


def form(id: str = "diary", version: str = "1", title: str = "Diary") -> str:
    ask = "[{id: q, kind: yes_no, text: Is it?}]"
    return f"id: {id}\nversion: {version}\ntitle: {title}\nsections: [{{id: a, title: A, questions: {ask}}}]\n"


def test_the_shipped_forms_load_whole() -> None:
    forms = library()
    assert {"risk_matrix", "vulnerability", "visit"} <= set(forms)
    assert forms.refused == ()
    for path in SHIPPED:
        shipped = load(path)
        assert forms[shipped.id] is shipped
        assert path.stem == shipped.id


def test_a_form_is_one_with_its_exact_words(tmp_path: Path) -> None:
    shipped = library()["risk_matrix"]
    assert shipped.text == read_text(resources() / "forms" / "risk_matrix.yaml")
    assert shipped.hash == "sha256:" + hashlib.sha256(shipped.text.encode()).hexdigest() == form_hash(shipped.text)
    own(tmp_path / "own", "mine.yaml", shipped.text.replace("Most weeks", "Nearly every week"))
    assert library(tmp_path / "own")["risk_matrix"].hash != shipped.hash


def test_the_same_words_with_windows_line_ends_are_the_same_form(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbf" + form().replace("\n", "\r\n").encode())
    assert load(tmp_path / "a.yaml").hash == form_hash(form())


def test_a_landlords_own_form_joins_or_replaces(tmp_path: Path) -> None:
    own(tmp_path, "diary.yaml", form())
    own(tmp_path, "our matrix.yml", form("risk_matrix", "0.1", "Our matrix"))
    own(tmp_path, "readme.txt", "not a form")
    forms = library(tmp_path)
    assert forms["diary"].title == "Diary"
    assert forms["risk_matrix"].title == "Our matrix"
    assert forms.refused == ()


def test_of_its_own_the_highest_version_is_used(tmp_path: Path) -> None:
    for version in ("2", "10", "9.5"):
        own(tmp_path, f"diary {version}.yaml", form(version=version, title=f"Diary {version}"))
    assert library(tmp_path)["diary"].title == "Diary 10"


def test_a_broken_one_is_refused_in_words_and_the_shipped_one_stays(tmp_path: Path) -> None:
    own(tmp_path, "matrix.yaml", form("risk_matrix").replace("kind: yes_no", "kind: yesno"))
    own(tmp_path, "good.yaml", form())
    forms = library(tmp_path)
    assert len(forms["risk_matrix"].questions) == 14
    assert "diary" in forms
    assert [str(refused) for refused in forms.refused] == [
        "matrix.yaml, line 4: “kind: yesno” is not known; did you mean “yes_no”?"
    ]


def test_two_of_one_version_with_other_words_are_refused(tmp_path: Path) -> None:
    own(tmp_path, "a.yaml", form(title="One"))
    own(tmp_path, "b.yaml", form(title="Two"))
    own(tmp_path, "c.yaml", form(title="One"))
    forms = library(tmp_path)
    assert forms["diary"].title == "One"
    assert [r.faults[0].file for r in forms.refused] == ["b.yaml"]
    assert "also in a.yaml" in str(forms.refused[0])


def test_no_folder_and_an_empty_one_are_fine(tmp_path: Path) -> None:
    assert set(library(tmp_path)) == set(library(tmp_path / "none")) == set(library(None)) == set(library())


def test_what_is_read_aloud_and_shown_is_plain() -> None:
    """No level, score or jargon on the shared face (PRACTICE.md 6, 24)."""
    for shipped in library().values():
        for question in shipped.questions:
            if question.face == "shared":
                said = f"{question.text} {question.aloud} {' '.join(o.label for o in question.options)}".lower()
                for word in ("points", "score", "high risk", "vulnerable", "perpetrator", "alleged", "victim", "asb"):
                    assert word not in said.split(), (shipped.id, question.id, word)


def test_no_question_is_answered_before_it_is_asked() -> None:
    """No question has an answer before it is asked: every one is missing from an empty form."""
    from asbdesk.forms.filling import missing

    room = {"alone": True, "safe_to_talk": True, "child_hears": False}
    assert len(missing(library()["risk_matrix"], {}, room)) == 14


def test_vulnerability_asks_of_each_need_who_said_so() -> None:
    form = library()["vulnerability"]
    needs = [o.value for q in form.questions if q.id.startswith("needs_") for o in q.options if o.value != "none"]
    assert len(needs) == len(set(needs)) == 25
    for need in needs:
        said = form.by_id[f"said_{need}"]
        assert [o.value for o in said.options] == ["person", "family", "professional", "us"]
        assert said.face == "mine"
    for secret in ("self_harm", "abuse_survivor", "exploited"):
        assert form.by_id[f"said_{secret}"].private and form.by_id["needs_private"].private


def test_the_program_starts_without_the_schema_library() -> None:
    """pydantic and ruamel.yaml are imported when a form is loaded, not before."""
    heavy = "('pydantic', 'ruamel.yaml', 'holidays')"
    look = f"import sys, asbdesk.forms.load, asbdesk.duties; print([m for m in {heavy} if m in sys.modules])"
    here = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, cwd=here)
    assert done.stdout.strip() == "[]"
