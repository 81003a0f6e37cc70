"""Commands by which head office orders what holds everywhere: a laptop lost, a case erased, old versions only read."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from asbdesk.cli.keeping import new_file, say
from asbdesk.cli.options import Options, common, show_json

if TYPE_CHECKING:
    from asbdesk.sync.erasing import Going
    from asbdesk.sync.revocation import Breach

LEARN_LATER = "The others learn of it once this laptop has met them: asbdesk sync"


@click.command()
@click.argument("device", metavar="DEVICE")
@click.option("--why", default="lost", type=click.Choice(("lost", "stolen", "left", "replaced")), help="What happened.")
@click.option("--sheet-out", metavar="FILE", help="Where the sheet for the data protection lead goes (PDF).")
@common
@click.pass_obj
def revoke(options: Options, device: str, why: str, sheet_out: str | None) -> None:
    """A laptop is lost, or its officer has left: it is given nothing more. What it held is listed."""
    from asbdesk.sync import meeting, revocation

    with options.desk() as desk:
        meeting.meet(desk.store)  # what it sent until now is held before the line is drawn
        found = revocation.revoke(desk.store, device, why, left=why == "left")
        if sheet_out:
            with new_file(Path(sheet_out).expanduser(), "--sheet-out") as out:
                out.write(revocation.sheet(desk.store, found))
        trouble = meeting.meet(desk.store).trouble
        desk.store.journal.catch_up()
    if options.as_json:
        show_json({**asdict(found), "sheet": sheet_out, "trouble": trouble})
        return
    _say_breach(found)
    if trouble:
        print(f"{trouble} {LEARN_LATER}", file=sys.stderr)


def _say_breach(found: Breach) -> None:
    print(f"{found.officer or found.device} ({found.role.replace('_', ' ')}): this laptop is given nothing more.")
    held = f": {', '.join(found.cases)}" if found.cases else ""
    print(f"It held {len(found.cases)} cases, {found.people} people, {found.homes} homes{held}.")
    if found.incomplete:
        print(found.incomplete)
    print(f"Last heard of {found.last_met[:16].replace('T', ' ') or 'never'}. {found.encryption}")
    print(f"If people may be harmed, tell the ICO by {found.tell_ico_by[:16].replace('T', ' ')} (UTC).")


@click.command()
@click.argument("reference", metavar="REF")
@click.option("--reason", default="retention_ended", type=click.Choice(("retention_ended", "request")), help="Why.")
@click.option("--approved", multiple=True, metavar="NAME", help="Who approved it: twice, two people who work here.")
@common
@click.pass_obj
def erase(options: Options, reference: str, reason: str, approved: tuple[str, ...]) -> None:
    """What erasing a closed case would destroy; with two --approved it is done, on every laptop, for ever."""
    from asbdesk.sync import erasing, meeting

    with options.desk() as desk:
        meeting.meet(desk.store)  # what others wrote until now says whether it is closed, and who is in other cases
        desk.store.journal.catch_up()
        case = desk.case(reference)
        going = erasing.what_goes(desk.store, case)
        if not approved:
            _say_what_goes(options, going)
            return
        order = erasing.erase_case(desk.store, case, reason, approved)
        trouble = meeting.meet(desk.store).trouble
    if options.as_json:
        show_json({"order": order, **asdict(going), "trouble": trouble})
        return
    print(
        f"{going.reference} is erased here, with {_with(going)}. Order {order}, approved by {' and '.join(approved)}."
    )
    print("Every other laptop erases it when it next meets this one. Delete the spare copies made before today.")
    if trouble:
        print(f"{trouble} {LEARN_LATER}", file=sys.stderr)


def _with(going: Going) -> str:
    people, homes = going.people, going.homes
    return f"{people} {'person' if people == 1 else 'people'} and {homes} {'home' if homes == 1 else 'homes'}"


def _say_what_goes(options: Options, going: Going) -> None:
    if options.as_json:
        show_json(going)
        return
    print(f"{going.reference} would be erased, with {_with(going)} that no other case needs. Nobody can bring it back.")
    for stop in going.in_the_way:
        print(f"In the way: {stop}")
    if not going.in_the_way:
        print("Two people must approve it: asbdesk erase REF --reason WHY --approved NAME --approved NAME")


@click.command("ask-for-update")
@common
@click.pass_obj
def ask_for_update(options: Options) -> None:
    """Every laptop is to be as new as this one: an older one reads, and sends what it has, and writes nothing new."""
    from asbdesk.store.schema import VERSIONS
    from asbdesk.sync import meeting, revocation

    with options.desk() as desk:
        revocation.ask_for_version(desk.store, VERSIONS[-1])
        trouble = meeting.meet(desk.store).trouble
    say(options, f"Older laptops write again once asbdesk is brought up to date on them. {trouble or ''}".strip())


COMMANDS = (revoke, erase, ask_for_update)
