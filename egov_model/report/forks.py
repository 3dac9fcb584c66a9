"""Our end of the warm process (see `report.warm`): start it, let it fork kernels or work out a scenario, watch and end what it forked."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

CAN_FORK = sys.platform != "win32" and hasattr(os, "fork") and hasattr(socket, "send_fds")
START = "from egov_model.report.warm import main; main()"
ANSWER_SECONDS = 600.0  # so long a process may work out its scenario before its kernels are given up
POLL_SECONDS = 0.01


class WarmError(Exception):
    """The warm process does not answer."""


@dataclass
class Forked:
    """A forked process as `subprocess.Popen` shows one; it leads a process group of its own."""

    warm: Warm
    pid: int
    returncode: int | None = None
    stdin: None = None
    stdout: None = None
    stderr: None = None

    def poll(self) -> int | None:
        """Its exit status (a signal's number, negative), None while it runs."""
        if self.returncode is None:
            try:
                self.returncode = self.warm.ask(do="status", pid=self.pid)["status"]
            except WarmError:  # with the process that forked it, it is gone as well
                self.returncode = -signal.SIGKILL
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises `subprocess.TimeoutExpired` after `timeout` seconds."""
        until = time.monotonic() + (float("inf") if timeout is None else timeout)
        while self.poll() is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
            time.sleep(POLL_SECONDS)
        return self.returncode or 0

    def send_signal(self, number: int) -> None:
        """Send a signal to the process alone."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


@dataclass
class Warm:
    """A process that forks others on demand; safe to use from several threads."""

    pid: int
    control: socket.socket
    life: int
    popen: subprocess.Popen[bytes] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, given: Sequence[int] = (), **question: Any) -> dict[str, Any]:
        """Its answer to a question that comes with file descriptors; raises `WarmError` when there is none."""
        with self._lock:
            try:
                text = json.dumps(question).encode() + b"\n"
                sent = socket.send_fds(self.control, [text], list(given)) if given else 0
                self.control.sendall(text[sent:])
                answer = b""
                while not answer.endswith(b"\n"):
                    piece = self.control.recv(1 << 16)
                    if not piece:
                        raise WarmError("it has ended")
                    answer += piece
            except OSError as error:
                raise WarmError(str(error)) from None
        return json.loads(answer)

    def kernel(self, arguments: Sequence[str], env: Mapping[str, str], cwd: str, stderr: str) -> Forked:
        """A kernel with these arguments of `ipykernel_launcher`; `stderr`: file for what it says outside of its cells, or ""."""
        answer = self.ask(do="kernel", arguments=list(arguments), env=dict(env), cwd=cwd, stderr=stderr)
        return Forked(self, answer["pid"])

    def call(self, function: str, arguments: Mapping[str, object], cwd: str, stderr: str) -> Forked:
        """A process that calls `module:function`; what it raises stands in the file `stderr`."""
        answer = self.ask(do="call", function=function, arguments=dict(arguments), cwd=cwd, stderr=stderr)
        return Forked(self, answer["pid"])

    def branch(self, scenario: str, data: str, names: Collection[str]) -> Warm:
        """A process that works out what these names of the front door stand for in a scenario, and then forks kernels that know it."""
        with _pair() as (ours, theirs), _pipe() as (their_life, life):
            answer = self.ask([theirs.fileno(), their_life], do="branch", scenario=scenario, data=data, names=sorted(names))
            return Warm(answer["pid"], _timed(ours), os.dup(life))

    def close(self) -> None:
        """End it and whatever it forked; safe to call twice and while another thread waits for an answer."""
        with contextlib.suppress(OSError):
            if self.life >= 0 and (self.popen is None or self.popen.poll() is None):
                os.killpg(self.pid, signal.SIGKILL)
        if self.life >= 0:  # its kernels end by this
            os.close(self.life)
            self.life = -1
        with contextlib.suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)  # who waits for an answer waits no longer
        with self._lock:
            self.control.close()
        if self.popen is not None:
            self.popen.wait(10)


def start(env: Mapping[str, str]) -> Warm | None:
    """A process that imports the stack, in this environment; None where processes cannot be forked. It is ready when it first answers."""
    if not CAN_FORK:
        return None
    with _pair() as (ours, theirs), _pipe() as (their_life, life):
        numbers = (theirs.fileno(), their_life)
        command = [sys.executable, "-c", START, *map(str, numbers)]
        nothing = subprocess.DEVNULL
        popen = subprocess.Popen(
            command, env=dict(env), stdin=nothing, stdout=nothing, stderr=nothing, pass_fds=numbers, start_new_session=True
        )
        return Warm(popen.pid, _timed(ours), os.dup(life), popen)


def _timed(control: socket.socket) -> socket.socket:
    kept = control.dup()
    kept.settimeout(ANSWER_SECONDS)
    return kept


@contextlib.contextmanager
def _pair():
    """Two sockets that speak to each other; both are closed here when the block ends."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@contextlib.contextmanager
def _pipe():
    """Both ends of a pipe, closed here when the block ends."""
    ends = os.pipe()
    try:
        yield ends
    finally:
        for number in ends:
            os.close(number)
