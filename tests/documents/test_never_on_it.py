"""What never stands on a resident's plan is found; what may stand there is left alone."""

from __future__ import annotations

import pytest

from asbdesk.documents.naming import may_be_same
from asbdesk.documents.never_on_it import Around, Finding, findings
from asbdesk.documents.paper import PlanPaper, Step
from tests.documents.builders import plan

AROUND = Around(
    others=("Mr Kevin Stroud", "Agnieszka Nowak-Lis"),
    addresses=("Flat 14, Harrow Court, Leeds LS9 7QT",),
    children=("Amina",),
    allowed=("Ms Rahima Begum", "Dami Okafor", "Rosalind Hughes"),
    own_address="Flat 12, Harrow Court, Leeds LS9 7QT",
)


def told(text: str) -> PlanPaper:
    return plan(told_us=(text,))


def ours(text: str) -> PlanPaper:
    return plan(ours=(Step(text, "Dami Okafor", "2026-12-01"),))


def yours(text: str, help: str = "We will ring you.") -> PlanPaper:
    return plan(yours=(Step(text, help=help),))


def words(found: tuple[Finding, ...]) -> list[str]:
    return [finding.words for finding in found]


def test_a_good_plan_has_nothing_on_it() -> None:
    assert findings(plan(), AROUND) == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("kevin shouts", "kevin"),
        ("Stroud's music", "Stroud's"),
        ("it is K.S. again", "K.S."),
        ("it is KS again", "KS"),
        ("Mr S came", "Mr S"),
        ("Nowak-Lis saw it", "Nowak-Lis"),
        ("the noise from flat 14", "flat 14"),
        ("number 14 does it", "number 14"),
        ("the man upstairs", "upstairs"),
        ("his car is loud", "his car"),
        ("YK21 ABC was there", "YK21 ABC"),
        ("Amina cries", "Amina"),
        ("she is an 8 year old", "8 year old"),
        ("my daughter, who is 8, sleeps badly", "who is 8"),
        ("other neighbours have it too", "other neighbours"),
        ("a witness saw it", "witness"),
        ("I am high risk", "high risk"),
        ("I am vulnerable", "vulnerable"),
        ("I take antidepressants", "antidepressants"),
        ("they are racist", "racist"),
        ("because I am pregnant", "pregnant"),
        ("my new address", "new address"),
        ("at the school", "school"),
        ("at the refuge", "refuge"),
        ("they wrote \N{TIBETAN LETTER KA}", "\N{TIBETAN LETTER KA}"),
    ],
)
def test_found_even_in_their_own_words(text: str, word: str) -> None:
    assert word in words(findings(told(text), AROUND))


@pytest.mark.parametrize(
    "text",
    [
        "They must stop. They refused to turn it down.",
        "I HATED it, and I claim nothing.",
        "I want them evicted.",
        "I live in Flat 12, Harrow Court.",
        "The stroudest noise, from the kevins of this world? No: a nowakening.",
        "I am 42, and it was 14 o'clock, 14 times.",
        "Somebody threw a stone at my window at 2:40.",
        "We had church-like quiet once? No, but a transparent wall.",
        "The stranger pregnability of my door.",
    ],
)
def test_left_alone_in_their_own_words(text: str) -> None:
    found = [f for f in findings(told(text), AROUND) if f.place == "What you told us"]
    assert [f.words for f in found if f.words.casefold() not in ("kevins",)] == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Ask why she alleged it", "alleged"),
        ("You must ring us", "must"),
        ("See both sides", "both sides"),
        ("Do this as we told you", "as we told you"),
        ("Note that it is sensitive", "sensitive"),
        ("Evict them", "Evict"),
        ("Ask our solicitor", "solicitor"),
        ("Visit with two officers", "two officers"),
        ("Ask for the police log", "police log"),
        ("Do the risk assessment again", "risk assessment"),
        ("Refer to MARAC", "MARAC"),
        ("Fit CCTV", "CCTV"),
        ("Ask the IDVA to ring", "IDVA"),
        ("Ring asap", "asap"),
    ],
)
def test_found_in_what_we_write(text: str, word: str) -> None:
    assert word in words(findings(ours(text), AROUND))


