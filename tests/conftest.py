"""What every test stands on: no display unless one is asked for, no deadline on a busy machine, missing tools named."""

from __future__ import annotations

import os
import shutil
import sys

import pytest
from hypothesis import settings

if sys.platform == "linux":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# a test must never reach the keyring of whoever runs it; those about keyrings start one of their own
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

settings.register_profile("asbdesk", deadline=None)
settings.load_profile("asbdesk")


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
