"""`egov track` as lines and as plain values; formats, never computes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from egov_model.analysis.followed import Followed
from egov_model.analysis.moved_since import Move
from egov_model.cli_weights import table
from egov_model.model.plan import Plan
from egov_model.report.realisation_words import STAGES, move, warning
from egov_model.report.wording import Say

SHARES = (0.1, 0.5, 0.8, 0.9)


def as_json(plan: Plan, found: Followed, moves: Sequence[Move], say: Say) -> dict:
    """Everything as plain values."""
    made: dict[str, object] = {"scenario": plan.inputs.scenario.name, "as_of": found.as_of}
    if found.tracked:
        whole, work, time = found.tracked.whole, found.tracked.work, found.tracked.time
        made["earned_value"] = {name: getattr(whole, name) for name in ("pv", "ev", "ac", "bac", "cv", "sv", "cpi", "spi", "tcpi")}
        made["estimates_at_completion_idr"] = {n: getattr(whole, f"eac_{n}") for n in ("typical", "planned", "combined")}
        made["work"] = {name: getattr(work, name) for name in ("pv", "ev", "bac", "sv", "spi")}
        made["earned_schedule_months"] = {name: getattr(time, name) for name in ("es", "at", "planned", "sv", "spi", "finish")}
        rows = found.initiatives.astype(object).where(found.initiatives.notna(), None).to_dict("records")
        made["initiatives"] = [row | {"stage": STAGES[row["stage"]]} for row in rows]
    made["quarters"] = found.quarters.astype(object).where(found.quarters.notna(), None).to_dict("records")
    made["forecast"] = _forecast(plan, found)
    made["warnings"] = [
        {"kind": w.kind, "initiative": w.initiative, "act_by": w.act_by, "text": warning(say, plan, w)} for w in found.warnings
    ]
    made["closed"] = found.closed.to_dict("records")
    made["local_class"] = found.local
    made["moved"] = [{"kind": m.kind, "about": m.about, "before": m.before, "after": m.after, "text": move(say, plan, m)} for m in moves]
    return made


def as_lines(plan: Plan, found: Followed, moves: Sequence[Move], say: Say, compared: bool) -> str:
    """What a person reads."""
    lines: list[str] = []
    if found.tracked is None:
        lines += ["Nothing is reported yet (actuals/progress.csv has no rows); planned money by quarter, to be measured against:"]
    else:
        whole, time = found.tracked.whole, found.tracked.time
        lines += [
            f"{plan.inputs.scenario.name} on {found.as_of}",
            f"planned {say.rupiah(whole.pv)}, earned {say.rupiah(whole.ev)}, actual {say.rupiah(whole.ac)}, whole {say.rupiah(whole.bac)}",
            f"CPI {_index(whole.cpi)}, SPI {_index(whole.spi)} (of work that ends {_index(found.tracked.work.spi)}), "
            f"earned schedule {time.es:.1f} of {time.at:.1f} months, SPI(t) {_index(time.spi)}",
        ]
        lines += _ahead(plan, found, say)
    lines += ["", _quarters(found, say)]
    if found.warnings:
        lines += ["", "early warnings, those without a day left first:", *(f"- {warning(say, plan, w)}" for w in found.warnings)]
    elif found.tracked:
        lines += ["", "no early warning"]
    if compared:
        lines += ["", "what has moved:", *(f"- {move(say, plan, m)}" for m in moves)] if moves else ["", "nothing has moved"]
    return "\n".join(lines)


def _forecast(plan: Plan, found: Followed) -> dict | None:
    if found.ahead is None:
        return None
    ahead = found.ahead
    made: dict[str, object] = {"draws": ahead.draws}
    for share in SHARES:
        name = f"p{round(share * 100)}"
        week = int(np.quantile(ahead.finish_week, share, method="inverted_cdf"))
        made[f"total_{name}_idr"] = int(np.quantile(ahead.total_idr, share, method="inverted_cdf"))
        made[f"finish_{name}"] = None if week >= ahead.never else plan.timeline.last_day(week)
    return made


def _ahead(plan: Plan, found: Followed, say: Say) -> list[str]:
    told = _forecast(plan, found)
    if told is None:
        return []
    plan_end = plan.timeline.last_day(int(plan.schedule.finish[0].max(initial=0)))
    days = [str(told[f"finish_{name}"] or "never") for name in ("p50", "p80")]
    money = [say.rupiah(told[f"total_{name}_idr"]) for name in ("p50", "p80")]
    return [
        f"forecast: ends {days[0]} (P50), {days[1]} (P80), planned {plan_end}; costs {money[0]} (P50), {money[1]} (P80), "
        f"planned {say.rupiah(int(plan.schedule.paid_idr[0].sum()))}; {told['draws']} draws"
        + (", own reference class" if found.local else "")
    ]


def _quarters(found: Followed, say: Say) -> str:
    frame = found.quarters
    shown = frame[["year", "quarter"]].astype(str)
    shown["planned"] = [say.rupiah(v) for v in frame["planned_idr"]]
    for name in ("planned_share", "paid_share", "typical"):
        shown[name] = ["" if v is None or v != v else say.percent(float(v)) for v in frame[name]]
    return "money by quarter; shares are of the year's budget until the quarter's end\n" + table("", shown)


def _index(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
