"""Every kind of mistake in a form file is named: the file, the line, what is wrong, and the mend."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asbdesk.errors import UserError
from asbdesk.forms.faults import FormError
from asbdesk.forms.load import load, load_text
from asbdesk.forms.yaml_text import LARGEST

GOOD = dedent("""\
    id: mine
    version: 1
    title: Our form
    facts: [weapon]
    sections:
      - id: one
        title: First
        questions:
          - id: q1
            kind: single
            text: How often?
            options:
              - {value: never, label: Never, points: 0}
              - {value: daily, label: Every day, points: 3}
          - id: q2
            kind: multi
            text: What helps?
            options: [{value: a, label: A}, {value: b, label: B}, {value: none, label: None, exclusive: true}]
          - id: q3
            kind: yes_no
            text: Is it worse?
            points: 2
            when: q1 == daily
          - {id: q4, kind: scale, text: How bad?, min: 0, max: 10}
    bands:
      - {key: low, label: Low, min: 0, max: 2}
      - {key: high, label: High, min: 3, max: 5, required: [support_offered]}
    floors:
      - {when: weapon, band: high, reason: there was a weapon}
    """)


def test_the_good_form_is_good() -> None:
    form = load_text(GOOD, "mine.yaml")
    assert [q.id for q in form.questions] == ["q1", "q2", "q3", "q4"]
    assert form.out_of == 5


MALFORMED = [
    # what to write in place of what, the line, what is wrong, the mend
    ("title: Our form", "titel: Our form", 3, "“titel” is not known here", "did you mean “title”?"),
    ("title: Our form\n", "", 1, "“title” is missing", "add “title: …”"),
    ("title: Our form", "title:", 3, "“title” is empty", "write something after it"),
    ("title: Our form", "title: 5", 3, "“title” should be words", 'put it in quotes: "5"'),
    ("version: 1", "version: new", 2, "“version: new” is not a version", "write numbers"),
    ("id: mine", "id: My Form", 1, "“My Form” cannot be used as “id”", "use small letters"),
    ("id: q2", "id: q1", 15, "question “q1” is there twice", "another id"),
    ("id: q2", "id: weapon", 15, "also the name of a fact", "another name"),
    ("kind: multi", "kind: mutli", 16, "“kind: mutli” is not known", "did you mean “multi”?"),
    ("kind: multi", "kind: essay", 16, "“kind: essay” is not known", "use one of: single"),
    (
        "{value: never, label: Never, points: 0}",
        "{value: never, points: 0}",
        13,
        "“label” is missing",
        "add “label: …”",
    ),
    ("value: never", "value: daily", 14, "option “daily” is there twice", "another value"),
    ("value: never", "value: dont_know", 13, "kept for an answer that is not one", "take this option out"),
    ("label: Never, points: 0", "label: Never", 13, "has no points and others have", "points: 0"),
    ("points: 0", "points: -1", 13, "“points: -1” is out of range", "at least 0"),
    ("points: 0", "points: none", 13, "is not a whole number", "points: 2"),
    ("points: 0", "points: 0.5", 13, "is not a whole number", "points: 2"),
    (
        "{id: q4, kind: scale, text: How bad?, min: 0, max: 10}",
        "{id: q4, kind: text, text: x, points: 2}",
        24,
        "points on a question of kind “text”",
        "only single, multi and yes_no",
    ),
    (
        "points: 2\n",
        "points: 2\n        options: [{value: 'yes', label: Yes}]\n",
        23,
        "needs both “yes” and “no”",
        "add the other",
    ),
    ("min: 0, max: 10}", "min: 0, max: 10, options: []}", 24, "options do not go with kind “scale”", "kind: single"),
    ("min: 0, max: 10}", "min: 0}", 24, "scale “q4” has no ends", "add “min:” and “max:”"),
    ("min: 0, max: 10}", "min: 5, max: 5}", 24, "is not more than", "change one"),
    ("min: 0, max: 10}", "min: 0, max: 100}", 24, "more than 11 steps", "kind: number"),
    ("min: 0, max: 10}", "min: 0, max: 10, rows: 3}", 24, "“rows” goes only with kind “long_text”", "take it out"),
    ("min: 0, max: 10}", "min: 0, max: 10, required: maybe}", 24, "neither true nor false", "required: true"),
    ("        text: Is it worse?\n", "", 19, "question “q3” has no “text”", "write the words"),
    ("exclusive: true", "exclusive: true, colour: red", 18, "“colour” is not known here", "use one of: value, label"),
    (
        "label: Never, points: 0",
        "label: Never, points: 0, exclusive: true",
        13,
        "“exclusive” goes only with kind “multi”",
        "take it out",
    ),
    ("when: q1 == daily", "when: q9 == daily", 23, "there is no question or fact “q9”", "use one of: weapon, q1, q2"),
    ("when: q1 == daily", "when: q4 > 3", 23, "“q4” comes later", "move it before"),
    ("when: q1 == daily", "when: q1 == dayly", 23, "“q1” has no answer “dayly”", "did you mean “daily”?"),
    ("when: q1 == daily", "when: q1 = daily", 23, "is not part of a condition", "write “==”"),
    ("when: q1 == daily", "when: q1 ==", 23, "the condition breaks off", "q3 == yes"),
    ("when: q1 == daily", "when: (q1 == daily", 23, "“)” is missing", "add it"),
    ("when: q1 == daily", "when: q1 == daily weapon", 23, "one word too many", "“and” or “or”"),
    ("when: q1 == daily", "when: q1 has daily", 23, "“has” goes only with several answers", "write “==”"),
    ("when: q1 == daily", "when: q2 == a", 23, "which takes several answers", "write “has”"),
    ("when: q1 == daily", "when: q1 > 3", 23, "“>” goes only with numbers", "write “==”"),
    ("when: q1 == daily", "when: q1 > daily", 23, "needs a whole number", "q1 > 3"),
    ("when: q1 == daily", "when: and", 23, "stands where a question’s id belongs", "q3 == yes"),
    ("min: 3, max: 5, required", "min: 4, max: 5, required", 27, "3 points are in no band", "min: 3"),
    ("min: 3, max: 5, required", "min: 2, max: 5, required", 27, "2 points are in two bands", "min: 3"),
    ("min: 3, max: 5, required", "min: 3, max: 9, required", 27, "the questions can give 5", "max: 5"),
    ("min: 0, max: 2}", "min: 2, max: 0}", 26, "ends (0) before it begins (2)", "change one"),
    ("key: high", "key: low", 27, "band “low” is there twice", "another key"),
    (
        "[support_offered]",
        "[support_ofered]",
        27,
        "required step “support_ofered” is not known",
        "did you mean “support_offered”?",
    ),
    (", reason: there was a weapon", "", 29, "“reason” is missing", "add “reason: …”"),
    ("band: high, reason", "band: top, reason", 29, "there is no band “top”", "use one of: low, high"),
    ("band: high, reason", "band: low, reason", 29, "lifts nothing", "higher one"),
    ("when: weapon,", "when: knife,", 29, "there is no question or fact “knife”", "use one of"),
    (
        "  - id: one",
        "  - id: one\n    questions: []\n    title: X\n  - id: one",
        9,
        "section “one” is there twice",
        "another id",
    ),
    ("title: First", "title: First\n    title: Again", 8, "“title” stands here twice (first on line 7)", "keep one"),
    ("title: First", "\ttitle: First", 7, "begins with a tab", "spaces"),
    ("title: First", "title: Fi\x07rst", 7, "control character (U+0007)", "take it out"),
    ("title: First", "title: First: again", 7, "is not YAML here", "look at the indent"),
    ("title: First", 'title: "First', 7, "is not YAML here", "look at the indent"),
    ("title: First", "title: [First", 8, "is not YAML here", "look at the indent"),
    ("title: First", "title: !!python/object/apply:os.system [ls]", 7, "uses a tag", "quotes"),
    ("title: First", "title: *other", 7, "names nothing before it", "write the words out"),
    ("title: First", "title: " + "[" * 50, 7, "nested more than 12 deep", "brackets"),
    ("title: First", f"title: {'x' * 400}", 7, "“title” is too long", "keep it to 300"),
    ("sections:", "sections: {}", 6, "is not YAML here", "look at the indent"),
    ("id: mine", "---\n---\nid: mine", 2, "second document", "one form in one file"),
]


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "mend"), MALFORMED, ids=[f"{m[3]}-{n}" for n, m in enumerate(MALFORMED)]
)
def test_a_mistake_is_named_with_its_line_and_mend(old: str, new: str, line: int, what: str, mend: str) -> None:
    assert old in GOOD
    with pytest.raises(FormError) as refused:
        load_text(GOOD.replace(old, new, 1), "mine.yaml")
    faults = [f for f in refused.value.faults if what in f.what]
    assert faults, str(refused.value)
    assert (faults[0].file, faults[0].line) == ("mine.yaml", line), str(refused.value)
    assert mend in faults[0].mend
    assert str(faults[0]).startswith(f"mine.yaml, line {line}: ")


def test_every_fault_is_reported_not_only_the_first() -> None:
    text = GOOD.replace("value: never", "value: daily").replace("min: 3, max: 5, required", "min: 4, max: 5, required")
    with pytest.raises(UserError) as refused:
        load_text(text.replace("band: high, reason", "band: top, reason"), "mine.yaml")
    said = str(refused.value).splitlines()
    assert len(said) == 3
    assert [line.split(":")[0] for line in said] == ["mine.yaml, line 14", "mine.yaml, line 27", "mine.yaml, line 29"]


def test_faults_of_shape_do_not_hide_those_of_single_questions() -> None:
    text = GOOD.replace("title: Our form", "titel: Our form").replace("value: never", "value: daily")
    with pytest.raises(FormError) as refused:
        load_text(text.replace("when: q1 == daily", "when: q1 ="), "mine.yaml")
    assert [fault.line for fault in refused.value.faults] == [1, 3, 14, 23]


def test_a_bomb_of_aliases_is_refused_quickly() -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    for one, next_ in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{next_}: &{next_} [{', '.join([f'*{one}'] * 10)}]\n"
    with pytest.raises(FormError, match="parts"):
        load_text(bomb, "bomb.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "sections: 5",
        "sections: [5, {questions: 6}, {questions: [7]}]",
        "",
        "   ",
        "# nothing",
        "5",
        "words",
        "- a\n- b",
        "[]",
        "~",
        "{}",
        "\ufeff",
    ],
)
def test_what_is_no_form_is_refused_in_words(text: str) -> None:
    with pytest.raises(FormError, match="line 1: "):
        load_text(text, "odd.yaml")


FILES = {
    "too large": (b"# " + b"x" * LARGEST, "larger than 256 KiB"),
    "not UTF-8": (GOOD.replace("Our form", "Caf\u00e9").encode("latin-1"), "line 3: is not UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "line 1: is not UTF-8"),
    "UTF-16": (GOOD.encode("utf-16"), "is not UTF-8"),
    "zeros": (bytes(4096), "control character"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_text_is_refused_in_words(tmp_path: Path, name: str) -> None:
    raw, said = FILES[name]
    (tmp_path / "own.yaml").write_bytes(raw)
    with pytest.raises(FormError, match=said) as refused:
        load(tmp_path / "own.yaml")
    assert "own.yaml" in str(refused.value)


def test_a_missing_file_and_a_folder_are_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "dir.yaml").mkdir()
    for name in ("gone.yaml", "dir.yaml"):
        with pytest.raises(FormError, match="cannot be read"):
            load(tmp_path / name)


@settings(max_examples=60)
@given(
    st.integers(0, len(GOOD)),
    st.integers(0, 30),
    st.text(max_size=4) | st.sampled_from(list("{}[]:,-#&*!|>'\"%@`? \n")),
)
def test_no_slip_of_the_hand_ends_in_anything_but_a_form_or_words(at: int, gone: int, put: str) -> None:
    try:
        load_text(GOOD[:at] + put + GOOD[at + gone :], "slip.yaml")
    except FormError as error:
        assert all(fault.what and fault.mend and fault.line >= 1 for fault in error.faults)
