"""Work that follows: only the newest question is answered, the loop never waits, errors are told."""

from __future__ import annotations

import asyncio
import threading

from egov_model.whatif import later
from egov_model.whatif.later import Later


def run(monkeypatch, steps) -> tuple[list, list, list]:
    """What was worked on, shown and failed after `steps(later, released)`."""
    monkeypatch.setattr(later, "PAUSE_SECONDS", 0.01)
    worked, shown, failed, released = [], [], [], threading.Event()

    def work(question: int) -> int:
        worked.append(question)
        released.wait(10)
        if question < 0:
            raise ValueError(question)
        return question * 10

    async def live() -> None:
        await steps(Later(work, shown.append, failed.append), released)

    asyncio.run(live())
    return worked, shown, [str(error) for error in failed]


async def until_idle(one: Later) -> None:
    await asyncio.sleep(0.05)
    while one._busy:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)


def test_questions_in_quick_succession_are_one(monkeypatch):
    async def steps(one, released):
        released.set()
        for question in (1, 2, 3):
            one.ask(question)
        await until_idle(one)

    assert run(monkeypatch, steps) == ([3], [30], [])


def test_an_answer_to_an_older_question_is_dropped(monkeypatch):
    async def steps(one, released):
        one.ask(1)
        await asyncio.sleep(0.1)
        one.ask(2)
        await asyncio.sleep(0.1)
        released.set()
        await until_idle(one)
        await until_idle(one)

    assert run(monkeypatch, steps) == ([1, 2], [20], [])


def test_what_is_forgotten_is_not_shown(monkeypatch):
    async def steps(one, released):
        one.ask(1)
        await asyncio.sleep(0.1)
        one.forget()
        released.set()
        await until_idle(one)

    assert run(monkeypatch, steps) == ([1], [], [])


def test_errors_are_told_and_the_next_question_is_answered(monkeypatch):
    async def steps(one, released):
        released.set()
        one.ask(-1)
        await until_idle(one)
        one.ask(2)
        await until_idle(one)

    assert run(monkeypatch, steps) == ([-1, 2], [20], ["-1"])


def test_the_loop_goes_on_while_it_works(monkeypatch):
    seen = []

    async def steps(one, released):
        one.ask(1)
        await asyncio.sleep(0.1)
        seen.append(one._busy)  # this line is reached while the work still waits
        released.set()
        await until_idle(one)

    run(monkeypatch, steps)
    assert seen == [True]
