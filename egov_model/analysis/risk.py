"""How sure a plan is: draws of everything uncertain, each with a schedule of its own, joined into one outlook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace

import numpy as np

from egov_model.analysis.drawn import Outlook
from egov_model.analysis.evaluate_draws import evaluator
from egov_model.analysis.sample import sampler
from egov_model.inputs.errors import InputError
from egov_model.model.plan import Plan
from egov_model.model.prepare import Prepared

PART = 1000  # draws that are drawn and evaluated at a time
MOST_DRAWS, MOST_SEED = 1_000_000, 2**63 - 1


def simulate(
    plan: Plan,
    draws: int | None = None,
    seed: int | None = None,
    workers: int = 2,
    progress: Callable[[int, int], None] | None = None,
    first: int = 0,
) -> Outlook:
    """The outlook of a plan (at most likely values, see `build_plan`) over the draws `first` to `first + draws` of the streams of `seed`.

    Draws and seed are those of the settings unless given. The same numbers for any number of `workers` (threads), and for any parts:
    draws 0 to 1,000 are the first of 0 to 2,000. `progress` is told (draws done, draws) now and then. Raises InputError for no draws, too
    many, or a seed below 0.
    """
    settings = plan.inputs.settings
    draws, seed = settings.draws if draws is None else draws, settings.seed if seed is None else seed
    check_draws(draws, seed)
    sampling, evaluating = sampler(prepared_of(plan)), evaluator(plan)
    begins = range(first, first + draws, PART)
    done = 0

    def one(begin: int) -> Outlook:
        return evaluating.evaluate(sampling.sample(seed, min(PART, first + draws - begin), begin))

    made = []
    with ThreadPoolExecutor(max(1, min(workers, len(begins)))) as pool:
        for part in pool.map(one, begins):
            made.append(part)
            done += part.draws
            if progress:
                progress(done, draws)
    return joined(made)


def check_draws(draws: int, seed: int) -> None:
    """Raise InputError for a number of draws or a seed that cannot be."""
    if not 1 <= draws <= MOST_DRAWS:
        raise InputError(f"draws: found {draws}; allowed: 1 to {MOST_DRAWS:,}")
    if not 0 <= seed <= MOST_SEED:
        raise InputError(f"seed: found {seed}; allowed: a whole number from 0 to {MOST_SEED}")


def prepared_of(plan: Plan) -> Prepared:
    """What the evaluations of a plan share."""
    return Prepared(plan.inputs, plan.timeline, plan.drivers, plan.network, plan.order)


def joined(parts: Iterable[Outlook]) -> Outlook:
    """One outlook of the draws of several, in that order."""
    parts = list(parts)
    arrays = [field.name for field in fields(Outlook) if isinstance(getattr(parts[0], field.name), np.ndarray)]
    return replace(parts[0], **{name: np.concatenate([getattr(part, name) for part in parts]) for name in arrays})
