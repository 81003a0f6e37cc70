"""The practice plan sealed by a second officer, and time-stamped where somebody is named to ask for the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.casework.plans import sealed_of
from asbdesk.casework.raising import look_at, name_time_authority, raise_due
from asbdesk.casework.seals import second_seal
from asbdesk.clock import instant
from asbdesk.errors import UserError
from asbdesk.sync.seal_care import authority_of, keep_up

if TYPE_CHECKING:
    from asbdesk.casework.desk import Desk


def seal_again(desk: Desk, plan: str, time_authority: str = "") -> bytes:
    """The newest copy of a plan, once its second officer has sealed it and, with an address, the time is borne out.

    On a practice desk there is one laptop: the second officer's certificate is made here. Raises UserError where the
    time-stamp authority gives none.
    """
    from asbdesk.documents.authority import issue

    with desk.store.reader.connect() as conn:
        authority = authority_of(conn)
    assert authority is not None, "a practice desk made its own authority"
    landlord = desk.landlord
    made = issue(authority, landlord.second_name, landlord.name, at=instant(desk.clock.now()))
    second_seal(desk, plan, made)
    if time_authority:
        desk.do(name_time_authority, time_authority, look_at(time_authority).root.decode())
        raised = raise_due(desk)
        if raised.waiting:
            raise UserError(raised.trouble)
    keep_up(desk.store)
    found = desk.read(sealed_of, plan)
    assert found is not None
    return desk.files.read(found[1], found[2])
