"""A throw-away Signing Day with the sample conference, for as long as one command needs it.

    python -m scripts.trial COMMAND [ARGUMENT …]      `{url}` in an argument becomes the address

Data folder and port are its own, so whatever runs on this machine is left alone.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.serve import is_healthy
from scripts.terminal import ROOT, StepError, complain


@dataclass(frozen=True)
class Trial:
    url: str
    home: Path
    process: subprocess.Popen[str]  # the supervisor; its output goes to `log`
    log: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _settings(home: Path, port: int) -> dict[str, str]:
    own = {"DATABASE_URL", "PUBLIC_URL", "MAIL_SERVER", "SMS_URL", "ROBOT_URLS", "SECRET_KEY"}
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return {**kept, "SIGNING_DAY_HOME": str(home), "HOST": "127.0.0.1", "PORT": str(port)}


@contextmanager
def trial(*arguments: str, database: Path | None = None, patience: float = 120) -> Iterator[Trial]:
    """Starts web and worker under their supervisor, waits until they serve, and stops them afterwards.

    `database` is an SQLite file to begin with; without one they begin with nothing.
    """
    with tempfile.TemporaryDirectory(prefix="signing-day-trial-") as folder:
        home, log, port = Path(folder) / "data", Path(folder) / "log", free_port()
        if database:
            home.mkdir()
            shutil.copy(database, home)
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "scripts.serve", *arguments],
                cwd=ROOT,
                env=_settings(home, port),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
            )
        try:
            running = Trial(f"http://127.0.0.1:{port}", home, process, log)
            _wait(running, patience)
            yield running
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(60)


def _wait(running: Trial, patience: float) -> None:
    deadline = time.monotonic() + patience
    while not is_healthy(running.url):
        if running.process.poll() is not None or time.monotonic() > deadline:
            raise StepError(f"It did not start:\n{running.log.read_text(errors='replace')}")
        time.sleep(0.2)


def main(command: Sequence[str]) -> int:
    if not command:
        complain(__doc__ or "")
        return 2
    try:
        with trial() as running:
            filled = [part.replace("{url}", running.url) for part in command]
            return subprocess.run(filled, cwd=ROOT, check=False).returncode
    except StepError as error:
        complain(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
