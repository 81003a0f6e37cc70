"""Commands of the organisation: its place to meet, its members, an exchange, a way in over the telephone."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from asbdesk.cli import REFUSED
from asbdesk.cli.keeping import new_file, say
from asbdesk.cli.options import Options, common, need_store, show_json
from asbdesk.errors import UserError

if TYPE_CHECKING:
    from asbdesk.store.vault import Store
    from asbdesk.sync.exchange import Exchange


@click.group()
@common
def depot() -> None:
    """The place where an organisation's laptops meet."""


@depot.command()
@click.argument("where", metavar="FOLDER-or-URL")
@click.option("--code-file", metavar="FILE", help="With a head-office service: the code it was made with.")
@click.option("--kit-out", metavar="FILE", help="Where the organisation's kit goes (PDF). Not into the folder.")
@common
@click.pass_obj
def create(options: Options, where: str, code_file: str | None, kit_out: str | None) -> None:
    """Make a folder, or a head-office service, the place where this desk and others meet."""
    from asbdesk.sync import founding, meeting

    with options.desk() as desk:
        asked = founding.needs_code(desk.store, where)
        code = options.secret(code_file or options.passphrase_file, "Code of the service") if asked else ""
        done = founding.create(desk.store, where, code)
        if kit_out:
            with new_file(Path(kit_out).expanduser(), "--kit-out") as out:
                out.write(founding.kit_sheet(desk.store))
        trouble = _whole(desk.store, meeting.meet(desk.store)).trouble
    if options.as_json:
        told = {"org": done.org, "where": done.where, "new": done.new, "kit": kit_out, "trouble": trouble}
        show_json(told)
        return
    print(f"This desk meets the others at {done.where}.")
    if done.new:
        print("Its cases go along. Invite colleagues: asbdesk invite --role officer --out FILE --code-out FILE")
    else:
        print("Colleagues go on meeting where they did until each does the same: asbdesk depot create WHERE")
    if done.new and not kit_out:
        print("Print the organisation's kit and lock it away: asbdesk depot kit --out FILE")
    if trouble:
        print(trouble, file=sys.stderr)


@depot.command()
@click.option("--out", metavar="FILE", help="Where the kit goes (PDF). Print it twice, then delete the file.")
@click.option("--put-away", metavar="GROUP", help="The last group on the paper: the code leaves this laptop.")
@common
@click.pass_obj
def kit(options: Options, out: str | None, put_away: str | None) -> None:
    """The organisation's kit, for the day when every head-office laptop is lost."""
    from asbdesk.sync import founding

    if not out and not put_away:
        raise UserError("Say where the kit goes with --out FILE; once it is on paper, say so with --put-away GROUP.")
    with options.desk() as desk:
        if out:
            with new_file(Path(out).expanduser(), "--out") as file:
                file.write(founding.kit_sheet(desk.store))
        if put_away:
            founding.kit_is_put_away(desk.store, put_away)
    said = (
        "The kit's code has left this laptop."
        if put_away
        else f"The kit is {out}. Print it twice, delete the file, and say so with the last group of the code on the "
        "paper: asbdesk depot kit --put-away GROUP"
    )
    say(options, said)


@depot.command("open-kit")
@click.argument("folder", metavar="FOLDER")
@click.option("--code-file", metavar="FILE", help="The code on the kit; - is standard input.")
@click.option("--officer", required=True, metavar="NAME", help="Who works at this laptop.")
@common
@click.pass_obj
def open_kit(options: Options, folder: str, code_file: str | None, officer: str) -> None:
    """Every head-office laptop is lost: this one becomes head office with the kit. Makes a store if there is none."""
    from asbdesk.clock import SystemClock
    from asbdesk.store import vault
    from asbdesk.sync import kit_opened

    code, paths, clock = options.secret(code_file, "Code of the kit"), options.paths, SystemClock()
    if paths.exists():
        store = vault.unlock(paths, clock, passphrase=options.passphrase())
    else:
        store, _ = vault.create(paths, options.new_passphrase(officer), clock)
    try:
        done = _whole(store, kit_opened.open_kit(store, code, folder, officer))
    finally:
        store.close()
    if options.as_json:
        show_json(done)
    else:
        print(f"This laptop is head office now. {_counted(done)} Revoke the lost ones: asbdesk members, asbdesk revoke")


