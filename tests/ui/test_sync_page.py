"""The sharing page and the exchange beside the officer's work: what waits and why, by itself, never in the way."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import enumerate as enumerate_threads

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import orm

from asbdesk.casework.cases import list_cases
from asbdesk.casework.desk import Desk
from asbdesk.casework.landlord import change_landlord, change_member
from asbdesk.errors import UserError
from asbdesk.model import sync as q
from asbdesk.paths import StorePaths
from asbdesk.store import vault
from asbdesk.store.slot import KDF_FAST
from asbdesk.sync import enrolment, founding, invitation, meeting, packs, place
from asbdesk.sync.names import MARKER
from asbdesk.sync.packs import Tally
from asbdesk.sync.status import Run, SyncStatus, history, items
from asbdesk.sync.status import status as sync_status
from asbdesk.ui import theme
from asbdesk.ui.carrier import Carrier, Going, carry
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.sync.fetching import is_asked_for
from asbdesk.ui.screens.sync.screen import SyncScreen
from asbdesk.ui.screens.sync.waiting import WaitingTab
from asbdesk.ui.screens.sync.words import evidence_words, going_words, run_words, side_bar
from asbdesk.ui.widgets.buttons import Button
from tests.builders import assert_whole, take_evidence
from tests.sync.hanging import hangs
from tests.ui.conftest import PASSPHRASE, Open, Opened
from tests.ui.walking import beyond_tab, cut_off, settle, small, unnamed

NOW = "2026-11-23T09:00:00.000Z"


@pytest.fixture
def office(open_window: Open, practice_folder: Path, tmp_path: Path) -> Opened:
    """Head office's window on the practice desk, which shares a folder."""
    (tmp_path / "shared").mkdir()
    made = open_window(Path(shutil.copytree(practice_folder, tmp_path / "office")))
    desk = made.door.unlock(PASSPHRASE)
    founding.create(desk.store, str(tmp_path / "shared"))
    made.window.open_desk(desk)
    return made


@pytest.fixture
def sam(office: Opened, tmp_path: Path) -> Iterator[Desk]:
    """A colleague's laptop, admitted as a manager: no window, and everything exchanged once."""
    desk = frame_of(office).desk.desk
    made = enrolment.invite(desk.store, "manager")
    store, _ = vault.create(StorePaths(tmp_path / "sam"), PASSPHRASE, office.clock, kdf=KDF_FAST, reserve=False)
    enrolment.join(store, invitation.read_invitation(made.file, "x"), made.code, {"name": "Sam Whitlock"})
    for each in (store, desk.store):
        meeting.meet(each)
    enrolment.admit(desk.store, enrolment.waiting(desk.store)[0].id)
    for each in (desk.store, store):
        meeting.meet(each)
    store.journal.catch_up()
    yield Desk(store)
    assert_whole(store)
    store.close()


def frame_of(opened: Opened) -> Frame:
    assert opened.window.frame is not None
    return opened.window.frame


def page_of(opened: Opened, tab: str = "What waits") -> SyncScreen:
    screen = frame_of(opened).go("sync")
    assert isinstance(screen, SyncScreen)
    screen.open_tab(tab)
    settle()
    return screen


def done(carrier: Carrier, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not carrier.running, timeout=30_000)
    settle()


def test_exchange_now_and_its_line_in_the_history(office: Opened, qtbot: QtBot) -> None:
    frame = frame_of(office)
    frame.desk.do(change_landlord, closed_number="0113 496 0200")
    screen = page_of(office)
    screen.now.click()
    assert screen.running.isVisible() and screen.stop.isVisible() and not screen.now.isEnabled()
    done(frame.desk.carrier, qtbot)
    assert not screen.running.isVisible() and screen.now.isEnabled()
    screen = page_of(office, "History")
    last = frame.desk.read(history)[0]
    assert last.sent and run_words(last).startswith("Sent ")


def test_stopped_and_asked_again_while_it_runs(office: Opened, qtbot: QtBot) -> None:
    carrier = frame_of(office).desk.carrier
    carrier.go()
    carrier.go()  # once more afterwards
    carrier.stop()
    page_of(office).stop.click()
    done(carrier, qtbot)
    assert carrier.trouble == "" and "rest goes on" in office.window.banner.words()


def test_by_itself_soon_after_something_is_written(office: Opened, qtbot: QtBot) -> None:
    desk = frame_of(office).desk
    desk.carrier.close()  # the window's own is slower than a test
    carrier = Carrier(desk, first=1, soonest=20, latest=60)
    runs: list[int] = []
    carrier.changed.connect(lambda: runs.append(1) if carrier.running and carrier.going is None else None)
    carrier.begin()
    qtbot.waitUntil(lambda: len(runs) >= 3, timeout=30_000)  # at unlock, and again and again
    desk.do(change_landlord, closed_number="0113 496 0201")
    qtbot.waitUntil(lambda: not carrier.running and desk.read(sync_status).on_this_laptop == 0, timeout=30_000)
    assert carrier.close() and carrier.trouble == ""


