"""Every certificate a member ever had: the Member record shows the newest, the journal has them all.

A member may work on two laptops, each with a key and a certificate of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.store.apply import versions

if TYPE_CHECKING:
    import sqlalchemy as sa


def certificates_of(conn: sa.Connection, members: list[str]) -> dict[str, tuple[str, ...]]:
    """Member's id → certificates (PEM), in the order they were written down."""
    found: dict[str, list[tuple[str, str]]] = {member: [] for member in members}
    for (_, member), _, version in versions(conn, [("member", member) for member in members]):
        told = version.sets.get("certificate")
        if told and isinstance(told[0], str) and told[0]:
            found[member].append((version.hlc, told[0]))
    return {member: tuple(dict.fromkeys(pem for _, pem in sorted(all_))) for member, all_ in found.items()}
