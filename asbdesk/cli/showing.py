"""Commands that draw: the practice desk, and a picture of every screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from asbdesk.cli.options import Options, common, show_json
from asbdesk.cli.window import has_display, open_window, qt_missing
from asbdesk.errors import UserError
from asbdesk.paths import StorePaths
from asbdesk.settings import THEMES


@click.command()
@click.option("--out", default="asbdesk-demo", metavar="DIR", show_default=True, help="Where plan and pictures go.")
@click.option("--no-window", is_flag=True, help="End when all is made, display or not.")
@click.option("--no-pictures", is_flag=True, help="Draw no screen; runs where no Qt library is.")
@common
@click.pass_obj
def demo(options: Options, out: str, no_window: bool, no_pictures: bool) -> None:
    """Live one whole practice visit, from the knock to the sealed plan, and draw every screen."""
    folder = Path(out).expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    tell = (lambda _: None) if options.as_json else print
    with tempfile.TemporaryDirectory(prefix="asbdesk-demo-", ignore_cleanup_errors=True) as place:
        paths = StorePaths(Path(place) / "desk")
        made = [*_live(paths, folder, tell), *([] if no_pictures else _draw(folder / "pictures", ("light",), tell))]
        if options.as_json:
            show_json({"made": made})
        tell("Made:")
        for file in made:
            tell(f"  {file}")
        if on_display() and not (no_window or no_pictures or options.as_json):
            from asbdesk.exchange.demo import PASSPHRASE

            print(f"The practice desk is open for trying. Its passphrase is: {PASSPHRASE}", flush=True)
            open_window(os.fspath(paths.folder))


@click.command()
@click.option("--out", required=True, metavar="DIR", help="Where the pictures go.")
@click.option("--theme", "themes", multiple=True, type=click.Choice(THEMES), help="One theme; all by default.")
@common
@click.pass_obj
def pictures(options: Options, out: str, themes: tuple[str, ...]) -> None:
    """Every screen drawn on the practice desk, in each theme, as PNG."""
    folder = Path(out).expanduser()
    made = _draw(folder, themes or THEMES, lambda _: None)
    if options.as_json:
        show_json({"made": made})
    else:
        print(f"{len(made)} pictures in {folder}")


def _live(paths: StorePaths, folder: Path, tell: Callable[[str], object]) -> list[Path]:
    """The visit that should have happened, on a new practice desk in `paths`: the plan and the authority behind it."""
    from asbdesk.clock import SystemClock
    from asbdesk.documents.verify import verify
    from asbdesk.exchange.demo import morning, practice_desk
    from asbdesk.exchange.practice import live_the_visit

    tell("Making a practice desk: an encrypted store, the landlord's authority, practice cases with invented names.")
    desk = practice_desk(paths, morning(SystemClock()))
    try:
        tell("Living the visit that should have happened: heard, assessed, planned, read back, signed, sealed.")
        sealed = live_the_visit(desk)
        authority = paths.authority.read_bytes()
    finally:
        desk.close()
    for words in verify(sealed.pdf, authority).words:
        tell(f"  {words}")
    files = {folder / "plan.pdf": sealed.pdf, folder / "authority.pem": authority}
    for file, data in files.items():
        file.write_bytes(data)
    return list(files)


def _draw(folder: Path, themes: tuple[str, ...], tell: Callable[[str], object]) -> list[Path]:
    """Every screen as a picture."""
    tell("Drawing every screen.")
    if sys.platform == "linux" and on_display():
        return _draw_aside(folder, themes)
    try:
        from asbdesk.app.pictures import draw

        return draw(folder, themes)
    except ImportError as missing:
        raise qt_missing(missing) from missing


def _draw_aside(folder: Path, themes: tuple[str, ...]) -> list[Path]:
    """In another process, so that no window flashes past on the display that is here."""
    command = [sys.executable, "-m", "asbdesk", "pictures", "--json", "--out", os.fspath(folder)]
    for theme in themes:
        command += ["--theme", theme]
    offscreen = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=offscreen, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise UserError(done.stderr.strip().rpartition("\n")[2] or "The screens could not be drawn.")
    return [Path(file) for file in json.loads(done.stdout)["made"]]


def on_display() -> bool:
    """Whether somebody would see a window."""
    return has_display() and os.environ.get("QT_QPA_PLATFORM") != "offscreen"


COMMANDS = (demo, pictures)
