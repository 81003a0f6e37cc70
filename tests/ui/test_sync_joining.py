"""Two windows and a shared folder, from setting up to the first case on the new laptop; and head office's code."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from asbdesk.casework.cases import list_cases
from asbdesk.casework.handover import hand_over
from asbdesk.casework.landlord import change_landlord
from asbdesk.sync import colleagues
from asbdesk.sync.enrolment import waiting
from asbdesk.ui.frame import Frame
from asbdesk.ui.screens.first_start import FirstStart
from asbdesk.ui.screens.lock import LockScreen
from asbdesk.ui.screens.sync.admission import AdmissionPage
from asbdesk.ui.screens.sync.invite import InvitePage, open_invite
from asbdesk.ui.screens.sync.joining import JoinStart
from asbdesk.ui.screens.sync.laptop import CodePage, LostPage, open_code, open_lost
from asbdesk.ui.screens.sync.office_code import OfficeCode
from asbdesk.ui.screens.sync.people import PeopleTab
from asbdesk.ui.screens.sync.screen import SyncScreen
from asbdesk.ui.screens.sync.set_up import SetUpSharing, open_set_up
from asbdesk.ui.widgets.buttons import Button
from tests.ui.conftest import ANSWERS, PASSPHRASE, Open, Opened
from tests.ui.walking import beyond_tab, cut_off, settle, small, unnamed

SECOND = "amber tickets under water 7"


@pytest.fixture
def office(open_window: Open, practice_folder: Path, tmp_path: Path) -> Opened:
    """Head office's window on the practice desk."""
    made = open_window(Path(shutil.copytree(practice_folder, tmp_path / "office")))
    made.window.open_desk(made.door.unlock(PASSPHRASE))
    return made


def frame_of(opened: Opened) -> Frame:
    assert opened.window.frame is not None
    return opened.window.frame


def still(opened: Opened, qtbot: QtBot) -> Callable[[], None]:
    def wait() -> None:
        desk = opened.window.desk
        assert desk is not None
        qtbot.waitUntil(lambda: not desk.carrier.running and not desk.errands.busy, timeout=30_000)
        settle()

    return wait


def share(office: Opened, folder: Path, qtbot: QtBot) -> None:
    """Set up the shared folder as an officer would, and put the kit away."""
    frame = frame_of(office)
    open_set_up(frame, "folder")
    page = frame.over
    assert isinstance(page, SetUpSharing)
    page.go.click()
    assert page.place.asked.problem.text()  # nothing was chosen
    page.place.where.setText(str(folder))
    page.go.click()
    qtbot.waitUntil(lambda: page.step is page.kit, timeout=30_000)
    assert page.kit._pdf().startswith(b"%PDF")
    page.kit.typed.setText("XXXXX")
    page.go.click()
    assert page.step is page.kit and "last group" in page.kit.asked.problem.text()
    page.kit.typed.setText(page.kit.code.text().split("-")[-1])
    page.go.click()
    assert page.step is page.end and str(folder) in page.end.where.text()
    page.left.emit()
    still(office, qtbot)()


def invite(office: Opened, file: Path, qtbot: QtBot) -> str:
    """Invite somebody; the code."""
    frame = frame_of(office)
    open_invite(frame)
    page = frame.over
    assert isinstance(page, InvitePage)
    page.who.team.setText("two words")
    page.go.click()
    assert "one word" in page.who.teamed.problem.text()
    page.who.team.setText("")
    page.go.click()
    qtbot.waitUntil(lambda: page.step is page.give, timeout=10_000)
    page.go.click()
    assert not page.give.problem.isHidden(), "the file is saved first"
    page.give.save_to(file)
    code = page.give.code.text()
    page.go.click()
    page.go.click()
    assert frame.over is None
    return code


