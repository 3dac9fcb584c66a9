"""What a rupiah of a price list becomes in the year it is paid: growth of its price class, old VAT out and new VAT in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from egov_model.inputs.money import rate_column
from egov_model.inputs.scenario import PlanInputs


class History(NamedTuple):
    """All that decides how a price moves; rows that share it move alike."""

    price_class: str
    price_year: int
    vat: str  # included | excluded | exempt


def history(row: object) -> History:
    """The history of a priced row (of prices.csv, or money of technologies.csv)."""
    return History(row.price_class, row.price_year, row.vat)


def distinct(rows: Iterable[object]) -> tuple[tuple[History, ...], np.ndarray]:
    """The histories of priced rows, each once, and the column of each row among them, shape (rows,)."""
    columns: dict[History, int] = {}
    at = [columns.setdefault(history(row), len(columns)) for row in rows]
    return tuple(columns), np.array(at, dtype=np.int64)


def carried(
    inputs: PlanInputs, histories: Sequence[History], years: Sequence[int], escalation_rate: np.ndarray, vat_rate: np.ndarray
) -> np.ndarray:
    r"""Rupiah paid in each year for one rupiah of the price list, shape (draws, histories, years).

    .. math:: c = (1+e_k)^{t-t_0} \, \frac{1+v_t}{1+v_0}

    escalation_rate e (draws, classes) and vat_rate v (draws, rows of vat.csv) per year, as in `Factors`; class k and price year t_0 of the
    history, year of payment t. v_0 is the rate of the price year when VAT is included in the price and 0 when it is not; exempt: neither.
    Value added tax is a share of the net price (UU 7/2021, Pasal 7), so a price that includes it is taken back to its net first.
    """
    classes = {key: n for n, key in enumerate(inputs.rows["escalation"])}
    rates = list(inputs.rows["vat"].values())
    untaxed = len(rates)  # a further column that holds 1 for no tax
    one_and_tax = np.concatenate([1 + vat_rate, np.ones((len(vat_rate), 1))], axis=1)
    count, paid = len(histories), np.array(years, dtype=np.int64)
    at_class = np.array([classes[h.price_class] for h in histories], dtype=np.int64)
    since = (paid - np.array([h.price_year for h in histories], dtype=np.int64).reshape(-1, 1)).reshape(count, len(paid))
    now = np.array([[untaxed if h.vat == "exempt" else rate_column(rates, y) for y in years] for h in histories], dtype=np.int64)
    then = np.array([rate_column(rates, h.price_year) if h.vat == "included" else untaxed for h in histories], dtype=np.int64)
    growth = np.take(1 + escalation_rate, at_class, axis=1)[:, :, None] ** since
    return growth * np.take(one_and_tax, now.reshape(count, len(paid)), axis=1) / np.take(one_and_tax, then, axis=1)[:, :, None]
