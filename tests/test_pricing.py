"""Prices carried to the year of payment, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.factors import most_likely
from egov_model.model.plan import build_plan
from egov_model.model.pricing import History, carried, distinct


@pytest.fixture(scope="module")
def inputs():
    return load_scenario("baseline", TINY)  # VAT 10 % until 2021, 11 % from 2022; classes umum and langganan


@pytest.mark.parametrize(
    ("price", "history", "expected"),
    [
        (1_100_000, History("umum", 2019, "included"), 1_639_976),  # net 1,000,000 x 1.05^8 (1.47745544) x 1.11
        (1_000_000, History("umum", 2019, "excluded"), 1_639_976),
        (1_000_000, History("umum", 2019, "exempt"), 1_477_455),  # growth alone
        (1_110_000, History("umum", 2027, "included"), 1_110_000),  # same year, same rate
        (1_000_000, History("langganan", 2025, "exempt"), 960_400),  # falls 2 % a year: 0.98^2
    ],
)
def test_by_hand(inputs, price, history, expected):
    made = carried(inputs, [history], [2027], np.array([[0.05, -0.02]]), np.array([[0.10, 0.11]]))
    assert made.shape == (1, 1, 1)
    assert round(price * made[0, 0, 0]) == expected


def test_a_rate_of_its_own_in_each_draw(inputs):
    made = carried(inputs, [History("umum", 2019, "included")], [2027, 2028], np.zeros((2, 2)), np.array([[0.10, 0.11], [0.10, 0.12]]))
    assert made[:, 0] == pytest.approx(np.array([[1.11 / 1.10] * 2, [1.12 / 1.10] * 2]))


def test_rows_that_move_alike_share_a_history(inputs):
    prices = inputs.rows["prices"].values()
    histories, at = distinct([*prices, *prices])
    assert len(histories) == 3 and at.tolist() == [0, 1, 2, 0] * 2


def test_a_plan_pays_the_new_rate_on_a_price_with_the_old_one(tmp_path):
    body = (
        "set: {prices.barang-ppn.vat: included, prices.barang-ppn.price_year: 2019, prices.barang-ppn.high: 120000000, "
        "prices.barang-ppn.mode: 110000000}"
    )
    budget = build_plan(with_changes(tmp_path, body)).budget
    assert budget.loc[budget["line"] == "aplikasi-barang", "amount_idr"].tolist() == [111_000_000]  # net 100 million x 1.11


def test_the_shift_comes_on_top_of_every_class(tmp_path):
    made = most_likely(with_changes(tmp_path, "set: {settings.escalation_shift: 0.02, escalation.langganan.mode: -0.03}"))
    assert made.escalation_rate.tolist() == [pytest.approx([0.02, -0.01])]
