"""The process that kernels are forked from: it has imported everything reports use, has one thread and no socket but the two it was given.

`control` carries one question and one answer at a time, each a line of JSON; when its other end closes, the process ends and so does what
it forked. Nothing ever comes through `life`: its other end is held by the builder alone, so that it closes however the builder ends.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from egov_model.inputs.place import ROOT
from egov_model.report.failure import plain
from egov_model.report.uses import front_door

MOST_BYTES = 1 << 20  # of one piece of a question
FORGOTTEN = 255  # status of a process that is not ours
# imported inside functions, or by the kernel itself only when it starts
ALSO = (
    "IPython.core.completerlib",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "egov_model.report.exports",
    "encodings.idna",
    "ipykernel.debugger",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "ortools.sat.python.cp_model",
    "sqlite3",
    "tornado.platform.asyncio",
    "tornado.queues",
)


def main() -> None:
    """Import the stack and serve on the two file descriptors that were passed as arguments."""
    control, life = (int(text) for text in sys.argv[1:3])
    os.environ.pop("JPY_PARENT_PID", None)  # ours, when we were started from a kernel: a fork of us must not wait for that parent
    import_stack()
    gc.collect()
    gc.freeze()  # what is there stays, and is not looked through again by everyone who is forked: their memory stays shared
    serve(socket.socket(fileno=control), life)


def import_stack() -> None:
    """Import what notebooks and kernels use."""
    for name in (*front_door(ROOT).values(), *ALSO):
        with contextlib.suppress(Exception):  # what cannot be imported is told by the notebook that asks for it
            importlib.import_module(name if name in ALSO else f"egov_model.{name}")


def serve(control: socket.socket, life: int) -> None:
    """Answer questions until the other end closes; then end every process that was forked here."""
    die_with(life)
    living: set[int] = set()
    ended: dict[int, int] = {}
    while True:
        question, given = receive(control)
        if question is None:
            break
        match question["do"]:
            case "kernel":
                pid = fork(lambda asked=question: kernel(asked, life), control)
                living.add(pid)
                answer: dict[str, Any] = {"pid": pid}
            case "call":
                pid = fork(lambda asked=question: call(asked, life), control)
                living.add(pid)
                answer = {"pid": pid}
            case "branch":
                pid = fork(lambda asked=question, files=given: branch(asked, files, life), control)
                living.add(pid)
                answer = {"pid": pid}
            case "status":
                collect(living, ended)
                pid = question["pid"]
                answer = {"status": None if pid in living else ended.get(pid, FORGOTTEN)}
            case other:
                answer = {"error": f"{other} is no question"}
        for number in given:
            os.close(number)
        try:
            control.sendall(json.dumps(answer).encode() + b"\n")
        except OSError:
            break
    collect(living, ended)
    for pid in living:
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def collect(living: set[int], ended: dict[int, int]) -> None:
    """Note the exit status of every child that has ended."""
    for pid in list(living):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            living.discard(pid)
            ended[pid] = os.waitstatus_to_exitcode(status)


def receive(control: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """The next question and the file descriptors that came with it; None at the end."""
    text, given = b"", []
    while not text.endswith(b"\n"):
        try:
            piece, files, *_ = socket.recv_fds(control, MOST_BYTES, 2)
        except OSError:
            return None, given
        given += files
        if not piece:
            return None, given
        text += piece
    return json.loads(text), given


def fork(work: Callable[[], None], control: socket.socket) -> int:
    """Do the work in a child that leads a process group of its own and holds nothing of ours but `life`; its process id."""
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        with contextlib.suppress(OSError):  # done twice, so that the group exists for whoever comes first
            os.setpgid(pid, pid)
        return pid
    status = 1
    try:
        os.setpgid(0, 0)
        control.close()
        work()
        status = 0
    except SystemExit as done:
        status = done.code if isinstance(done.code, int) else int(done.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(status)  # what the parent meant to do at its end is not done twice


def kernel(asked: Mapping[str, Any], life: int) -> None:
    """Be a Jupyter kernel with these arguments, environment, folder and file for what it says before it can speak."""
    os.environ.clear()
    os.environ.update(asked["env"])
    os.environ.pop("JPY_PARENT_PID", None)
    settle(asked, life)
    sys.argv = ["ipykernel_launcher", *asked["arguments"]]
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(argv=asked["arguments"])


def call(asked: Mapping[str, Any], life: int) -> None:
    """Call `module:function` with these arguments; what it raises is written to the file `stderr` in one line."""
    settle(asked, life)
    module, _, function = asked["function"].partition(":")
    try:
        getattr(importlib.import_module(module), function)(**asked["arguments"])
    except Exception as error:
        print(plain(type(error).__name__, str(error)), file=sys.stderr)
        raise SystemExit(1) from None


def settle(asked: Mapping[str, Any], life: int) -> None:
    """Work in the folder and speak to the file that are asked for, and end with the builder."""
    os.chdir(asked["cwd"])
    nothing = os.open(os.devnull, os.O_RDWR)
    said = os.open(asked["stderr"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC) if asked["stderr"] else nothing
    for number, file in ((0, nothing), (1, nothing), (2, said)):
        os.dup2(file, number)
    threading.Thread(target=watch, args=(life,), name="life", daemon=True).start()


def watch(life: int) -> None:
    """End this process and what it started when the builder is gone."""
    with contextlib.suppress(OSError):
        os.read(life, 1)
    os.killpg(0, signal.SIGKILL)


def branch(asked: Mapping[str, Any], given: list[int], life: int) -> None:
    """Work out what the notebooks of one scenario share, then serve kernels that find it there."""
    control, own_life = given
    os.close(life)
    die_with(own_life)  # already now: working it out may take long
    with contextlib.suppress(Exception):  # a scenario that cannot be worked out is told by its notebooks
        from egov_model.report.shared import share

        share(asked["scenario"], asked["data"], asked["names"])
    gc.collect()
    gc.freeze()
    serve(socket.socket(fileno=control), own_life)


def die_with(life: int) -> None:
    """Where the system can, let this process be ended by a signal as soon as the builder is gone, whatever it is busy with."""
    import fcntl

    if hasattr(os, "O_ASYNC") and hasattr(fcntl, "F_SETOWN"):
        fcntl.fcntl(life, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(life, fcntl.F_SETFL, fcntl.fcntl(life, fcntl.F_GETFL) | os.O_ASYNC)
