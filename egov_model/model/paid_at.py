"""What given dates cost at other prices: payments of a schedule that stays where it is."""

from __future__ import annotations

import numpy as np

from egov_model.model.compiled_payments import spread, upkeep
from egov_model.model.machine_code import compiled
from egov_model.model.network import Network
from egov_model.model.schedule import Schedule
from egov_model.model.shape import shape_of


def paid_at(network: Network, schedule: Schedule, amount_idr: np.ndarray) -> np.ndarray:
    """Money of every line in the year it is paid when each draw keeps the dates of the first draw of `schedule`, in whole rupiah as there.

    `amount_idr` (draws, lines, years) by year of payment; the result has the same shape, 0 for what has no place.
    """
    shape, amounts = shape_of(network, amount_idr.shape[2]), np.ascontiguousarray(amount_idr, dtype=np.int64)
    paid_idr = np.zeros(amounts.shape, dtype=np.int64)
    _pay(shape, schedule.start[0], schedule.finish[0] - schedule.start[0], schedule.live[0], amounts, paid_idr)
    return paid_idr


@compiled
def _pay(shape, start, length, live, amounts, paid):
    chain_at, chain, line_at, lines = shape.chains.at, shape.chains.item, shape.lines.at, shape.lines.item
    run_at, running, every = shape.running.at, shape.running.item, shape.every
    week_year, year_ends, year_weeks = shape.week_year, shape.year_ends, shape.year_weeks
    for d in range(len(amounts)):
        for g in range(len(live)):
            if live[g] < 0:
                continue
            for n in range(chain_at[g], chain_at[g + 1]):
                a = chain[n]
                for m in range(line_at[a], line_at[a + 1]):
                    due = paid[d, lines[m]]
                    spread(amounts[d], lines, m, m + 1, start[a], length[a], shape.multi_year[g] != 0, week_year, year_ends, due)
            for m in range(run_at[g], run_at[g + 1]):
                upkeep(amounts[d], running, m, m + 1, every, live[g], week_year, year_ends, year_weeks, paid[d, running[m]])