@depot.command("status")
@common
@click.pass_obj
def depot_status(options: Options) -> None:
    """Where this desk meets the others, what waits, and what has arrived."""
    from asbdesk.sync import founding, place, status

    with options.beside() as desk:
        with desk.store.reader.connect() as conn:
            org = place.read(conn)
        found = desk.read(status.status)
        items = desk.read(status.items)
        kit_here = bool(founding.kit_code(desk.store))
    told = {
        "org": org.id if org else None, "where": org.place.where if org else None, "role": org.role if org else None,
        "state": org.state if org else "alone", "kit_on_paper": not kit_here, **asdict(found),
    }  # fmt: skip
    if options.as_json:
        show_json({**told, "items": items})
        return
    if org is None:
        print(place.ALONE)
        return
    print(f"This desk meets the others at {org.place.where}, as {org.role.replace('_', ' ')}.")
    print(found.words)
    for item in items:
        print(f"  {item.kind}: {item.why}")
    if kit_here:
        print("The organisation's kit was not put away yet: asbdesk depot kit --out FILE")


@click.command()
@common
@click.pass_obj
def sync(options: Options) -> int | None:
    """One exchange now: entries first, evidence last."""
    from asbdesk.casework.raising import raise_due
    from asbdesk.store.roles import HEAD_OFFICE
    from asbdesk.sync import enrolment, meeting, seal_care

    with options.desk() as desk:
        desk.store.journal.catch_up()  # what an update or a broken-off merge left
        seal_care.keep_up(desk.store)
        raised = raise_due(desk)
        done = _whole(desk.store, meeting.meet(desk.store))
        seal_care.keep_trust_file(desk.store)
        office = desk.store.journal.role == HEAD_OFFICE
        asking = [one for one in enrolment.waiting(desk.store) if office and not one.why]
    if options.as_json:
        show_json(done)
    elif done.trouble:
        raise UserError(done.trouble)
    else:
        print(_counted(done))
        if raised.done or raised.waiting:
            print(f"Time stamps: {raised.done} put on, {raised.waiting} waiting. {raised.trouble}".rstrip())
        if asking:
            who = f"{len(asking)} ask" if len(asking) > 1 else f"{asking[0].name or 'Somebody'} asks"
            print(f"{who} to join: asbdesk admit")
    return REFUSED if done.trouble else None


def _whole(store: Store, done: Exchange) -> Exchange:
    """What follows of what came, then the evidence; what breaks that off is this exchange's trouble."""
    from asbdesk.casework import merging
    from asbdesk.sync import place
    from asbdesk.sync.exchange import evidence

    merging.catch_up(store)
    store.journal.catch_up()
    if done.came_through:
        try:
            evidence(store, place.open_depot(store))
        except UserError as error:
            done.trouble = str(error)
    return done


def _counted(done: Exchange) -> str:
    said = f"{done.sent} sent, {done.received} received"
    for count, what in ((done.waiting, "waiting"), (done.refused, "refused"), (done.conflicts, "in conflict")):
        said += f", {count} {what}" if count else ""
    return f"{said}."


@click.command()
@common
@click.pass_obj
def members(options: Options) -> None:
    """Who belongs, with which laptop, and when it was last heard of."""
    from asbdesk.sync import colleagues

    with options.beside() as desk:
        found = colleagues.laptops(desk.store)
    if options.as_json:
        show_json(found)
        return
    for one in found:
        role = f"{one.role.replace('_', ' ')}{f' ({one.team})' if one.team else ''}"
        state = f"revoked {one.revoked[:10]}" if one.revoked else f"since {one.since[:10]}"
        print(f"{one.device}  {one.letter:3} {one.name or '-'}, {role}, {state}{', this laptop' if one.here else ''}")
    if not found:
        print("This desk works by itself.")


@click.command("unlock-code")
@click.argument("device", required=False, metavar="[DEVICE]")
@click.argument("challenge", required=False, metavar="[CHALLENGE]")
@common
@click.pass_obj
def unlock_code(options: Options, device: str | None, challenge: str | None) -> None:
    """On head office's laptop: the code for somebody who forgot their passphrase and reads out what theirs shows.
    On that laptop, without a word: what it shows. With the code: asbdesk recover."""
    if device is None:
        _show_challenge(options)
        return
    if challenge is None:
        raise UserError("Give the laptop (its id or letter), then what it shows: asbdesk unlock-code DEVICE CHALLENGE")
    from asbdesk.sync import colleagues, escrow

    with options.desk() as desk:
        code = escrow.code_for(desk.store, colleagues.called(desk.store, device).device, challenge)
    if options.as_json:
        show_json({"code": code})
    else:
        print(f"Be sure who rings. Then read this out: {code}")


def _show_challenge(options: Options) -> None:
    need_store(options.paths)
    from asbdesk.store import office_slot
    from asbdesk.store.keys import Slots

    shown, letter = office_slot.challenge(Slots.load(options.paths.slots))
    if not shown:
        raise UserError("Head office was never given a way into this desk. Use the recovery sheet.")
    told: dict[str, Any] = {"letter": letter, "challenge": shown}
    if options.as_json:
        show_json(told)
    else:
        print(f"Ring head office. Say: desk {letter}, {shown}")


COMMANDS = (depot, members, sync, unlock_code)
