"""What is shipped: the wheel holds its resources, the locks hold every dependency with hashes, the scripts run."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-headoffice.lock", "requirements-dev.lock")


def pins(lock: str) -> dict[str, str]:
    """Name → version of everything in a lock."""
    text = (ROOT / "installer" / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", text, flags=re.MULTILINE))


def named(requirements: list[str]) -> set[str]:
    return {re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", line)[0]).lower() for line in requirements}


@pytest.fixture(scope="module")
def project() -> dict[str, object]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)


def test_the_locks_hold_what_the_project_names(project: dict) -> None:
    told = project["project"]
    assert named(told["dependencies"]) <= set(pins("requirements.lock"))
    more = told["optional-dependencies"]
    assert named(told["dependencies"] + more["headoffice"]) <= set(pins("requirements-headoffice.lock"))
    assert named(more["dev"] + more["headoffice"]) <= set(pins("requirements-dev.lock"))
    assert {"hatchling", "editables"} <= set(pins("requirements.lock"))


def test_the_larger_locks_hold_the_same_versions() -> None:
    plain, service, dev = (pins(lock) for lock in LOCKS)
    assert plain.items() <= service.items() <= dev.items()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / "installer" / lock).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text.partition("\n")[2])
    pinned = [block for block in blocks if "==" in block.partition("\n")[0]]
    assert len(pinned) == len(pins(lock))
    assert all("--hash=sha256:" in block for block in pinned)
    assert "://" not in text
    assert not re.search(r"^\s*(--index-url|--extra-index-url|--find-links|-i |-f )", text, flags=re.MULTILINE)


def test_the_wheel_holds_its_resources(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        inside = set(packed.namelist())
    shipped = {f"asbdesk/resources/{f.relative_to(ROOT / 'resources').as_posix()}" for f in files("resources")}
    source = {f.relative_to(ROOT).as_posix() for f in files("asbdesk")}
    assert shipped | source <= inside
    assert any(name.endswith("entry_points.txt") for name in inside)
    assert any("LICENSE" in name for name in inside)
    assert not any(name.startswith("tests/") for name in inside)


def files(folder: str) -> list[Path]:
    return [f for f in (ROOT / folder).rglob("*") if f.is_file() and "__pycache__" not in f.parts]


@pytest.mark.skipif(sys.platform == "win32", reason="the scripts for Linux")
@pytest.mark.parametrize("script", ["installer/run.sh", "installer/test.sh", "installer/prepare.sh", ".ci/run"])
def test_scripts_are_posix(script: str) -> None:
    shell = shutil.which("dash") or "sh"
    done = subprocess.run([shell, "-n", ROOT / script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the scripts for Linux")
@pytest.mark.parametrize("script", ["installer/run.sh", "installer/test.sh", ".ci/run"])
def test_scripts_may_be_run(script: str) -> None:
    assert (ROOT / script).stat().st_mode & 0o100


def test_both_ways_to_start_it_work() -> None:
    for command in ([sys.executable, "-m", "asbdesk", "--version"], [sys.executable, "-c", RUN, "--version"]):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        assert re.fullmatch(r"asbdesk \d+\.\d+\.\d+\n", done.stdout)


RUN = "import sys; sys.argv[0] = 'asbdesk'; from asbdesk.__main__ import main; main()"
"""What the console script of the environment does."""
