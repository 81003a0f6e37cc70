"""The same desk as the casework tests use."""

from tests.casework.conftest import desk

__all__ = ["desk"]
