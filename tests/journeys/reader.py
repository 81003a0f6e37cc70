"""What a screen reader does with the window: finds by name and role, presses, writes, and hears what is announced.

`/usr/bin/python3 reader.py PROGRAM…`: the system's own Python, which has the binding of the bus. It starts the program,
which says `open`; a sentence on the error stream and exit status 1 when something is not found or not heard.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi  # type: ignore[import-not-found]

PATIENCE = 20.0
"""Seconds until something that should be there counts as missing."""
BUTTON, RADIO, TICK = ("push button", "button"), ("radio button",), ("check box",)
TEXT, HEADING, ITEM = ("text", "entry"), ("heading",), ("list item",)
LOOKED: tuple[tuple[str, str], ...] = (
    *(("What is it, as far", "Anti-social behaviour"), ("How long", "weeks"), ("How often", "Most weeks")),
    *(("How much", "It bothers me"), ("Is anyone in your home", "No"), ("Are you afraid", "No")),
    ("Is it getting worse", "No"),
)
ALERTED = "ASB-2026-A0001"
heard: list[str] = []


def walk(node: Any) -> Iterator[Any]:
    yield node
    for child in node:
        if child is not None:
            yield from walk(child)


def shown(node: Any) -> bool:
    state = node.getState()
    return bool(state.contains(pyatspi.STATE_SHOWING) and state.contains(pyatspi.STATE_VISIBLE))


def seek(roles: tuple[str, ...], fits: Callable[[Any], bool], what: str) -> Any:
    """The first that is shown, of one of these roles, and fits."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for node in walk(desk):
            try:
                if node.getRoleName() in roles and fits(node) and shown(node):
                    return node
            except Exception:  # noqa: BLE001 - it went while it was asked
                continue
        time.sleep(0.1)
    sys.exit(f"there is no {roles[0]} {what}; heard: {heard}")


def named(roles: tuple[str, ...], name: str) -> Any:
    return seek(roles, lambda node: node.name.startswith(name), f"named “{name}”")


def press(roles: tuple[str, ...], name: str) -> None:
    named(roles, name).queryAction().doAction(0)


def write(name: str, words: str) -> None:
    field = named(TEXT, name)
    field.queryEditableText().setTextContents(words)


def choose(question: str, answer: str) -> None:
    """An answer is named by its words; what was asked is said with it."""
    tile = seek(
        RADIO + TICK,
        lambda node: (
            answer in node.name and node.description.startswith(question) and ": no answer" not in node.description
        ),
        f"“{answer}” of “{question}”",
    )
    tile.queryAction().doAction(0)


def hear(words: str) -> None:
    """Until it is announced."""
    end = time.monotonic() + PATIENCE
    while not any(words in said for said in heard):
        if time.monotonic() > end:
            sys.exit(f"“{words}” was never announced; heard: {heard}")
        time.sleep(0.05)


def listen() -> None:
    for event in ("object:announcement", "notification"):
        pyatspi.Registry.registerEventListener(lambda said: heard.append(str(said.any_data)), event)
    threading.Thread(target=pyatspi.Registry.start, daemon=True).start()


def the_desk(program: Any) -> Any:
    assert program.stdout.readline().strip() == "open", "the window did not open"
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for each in pyatspi.Registry.getDesktop(0):
            if each is not None and each.name == "asbdesk":
                return each
        time.sleep(0.1)
    sys.exit("the window is not on the bus")


def journey() -> None:
    """A report is taken, what is missing is heard; the first look is finished; the alert of its case is heard."""
    press(BUTTON, "New report")
    named(HEADING, "Tell me what happened")
    press(BUTTON, "Next: what we do first")
    hear("This is still needed")
    write("What happened, in their words", "Music until three. He has a dog that bites.")
    choose("What kinds of thing?", "Noise")
    write("What are they called?", "Mr Farrow")
    write("Where do they live?", "1 Mill Fold")
    press(BUTTON, "Next: what we do first")
    hear("The report is written down")
    named(HEADING, "What they told us")
    for question, answer in LOOKED:
        choose(question, answer)
    press(BUTTON, "Save the first look")
    hear("The first look is written down")
    press(RADIO, "Cases")
    press(ITEM, ALERTED)
    hear("Safe contact only")
    named(("alert",), "Safe contact only")
    sys.stdout.write("every step was found, pressed and heard\n")


if __name__ == "__main__":
    window = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        desk = the_desk(window)
        listen()
        journey()
    finally:
        assert window.stdin is not None
        window.stdin.close()
    sys.exit(window.wait(20))
