"""Work that follows a moment after the last question, in a thread of its own; only the newest answer is shown."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
PAUSE_SECONDS = 0.35


class Later(Generic[Asked, Answer]):
    """`ask` waits for a pause, then works in the background and has `show` called on the loop; an answer to an older question is dropped.

    `failed` is called instead when the work raises. Nothing here blocks the loop.
    """

    def __init__(self, work: Callable[[Asked], Answer], show: Callable[[Answer], None], failed: Callable[[Exception], None]):
        self._work, self._show, self._failed = work, show, failed
        self._pool = ThreadPoolExecutor(1)
        self._turn = 0
        self._busy = False
        self._next: tuple[int, Asked] | None = None

    def ask(self, question: Asked) -> None:
        """Ask anew; what was asked before is not answered any more."""
        self._turn += 1
        asyncio.get_running_loop().call_later(PAUSE_SECONDS, self._begin, self._turn, question)

    def forget(self) -> None:
        """Nothing that was asked is answered."""
        self._turn += 1
        self._next = None

    def _begin(self, turn: int, question: Asked) -> None:
        if turn != self._turn:
            return
        if self._busy:
            self._next = turn, question
            return
        self._busy = True
        loop = asyncio.get_running_loop()

        def ended(done: Future[Answer]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is there to be shown anything
                loop.call_soon_threadsafe(self._end, turn, done)

        self._pool.submit(self._work, question).add_done_callback(ended)

    def _end(self, turn: int, done: Future[Answer]) -> None:
        self._busy = False
        if turn == self._turn:
            error = done.exception()
            self._failed(error) if error else self._show(done.result())
        waiting, self._next = self._next, None
        if waiting:
            self._begin(*waiting)
