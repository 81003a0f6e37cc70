"""What is offered for a plan, and that all of it may be printed."""

from __future__ import annotations

import datetime as dt

import pytest

from asbdesk.casework.suggestions import FIXED_FORMS, Known, everything, library, suggest
from asbdesk.casework.words import picklist
from asbdesk.documents.never_on_it import findings
from asbdesk.documents.paper import PlanPaper, Step
from asbdesk.exchange.history_kinds import LISTS


def day(n: int) -> str:
    return (dt.date(2026, 11, 23) + dt.timedelta(n)).isoformat()


def paper(**parts: tuple[Step, ...]) -> PlanPaper:
    told = (
        "Invented Homes",
        "ASB-2026-A0001",
        "Ms Begum",
        "2026-11-23",
        "1",
        "Dami Okafor",
        "01632 960100",
        "9 to 5",
        "",
    )
    return PlanPaper(*told, **parts)


def test_every_step_of_the_library_may_stand_on_a_plan() -> None:
    for s in everything(day, "Dami Okafor"):
        step = Step(s.what, s.who, s.by, "" if s.by else "for now", s.help)
        where = {"landlord": "ours", "resident": "yours", "agency": "others"}[s.owner]
        assert findings(paper(**{where: (step,)})) == (), s.code


def test_steps_about_the_other_person_are_the_three_forms() -> None:
    assert {e["words"] for e in library() if e.get("about_other")} == set(FIXED_FORMS)
    for may_speak in ("yes", "not_yet", "no", "wont_say"):
        known = Known(four_answered=True, may_speak=may_speak, other_known=True)
        for s in suggest(known, day):
            if s.about_other:
                assert findings(paper(ours=(Step(s.what, "Dami Okafor", s.by),))) == ()


@pytest.mark.parametrize(
    "known",
    [
        Known(band="high", other_known=True),
        Known(band="high", four_answered=True, may_speak="yes"),
        Known(band="high", four_answered=True, may_speak="yes", other_known=True, welfare=True),
    ],
    ids=["not answered", "nobody named", "welfare"],
)
def test_nothing_about_the_other_person_is_offered(known: Known) -> None:
    assert not any(s.about_other for s in suggest(known, day))


def test_high_risk_is_offered_safety_and_support_first() -> None:
    offered = suggest(Known(band="high", serious=frozenset({"assault"})), day)
    kinds = [s.kind for s in offered if s.owner == "landlord"]
    assert kinds[0] == "safety" and "support" in kinds
    assert kinds.index("support") > max(n for n, k in enumerate(kinds) if k == "safety")


def test_what_is_taken_is_not_offered_again() -> None:
    known = Known(band="high", taken=frozenset({"alarm", "multi_agency"}))
    assert {"alarm", "multi_agency"}.isdisjoint(s.code for s in suggest(known, day))


@pytest.mark.parametrize("name", ["behaviour", "serious", "evidence_type", "strand"])
def test_picklists_have_words_for_every_code_of_the_format(name: str) -> None:
    codes = LISTS[{"behaviour": "behaviours", "evidence_type": "evidence", "strand": "strands"}.get(name, name)]
    assert set(codes) == set(picklist(name))


def test_permission_bodies_may_stand_on_a_plan() -> None:
    told = ("Invented Homes", "R", "Ms Begum", "2026-11-23", "1", "Dami", "1", "9", "")
    bodies = tuple((body, "yes") for body in picklist("permission_body").values())
    assert findings(PlanPaper(*told, may_talk=bodies)) == ()
