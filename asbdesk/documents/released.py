"""What has passed the one door out. Documents, print and export take `Released`, never records.

Only `casework.release` makes one (a test looks): it checked every do-not-disclose rule and the never-on-it list
for this reader first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Released(Generic[T]):
    """`what` may go to the person named `to` for `purpose`; `at` is the instant it was checked."""

    what: T
    to: str
    purpose: str
    at: str
