"""What a search shows of a place: never the words of a case of abuse at home, and what was crossed out as that."""

from __future__ import annotations

from asbdesk.casework import promises, reports, search
from asbdesk.casework.desk import Desk
from asbdesk.casework.parts import crossing_out


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
