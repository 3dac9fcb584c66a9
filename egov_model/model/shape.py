"""A network as compiled loops read it: flat arrays of whole numbers, made once for all draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from egov_model.model.network import ONCE, Network, members


class Lists(NamedTuple):
    """Lists of whole numbers behind one another: those of owner n are `item[at[n] : at[n + 1]]`."""

    at: np.ndarray
    item: np.ndarray


class Shape(NamedTuple):
    """What every draw of a network shares. `windows` holds (opens, last start, closes) of each fiscal window of a group one after
    another, `needs` (role, thousandths of an FTE) of each activity; all other lists hold indices."""

    chains: Lists  # activities by group
    after: Lists  # groups by group
    windows: Lists
    window_year: np.ndarray  # (windows,) index of the year whose budget opens each
    needs: Lists
    lines: Lists  # lines paid once, by activity
    running: Lists  # lines of running costs, by group
    every: np.ndarray  # (lines,)
    earliest: np.ndarray  # (groups,)
    multi_year: np.ndarray
    fund: np.ndarray
    spends: np.ndarray  # (activities,)
    week_year: np.ndarray
    year_ends: np.ndarray  # (years,) first week after each year
    year_weeks: np.ndarray
    capacity: np.ndarray  # (roles, weeks)
    own_years: int
    committed: int
    signed_weeks: np.ndarray  # (activities,), or empty: what each contract says


def shape_of(network: Network, years: int, own_years: int | None = None, signed_weeks: np.ndarray | None = None) -> Shape:
    """The arrays of a network whose plan has so many years.

    With `own_years` its groups are promises: their running costs are taken without asking whether they fit, and from that year on the funds
    are one, whose ceilings stand in the row of the first. With `signed_weeks` (activities,) a contract starts where those would end before
    its year closes, however long the work then lasts.
    """
    year_weeks = np.bincount(network.week_year, minlength=years).astype(np.int64)
    windows = [[n for w in of_group for n in (w.opens, w.last_start, w.closes)] for of_group in network.windows]
    needs: list[list[int]] = [[] for _ in network.activities]
    for activity, role in zip(*(part.tolist() for part in network.role_demand.nonzero()), strict=True):
        needs[activity] += [role, int(network.role_demand[activity, role])]
    return Shape(
        chains=lists(network.chains),
        after=lists(network.after),
        windows=lists(windows),
        window_year=_whole([w.year for of_group in network.windows for w in of_group]),
        needs=lists(needs),
        lines=lists(members(network.line_activity, len(network.activities))),
        running=lists(members(np.where(network.line_every == ONCE, -1, network.line_group), len(network.groups))),
        every=_whole(network.line_every),
        earliest=_whole(network.earliest),
        multi_year=_whole(network.multi_year),
        fund=_whole(network.fund),
        spends=_whole(network.spends),
        week_year=_whole(network.week_year),
        year_ends=np.cumsum(year_weeks),
        year_weeks=year_weeks,
        capacity=_whole(network.capacity),
        own_years=years if own_years is None else own_years,
        committed=int(own_years is not None),
        signed_weeks=_whole([] if signed_weeks is None else signed_weeks),
    )


def lists(lists: Iterable[Sequence[int]]) -> Lists:
    """Lists of whole numbers behind one another."""
    lists = list(lists)
    at = np.cumsum([0, *(len(one) for one in lists)])
    return Lists(_whole(at), _whole([n for one in lists for n in one]))


def _whole(numbers: object) -> np.ndarray:
    return np.ascontiguousarray(numbers, dtype=np.int64)
