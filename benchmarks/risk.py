"""Measure the risk analysis: many draws against plain Python, and how time grows; `python -m benchmarks.risk --check` fails when a bar
is missed."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.critical_pass import CELLS, finishes, plain
from benchmarks.plain_risk import Drawn, PlainDraws
from benchmarks.plain_sample import PlainSamples
from benchmarks.run import Row, machine, peak_mb, table, verdict
from egov_model.analysis.drawn import Outlook
from egov_model.analysis.evaluate_draws import evaluator
from egov_model.analysis.risk import PART, prepared_of, simulate
from egov_model.analysis.sample import sampler
from egov_model.analysis.streams import BATCH
from egov_model.inputs.scenario import load_scenario
from egov_model.model.compiled_outlook import outlook_draws
from egov_model.model.horizon import YEARS_AFTER, again
from egov_model.model.network import Network
from egov_model.model.plan import Plan
from egov_model.model.shape import lists, shape_of
from egov_model.report.answers import build_plan

TIMES = (1, 4, 16)
SLACK = 1.25  # of what linear growth allows: the noise of a shared machine


def best_s(work: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Least seconds of a call, after one that is not counted."""
    work()
    taken = []
    for _ in range(times):
        begin = clock()
        work()
        taken.append(clock() - begin)
    return min(taken)


def whole(plan: Plan, draws: int, few: int, times: int) -> list[Row]:
    """(a) All draws of the plan, and the same one by one in plain Python, which must equal them."""
    seed = plan.inputs.settings.seed
    made = simulate(plan, draws, seed)
    seconds = best_s(lambda: simulate(plan, draws, seed), times)
    busy = best_s(lambda: simulate(plan, draws, seed), times, time.process_time)
    drawing, placing = PlainSamples(sampler(prepared_of(plan)), seed), PlainDraws(plan)
    slow: list[Drawn] = []

    def one_by_one(first: int, stop: int) -> np.ndarray:
        """Seconds and processor seconds of some draws in plain Python."""
        begin = time.perf_counter(), time.process_time()
        slow.extend(placing.draw(drawing.draw(d), 0) for d in range(first, stop))
        return np.array([time.perf_counter(), time.process_time()]) - begin

    first, others = one_by_one(0, 1), one_by_one(1, few + 1) / few
    shuffling = (first - others) / BATCH  # the first draw shuffles the batches of all streams, for every draw of a batch
    loop, loop_busy = others + shuffling
    differ = [d for d, one in enumerate(slow) if not _equal(plan, made, d, one)]
    if differ:
        raise SystemExit(f"plain and compiled draws differ in {len(differ)} of {few}: one of them is wrong, nothing is measured")
    return [
        Row("risk: lines", len(plan.network.lines), "lines"),
        Row("risk: initiatives", len(made.groups), "initiatives"),
        Row("risk: draws", draws, "draws"),
        Row("risk: all draws, two threads", seconds, "s", bar=3),
        Row("risk: all draws, processor time", busy, "s"),
        Row("risk: most memory", peak_mb(lambda: simulate(plan, draws, seed)), "MB", bar=1000),
        Row(f"risk: a draw in plain Python ({few} equal)", loop * 1e3, "ms"),
        Row(f"risk: a draw in plain Python ({few} equal), processor time", loop_busy * 1e3, "ms"),
        Row("risk: of that its share of shuffling a batch of all streams", shuffling[1] * 1e3, "ms"),
        Row("risk: plain against two threads, by the clock", loop / (seconds / draws), "x"),
        Row("risk: plain against two threads, processor time", loop_busy / (busy / 2 / draws), "x", bar=300, least=True),
        Row("risk: draws without a date after all", 100 * float((made.finish_week == made.never).mean()), "%"),
    ]


def _equal(plan: Plan, made: Outlook, d: int, slow: Drawn) -> bool:
    """Whether a draw is the same in every date and rupiah, and in its index but for the order of a sum."""
    placed = plan.schedule.live[0] >= 0
    mine = placed[np.array([g for g, _ in plan.network.activities], dtype=np.int64)]
    pairs = [(made.by_year_idr, slow.by_year_idr), (made.need_idr, slow.need_idr)]
    pairs += [(made.by_group_idr, np.array(slow.by_group_idr)[placed]), (made.live, np.array(slow.live)[placed])]
    pairs += [(made.start, np.array(slow.start)[mine]), (made.finish, np.array(slow.finish)[mine])]
    pairs += [(made.total_idr, slow.total_idr), (made.finish_week, slow.finish_week), (made.within, slow.within)]
    same = all(np.array_equal(one[d], other) for one, other in pairs)
    return same and np.allclose(made.index[d], slow.index, rtol=0, atol=1e-9)


def growth_in_draws(plan: Plan, draws: int, times: int) -> list[Row]:
    """(b) Processor time by draw for 1, 4 and 16 times as many draws."""
    seed = plan.inputs.settings.seed
    each = [best_s(lambda n=n: simulate(plan, draws * n, seed), times, time.process_time) / (draws * n) for n in TIMES]
    rows = [Row(f"growth: a draw of {draws * n:,}", 1e6 * s, "us") for n, s in zip(TIMES, each, strict=True)]
    return [*rows, Row(f"growth: {TIMES[-1]} times the draws, time by draw", each[-1] / each[0], "x", bar=SLACK)]


