"""Meeting the others now: where the place is opened, what waits to be asked is asked, and an exchange is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from asbdesk.store.roles import HEAD_OFFICE
from asbdesk.sync import enrolment, escrow, handover, names, own_texts, packs, place, receive, roster
from asbdesk.sync.depot import DepotAway, NotThere
from asbdesk.sync.exchange import Exchange, Stop, Tell, exchange
from asbdesk.sync.place import ASKED, MEMBER, REVOKED

if TYPE_CHECKING:
    from asbdesk.store.vault import Store
    from asbdesk.sync.depot import Depot

NOT_YET = "Head office has not admitted this laptop yet. Read the six words to them; asbdesk goes on by itself then."
NO_MORE = "Head office has reported this laptop lost. What is on it stays on it: ring head office."


def meet(
    store: Store,
    depot: Depot | None = None,
    *,
    slice: int = receive.LARGE,
    progress: Tell | None = None,
    stop: Stop | None = None,
) -> Exchange:
    """Exchange once at this desk's own place, or at `depot`. UserError for a desk that works by itself."""
    org = place.org_of(store)
    try:
        depot = depot or place.open_depot(store, stop)
        if org.state == MEMBER:
            escrow.arm(store)
            own_texts.keep_up(store)
        done = exchange(store, depot, slice=slice, progress=progress, stop=stop)
        packs.stage(store)  # the evidence of what came is known to be on its way
        if not ask(store, depot):
            _afterwards(store, depot)
    except (DepotAway, NotThere) as error:
        done = Exchange(trouble=str(error), away=isinstance(error, DepotAway))
    if place.org_of(store).state == ASKED and (done.trouble is None or org.place.kind == place.SERVICE):
        done.trouble = NOT_YET
    if place.org_of(store).state == REVOKED:
        done.trouble = NO_MORE
    return done


def ask(store: Store, depot: Depot) -> bool:
    """Put this laptop's request to join while it waits to be admitted. False for a member. DepotAway, NotThere."""
    due = enrolment.request_due(store)
    if due is None:
        return False
    depot.marker()
    depot.put(*due)
    return True


def _afterwards(store: Store, depot: Depot) -> None:
    """Cases that are others' now leave; requests that were answered, or thrown away, go out of the depot."""
    with store.reader.connect() as conn:
        now = roster.Roster.load(conn, place.org_of(store).id)
    handover.hand_out_what_is_others(store, now)
    with store.reader.connect() as conn:
        if now.role(store.journal.device) != HEAD_OFFICE:
            return
        answered, thrown = enrolment.answered(conn, now), enrolment.let_lie(conn)
    if answered or thrown:
        depot.remove([*(names.join_request(request) for request in answered), *thrown])
        enrolment.forget(store, answered)
