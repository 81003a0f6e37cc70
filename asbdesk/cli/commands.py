"""The list of commands, and how one is run."""

from __future__ import annotations

from collections.abc import Sequence

import click

from asbdesk import __version__
from asbdesk.cli import (
    casefile,
    head_office,
    joining,
    keeping,
    ordering,
    reading,
    replaying,
    sealing,
    showing,
    syncing,
    wording,
)
from asbdesk.cli.options import Options, common
from asbdesk.errors import UserError

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 120}


@click.group(invoke_without_command=True, context_settings=SETTINGS)
@common
@click.version_option(__version__, message="asbdesk %(version)s")
@click.pass_context
def desk(context: click.Context) -> int | None:
    """An offline desk for anti-social behaviour work. Without a command it opens the window.

    Exit status: 0 done; 1 the answer is no; 2 refused, with one sentence on standard error.
    """
    if context.invoked_subcommand is not None:
        return None
    from asbdesk.cli.window import open_window

    return open_window(context.ensure_object(Options).store)


_ALL = (keeping, casefile, reading, replaying, sealing, showing, joining, syncing, ordering, head_office, wording)
for _command in (command for module in _ALL for command in module.COMMANDS):
    desk.add_command(_command)


def run(words: Sequence[str]) -> int:
    """Run the command that `words` ask for; its exit status. Raises UserError for a request that makes no sense."""
    try:
        with desk.make_context("asbdesk", list(words)) as context:
            status = desk.invoke(context)
    except click.Abort:
        raise UserError("Stopped.") from None
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as wrong:
        raise UserError(_sentence(wrong)) from None
    return status if isinstance(status, int) else 0


def _sentence(wrong: click.ClickException) -> str:
    said = wrong.format_message().rstrip(".")
    context = getattr(wrong, "ctx", None)
    help_ = f" See `{context.command_path} --help`." if context is not None else ""
    return f"{said}.{help_}"
