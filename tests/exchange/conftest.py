"""The same desk as the casework tests use, set up once as theirs is."""

from tests.casework.conftest import desk, set_up_once

__all__ = ["desk", "set_up_once"]
