"""A sealed plan against the least that any program would do in the same run; checking takes less than making."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pytest

from asbdesk.documents.authority import issue
from asbdesk.documents.paper import LAYOUTS
from asbdesk.documents.plan import make
from asbdesk.documents.seal import SECOND, seal
from asbdesk.documents.verify import verify
from tests.documents import bare
from tests.documents.builders import AT, released
from tests.documents.conftest import Keys
from tests.documents.own_language import own, urdu

ROUNDS = 5
GOAL = 1.3


@pytest.mark.long  # figures, and no two machines give the same
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["en", "ur", "bn"])
def test_a_sealed_plan_costs_little_more_than_the_bare_libraries(keys: Keys, layout: str, language: str) -> None:
    """Time of this process alone: the machine may be busy."""
    second = own(language) if language != "en" else None
    story = bare.story_of(urdu(), layout, second)
    sign, paper = bare.signer(keys.officer, keys.authority.cert_pem), released(urdu())

    def ours() -> bytes:
        made = make(paper, layout=layout, own=second)
        return seal(made, keys.officer, keys.authority.cert_pem, reason="x", at=AT)

    second_officer = issue(keys.authority, "Rosalind Hughes", "Wharram Homes", at=AT)
    made = seal(ours(), second_officer, keys.authority.cert_pem, reason="Read", at=AT, field=SECOND)
    steps: dict[str, Callable[[], object]] = {
        "bare": lambda: sign(bare.draw(story)),
        "ours": ours,
        "verify": lambda: verify(made, keys.authority.cert_pem),
    }
    took: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(ROUNDS):
        for name, step in steps.items():
            began = time.process_time()
            step()
            took[name].append(time.process_time() - began)
    middle = {name: statistics.median(times[1:]) for name, times in took.items()}
    assert middle["ours"] <= GOAL * middle["bare"], middle
    assert middle["verify"] < middle["ours"], middle
