"""Pictures of the sharing pages, drawn from invented views: nothing is founded, sent or decided for a picture."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from asbdesk.casework.conflict_sides import Differs, Side
from asbdesk.casework.conflicts import ConflictLine, ConflictView
from asbdesk.sync.colleagues import Laptop
from asbdesk.sync.enrolment import Invited, Waiting
from asbdesk.sync.packs import Tally
from asbdesk.sync.revocation import ENCRYPTED, Breach
from asbdesk.sync.status import REASONS, Item, Run, SyncStatus
from asbdesk.ui.door import Door
from asbdesk.ui.errands import Errands
from asbdesk.ui.frame import Frame
from asbdesk.ui.problems import Problems

Drawing = tuple[str, QWidget]
CODE = "7GQ2M-XK4RT-90VDB-HNE5C-W3JPA"
WORDS = ("museum", "watermelon", "xylophone", "slipper", "oat", "river")
"""They open nothing and nobody."""
MORNING, NOON, NOW = "2026-11-23T08:40:00.000Z", "2026-11-23T11:40:00.000Z", "2026-11-23T11:52:00.000Z"
FRIDAY = "2026-11-20T16:05:00.000Z"
SAM = Laptop("s" * 16, "m2", "Sam Whitlock", "officer", "East", "B", MORNING, "", NOON, "0.1.0", False)
MINE = Laptop("d" * 16, "m1", "Dami Okafor", "head_office", "", "A", MORNING, "", NOW, "0.1.0", True)
LOST = Laptop("l" * 16, "m3", "Priya Nair", "officer", "", "C", MORNING, NOW, FRIDAY, "0.1.0", False)
ASKS = Waiting("r", "Rosalind Hughes", "manager", "", "r" * 16, WORDS)
LINE = ConflictLine(
    "apart/assessment/1", "Sam and you each assessed the risk, apart", "Flat 6, Tannery House · ASB-2026-A0386", "",
    True, NOW, "Sun 22 Nov, 17:05",
)  # fmt: skip
WORDED = ConflictLine(
    "contact/1/note", "Sam and you both changed what was said", "Harrow Court · ASB-2026-A0412", "", False, NOW,
    "Mon 23 Nov, 09:12",
)  # fmt: skip
RISK = ConflictView(
    LINE,
    "High risk applies until you decide. The higher of them always does.",
    (
        Side("1", "Sam Whitlock", NOW, "Sun 22 Nov, 16:20", "On Sam’s laptop", "the risk level", "High risk",
             "Told at the door that the flat would burn. A witness heard it.", "31 of 41", True, "red"),
        Side("2", "You", NOW, "Sun 22 Nov, 17:05", "On this laptop", "the risk level", "Medium risk",
             "Quiet for two weeks. He sleeps again, and goes out.", "19 of 41", False, "amber"),
    ),
    (
        Differs("Has anyone threatened to hurt you?", ("Yes, on Saturday", "Not asked")),
        Differs("Are you afraid to be at home?", ("Yes", "No")),
        Differs("Did somebody else see or hear it?", ("Yes", "Don’t know")),
    ),
)  # fmt: skip
TALK = ConflictView(
    WORDED,
    "The later one shows until you decide. Both are kept.",
    (
        Side("1", "You", NOW, "Mon 23 Nov, 09:12", "On this laptop", "what was said", "She rang at nine.",
             applies=True),
        Side("2", "Sam Whitlock", NOW, "Mon 23 Nov, 09:03", "On Sam’s laptop", "what was said",
             "She rang to say that banging and shouting went on until two. " * 14),
    ),
    free=True,
    text="She rang at nine.",
)  # fmt: skip


def before_unlocking(door: Door, problems: Problems, size: tuple[int, int]) -> Iterator[Drawing]:
    """Joining with an invitation, and the lock screen's way in over the telephone."""
    from asbdesk.ui.screens.lock import LockScreen
    from asbdesk.ui.screens.sync.joining import JoinStart
    from asbdesk.ui.screens.sync.office_code import OfficeCode

    keeper = QObject()
    errands = Errands(problems.tell, keeper)
    start, lock = JoinStart(door, errands, problems), LockScreen(door, errands)
    for page in (start, lock):
        page.resize(*size)
        page.show()
    start.invitation.code.setText(CODE)
    for at in range(2):
        start.show_step(at)
        yield f"join-{at + 1}", start
    code = OfficeCode("4T9KX-B2MQ7", "B", door.strength)
    lock.pages.addWidget(code)
    lock.pages.setCurrentWidget(code)
    yield "lock-head-office", lock
    for gone in (start, lock):
        gone.close()
        gone.deleteLater()