def test_what_is_written_while_it_runs_or_is_away_or_by_a_wrong_clock_leaves_by_itself(
    office: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = frame_of(office).desk
    desk.carrier.close()
    carrier = Carrier(desk, first=1, soonest=20, latest=60)
    written: list[int] = []

    def write() -> None:
        written.append(1)
        desk.do(change_landlord, closed_number=f"0113 496 02{len(written):02}")

    def all_left() -> bool:
        return not carrier.running and desk.read(sync_status).on_this_laptop == 0

    carrier.changed.connect(lambda: write() if carrier.running and not written else None)
    carrier.begin()
    qtbot.waitUntil(lambda: bool(written) and all_left(), timeout=30_000)

    folder = Path(desk.read(sync_status).place)
    away = folder.rename(folder.with_name("unplugged"))
    write()
    qtbot.waitUntil(lambda: carrier.away and not carrier.running, timeout=30_000)
    away.rename(folder)
    qtbot.waitUntil(all_left, timeout=30_000)

    for years in (10, -10):
        office.clock.pass_time(days=years * 365)
        write()
        qtbot.waitUntil(all_left, timeout=30_000)
    assert carrier.close() and carrier.trouble == ""


def test_an_exchange_never_holds_up_the_lock(office: Opened, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not frame_of(office).desk.errands.busy, timeout=20_000)  # these it does wait for
    frame_of(office).desk.carrier.go()
    office.window._asked_to_lock("idle")
    assert office.window.locked and office.started == ["again"]


def test_a_share_that_hangs_is_said_and_holds_up_neither_stop_nor_lock(
    office: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    qtbot.waitUntil(lambda: not frame_of(office).desk.errands.busy, timeout=20_000)
    desk, screen = frame_of(office).desk, page_of(office)
    with hangs(tmp_path / "shared" / MARKER):
        screen.now.click()
        qtbot.waitUntil(lambda: any(one.name == "folder" for one in enumerate_threads()))
        screen.stop.click()
        done(desk.carrier, qtbot)
        assert screen.trouble_card.isVisible() and "does not answer" in screen.trouble.text()
        qtbot.waitUntil(lambda: "not there now" in frame_of(office).nav._panel.accessibleName())
        screen.now.click()
        office.window._asked_to_lock("idle")
        assert office.window.locked and office.started == ["again"]
        assert desk.carrier.close(), "nothing of the exchange runs any more"


def test_what_others_wrote_shows_by_itself_and_evidence_comes_last(office: Opened, sam: Desk, qtbot: QtBot) -> None:
    frame = frame_of(office)
    case = sam.read(list_cases, today=sam.today).lines[0].id
    assert case, "a manager is given every case"
    photo = receive_photo(sam, case)
    meeting.meet(sam.store)
    packs.send(sam.store, place.open_depot(sam.store))
    meeting.meet(sam.store)  # the pack is announced with the next segment
    heard: list[str] = []
    carrier = frame.desk.carrier
    carrier.entries_done.connect(lambda: heard.append("work can begin"))
    carrier.changed.connect(lambda: heard.append(carrier.going.what) if carrier.going else None)
    with qtbot.waitSignal(frame.desk.changed, timeout=30_000):
        carrier.go()
    done(carrier, qtbot)
    assert heard.index("work can begin") < heard.index("fetching"), heard
    assert (frame.desk.desk.store.files.folder / photo).exists()


def test_evidence_that_is_not_here_is_asked_for_when_it_is_opened(office: Opened, sam: Desk, qtbot: QtBot) -> None:
    frame, carrier = frame_of(office), frame_of(office).desk.carrier
    photo = receive_photo(sam, sam.read(list_cases, today=sam.today).lines[0].id)
    meeting.meet(sam.store)
    carrier.go()
    done(carrier, qtbot)
    assert is_asked_for(frame, photo) and "has not sent it yet" in office.window.banner.words()
    done(carrier, qtbot)
    packs.send(sam.store, place.open_depot(sam.store))
    meeting.meet(sam.store)
    assert is_asked_for(frame, photo)
    done(carrier, qtbot)
    assert not is_asked_for(frame, photo) and (frame.desk.desk.store.files.folder / photo).exists()


def receive_photo(desk: Desk, case: str) -> str:
    """A photograph taken in on that laptop; its encrypted name."""
    kept = desk.files.keep(b"\x89PNG" + b"0" * 5000)
    desk.do(take_evidence, case, kept)
    return kept.blob


def test_what_could_not_be_read_is_said_with_its_reason_and_saved(
    office: Opened, sam: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    frame = frame_of(office)
    sam.do(change_member, sam.member, number="0113 496 0140")
    meeting.meet(sam.store)
    frame.desk.carrier.go()
    done(frame.desk.carrier, qtbot)
    refuse = q.block.update().where(q.block.c.device == sam.store.journal.device)
    with frame.desk.desk.store.writer.begin() as conn:
        conn.execute(refuse.values(state="refused", why="a value of the wrong kind"))
    screen = page_of(office)
    tab = next(part for part in screen.parts if isinstance(part, WaitingTab))
    assert tab.count and screen.tabs.buttons[0].text() == f"What waits ({tab.count})"
    save = next(b for b in tab.findChildren(Button) if b.accessibleName().startswith("Save it: Could not be read"))
    assert "Sam Whitlock’s laptop" in save.accessibleName()
    item = frame.desk.read(refused)[0]
    tab.save_to(item, tmp_path / "part.seg")
    assert (tmp_path / "part.seg").read_bytes().startswith(
        b"ASBSEG"
    ) and "Saved as it came" in office.window.banner.words()
    with pytest.raises(UserError, match="could not save what came"):
        tab.save_to(item, tmp_path / "no such folder" / "part.seg")
    frame.show_share()
    assert "could not be read" in frame.nav._panel.accessibleName()
    with frame.desk.desk.store.writer.begin() as conn:
        conn.execute(refuse.values(state="taken", why=None))


def refused(session: orm.Session) -> list[str]:
    return [item.id for item in items(session) if item.kind == "refused"]


@pytest.mark.parametrize(("size", "scale"), [((1440, 900), 1.0), ((1280, 720), 2.0), ((720, 600), 1.0)])
def test_every_tab_by_keyboard_named_and_whole(office: Opened, sam: Desk, size: tuple[int, int], scale: float) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.Theme.make("light", scale).apply(app)
    office.window.resize(*size)
    for title in ("What waits", "To decide", "People and laptops", "History"):
        page_of(office, title)
        assert unnamed(office.window) == [] and small(office.window) == [] and cut_off(office.window) == [], title
        assert beyond_tab(office.window) == [], title


# ---- words
def status(**more: object) -> SyncStatus:
    told = {"state": "member", "place": "S:/asbdesk", "words": "", "on_this_laptop": 0, "in_depot": 0, "received": NOW}
    told |= {"head_office": False, "waiting": 0, "refused": 0, "review": 0, "forks": 0, "last_run": None, **more}
    return SyncStatus(**told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "words", "loud"),
    [
        (status(), "Head office has everything.", False),
        (
            status(on_this_laptop=5, in_depot=12),
            "5 changes only on this laptop, 12 in the shared folder. Head office has all up to Mon 23 Nov, 09:00.",
            False,
        ),
        (status(in_depot=1, received=None), "1 change in the shared folder.", False),
        (status(place="https://x", in_depot=2, received=None), "2 changes at head office.", False),
        (status(head_office=True), "All is shared.", False),
        (status(refused=1), "Head office has everything. 1 part could not be read.", True),
        (status(state="asked"), "Head office compares six words with you first.", True),
    ],
)
def test_the_side_bar_is_quiet_until_something_asks(told: SyncStatus, words: str, loud: bool) -> None:
    said = side_bar(told, 0, "", away=False)
    assert (said.words, said.loud) == (words, loud)


def test_the_side_bar_says_what_asks_for_somebody() -> None:
    said = side_bar(status(), 2, "", away=False, asking=1)
    assert said.words == "Head office has everything. 1 asks to join. 2 need you to decide." and said.loud
    away = side_bar(status(on_this_laptop=3), 0, "The folder is not there.", away=True)
    assert (away.title, away.words) == (
        "Working offline",
        "The shared folder is not there now. 3 changes will be sent.",
    )
    assert side_bar(status(), 0, "It cannot be written to.", away=False).loud


def test_words_of_an_exchange() -> None:
    assert going_words(None) == "Looking for what is new …"
    assert going_words(Going("receiving", 3, 12, 2_500_000)).startswith("Receiving 3 of 12 parcels, 2.5 MB.")
    assert "1.0 of 4.0 MB" in going_words(Going("fetching", 1_000_000, 4_000_000))
    run = Run(NOW, NOW, "S:/", None, 1, 0, 27, 0, 0, 1, 0, 0)
    assert run_words(run) == "Sent 1 change, received 27 changes, 1 to decide."
    assert evidence_words(Tally(3, 38_000_000, 2, 4_100_000, 1, 1)) == (
        "3 files to send, 38.0 MB. They go last.",
        "1 file to come, 4.1 MB.",
        "1 file not sent by anybody yet: it is on another laptop.",
        "1 file could not be moved.",
    )


def test_evidence_is_there_for_the_others_in_the_same_exchange(office: Opened, sam: Desk) -> None:
    """Where a file lies is told as soon as it lies there; the colleague has it with their next exchange."""
    from threading import Event

    frame_of(office).desk.carrier.close()
    desk = frame_of(office).desk.desk
    case = desk.read(list_cases, today=sam.today).lines[0].id
    kept = desk.store.files.keep(b"a photograph" * 1000)
    desk.do(take_evidence, case, kept)
    going: list[object] = []
    for each in (desk.store, sam.store):
        assert carry(each, Event(), going.append).trouble is None
    assert (sam.store.files.folder / kept.blob).is_file()
    assert {one.what for one in going if isinstance(one, Going)} >= {"giving", "fetching"}