@pytest.mark.parametrize(
    "text", ["Fit a new lock", "Ask for an ASB Case Review", "Put up a sign. It is OK", "Clean the wall"]
)
def test_left_alone_in_what_we_write(text: str) -> None:
    assert findings(ours(text), AROUND) == ()


@pytest.mark.parametrize(
    "text",
    ["Visit the other household", "Warn them", "Speak to your neighbour", "Give him a letter", "Offer mediation"],
)
def test_a_step_about_the_other_person_prints_only_in_the_fixed_forms(text: str) -> None:
    found = findings(ours(text), AROUND)
    assert len(found) >= 1 and any("Use one of three" in finding.instead for finding in found)
    assert findings(ours(text), Around(released_steps=(text,))) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Agree with you if, when and how we speak to the other household",
        "Speak to the other household in the way we agreed.",
        "Decide what we can do next, and tell you by Friday 4 December",
    ],
)
def test_the_three_fixed_forms_pass(text: str) -> None:
    assert findings(ours(text), AROUND) == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("You can stay in at night", "stay in"),
        ("You can avoid the stairs", "avoid"),
        ("You can close the curtains", "close the curtains"),
        ("You can try: do not retaliate", "retaliate"),
        ("You can get proof", "get proof"),
        ("You can collect evidence", "collect evidence"),
        ("You can film them", "film them"),
    ],
)
def test_steps_that_put_the_burden_on_them(text: str, word: str) -> None:
    assert word in words(findings(yours(text), AROUND))


def test_a_residents_step_begins_with_you_can_and_says_how_we_help() -> None:
    assert [f.instead for f in findings(yours("Keep a diary"))] == ["Begin with “You can”."]
    assert [f.instead for f in findings(yours("You can keep a diary", help=""))] == ["Fill in how we will help."]
    assert findings(yours("You do not have to answer back, or sort this out yourself.")) == ()


def test_words_they_chose_to_have_printed_may_stand_in_their_own_words_only() -> None:
    chosen = Around(chosen_words=("racist",))
    assert findings(told("They are racist"), chosen) == ()
    assert words(findings(ours("Look into the racist words"), chosen)) == ["racist"]


def test_a_body_that_has_not_agreed_is_found() -> None:
    assert findings(plan(), Around(agreed_bodies=("police",))) == ()
    assert words(findings(plan(), Around(agreed_bodies=()))) == ["Police"]


def test_every_part_of_the_paper_is_looked_at() -> None:
    for change in (
        {"help": ("Ask Kevin",)},
        {"may_talk": (("Kevin", "yes"),)},
        {"useful": (("Kevin", "0113 496 0001"),)},
        {"changed": ("Kevin moved",)},
        {"others": (Step("Write", "Kevin"),)},
        {"cannot": (Step("We cannot move you", help="Kevin lives there"),)},
        {"wants": ("Kevin to stop",)},
        {"yours": (Step("You can ring us", help="Kevin will not know"),)},
    ):
        assert "Kevin" in words(findings(plan(**change), AROUND)), change


def test_a_name_that_two_people_share_is_not_held_against_the_resident() -> None:
    shared = Around(others=("Tariq Begum",), allowed=("Ms Rahima Begum",))
    assert findings(told("I am Rahima Begum"), shared) == ()
    assert words(findings(told("It was Tariq"), shared)) == ["Tariq"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mr Kester Stroud (practice)", "Kester Stroud", True),
        ("Mr Stroud", "K. Kester Stroud", True),
        ("Rosalind Hughes", "rosalind", True),
        ("Rosalind Hughes", "Dami Okafor", False),
        ("Mr", "Ms", False),
        ("", "Stroud", False),
    ],
)
def test_a_name_written_shorter_may_be_the_same(one: str, other: str, same: bool) -> None:
    assert may_be_same(one, other) is same


def test_what_stands_in_another_language_is_looked_at_too() -> None:
    found = findings(plan(language="ur", own=(("We ring you", "Kevin Stroud کو فون کریں گے"),)), AROUND)
    assert found and {each.place for each in found} == {"In their own language"}
