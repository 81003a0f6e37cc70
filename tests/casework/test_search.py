"""What a search shows of a place: never the words of a case of abuse at home, and what was crossed out as that."""

from __future__ import annotations

from asbdesk.casework import promises, reports, search
from asbdesk.casework.desk import Desk
from asbdesk.casework.parts import crossing_out
from asbdesk.casework.people import NewPerson, add_to_case


def hits(desk: Desk, typed: str) -> list[tuple[str, str]]:
    desk.store.index_words()
    return [(hit.title, hit.text) for hit in desk.read(search.find, typed).hits]


def test_what_was_crossed_out_is_found_and_said_to_be(desk: Desk, case: str) -> None:
    kept = desk.do(promises.promise, case, "Ring her sister", by="2026-11-27").value
    assert hits(desk, "sister") == [("Promise", "Ring her sister")]
    desk.do(crossing_out.cross_out, case, kept, "It was said in another case")
    assert hits(desk, "sister") == [("Promise, crossed out", "Ring her sister")]


def test_the_words_of_a_welfare_case_are_found_and_not_shown(desk: Desk, case: str) -> None:
    desk.do(reports.move_to_welfare, case)
    assert hits(desk, "stairs") == [("Report", "")]


PEOPLE = (
    NewPerson(name="José Álvarez", phone="07700 900123", address="Flat 3, 14 Mill Road", postcode="ZZ11 2AB"),
    NewPerson(name="Pat O’Brien", phone="07700900456"),
    NewPerson(name="Shaun O Neill"),
    NewPerson(name="Mrs McDonald"),
    NewPerson(name="Anna Smith-Jones"),
    NewPerson(name="Łukasz Żółć"),
    NewPerson(name="রাহিমা বেগম"),
    NewPerson(name="محمد خان"),
)
TYPED = {
    "José Álvarez": ("jose", "JOSÉ alv", "07700900123", "07700 900 123", "+44 7700 900123", "900123", "\x00jose\u202e"),
    "Pat O’Brien": ("O'Brien", "O‘Brien", "obrien", "o brien", "+44(0)7700900456", "900456"),
    "Shaun O Neill": ("O'Neill", "oneill", "o neill"),
    "Mrs McDonald": ("mc donald", "mcdon"),
    "Anna Smith-Jones": ("smith jones", "smith-jones", "jones"),
    "Łukasz Żółć": ("zolc", "żółć"),
    "রাহিমা বেগম": ("রাহিমা",),
    "محمد خان": ("محمد",),
}


def test_somebody_is_found_however_their_name_or_number_is_typed(desk: Desk, case: str) -> None:
    for who in PEOPLE:
        desk.do(add_to_case, case, who, "affected")
    for name, every in TYPED.items():
        for typed in every:
            assert name in [title for title, _ in hits(desk, typed)], (name, typed)
    assert next(hit.kind for hit in desk.read(search.find, "begum").hits) == "person"
    for typed in ("zz112ab", "ZZ11 2AB", "14 mill", "flat 3"):
        assert hits(desk, typed), typed
    reference = "ASB-2026-A0001"
    for typed in (reference, "asb2026a0001", "asb 2026 a0001", "A0001", "0001"):
        assert [hit.reference for hit in desk.read(search.find, typed).hits if hit.kind == "case"] == [reference], typed
    assert hits(desk, "word " * 2000) == [] and hits(desk, "x" * 10_000) == []
