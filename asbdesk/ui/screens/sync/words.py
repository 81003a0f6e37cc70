"""Plain words for where everything is: in the side bar and on the sharing page (PRACTICE.md 24: never "depot")."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from asbdesk.clock import short_moment

if TYPE_CHECKING:
    from asbdesk.sync.colleagues import Laptop
    from asbdesk.sync.packs import Tally
    from asbdesk.sync.status import Run, SyncStatus
    from asbdesk.ui.carrier import Going

MEGABYTE = 1_000_000


class Said(NamedTuple):
    """A title, a sentence, an icon, and whether it asks for something (`loud`)."""

    title: str
    words: str
    icon: str
    loud: bool = False


def is_service(place: str) -> bool:
    """Is the place to meet head office's service, and no folder?"""
    return place.startswith("https://")


def place_words(place: str) -> str:
    """ "in the shared folder", "at head office"."""
    return "at head office" if is_service(place) else "in the shared folder"


def count_of(number: int, one: str) -> str:
    return f"{number:,} {one}{'s' * (number != 1)}"


def side_bar(told: SyncStatus, to_decide: int, trouble: str, *, away: bool, asking: int = 0) -> Said:
    """What the side bar says: quiet while all is well, a plain sentence when something waits or is refused."""
    if told.state == "asked":
        return Said("Not admitted yet", "Head office compares six words with you first.", "clock", True)
    if told.state == "revoked":
        return Said("Shut out", "This laptop belongs to nobody’s desk any more. Ask head office.", "circle-alert", True)
    asks = _asks(told, to_decide, asking)
    if trouble and not away:
        return Said("Not shared", trouble, "circle-alert", True)
    if away:
        where = "Head office" if is_service(told.place) else "The shared folder"
        waits = f" {count_of(told.on_this_laptop, 'change')} will be sent." if told.on_this_laptop else ""
        return Said("Working offline", f"{where} is not there now.{waits}{asks}", "wifi-off", bool(asks))
    return Said("Sharing", _counts(told) + asks, "folder-open", bool(asks))


def _counts(told: SyncStatus) -> str:
    here, there = told.on_this_laptop, 0 if told.head_office else told.in_depot
    if not here and not there:
        return "All is shared." if told.head_office else "Head office has everything."
    parts = [f"{count_of(here, 'change')} only on this laptop"] if here else []
    if there:
        parts.append(f"{f'{there:,}' if here else count_of(there, 'change')} {place_words(told.place)}")
    upto = (
        f" Head office has all up to {short_moment(told.received)}." if told.received and not told.head_office else ""
    )
    return f"{', '.join(parts)}.{upto}"


def _asks(told: SyncStatus, to_decide: int, asking: int) -> str:
    parts = []
    if asking:
        parts.append(f" {asking} {'asks' if asking == 1 else 'ask'} to join.")
    if to_decide:
        parts.append(f" {to_decide} {'needs' if to_decide == 1 else 'need'} you to decide.")
    if told.refused:
        parts.append(f" {count_of(told.refused, 'part')} could not be read.")
    if told.forks:
        parts.append(" A laptop may have been copied.")
    if told.review:
        parts.append(f" {count_of(told.review, 'part')} to look at first.")
    return "".join(parts)


def going_words(going: Going | None) -> str:
    """How far an exchange is."""
    if going is None:
        return "Looking for what is new …"
    if going.what in ("fetching", "giving"):
        words = (
            "Photographs and recordings: fetching"
            if going.what == "fetching"
            else "Photographs and recordings: sending"
        )
        return f"{words}, {going.done / MEGABYTE:.1f} of {going.of / MEGABYTE:.1f} MB. You can go on working."
    if going.what == "working_out":
        return f"Working out what is due: {going.done:,} of {count_of(going.of, 'case')}. You can go on working."
    words = "Receiving" if going.what == "receiving" else "Sending"
    size = f", {going.bytes / MEGABYTE:.1f} MB" if going.bytes >= MEGABYTE / 10 else ""
    return f"{words} {going.done:,} of {count_of(going.of, 'parcel')}{size}. You can go on working."


def run_words(run: Run) -> str:
    """What an exchange did."""
    if run.trouble:
        return run.trouble
    parts = [
        f"sent {count_of(run.sent, 'change')}" if run.sent else "",
        f"received {count_of(run.applied, 'change')}" if run.applied else "",
        f"{run.conflicts} to decide" if run.conflicts else "",
        f"{run.refused} could not be read" if run.refused else "",
    ]
    text = ", ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}." if text else "Nothing was new."


def evidence_words(tally: Tally) -> tuple[str, ...]:
    """The queue of evidence files, in sentences; none where nothing waits."""
    lines = []
    if tally.out_files:
        lines.append(f"{count_of(tally.out_files, 'file')} to send, {tally.out_bytes / MEGABYTE:.1f} MB. They go last.")
    coming = tally.in_files - tally.away
    if coming > 0:
        lines.append(f"{count_of(coming, 'file')} to come, {tally.in_bytes / MEGABYTE:.1f} MB.")
    if tally.away:
        where = "it is" if tally.away == 1 else "they are"
        lines.append(f"{count_of(tally.away, 'file')} not sent by anybody yet: {where} on another laptop.")
    if tally.refused:
        lines.append(f"{count_of(tally.refused, 'file')} could not be moved.")
    return tuple(lines)


ROLES = {
    "officer": "Officer",
    "manager": "Manager",
    "head_office": "Head office",
    "hub": "Service",
    "auditor": "Reads only",
}


def laptop_words(known: tuple[Laptop, ...], device: str) -> str:
    """How a laptop is called: "Sam Whitlock’s laptop", "this laptop"."""
    found = next((each for each in known if each.device == device), None)
    if found is None:
        return "a laptop that is not known here"
    if found.here:
        return "this laptop"
    if found.role == "hub":
        return "head office’s service"
    return f"{found.name}’s laptop" if found.name else f"laptop {found.letter}"
