"""The languages of a plan: a draft until somebody approves it by name, word for word; which one a person is offered."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from asbdesk.casework import languages, plan_papers
from asbdesk.casework.desk import Desk
from asbdesk.casework.languages import Offer, code_of, layout_of, offer
from asbdesk.casework.needs import ask_adjustment
from asbdesk.casework.people import change_person
from asbdesk.casework.visit import VisitPath
from asbdesk.documents.words import words
from asbdesk.errors import UserError
from asbdesk.model import ApprovedWords
from tests.casework.walk import ready, signed, walk_to_plan


@pytest.fixture
def path(desk: Desk, case: str) -> VisitPath:
    path = VisitPath.start(desk, case)
    walk_to_plan(path)
    ready(path)
    return path


def test_a_language_is_a_draft_until_somebody_approves_it_by_name(desk: Desk) -> None:
    assert {one.code for one in languages.languages(desk)} >= {"ar", "bn", "gu", "pa", "pl", "ro", "so", "ur"}
    assert languages.language(desk, "ur").state == "Draft, not approved"
    with pytest.raises(UserError, match="Write who read"):
        languages.approve(desk, "ur", " ")
    found = languages.approve(desk, "ur", "Farid Haque, interpreter")
    assert found.state == "Approved by Farid Haque, interpreter on Monday 23 November 2026"
    made = languages.own(desk, "ur")
    assert made is not None and made.approved and made.language == "ur"


def test_what_was_approved_is_kept_whole(desk: Desk) -> None:
    languages.approve(desk, "pl", "Anna Kowalska")
    kept = desk.read(lambda session: session.query(ApprovedWords).one())
    assert kept.by == "Anna Kowalska" and kept.on == "2026-11-23" and words("plan", "pl").text == kept.texts["plan"]


def test_a_landlords_own_file_takes_the_place_of_the_shipped_one_and_is_a_draft_again(desk: Desk) -> None:
    languages.approve(desk, "ur", "Farid Haque")
    plan, _ = languages.to_edit(desk, "ur")
    assert languages.language(desk, "ur").by == "Farid Haque", "the same words, in a file of its own"
    plan.write_text(plan.read_text(encoding="utf-8").replace("آپ کا منصوبہ", "آپ کا پلان"), encoding="utf-8")
    changed = languages.language(desk, "ur")
    assert changed.own and not changed.by
    made = languages.own(desk, "ur")
    assert made is not None and not made.approved and made.words.plain["title"] == "آپ کا پلان"
    plan.unlink()
    assert languages.language(desk, "ur").by == "Farid Haque"


def test_a_fault_in_the_landlords_file_is_said_and_not_printed(desk: Desk) -> None:
    plan, _ = languages.to_edit(desk, "pl")
    text = plan.read_text(encoding="utf-8").replace("{reference}", "{number}", 1)
    plan.write_text(text, encoding="utf-8")
    assert "the facts in braces differ. It needs: reference" in languages.language(desk, "pl").state
    with pytest.raises(UserError, match=re.escape("plan.pl.yaml, case: the facts in braces differ")):
        languages.own(desk, "pl")
    with pytest.raises(UserError, match="no words for the language “xx”"):
        languages.own(desk, "xx")


def test_a_language_of_the_landlords_own_joins_them(desk: Desk) -> None:
    folder = desk.store.paths.own_words
    folder.mkdir()
    for name in ("plan", "pocket_card"):
        head = f"id: {name}\nlanguage: cy\nname: Cymraeg\nenglish: Welsh\nwords: {{title: Eich cynllun}}\n"
        (folder / f"{name}.cy.yaml").write_text(head, encoding="utf-8")
    made = languages.own(desk, "cy")
    assert made is not None and made.words.plain["title"] == "Eich cynllun"
    assert made.words.plain["ring.heading"] == "Who to ring", "what it lacks is said in English"
    assert "Welsh" in {one.english for one in languages.languages(desk)}


def test_the_persons_language_and_layout_come_first(path: VisitPath, desk: Desk) -> None:
    person = path.state.person
    known = languages.languages(desk)
    desk.do(change_person, person, language="Panjabi (Gurmukhi)")
    assert desk.read(offer, person, known) == Offer("standard", "pa")
    desk.do(ask_adjustment, person, "Large print, please")
    assert desk.read(offer, person, known) == Offer("large", "pa")
    assert path.form() == Offer("large", "pa")
    path.set_plan(replace(path.plan, layout="easy", language="en"))
    assert path.form() == Offer("easy", "")


@pytest.mark.parametrize(
    ("said", "code"),
    [("Urdu", "ur"), ("polski", "pl"), ("Bangla", "bn"), ("Sylheti and English", "bn"), ("Welsh", ""), ("", "")],
)
def test_a_language_is_known_by_its_names(desk: Desk, said: str, code: str) -> None:
    assert code_of(said, languages.languages(desk)) == code


@pytest.mark.parametrize(
    ("asked", "layout"), [("large_print", "large"), ("Easy read", "easy"), ("A text first", "standard")]
)
def test_a_layout_is_known_by_what_was_asked_for(asked: str, layout: str) -> None:
    assert layout_of([asked]) == layout


def test_a_plan_is_sealed_in_the_form_that_was_chosen_and_its_words_go_on_into_the_next(
    path: VisitPath, desk: Desk
) -> None:
    said = path.plan.ours[0].what
    path.set_plan(replace(path.plan, layout="large", language="ur", own=((said, "یہ ہم کریں گے"),)))
    assert said not in dict(path.to_put()) or dict(path.to_put())[said] == "یہ ہم کریں گے"
    made = path.sign(signed(path))
    found = plan_papers.current_plan(desk, path.case)
    assert found.sealed and found.pdf == made.pdf
    other = plan_papers.current_plan(desk, path.case, layout="easy", language="en")
    assert not other.sealed and other.pdf != made.pdf
    assert plan_papers.current_plan(desk, path.case, layout="card").pdf.startswith(b"%PDF")
    path.out_safe()
    again = VisitPath.start(desk, path.case)
    assert (said, "یہ ہم کریں گے") in again.plan.own
