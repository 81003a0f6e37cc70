"""The command that lives through case histories: what was owed, what went late, and why."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from asbdesk.cli.options import Options, common
from asbdesk.cli.reading import table
from asbdesk.errors import UserError

if TYPE_CHECKING:
    from asbdesk.exchange.replay import Owed, Replay


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--policy", "profile", metavar="FILE", help="The landlord's own timescales.")
@common
@click.pass_obj
def replay(options: Options, files: tuple[str, ...], profile: str | None) -> int:
    """Live through case histories day by day: what was owed, and what went late. Needs no store."""
    from asbdesk.duties import policy
    from asbdesk.exchange.replay import replay as lived
    from asbdesk.exchange.replay import replaying

    numbers = policy.own(Path(profile).expanduser()) if profile else policy.default()
    status = 0
    with replaying() as desk:
        for file in files:
            try:
                found = lived(desk, Path(file).expanduser(), numbers)
            except UserError as refused:
                status = 2
                print(_named(str(refused), file), file=sys.stderr)
                continue
            if options.as_json:
                print(json.dumps(dataclasses.asdict(found), ensure_ascii=False))
            else:
                _show(found)
    return status


def _named(sentence: str, file: str) -> str:
    """The refusal with its file in it."""
    sentence = " ".join(sentence.split())
    return sentence if Path(file).name in sentence else f"{file}: {sentence}"


def _show(found: Replay) -> None:
    print(f"{found.reference}")
    late = found.late
    rest = sorted((d for d in found.duties if not d.overdue_from), key=lambda d: (d.due, d.arose))
    rows = [("Late from", "Due", "Met", "What", "About")]
    rows += [_row(duty) for duty in (*late, *rest)]
    table(rows)
    print(f"{_totals(found)}\n")


def _row(duty: Owed) -> tuple[str, str, str, str, str]:
    met = duty.met or (f"not needed, {duty.waived}" if duty.waived else "")
    return duty.overdue_from or "", duty.due, met, duty.duty.replace("_", " "), duty.about


def _totals(found: Replay) -> str:
    late, all_ = found.late, found.duties
    parts = (
        (sum(d.met is None and not d.waived for d in late), "late and not done"),
        (sum(d.met is not None or bool(d.waived) for d in late), "done late"),
        (sum(d.met is not None and not d.overdue_from for d in all_), "done in time"),
        (sum(bool(d.waived) and not d.overdue_from for d in all_), "not needed"),
        (sum(not d.met and not d.waived and not d.overdue_from for d in all_), "not late yet"),
    )
    return f"{len(all_)} due in all: {', '.join(f'{count} {words}' for count, words in parts)}."


COMMANDS = (replay,)
