"""A desk of sixty cases, a quarter of them behind, is one page in the morning (PRACTICE.md 7)."""

from __future__ import annotations

from asbdesk.casework.moments import FIRST_PAGE, more
from tests.bench.desks import CASES, DAY, drawn, one_page


def test_sixty_cases_are_one_page() -> None:
    for figure in one_page(60):
        assert figure.met, figure
    assert all(len(drawn(seed).now) <= 3 for seed in range(60))


def test_one_such_morning() -> None:
    desk = drawn(1)
    assert 0 < len(desk.due) < CASES and len({card.case for card in desk.due}) == len(desk.due)
    rest = [min(g.first.due_on for g in card.groups) for card in desk.due[FIRST_PAGE:]]
    assert more(rest, DAY).startswith(f"{len(rest)} more") or not rest
    assert desk.late_cases <= len(desk.due) + len(desk.now)
