"""What runs the service in earnest: the systemd unit, the container, the compose file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

FOLDER = Path(__file__).parents[2] / "installer" / "headoffice"


def test_the_compose_file_names_what_is_there() -> None:
    told = YAML(typ="safe").load(FOLDER / "compose.yaml")
    service = told["services"]["service"]
    built = (FOLDER / service["build"]["context"]).resolve()
    assert (built / service["build"]["dockerfile"]).samefile(FOLDER / "Containerfile")
    assert service["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert set(told["volumes"]) == {"database", "office"}
    health = service["healthcheck"]["test"]
    compile(health[-1], "healthcheck", "exec")


def test_the_container_copies_what_is_there() -> None:
    root = FOLDER.parents[1]
    lines = (FOLDER / "Containerfile").read_text(encoding="utf-8").splitlines()
    copied = [word for line in lines if line.startswith("COPY") for word in line.split()[1:-1] if word[0] != "-"]
    assert copied and all((root / name).exists() for name in copied)


@pytest.mark.skipif(sys.platform == "win32", reason="the scripts for Linux")
def test_the_containers_way_in_is_posix() -> None:
    assert subprocess.run(["sh", "-n", FOLDER / "enter.sh"], capture_output=True).returncode == 0
    assert (FOLDER / "enter.sh").stat().st_mode & 0o100


@pytest.mark.needs("systemd-analyze")
def test_the_unit_is_one_that_systemd_reads(tmp_path: Path) -> None:
    text = (FOLDER / "asbdesk-headoffice.service").read_text(encoding="utf-8")
    unit = tmp_path / "asbdesk-headoffice.service"
    program = tmp_path / "asbdesk"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit.write_text(
        text.replace("/opt/asbdesk/.venv/bin/asbdesk", str(program)).replace("file:/opt/asbdesk/", "file:/")
    )
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    assert "Unknown" not in done.stderr and "Failed to parse" not in done.stderr, done.stderr