def join(opened: Opened, file: Path, code: str, qtbot: QtBot) -> AdmissionPage:
    """A new laptop's first start with the invitation, up to the six words."""
    window = opened.window
    first = window.findChild(FirstStart)
    assert first is not None
    first.join.click()
    start = window.findChild(JoinStart)
    assert start is not None
    settle()
    assert unnamed(window) == [] and beyond_tab(window) == [] and small(window) == [] and cut_off(window) == []
    start.invitation.file.setText(str(file.with_name("nothing.asborg")))
    start.go.click()
    assert "asborg" in start.invitation.chosen.problem.text()
    start.invitation.file.setText(str(file))
    start.invitation.code.setText(code)
    start.go.click()
    start.me.name.setText("Sam Whitlock")
    start.me.number.setText("0113 496 0140")
    start.go.click()
    start.secret.new.passphrase.field.setText(SECOND)
    start.secret.new.judge()
    start.go.click()
    qtbot.waitUntil(lambda: start.at == 3, timeout=30_000)
    start.paper.typed.setText(start.paper.code.text().replace("\n", "-").split("-")[-1])
    start.go.click()
    page = window.findChild(AdmissionPage)
    assert page is not None
    still(opened, qtbot)()
    return page


def people_of(frame: Frame) -> PeopleTab:
    screen = frame.go("sync")
    assert isinstance(screen, SyncScreen)
    screen.open_tab("People and laptops")
    settle()
    return next(part for part in screen.parts if isinstance(part, PeopleTab))


