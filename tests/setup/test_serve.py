"""`make run`: web and worker start together, end together, and never leave one behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from scripts.serve import is_healthy
from scripts.terminal import ROOT
from scripts.trial import Trial, trial

pytestmark = pytest.mark.slow


@contextmanager
def serving(database: Path | None) -> Iterator[tuple[Trial, dict[str, psutil.Process]]]:
    """One without the sample, and its two programs by name."""
    with trial("--no-sample", database=database) as running:
        yield running, wait_for_programs(running)


def wait_for_programs(running: Trial) -> dict[str, psutil.Process]:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        found = {}
        for child in psutil.Process(running.process.pid).children():
            line = child.cmdline()
            if "gunicorn" in line:
                found["web"] = child
            if line[-1:] == ["worker"]:
                found["worker"] = child
        if len(found) == 2:
            return found
        time.sleep(0.1)
    raise AssertionError(running.log.read_text())


def everyone(programs: dict[str, psutil.Process]) -> list[psutil.Process]:
    return [each for program in programs.values() for each in (program, *program.children(recursive=True))]


def all_gone(processes: list[psutil.Process]) -> bool:
    _, alive = psutil.wait_procs(processes, timeout=20)
    return not alive


@pytest.fixture
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A web of one process, where a test does not look at the second: each costs three seconds of CPU to start."""
    monkeypatch.setenv("WEB_WORKERS", "1")


@pytest.fixture
def migrated(template_home: Path) -> Path:
    """An empty database with every table, which saves each test after the first the migrations."""
    return template_home / "signing-day.sqlite"


@pytest.mark.parametrize(("number", "first_time"), [(signal.SIGTERM, True), (signal.SIGINT, False)])
def test_a_signal_stops_both_cleanly(number: signal.Signals, first_time: bool, migrated: Path):
    with serving(None if first_time else migrated) as (running, programs):
        processes = everyone(programs)
        running.process.send_signal(number)
        assert running.process.wait(60) == 0, running.log.read_text()
        assert all_gone(processes)
        assert not is_healthy(running.url)
        assert (running.home / "signing-day.sqlite").is_file()


@pytest.mark.usefixtures("one_process")
@pytest.mark.parametrize("victim", ["web", "worker"])
def test_one_that_dies_takes_the_other_along(victim: str, migrated: Path):
    with serving(migrated) as (running, programs):
        processes = everyone(programs)
        programs[victim].kill()
        assert running.process.wait(60) == 1
        assert all_gone(processes)


def test_a_killed_supervisor_leaves_nobody_behind(migrated: Path):
    with serving(migrated) as (running, programs):
        processes = everyone(programs)
        running.process.kill()
        assert all_gone(processes)


@pytest.mark.usefixtures("one_process")
def test_a_taken_port_is_said_at_once(migrated: Path):
    with serving(migrated) as (running, _):
        port = running.url.rpartition(":")[2]
        env = {**os.environ, "PORT": port, "SIGNING_DAY_HOME": str(running.home)}
        command = [sys.executable, "-m", "scripts.serve", "--no-sample"]
        second = subprocess.run(
            command,
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            timeout=30,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        assert second.returncode == 1
        assert port in second.stderr
        assert "Traceback" not in second.stderr
        assert is_healthy(running.url)
