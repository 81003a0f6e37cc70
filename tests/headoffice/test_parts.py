"""The service's small parts: rates, memory for bodies, the feed while somebody else still writes, tables, logs."""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from starlette.requests import Request

from asbdesk.clock import SetClock
from asbdesk.errors import UserError
from asbdesk.headoffice import database, edge, limits, logs
from asbdesk.headoffice.beginning import begin
from asbdesk.headoffice.objects import Objects, Stored
from asbdesk.headoffice.place import OfficeFolder
from asbdesk.headoffice.sessions import CHALLENGE_SECONDS, TOKEN_SECONDS, Sessions
from asbdesk.headoffice.taking import Refused
from asbdesk.sync import sealing
from asbdesk.sync import session_words as words


# ---- rates
def test_who_asks_too_often_is_told_when_to_go_on() -> None:
    rates = limits.Rates(limits.Rate("asks more often", 3, 0.5))
    for _ in range(3):
        rates.take("a")
    with pytest.raises(limits.TooMuch, match="goes on by itself in 2 seconds") as told:
        rates.take("a")
    assert told.value.seconds == 2
    rates.take("b")


def test_a_body_that_never_ends_lets_go_of_its_memory() -> None:
    async def silent() -> dict[str, object]:
        await asyncio.sleep(60)
        raise AssertionError

    async def ask() -> None:
        request = Request({"type": "http", "method": "PUT", "headers": []}, silent)
        memory = edge.Memory(100)
        with pytest.raises(Refused) as told:
            async with memory.room(100):
                await edge.body(request, 100, patience=0.01)
        assert told.value.code == 408
        async with asyncio.timeout(1), memory.room(100):
            pass

    asyncio.run(ask())


def test_one_large_object_is_not_starved() -> None:
    rates = limits.Rates(limits.Rate("sends more", 10, 1e9))
    rates.take("a", 1000)
    rates.take("a", 1000)


def test_bodies_wait_for_room_in_memory() -> None:
    async def run() -> list[str]:
        memory, order = edge.Memory(100), []

        async def hold(name: str, size: int, seconds: float) -> None:
            async with memory.room(size):
                order.append(name)
                await asyncio.sleep(seconds)
                order.append(name + " gone")

        await asyncio.gather(hold("a", 80, 0.05), hold("b", 80, 0), hold("far too large", 900, 0))
        return order

    assert asyncio.run(run()) == ["a", "a gone", "b", "b gone", "far too large", "far too large gone"]


# ---- sessions
def test_challenges_and_tokens_run_out_by_head_offices_clock(desk_clock: SetClock) -> None:
    sessions, key = Sessions(b"s" * 32, desk_clock), sealing.sign_key_of(sealing.new_key())
    device, org = "a" * 16, "0" * 32
    challenge, token = sessions.challenge(), sessions.token(device)
    signature = sealing.sign(key.private, words.DOMAIN, words.told(org, device, challenge))
    assert sessions.answered(org, device, challenge, signature, key.public)
    assert sessions.device(token) == device
    assert Sessions(b"t" * 32, desk_clock).device(token) is None
    assert not Sessions(b"t" * 32, desk_clock).answered(org, device, challenge, signature, key.public)
    desk_clock.pass_time(seconds=CHALLENGE_SECONDS + 1)
    assert not sessions.answered(org, device, challenge, signature, key.public)
    desk_clock.pass_time(seconds=TOKEN_SECONDS)
    assert sessions.device(token) is None
    desk_clock.pass_time(days=3650)
    ahead, later = sessions.token(device), sessions.challenge()
    signature = sealing.sign(key.private, words.DOMAIN, words.told(org, device, later))
    desk_clock.pass_time(seconds=-2)
    assert sessions.device(ahead) == device, "another machine's clock is a little behind"
    assert sessions.answered(org, device, later, signature, key.public)
    desk_clock.pass_time(days=-3650)
    assert sessions.device(ahead) is None, "made while this clock was ten years ahead: it would be good for as long"
    for wrong in ("", "x", token[:-1], token + "A", token.replace("a", "b", 1), "é" * 70):
        assert sessions.device(wrong) is None


# ---- the feed
def put(objects: Objects, number: int) -> str:
    name = f"dev/{'a' * 16}/{number:08d}-{number:032x}.seg"
    objects.put(name, Stored(b"x"), size=1, sha256="", by="", at="")
    return name


