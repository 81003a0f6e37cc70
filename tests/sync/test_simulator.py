"""Three laptops, and whatever can befall them, in thousands of runs: they end equal, and nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.simulator.machine import STATS, Simulation

GROUPS, RUNS, MANY = 30, 50, 3334
SHORT, LONG = 4, 20
"""Steps of a run: here, and with `--long`."""


@pytest.mark.parametrize("group", range(GROUPS))
def test_laptops_end_equal_whatever_befalls_them(group: int, long: bool) -> None:
    runs = MANY if long else RUNS
    before = STATS["runs"]
    simulate(group, runs, LONG if long else SHORT)
    assert STATS["runs"] - before >= runs


def simulate(group: int, runs: int, steps: int = LONG) -> None:
    """So many runs, the same ones each time."""
    how = settings(
        max_examples=runs, stateful_step_count=steps, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    run_state_machine_as_test(seed(group)(Simulation), settings=how)