def at_the_desk(frame: Frame) -> Iterator[Drawing]:
    """The sharing page of a desk that shares, tab by tab."""
    from asbdesk.ui.screens.sync import people, waiting
    from asbdesk.ui.screens.sync.screen import SyncScreen
    from asbdesk.ui.screens.sync.words import side_bar

    screen = frame.go("sync")
    assert isinstance(screen, SyncScreen)
    told = _status()
    found: tuple[object, ...] = (
        waiting.Found(_items(), (MINE, SAM, LOST), Tally(3, 38_000_000, 2, 4_100_000, 1), True),
        (LINE, WORDED),
        people.Found(True, (ASKS,), (MINE, SAM, LOST), True, ""),
        _runs(),
    )
    screen.show_status(told)
    frame.nav.say_share(side_bar(told, 1, "", away=False))
    for at, (part, what) in enumerate(zip(screen.parts, found, strict=True)):
        screen.tabs.choose(at)
        screen.tabs.buttons[at].setFocus()
        part.show_found(what)
        yield f"sync-{('waits', 'decide', 'people', 'history')[at]}", frame
    frame.nav.say_share(None)
    screen.refresh()


def over_the_window(frame: Frame) -> Iterator[Drawing]:
    """Set-up, an invitation, a lost laptop, a code, conflicts: pages over the window."""
    from asbdesk.ui.screens.sync.conflict import ConflictPage
    from asbdesk.ui.screens.sync.invite import InvitePage
    from asbdesk.ui.screens.sync.laptop import CodePage, LostPage
    from asbdesk.ui.screens.sync.move import MovePage
    from asbdesk.ui.screens.sync.set_up import SetUpSharing

    invite, lost, code = InvitePage(frame), LostPage(frame, SAM), CodePage(frame, SAM)
    for name, page in (("folder", SetUpSharing(frame, "folder")), ("service", SetUpSharing(frame, "service"))):
        yield from _over(frame, f"sync-set-up-{name}", page)
    yield from _kit(frame)
    yield from _over(frame, "sync-invite", invite, keep=True)
    invite.give.show_invitation(Invited("i", b"", CODE, "2026-11-30T09:00:00.000Z"))
    invite.show_step(1)
    yield from _over(frame, "sync-invite-code", invite)
    lost.sheet.show_breach(_breach(), folder=True)
    lost.show_step(1)
    yield from _over(frame, "sync-lost", lost)
    yield from _over(frame, "sync-code", code)
    yield from _over(frame, "sync-move", MovePage(frame))
    for name, view in (("conflict", RISK), ("conflict-words", TALK)):
        decide = ConflictPage(frame)
        decide.view = view
        decide.draw()
        yield from _over(frame, name, decide)
    yield from _waiting(frame)


def _kit(frame: Frame) -> Iterator[Drawing]:
    from asbdesk.ui.screens.sync.kit import KitStep
    from asbdesk.ui.screens.sync.set_up import SetUpSharing

    page = SetUpSharing(frame, "folder")
    at, kit = next((at, step) for at, step in enumerate(page.steps) if isinstance(step, KitStep))
    kit.code.setText(CODE)
    page.show_step(at)
    yield from _over(frame, "sync-kit", page)


def _over(frame: Frame, name: str, page: QWidget, *, keep: bool = False) -> Iterator[Drawing]:
    if frame.over is not page:
        frame.open_over(page)
    yield name, frame
    if not keep:
        frame.close_over()


def _waiting(frame: Frame) -> Iterator[Drawing]:
    from asbdesk.ui.screens.sync.admission import AdmissionPage

    page = AdmissionPage(frame.desk)
    page.say_state("asked", WORDS)
    yield from _over(frame, "join-words", page)


def _status() -> SyncStatus:
    where = str(Path("S:/asbdesk"))
    return SyncStatus("member", where, "", 5, 12, MORNING, False, 2, 1, 1, 0, _runs()[0])


def _items() -> tuple[Item, ...]:
    return (
        Item("refused", "s/1/x/0", SAM.device, "It cannot be read: a value of the wrong kind", NOW, 2),
        Item("review", "l/9/x", LOST.device, REASONS["review"], NOW, 7),
        Item("waiting", "s/4/x", SAM.device, REASONS["gap"], NOW, 3),
        Item("locked", "", SAM.device, REASONS["locked"], "", 41),
    )


def _runs() -> tuple[Run, ...]:
    where = str(Path("S:/asbdesk"))
    away = "The shared folder is not there now. Is it connected?"
    return (
        Run("2026-11-23T11:52:00.000Z", "2026-11-23T11:52:00.000Z", where, None, 7, 2, 27, 0, 0, 1, 9000, 31000),
        Run("2026-11-23T09:00:00.000Z", "2026-11-23T11:40:00.000Z", where, None, 0, 0, 0, 0, 0, 0, 0, 0),
        Run("2026-11-22T17:00:00.000Z", "2026-11-22T17:00:00.000Z", where, away, 0, 0, 0, 0, 0, 0, 0, 0),
    )


def _breach() -> Breach:
    cases = tuple(f"ASB-2026-B{n:04d}" for n in range(11, 25))
    return Breach(
        SAM.device, SAM.name, "officer", "B", "stolen", NOW, "2026-11-26T11:52:00.000Z", SAM.last_met, "0.1.0", cases,
        41, 17, ENCRYPTED,
    )  # fmt: skip
