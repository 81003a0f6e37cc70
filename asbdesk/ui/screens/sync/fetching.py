"""Evidence that is not on this laptop yet: asked for when somebody wants to see it, and fetched before all else."""

from __future__ import annotations

from asbdesk.ui.frame import Frame

COMING = "This is not on this laptop yet. It is fetched now, before all else: open it again in a moment."
NOBODY = "This is on another laptop, which has not sent it yet. It comes by itself when that one meets the others."
AWAY = "This is not on this laptop yet, and the place where you meet is not there now. It is fetched first when it is."


def is_asked_for(frame: Frame, blob: str) -> bool:
    """Whether it is not here, and is fetched now; the officer is told. False where it can be opened, or tried."""
    carrier = frame.desk.carrier
    if not blob or not carrier.meets:
        return False
    from asbdesk.sync import packs

    state = packs.ask_for(frame.desk.desk.store, blob)
    if state in ("here", "unknown", "refused"):
        return False
    frame.say("note", NOBODY if state == "away" else AWAY if carrier.away else COMING)
    carrier.go()
    return True
