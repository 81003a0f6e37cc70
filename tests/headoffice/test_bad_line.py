"""The service at the far end of a line that loses packets, is slow, and is cut for seconds at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from asbdesk.sync.connection import address
from tests.headoffice.offices import Organisation, Running, Served

pytestmark = [
    pytest.mark.needs("ip"),
    pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's"),
    pytest.mark.skipif(sys.platform == "linux" and os.geteuid() != 0, reason="network namespaces need root"),
]


def test_loss_delay_and_cuts(begun: Served) -> None:
    from tests.headoffice.bad_line import FAR, bad_line

    org = Organisation()
    with bad_line(loss=0.03, delay=0.04) as line:
        running = Running(begun, workers=1)
        running.words[:0] = line.inside(line.far)
        running.words[running.words.index("--host") + 1] = FAR
        running.start(wait=False)
        try:
            url = address(FAR, begun.port, begun.folder.authority.read_bytes())
            _found(running, line.inside(line.near), url, org)
            cutting = threading.Thread(target=_cut, args=(line,))
            cutting.start()
            told = _far_laptop(line.inside(line.near), url, org)
            cutting.join()
        finally:
            running.stop()
    assert told["sent"] == told["whole"] == 12
    assert line.lost > 20 and line.carried > 200


def _cut(line: object) -> None:
    for _ in range(2):
        time.sleep(1.0)
        line.cut = True  # type: ignore[attr-defined]
        time.sleep(1.5)
        line.cut = False  # type: ignore[attr-defined]


def _found(running: Running, inside: list[str], url: str, org: Organisation) -> None:
    program = (
        "import sys, json; from asbdesk.sync import service; from asbdesk.sync.depot import Marker; "
        "t = json.load(sys.stdin); "
        "service.found(t['url'], t['code'], Marker(**t['marker']), *(bytes.fromhex(x) for x in t['lines'][:1]), "
        "[bytes.fromhex(x) for x in t['lines'][1:]])"
    )
    told = {"url": url, "code": running.served.begun.code, "marker": vars(org.marker)}
    told["lines"] = [line.hex() for line in org.lines]
    end = time.monotonic() + 60
    while True:
        done = subprocess.run(
            [*inside, sys.executable, "-c", program], input=json.dumps(told), capture_output=True, text=True
        )
        if done.returncode == 0:
            return
        assert time.monotonic() < end, done.stderr
        time.sleep(0.5)


def _far_laptop(inside: list[str], url: str, org: Organisation) -> dict[str, int]:
    words = [sys.executable, "-m", "tests.headoffice.far_laptop", url, org.id, org.first.device]
    words += [org.first.sign.private.hex(), "12", "20000"]
    root = Path(__file__).parents[2]
    done = subprocess.run([*inside, *words], cwd=root, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    return found