def growth_in_initiatives(plan: Plan, draws: int, times: int) -> list[Row]:
    """(c) Processor time by draw and initiative for 1, 4 and 16 copies of the plan, with as many times the people and the money."""
    each = []
    for n in TIMES:
        work, groups = replicated(plan, n, max(50, draws // n))
        each.append(best_s(work, times, time.process_time) / max(50, draws // n) / groups)
    rows = [Row(f"growth: an initiative of {len(plan.network.groups) * n}", 1e6 * s, "us") for n, s in zip(TIMES, each, strict=True)]
    return [*rows, Row(f"growth: {TIMES[-1]} times the initiatives, time by each", each[-1] / each[0], "x", bar=SLACK)]


def replicated(plan: Plan, copies: int, draws: int) -> tuple[Callable[[], object], int]:
    """Placing and adding up draws of `copies` of a plan side by side, and how many initiatives that are."""
    ready, years = evaluator(plan), len(plan.timeline.years)
    sample = sampler(prepared_of(plan)).sample(plan.inputs.settings.seed, draws)
    drawn = ready.drawn(sample)
    network = replace(copied(ready.further.network, copies), earliest=np.tile(ready.shape.earliest, copies))
    groups, lines = len(plan.network.groups), len(plan.network.lines)
    shape = shape_of(network, len(ready.further.timeline.years), years, np.tile(plan.duration_weeks[0], copies))
    order = (ready.order[:, None] + groups * np.arange(copies)).ravel()
    at = (ready.lines[:, None] + lines * np.arange(copies)).T.ravel()
    planned = np.concatenate([ready.planned + np.array([lines * n, 0, 0, 0, 0, 0, 0]) for n in range(copies)])

    def side_by_side(part: np.ndarray) -> np.ndarray:
        return np.tile(part, (1, copies) + (1,) * (part.ndim - 2))

    after = [side_by_side(sample.longer), again(sample.gate_weeks, YEARS_AFTER), again(sample.people, YEARS_AFTER)]
    read = [side_by_side(part) for part in (drawn.weeks, drawn.base_idr, sample.cost, sample.running)]
    read += [drawn.ceiling_idr * copies, *after]
    start, finish = (np.empty((draws, len(network.activities)), dtype=np.int32) for _ in range(2))
    live = np.empty((draws, len(network.groups)), dtype=np.int64)

    def work() -> None:
        sizes = (years + 1,), (len(network.groups),), (len(network.funds), years)
        sums = [np.zeros((draws, *size), dtype=np.int64) for size in sizes]
        outlook_draws(0, draws, shape, order, at, network.line_group, years, planned, *read, start, finish, live, *sums)

    return work, len(network.groups)


def copied(network: Network, copies: int) -> Network:
    """A network of so many copies, with as many times the people."""
    groups, activities = len(network.groups), len(network.activities)
    numbers = range(copies)
    belongs = np.concatenate([np.where(network.line_activity < 0, -1, network.line_activity + activities * n) for n in numbers])
    arrays = ("earliest", "priority", "multi_year", "fund", "spends", "line_every")
    return replace(
        network,
        groups=tuple(f"{key}-{n}" for n in numbers for key in network.groups),
        after=tuple(tuple(g + groups * n for g in after) for n in numbers for after in network.after),
        windows=network.windows * copies,
        activities=tuple((g + groups * n, name) for n in numbers for g, name in network.activities),
        role_demand=np.tile(network.role_demand, (copies, 1)),
        capacity=network.capacity * copies,
        lines=tuple(f"{key}-{n}" for n in numbers for key in network.lines),
        line_group=np.concatenate([network.line_group + groups * n for n in numbers]),
        line_activity=belongs,
        **{name: np.tile(getattr(network, name), copies) for name in arrays},
    )


def critical_pass(draws: int, times: int, activities: int = 300, links: int = 600) -> list[Row]:
    """(d) Sampling and critical path alone."""
    rng = np.random.default_rng(1)
    before = [sorted({int(b) for b in rng.integers(max(0, a - 40), a, 2)}) if a else [] for a in range(activities)]
    follows = lists(before)
    keys = rng.integers(0, 1 << 32, activities, dtype=np.uint32)
    tables = np.sort(rng.triangular(0.8, 1.0, 1.6, (activities, CELLS)) * rng.integers(1, 20, (activities, 1)), axis=1).astype(np.float32)
    made = finishes(keys, tables, follows.at, follows.item, draws)
    if [plain(keys.tolist(), tables.tolist(), before, d) for d in range(20)] != made[:20].tolist():
        raise SystemExit("plain and compiled passes differ: one of them is wrong, nothing is measured")
    seconds = best_s(lambda: finishes(keys, tables, follows.at, follows.item, draws), 20 * times)
    return [
        Row("pass: activities", activities, "activities"),
        Row("pass: links", len(follows.item), "links"),
        Row("pass: sampling and critical path, two threads", draws / seconds / 1e6, "million/s", bar=2, least=True),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and with `--check` return 1 when a bar is missed."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("scenario", nargs="?", default="baseline")
    ask.add_argument("--check", action="store_true", help="status 1 when a bar is missed")
    ask.add_argument("--draws", type=int, default=10_000)
    ask.add_argument("--plain-draws", type=int, default=60, help="draws in plain Python (default 60)")
    ask.add_argument("--times", type=int, default=3, help="calls of which the fastest counts (default 3)")
    asked = ask.parse_args(arguments)
    where, plan = machine(), build_plan(load_scenario(asked.scenario))
    few = min(asked.plain_draws, asked.draws - 1)
    rows = [*whole(plan, asked.draws, few, asked.times), *growth_in_draws(plan, max(20, asked.draws // 16), asked.times)]
    rows += [*growth_in_initiatives(plan, min(PART, asked.draws), asked.times), *critical_pass(asked.draws, asked.times)]
    print(", ".join(f"{name} {value}" for name, value in where.items()))
    print(table(rows))
    return verdict(rows, asked.check)


if __name__ == "__main__":
    sys.exit(main())