def test_two_laptops_from_the_folder_to_the_first_case(
    office: Opened, open_window: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    folder, file = tmp_path / "shared", tmp_path / "invitation.asborg"
    folder.mkdir()
    share(office, folder, qtbot)
    code = invite(office, file, qtbot)
    sam = open_window(tmp_path / "sam")
    waits = join(sam, file, code, qtbot)
    sam_desk = sam.window.desk
    assert sam_desk is not None and sam.window.frame is None
    sam_desk.carrier.go()
    still(sam, qtbot)()
    frame, desk = frame_of(office), frame_of(office).desk
    desk.carrier.go()
    still(office, qtbot)()
    (asks,) = waiting(desk.desk.store)
    assert waits.words.text().split() == list(asks.words), "both read out the same six words"
    people = people_of(frame)
    assert people.count == 1 and unnamed(frame) == [] and small(frame) == []
    admit = next(b for b in people.findChildren(Button) if b.accessibleName() == "Admit Sam Whitlock")
    admit.click()
    still(office, qtbot)()
    said: list[str] = []
    sam_desk.carrier.changed.connect(lambda: said.append(waits.doing.text()) if sam.window.frame is None else None)
    sam_desk.carrier.go()
    qtbot.waitUntil(lambda: sam.window.frame is not None, timeout=30_000)  # Today, once all but evidence is there
    still(sam, qtbot)()
    assert any(words.startswith("Receiving") and "parcel" in words for words in said), said
    assert frame_of(sam).landlord().name == ANSWERS.landlord and frame_of(sam).landlord().officer == "Sam Whitlock"
    assert {lap.name for lap in colleagues.laptops(sam_desk.desk.store)} == {"Dami Okafor", "Sam Whitlock"}
    hand_over_and_see(office, sam, qtbot)
    forgotten(office, sam, qtbot, open_window, tmp_path)


def hand_over_and_see(office: Opened, sam: Opened, qtbot: QtBot) -> None:
    """A case handed over stands on the other laptop after one exchange each, and the window shows it by itself."""
    desk, other = frame_of(office).desk, frame_of(sam).desk
    assert other.read(list_cases, today=other.today).total == 0
    case = desk.read(list_cases, today=desk.today).lines[0].id
    desk.do(hand_over, case, "Sam Whitlock")
    desk.carrier.go()
    still(office, qtbot)()
    frame_of(sam).go("cases")
    with qtbot.waitSignal(other.changed, timeout=30_000):
        other.carrier.go()
    still(sam, qtbot)()
    assert [line.id for line in other.read(list_cases, today=other.today).lines] == [case]
    panel = frame_of(office).nav._panel
    frame_of(office).show_share()
    assert panel.accessibleName() == "Sharing. All is shared." and panel.isVisible()


def forgotten(office: Opened, sam: Opened, qtbot: QtBot, open_window: Open, tmp_path: Path) -> None:
    """A forgotten passphrase: the lock screen's challenge, head office's code, a new one; then the laptop is lost."""
    frame_of(sam).desk.carrier.go()
    still(sam, qtbot)()
    frame_of(office).desk.carrier.go()
    still(office, qtbot)()
    sam.window.close()
    again = open_window(tmp_path / "sam")
    lock = again.window.findChild(LockScreen)
    assert lock is not None
    lock.show_recover()
    next(b for b in lock.findChildren(Button) if "Ring head office" in b.text()).click()
    page = lock.pages.currentWidget()
    assert isinstance(page, OfficeCode)
    assert unnamed(again.window) == [] and small(again.window) == [] and beyond_tab(again.window) == []
    frame = frame_of(office)
    laptop = next(each for each in colleagues.laptops(frame.desk.desk.store) if not each.here)
    open_code(frame, laptop)
    asks = frame.over
    assert isinstance(asks, CodePage)
    asks.challenge.shown.setText(again.door.challenge()[0])
    asks.go.click()
    qtbot.waitUntil(lambda: asks.step is asks.code, timeout=10_000)
    code = asks.code.code.text()
    asks.go.click()
    page.code.setText(code)
    page.new.passphrase.field.setText("ochre bicycles sleep late 3")
    page.new.judge()
    page._go()
    qtbot.waitUntil(lambda: again.window.frame is not None, timeout=30_000)
    lost(office, qtbot)


def lost(office: Opened, qtbot: QtBot) -> None:
    frame = frame_of(office)
    laptop = next(each for each in colleagues.laptops(frame.desk.desk.store) if not each.here)
    open_lost(frame, laptop)
    page = frame.over
    assert isinstance(page, LostPage)
    page.go.click()
    assert page.step is page.why and page.why.problem.text()
    page.why.why.set_value("stolen")
    page.go.click()
    qtbot.waitUntil(lambda: page.step is page.sheet, timeout=30_000)
    assert page.sheet._pdf().startswith(b"%PDF") and page.sheet.found is not None and page.sheet.found.cases
    page.go.click()
    still(office, qtbot)()
    people_of(frame)
    assert any(each.revoked for each in colleagues.laptops(frame.desk.desk.store))


def test_a_desk_by_itself_says_nothing_in_the_side_bar(office: Opened) -> None:
    frame = frame_of(office)
    assert not frame.nav._panel.isVisible() and not frame.desk.carrier.running
    screen = frame.go("sync")
    settle()
    assert isinstance(screen, SyncScreen) and screen.alone.isVisible() and not screen.now.isVisible()
    assert unnamed(frame) == [] and small(frame) == [] and cut_off(frame) == []


def test_a_folder_that_is_away_says_so_and_leaves_all_waiting(office: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    share(office, folder, qtbot)
    frame = frame_of(office)
    folder.rename(tmp_path / "unplugged")
    frame.desk.do(change_landlord, closed_number="0113 496 0200")
    frame.desk.carrier.go()
    still(office, qtbot)()
    frame.show_share()
    said = frame.nav._panel.accessibleName()
    assert said.startswith("Working offline. The shared folder is not there now. ") and "will be sent" in said
    (tmp_path / "unplugged").rename(folder)
    frame.desk.carrier.go()
    still(office, qtbot)()
    frame.show_share()
    assert frame.nav._panel.accessibleName() == "Sharing. All is shared."


def test_what_was_just_written_leaves_before_it_locks(office: Opened, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    share(office, folder, qtbot)
    before = len(list((folder / "dev").rglob("*.seg")))
    frame_of(office).desk.do(change_landlord, closed_number="0113 496 0201")
    office.window.lock_now()
    assert len(list((folder / "dev").rglob("*.seg"))) == before + 1 and office.started == ["again"]
