"""Commands that draw: the practice desk, and a picture of every screen."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from asbdesk.cli.options import Options, common, show_json
from asbdesk.cli.window import has_display, qt_missing
from asbdesk.errors import UserError
from asbdesk.paths import StorePaths


@click.command()
@click.option("--out", default="asbdesk-demo", metavar="DIR", show_default=True, help="Where plan and pictures go.")
@click.option("--layout", default="", metavar="LAYOUT", help="Of the plan: standard, large or easy.")
@click.option("--language", default="", metavar="CODE", help="Of the plan, beside English: ur, pl …")
@click.option("--time-authority", default="", metavar="ADDRESS", help="Asked for a time stamp (RFC 3161). Else nobody.")
@click.option("--no-window", is_flag=True, help="End when all is made, display or not.")
@click.option("--no-pictures", is_flag=True, help="Draw no screen; runs where no Qt library is.")
@common
@click.pass_obj
def demo(options: Options, /, out: str, no_window: bool, no_pictures: bool, **form: str) -> None:
    """Live one whole practice visit, from the knock to the sealed plan, and draw every screen."""
    folder = Path(out).expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    tell = (lambda _: None) if options.as_json else print
    with practice_place() as paths:
        made = _live(paths, folder, tell, **form)
        if not no_pictures:
            tell("Drawing every screen.")
            made += _drawn("asbdesk.app.practice_day", folder / "pictures")
        if options.as_json:
            show_json({"made": made})
        tell("Made:")
        for file in made:
            tell(f"  {file}")
        if on_display() and not (no_window or no_pictures or options.as_json):
            print("The practice desk is open for trying. It goes when you close the window.", flush=True)
            _try_it(paths)


def _try_it(paths: StorePaths) -> None:
    """The window on the practice desk, already unlocked, at the time it is now."""
    from asbdesk.app import show_desk
    from asbdesk.casework.desk import Desk
    from asbdesk.clock import SystemClock
    from asbdesk.exchange.demo import PASSPHRASE
    from asbdesk.store.vault import unlock

    show_desk(Desk(unlock(paths, SystemClock(), passphrase=PASSPHRASE)))


@contextmanager
def practice_place() -> Iterator[StorePaths]:
    """Where a practice store lies while it is needed."""
    with tempfile.TemporaryDirectory(prefix="asbdesk-demo-", ignore_cleanup_errors=True) as place:
        yield StorePaths(Path(place) / "desk")


@click.command()
@click.option("--out", required=True, metavar="DIR", help="Where the pictures go.")
@common
@click.pass_obj
def pictures(options: Options, out: str) -> None:
    """Every screen drawn on the practice desk, in each theme, small and enlarged, as PNG."""
    folder = Path(out).expanduser()
    made = _drawn("asbdesk.cli.every_screen", folder)
    if options.as_json:
        show_json({"made": made})
    else:
        print(f"{len(made)} pictures in {folder}")


def _live(
    paths: StorePaths, folder: Path, tell: Callable[[str], object], *, time_authority: str, **form: str
) -> list[Path]:
    """The visit that should have happened, on a new practice desk in `paths`: the plan and the authority behind it."""
    from asbdesk.clock import SystemClock
    from asbdesk.documents.verify import verify
    from asbdesk.exchange.demo import morning, practice_desk
    from asbdesk.exchange.practice import live_the_visit
    from asbdesk.exchange.practice_seals import seal_again

    tell("Making a practice desk: an encrypted store, the landlord's authority, practice cases with invented names.")
    desk = practice_desk(paths, morning(SystemClock()))
    try:
        tell("Living the visit that should have happened: heard, assessed, planned, read back, signed, locked.")
        sealed = live_the_visit(desk, **form)
        tell(f"A second officer, {desk.landlord.second_name}, reads the plan and locks it too.")
        pdf = seal_again(desk, sealed.version, time_authority)
        authority = paths.authority.read_bytes()
    finally:
        desk.close()
    for words in verify(pdf, authority).words:
        tell(f"  {words}")
    files = {folder / "plan.pdf": pdf, folder / "authority.pem": authority}
    for file, data in files.items():
        file.write_bytes(data)
    return list(files)


def _drawn(module: str, folder: Path) -> list[Path]:
    """What `module`'s `draw` draws into `folder`; on Linux in a process aside, so that no window flashes past."""
    if sys.platform != "linux" or not on_display():
        try:
            made: list[Path] = importlib.import_module(module).draw(folder)
        except ImportError as missing:
            raise qt_missing(missing) from missing
        return made
    code = f"import sys; from pathlib import Path; from {module} import draw; draw(Path(sys.argv[1]))"
    offscreen = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code, os.fspath(folder)], env=offscreen, capture_output=True)
    if done.returncode:
        raise UserError(f"The screens could not be drawn into {folder}. Try another folder.")
    return sorted(folder.glob("*.png"))


def on_display() -> bool:
    """Whether somebody would see a window."""
    return has_display() and os.environ.get("QT_QPA_PLATFORM") != "offscreen"


COMMANDS = (demo, pictures)
