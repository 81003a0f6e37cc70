"""The forms of the case file: what each asks, when, and what it comes to."""

from __future__ import annotations

from asbdesk.forms.filling import missing
from asbdesk.forms.load import library
from asbdesk.forms.score import score


def ids(found: object) -> set[str]:
    return {getattr(one, "id", one) for one in found}  # type: ignore[attr-defined]


def test_first_look_weighs_persistence_and_lifts_what_is_grave() -> None:
    form = library()["first_look"]
    long_noise = {
        "how_long": "year",
        "how_often": "daily",
        "effect": "much",
        "others": "no",
        "afraid": "no",
        "worse": "yes",
    }
    found = score(form, {"outcome": "asb", **long_noise}, set())
    assert (found.points, found.out_of, found.computed) == (11, 18, "medium")
    one_party = {
        "how_long": "first",
        "how_often": "once",
        "effect": "little",
        "others": "no",
        "afraid": "no",
        "worse": "no",
    }
    assert score(form, {"outcome": "asb", **one_party}, set()).computed == "standard"
    hurt = score(form, {"outcome": "repairs_noise", "getting_hurt": "not_sure", **one_party}, set())
    assert hurt.at_least == "high" and hurt.floors[0].reason == "somebody may be getting hurt"
    assert "passed_to" in ids(missing(form, {"outcome": "not_ours"}, {}))
    assert "passed_to" not in ids(missing(form, {"outcome": "asb"}, {}))


def test_closing_asks_for_a_manager_and_for_who_has_what_is_open() -> None:
    form = library()["closing"]
    told = {"spoken": "tried", "open_left": ["repairs"]}
    asked = ids(missing(form, told, {"high_risk": True}))
    assert {"worried", "handed_to", "manager", "second", "object_by"} <= asked
    asked = ids(missing(form, {"spoken": "yes", "open_left": ["none"]}, {}))
    assert not {"worried", "handed_to", "manager"} & asked and {"safe_way", "safe_now"} <= asked


def test_proportion_asks_what_arises_from_a_disability_and_who_is_with_a_child() -> None:
    form = library()["proportion"]
    asked = ids(missing(form, {"disability": "suspected"}, {"under_18": True}))
    assert {"arising", "guardian", "less", "children", "decided_by"} <= asked
    assert not {"arising", "guardian", "too_young"} & ids(missing(form, {"disability": "no"}, {}))


def test_other_person_never_asks_who_spoke_and_says_when_they_hear() -> None:
    form = library()["other_person"]
    assert {"safe_to_go", "what_may_be_said", "account", "hears_by"} <= ids(missing(form, {}, {}))
    aloud = " ".join(section.aloud or "" for section in form.sections)
    assert "cannot say who spoke to us" in aloud and "Nothing has been decided" in aloud.replace("\n", " ")
