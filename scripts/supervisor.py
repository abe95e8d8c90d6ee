"""Runs a few programs as one: they live together and end together. Linux only."""

import ctypes
import os
import select
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.terminal import ROOT, complain, say

# Gunicorn lets requests in flight finish for 20 s; a little longer, and nobody is left waiting for ever.
GRACE = 25.0

# `make` and process groups may deliver the same wish twice; only a later signal means "at once".
SAME_WISH = 1.0

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


def _end_with_parent() -> None:
    """Should the supervisor be killed outright, the kernel tells the programs to stop."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass(frozen=True)
class Program:
    name: str
    process: subprocess.Popen[bytes]
    descriptor: int  # readable once the process has ended


class Supervisor:
    def __init__(self, env: Mapping[str, str], grace: float = GRACE) -> None:
        self._env = env
        self._grace = grace
        self._programs: list[Program] = []
        self._signals = 0
        self._poll = select.poll()
        # A signal writes a byte into the pipe, so that waiting for programs is waiting for signals, too.
        self._woken, wake = os.pipe()
        os.set_blocking(self._woken, False)
        os.set_blocking(wake, False)
        signal.set_wakeup_fd(wake)
        self._poll.register(self._woken, select.POLLIN)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._count_signal)

    def _count_signal(self, _number: int, _frame: object) -> None:
        self._signals += 1

    def start(self, name: str, command: Sequence[str]) -> None:
        """In a session of its own: Ctrl-C reaches only the supervisor, which then stops all in order."""
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(self._env),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        program = Program(name, process, os.pidfd_open(process.pid))
        self._poll.register(program.descriptor, select.POLLIN)
        self._programs.append(program)

    def wait(self, seconds: float | None) -> bool:
        """True once there is a reason to stop: a signal came, or a program ended."""
        if not self._signals and not self._ended():
            self._poll.poll(None if seconds is None else seconds * 1000)
            self._drain()
        return bool(self._signals or self._ended())

    def _drain(self) -> None:
        try:
            while os.read(self._woken, 64):
                pass
        except BlockingIOError:
            pass

    def _ended(self) -> list[Program]:
        return [program for program in self._programs if program.process.poll() is not None]

    def run(self) -> int:
        """Waits for a reason to stop, stops all, and returns the exit code: 0 only when asked to stop."""
        while not self.wait(None):
            pass
        ended = self._ended()
        asked = bool(self._signals)
        for program in ended:
            if not asked or program.process.returncode not in (0, -signal.SIGTERM):
                complain(f"The {program.name} ended by itself ({_how(program.process.returncode)}).")
        if asked:
            say("\nStopping …")
        clean = self._stop()
        if asked and clean:
            say("Stopped.")
        return 0 if asked and clean else 1

    def _stop(self) -> bool:
        """Asks all to end; after the grace, or at a second signal, ends them. True if none was forced."""
        for program in self._programs:
            if program.process.poll() is None:
                program.process.send_signal(signal.SIGTERM)
        began, seen = time.monotonic(), self._signals
        while len(self._ended()) < len(self._programs):
            passed = time.monotonic() - began
            if passed < SAME_WISH:
                seen = self._signals
            if passed >= self._grace or self._signals > seen:
                return self._kill()
            self._poll_running(self._grace - passed)
        return True

    def _poll_running(self, seconds: float) -> None:
        poll = select.poll()
        poll.register(self._woken, select.POLLIN)
        for program in self._programs:
            if program.process.poll() is None:
                poll.register(program.descriptor, select.POLLIN)
        poll.poll(seconds * 1000)
        self._drain()

    def _kill(self) -> bool:
        for program in self._programs:
            if program.process.poll() is None:
                complain(f"The {program.name} did not stop in time and is ended.")
                # The group, because a web server has processes of its own.
                os.killpg(program.process.pid, signal.SIGKILL)
                program.process.wait()
        return False


def _how(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
