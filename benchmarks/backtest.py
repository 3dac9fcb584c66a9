"""How often a forecast from half-way keeps its word: simulated histories of a small plan, forecast at 25, 50 and 75 % of the work;
`python -m benchmarks.backtest --check` fails when the P80 of the finish is kept in fewer than 75 % or more than 85 % of the histories."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.run import Row, machine, table, verdict
from egov_model.analysis.confidence import quantiles
from egov_model.analysis.drawn import Outlook, Sample
from egov_model.analysis.evaluate_draws import Evaluator, Undated, evaluator
from egov_model.analysis.forecast import from_here
from egov_model.analysis.planned_value import WEEK, activity_money_idr, days_until
from egov_model.analysis.risk import prepared_of
from egov_model.analysis.sample import sampler
from egov_model.analysis.standing import IN_WORK, LIVE, WAITING, Standing
from egov_model.analysis.tracking import month_ends
from egov_model.inputs.scenario import load_text
from egov_model.model.plan import Plan, build_plan

TINY = Path(__file__).resolve().parents[1] / "tests" / "tiny"
HEAD = "title: Uji balik\ntitle_en: Back-test\ndescription: uji\ndescription_en: test\nowner: uji\n"
LEVELS = (0.25, 0.5, 0.75)
SURE, LEAST, MOST = 0.8, 75.0, 85.0
CHAINS, LINKS, SET = 3, 4, 200
TRUTH, FORECAST = 11, 12  # seeds: what happens is drawn by others than what is foreseen
COMMON = "unit: uji, source: uji, evidence: assumption"


@dataclass(frozen=True)
class Kept:
    """At one level of progress: the share of histories whose finish was no later than P80 and P50, the width from P10 to P90, and the
    shares of P80 in sets of `SET` histories each."""

    level: float
    histories: int
    p80_share: float
    p50_share: float
    width_weeks: float
    sets: tuple[float, ...]


def small_plan() -> Plan:
    """The made-up regency of the tests with three chains of four purchases each, over five years.

    Money is never short and contracts run over the end of a year, so that durations alone make the finish; budget windows hold as ever.
    """
    initiatives, lines = [], []
    for chain in range(CHAINS):
        for link in range(LINKS):
            key, after = f"r{chain}{link}", f"r{chain}{link - 1}" if link else ""
            initiatives.append(
                f"{{id: {key}, title_id: {key}, title_en: {key}, section: aplikasi, owner: kominfo, kind: beli, sub_activity: internet, "
                f"fund: dau, after: '{after}', earliest: 2027-01-01, mandatory: y, budget_status: running, contract: multi, "
                f"priority: {20 + 10 * link + chain}, milestone: n, target: 1, {COMMON}}}"
            )
            lines.append(
                f"{{id: {key}-alat, initiative: {key}, item: alat, driver: one, timing: once, every_years: 0, phase: build, "
                f"account: jaringan, low: 1, mode: 2, high: 3, {COMMON}}}"
            )
    years = range(2027, 2032)
    calendar = [
        f"{{year: {y}, rkpd_cut_off: {y - 1}-06-30, dpa_available: {y}-01-04, last_contract: {y}-12-20, revised_budget: {y}-10-01, "
        f"last_contract_revised: {y}-12-20, payment_close: {y}-12-27, evidence_cut_off: {y}-09-15, {COMMON}}}"
        for y in years
        if y > 2028
    ]
    ceilings = [f"{{year: {y}, fund: dau, low: 9e9, mode: 1e10, high: 1.1e10, {COMMON}}}" for y in years if y > 2028]
    more = "".join(
        f", fiscal_years.{y}.dpa_available: {y}-01-04, fiscal_years.{y}.last_contract: {y}-12-20, "
        f"fiscal_years.{y}.payment_close: {y}-12-27, "
        f"ceilings.{y}.dau.high: 11000000000, ceilings.{y}.dau.mode: 10000000000, ceilings.{y}.dau.low: 9000000000"
        for y in (2027, 2028)
    )
    text = (
        f"set: {{settings.last_year: 2031, settings.scheduling: priority, roles.analis.on_board: 20{more}}}\n"
        f"add: {{initiatives: [{', '.join(initiatives)}], cost_lines: [{', '.join(lines)}], fiscal_years: [{', '.join(calendar)}], "
        f"ceilings: [{', '.join(ceilings)}]}}\n"
    )
    return build_plan(load_text("uji-balik", HEAD + text, TINY))


def back_test(plan: Plan, histories: int, draws: int) -> list[Kept]:
    """Histories drawn by one seed, each forecast by draws of another at every level."""
    base, drawing = evaluator(plan), sampler(prepared_of(plan))
    true, ahead = drawing.sample(TRUTH, histories), drawing.sample(FORECAST, draws)
    happened, drawn, foreseen = base.evaluate(true), base.drawn(true), base.drawn(ahead)
    made = []
    for level in LEVELS:
        kept = []
        for d in range(histories):
            day = _reached(plan, happened, d, level)
            if happened.finish_week[d] >= happened.never or day is None:
                continue
            made_of = from_here(base, _standing(base, happened, true, drawn, d, day), ahead, foreseen)
            low, half, most, high = quantiles(made_of.finish_week, (0.1, 0.5, SURE, 0.9))
            ended = happened.finish_week[d]
            kept.append((ended <= most, ended <= half, high - low))
        table = np.array(kept, dtype=float)
        sets = tuple(float(table[first : first + SET, 0].mean()) for first in range(0, len(table), SET))
        made.append(Kept(level, len(kept), *map(float, table.mean(axis=0)), sets))
    return made


def _reached(plan: Plan, happened: Outlook, d: int, level: float) -> date | None:
    """The first end of a month at which so much of the planned money of work is earned in a history; None when it takes longer."""
    money = activity_money_idr(plan)
    for day in month_ends(plan):
        x = days_until(plan, day) / WEEK
        if (_done(happened, d, x) * money).sum() >= level * money.sum():
            return day
    return None


def _done(happened: Outlook, d: int, x: float) -> np.ndarray:
    start, finish = happened.start[d].astype(float), happened.finish[d].astype(float)
    done = np.where(finish > start, np.clip((x - start) / np.maximum(finish - start, 1), 0, 1), x >= start)
    return np.where(start >= 0, done, 0.0)


def _standing(base: Evaluator, happened: Outlook, sample: Sample, drawn: Undated, d: int, day: date) -> Standing:
    """What would be reported of a history at the end of a day."""
    plan, network = base.plan, base.plan.network
    groups, years = len(network.groups), len(plan.timeline.years)
    x, done = days_until(plan, day) / WEEK, _done(happened, d, days_until(plan, day) / WEEK)
    stage, live = np.full(groups, WAITING), np.full(groups, -1, dtype=np.int64)
    activity, fraction, share = np.full(groups, -1, dtype=np.int64), np.zeros(groups), np.zeros(groups)
    paid = np.zeros((groups, years), dtype=np.int64)
    for g, chain in enumerate(network.chains):
        for a in chain:
            year = min(int(plan.timeline.week_year[min(int(happened.start[d, a]), plan.timeline.weeks - 1)]), years - 1)
            mine = np.flatnonzero(network.line_activity == a)
            paid[g, year] += int(np.rint(done[a] * (drawn.base_idr[d, mine, year] * sample.cost[d, g, year]).sum()))
        if happened.live[d, g] <= x:
            stage[g], live[g], share[g] = LIVE, happened.live[d, g], 1.0
        else:
            activity[g] = next(a for a in chain if done[a] < 1)
            fraction[g] = done[activity[g]]
            stage[g] = IN_WORK if fraction[g] > 0 or activity[g] != chain[0] else WAITING
    began = np.where(stage == WAITING, -1, 0)
    return Standing(day, stage, share, began, live, activity, fraction, paid, np.zeros(groups, dtype=np.int64), 1)


def main(arguments: list[str] | None = None) -> int:
    """Prints the shares; status 1 when a bar is missed and --check is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=1000)
    parser.add_argument("--draws", type=int, default=500)
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args(arguments)
    begin = time.perf_counter()
    rows = []
    for kept in back_test(small_plan(), asked.histories, asked.draws):
        name = f"back-test at {kept.level:.0%}"
        rows += [
            Row(f"{name}: histories", kept.histories, "histories"),
            Row(f"{name}: finish within P80, at least", 100 * kept.p80_share, "%", bar=LEAST, least=True),
            Row(f"{name}: finish within P80, at most", 100 * kept.p80_share, "%", bar=MOST),
            Row(f"{name}: the same, least of {len(kept.sets)} sets of {SET}", 100 * min(kept.sets), "%"),
            Row(f"{name}: the same, most of {len(kept.sets)} sets of {SET}", 100 * max(kept.sets), "%"),
            Row(f"{name}: finish within P50", 100 * kept.p50_share, "%"),
            Row(f"{name}: P10 to P90 on average", kept.width_weeks, "weeks"),
        ]
    rows.append(Row("back-test: all of it", time.perf_counter() - begin, "s"))
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    print(table(rows))
    return verdict(rows, asked.check)


if __name__ == "__main__":
    sys.exit(main())
