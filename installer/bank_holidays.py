"""Writes resources/bank_holidays.txt from the library `holidays`: for developers, whenever that library is renewed."""

from __future__ import annotations

from pathlib import Path

import holidays

FROM, TO = 1990, 2100
"""Before, nobody's case file; after, the library ends."""
SHIPPED = Path(__file__).parents[1] / "resources" / "bank_holidays.txt"


def known() -> list[str]:
    """Every bank holiday of England that the library knows, substitute and one-off days among them."""
    return sorted(map(str, holidays.country_holidays("GB", subdiv="ENG", years=range(FROM, TO + 1))))


if __name__ == "__main__":
    SHIPPED.write_text("".join(f"{day}\n" for day in known()), encoding="utf-8", newline="\n")