def test_no_row_is_stepped_over_while_an_older_transaction_is_under_way(database: str) -> None:
    from asbdesk.headoffice.database import make_pool, migrate

    migrate(database)
    with make_pool(database) as pool, psycopg.connect(database) as slow:
        objects, areas = Objects(pool), [f"dev/{'a' * 16}"]
        first = put(objects, 1)
        found, cursor, _ = objects.news(areas, "")
        assert found == [first]
        slow.execute("SELECT nextval(pg_get_serial_sequence('depot.object', 'n')), pg_current_xact_id()")
        late = f"dev/{'a' * 16}/00000009-{9:032x}.seg"
        slow.execute(
            "INSERT INTO depot.object (name, area, number, size, sha256, sent_by, received_at, header, forked, body) "
            "VALUES (%s, %s, 9, 1, '', '', '', '', false, '')",
            (late, areas[0]),
        )
        second = put(objects, 2)
        found, cursor, _ = objects.news(areas, cursor)
        assert found == [second], "what is committed is told at once"
        slow.commit()
        found, cursor, _ = objects.news(areas, cursor)
        assert late in found, "and what was committed after it as well"
        assert objects.news(areas, cursor)[0] == []


def test_heads_are_the_sum_of_what_is_held(database: str) -> None:
    from asbdesk.headoffice.database import make_pool, migrate
    from asbdesk.sync.depot import area_of

    migrate(database)
    with make_pool(database) as pool:
        objects = Objects(pool)
        held = [put(objects, n) for n in range(1, 40)]
        put(objects, 1)
        area = f"dev/{'a' * 16}"
        assert objects.heads()[area] == (area_of(held).count, area_of(held).digest)
        objects.remove(held[5:9])
        left = area_of([*held[:5], *held[9:]])
        assert objects.heads([area])[area] == (left.count, left.digest)


# ---- beginning
def test_init_twice_is_no_harm(database: str, tmp_path: Path, desk_clock: SetClock) -> None:
    folder = OfficeFolder(tmp_path / "office")
    first = begin(folder, database, "Invented Homes", desk_clock, names=["office.example"])
    again = begin(OfficeFolder(tmp_path / "office"), database, "Invented Homes", desk_clock)
    assert first == again
    assert first.address.startswith("https://office.example:8443/#")
    secret = [folder.keys_file, folder.authority_key, folder.certificate_key, folder.first_laptop]
    if sys.platform != "win32":
        assert all(file.stat().st_mode & 0o077 == 0 for file in secret)


def test_init_says_what_is_wrong(database: str, tmp_path: Path, desk_clock: SetClock) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "photo.jpg").touch()
    with pytest.raises(UserError, match="files here already"):
        begin(OfficeFolder(tmp_path / "used"), database, "Invented Homes", desk_clock)
    with pytest.raises(UserError, match="landlord"):
        begin(OfficeFolder(tmp_path / "new"), database, " ", desk_clock)
    with pytest.raises(UserError, match="does not let us in"):
        begin(OfficeFolder(tmp_path / "new"), database.replace("@/", "@/no"), "Invented Homes", desk_clock)
    for wrong in ("nonsense", "sqlite:///x", "mysql://a@b/c"):
        with pytest.raises(UserError, match="no address of a PostgreSQL"):
            begin(OfficeFolder(tmp_path / "new"), wrong, "Invented Homes", desk_clock)
    assert not (tmp_path / "new").exists()


def test_h0001_depot(database: str) -> None:
    """The first step makes the depot's tables; again it does nothing; a newer database is left alone."""
    assert migrate(database) == ("h0001",)
    assert migrate(database) == ()
    with psycopg.connect(database, autocommit=True) as conn:
        tables = {r[0] for r in conn.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'depot'")}
        assert {"object", "block", "area", "granted", "met", "metric", "setting"} <= tables
        conn.execute("UPDATE depot.alembic_version SET version_num = 'h9999'")
    with pytest.raises(UserError, match="newer asbdesk"):
        migrate(database)


def migrate(url: str) -> tuple[str, ...]:
    return database.migrate(url)


# ---- logs and imports
def test_a_log_line_says_no_more_than_the_kind_of_an_error() -> None:
    try:
        raise ValueError("Ms Rahima Begum")
    except ValueError:
        record = logging.LogRecord("asbdesk", logging.ERROR, "", 1, "it went wrong: id=%s", ("x",), sys.exc_info())
    line = logs.Line().format(record)
    assert line.endswith("ERROR asbdesk: it went wrong: id=x kind=ValueError")
    web = logging.LogRecord("uvicorn.error", logging.ERROR, "", 1, "from %s", ("10.0.0.1",), None)
    assert logs.NoAddresses().filter(web) and "10.0.0.1" not in web.getMessage()


def test_head_office_needs_no_qt() -> None:
    code = (
        "import sys; import asbdesk.headoffice.serving, asbdesk.headoffice.web, asbdesk.headoffice.hub, "
        "asbdesk.headoffice.hub_part, asbdesk.sync.exchange, asbdesk.store.journal; "
        "print(sorted(n for n in sys.modules if n.startswith(('PySide6', 'asbdesk.ui'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
