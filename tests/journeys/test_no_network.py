"""Nothing needs a connection, and nothing asks for one: in a network namespace with nothing in it, and under strace."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.living import Place

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="network namespaces and strace are Linux")
DEMO = ("-m", "asbdesk", "demo", "--no-window", "--out", "out")


def nowhere() -> tuple[str, ...]:
    """What runs a command in a network namespace with nothing in it, or a skip."""
    for command in (("unshare", "-n"), ("unshare", "-rn")):
        try:
            if subprocess.run([*command, "true"], capture_output=True).returncode == 0:
                return command
        except OSError:
            break
    pytest.skip("no network namespaces here")


def test_the_visit_is_lived_without_any_network(tmp_path: Path) -> None:
    done = Place(tmp_path).run(*DEMO, "--no-pictures", before=nowhere())
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out" / "plan.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.long
def test_every_screen_is_drawn_without_any_network(tmp_path: Path) -> None:
    done = Place(tmp_path).run(*DEMO, before=nowhere())
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "out" / "pictures").glob("*.png"))) > 20


@pytest.mark.needs("strace")
def test_no_socket_is_opened_and_no_file_outside(tmp_path: Path) -> None:
    place = Place(tmp_path)
    log = tmp_path / "strace.log"
    tracing = ("strace", "-f", "-qq", "-y", "-s", "300", "-e", "trace=socket,connect,openat,rename", "-o", str(log))
    done = place.run(*DEMO, "--no-pictures", before=tracing)
    if done.returncode and "ptrace" in done.stderr:
        pytest.skip("strace is not allowed here")
    assert done.returncode == 0, done.stderr
    said = log.read_text(encoding="utf-8", errors="replace")
    assert re.findall(r"socket\(AF_INET6?[^\n]*", said) == []
    assert re.findall(r"connect\([^\n]*", said) == []
    assert outside(said, tmp_path) == []


def outside(said: str, folder: Path) -> list[str]:
    """Files that were opened to be written, other than the encrypted store's and those asked for."""
    written = re.findall(r'openat\([^"]*"([^"]+)", [A-Z_|]*(?:O_WRONLY|O_RDWR|O_CREAT)[^)]*\) = \d', said)
    store = re.compile(re.escape(str(folder / "temp")) + r"/asbdesk-demo-[^/]+/desk/")
    asked = re.compile(re.escape(str(folder / "out")) + "/|out/(plan.pdf|authority.pem)$")
    tried = re.compile(re.escape(str(folder / "temp")) + r"/[a-z0-9_]{8}$")  # Python tries whether it may write there
    fine = (store, asked, tried, re.compile("/dev/"))
    return sorted({name for name in written if not any(pattern.match(name) for pattern in fine)})
