"""What every test may ask for: a real encrypted store with a cheap key, a clock that stands, and a tidy ending.

No display unless one is asked for, no deadline on a busy machine, missing tools named.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from asbdesk.clock import SetClock, SystemClock, understand
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.keys import KDF_FAST
from tests.builders import assert_whole
from tests.postgres import database, postgres  # noqa: F401  (fixtures: a real PostgreSQL, a database of one's own)

if sys.platform == "linux":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# a test must never reach the keyring of whoever runs it; those about keyrings start one of their own
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

PASSPHRASE = "correct horse battery staple"
BEGUN = "2026-11-21T10:00:00.000Z"

settings.register_profile("ci", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also the tests that run for minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "long" in item.keywords and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="runs for minutes: give --long"))
        for needs in item.iter_markers("needs"):
            missing = [tool for tool in needs.args if shutil.which(tool) is None]
            if missing:
                item.add_marker(pytest.mark.skip(reason=f"not on this machine: {', '.join(missing)}"))


@pytest.fixture(autouse=True)
def no_year_understood() -> Iterator[None]:
    """A window leaves its desk's year behind for the days that are written after it."""
    yield
    understand("")


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Whether --long was given."""
    return bool(request.config.getoption("--long"))


@pytest.fixture
def desk_clock() -> SetClock:
    """A clock that stands at Saturday 21 November 2026, 10:00, until it is moved."""
    return SetClock(BEGUN)


@pytest.fixture(scope="session")
def blank_store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a store with nothing in it, made once and copied by `store`; and its recovery code."""
    folder = tmp_path_factory.mktemp("blank") / "desk"
    made, code = vault.create(StorePaths(folder), PASSPHRASE, SetClock(BEGUN), kdf=KDF_FAST, reserve=False)
    made.close()
    return folder, code


@pytest.fixture
def store_paths(blank_store: tuple[Path, str], tmp_path: Path) -> StorePaths:
    """A closed store of its own for one test; `PASSPHRASE` opens it."""
    return StorePaths(Path(shutil.copytree(blank_store[0], tmp_path / "desk")))


@pytest.fixture
def store(store_paths: StorePaths, desk_clock: SetClock) -> Iterator[vault.Store]:
    """An open store: a real SQLCipher file. When the test is over it must be whole, and equal its own rebuild."""
    opened = vault.unlock(store_paths, desk_clock, passphrase=PASSPHRASE)
    try:
        yield opened
        assert_whole(opened)
    finally:
        opened.close()


@pytest.fixture
def whole_after() -> Iterator[Callable[[StorePaths, str], None]]:
    """For tests that open stores their own way: `whole_after(paths, passphrase)` looks at them once the test is over,
    when they must be closed."""
    watched: list[tuple[StorePaths, str]] = []

    def watch(paths: StorePaths, passphrase: str = PASSPHRASE) -> None:
        watched.append((paths, passphrase))

    yield watch
    for paths, passphrase in watched:
        opened = vault.unlock(paths, SystemClock(), passphrase=passphrase)
        try:
            assert_whole(opened)
        finally:
            opened.close()
