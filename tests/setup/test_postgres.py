"""The tests' own PostgreSQL goes when the run that asked for it goes, however it goes."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from scripts.terminal import ROOT
from tests import postgres

PROGRAM = """
import os, signal, sys
from tests import postgres
postgres.create_database("one")
print(postgres.FOLDER, flush=True)
{end}
"""


def run(end: str) -> Path:
    """A run of its own, with a server of its own; returns that server's folder."""
    env = {name: value for name, value in os.environ.items() if name != "SIGNING_DAY_TEST_RUN"}
    program = [sys.executable, "-c", PROGRAM.format(end=end)]
    said = subprocess.run(program, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)
    return Path(said.stdout.strip())


def servers_of(folder: Path) -> list[str]:
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(line.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue  # it ended while we looked
    return [line for line in found if str(folder) in line]


def test_a_project_closed_to_other_accounts(tmp_path):
    """As one below /root is: the server, which refuses to be root, cannot walk to its own programs there."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    package = postgres._binaries().parents[1]
    for name in (f"{package.name}.libs", f"{package.name}/pginstall18"):
        shutil.copytree(package.parent / name, closed / name, symlinks=True)
    binaries = closed / package.name / "pginstall18" / "bin"
    with tempfile.TemporaryDirectory(prefix="sd-pg-") as folder:
        command = [sys.executable, str(postgres.KEEPER), folder, str(os.getpid()), str(binaries)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as keeper:
            assert keeper.stdout is not None
            assert keeper.stdout.readline() == "ready\n"
            keeper.terminate()
            assert keeper.wait(20) == 0
        Path(folder).mkdir(exist_ok=True)


@pytest.mark.parametrize(
    "end", ["", "os.kill(os.getpid(), signal.SIGKILL)", "sys.exit(3)"], ids=["ends", "is killed", "fails"]
)
def test_nothing_is_left_when_the_run(end):
    folder = run(end)
    assert folder.name.startswith("signing-day-pg-")
    deadline = time.monotonic() + 15
    while (folder.exists() or servers_of(folder)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not folder.exists()
    assert servers_of(folder) == []
