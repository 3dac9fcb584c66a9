"""`egov track` as a person uses it: where the plan stands, as lines, values and rows, and what it refuses."""

from __future__ import annotations

import json

import pytest
from actuals_samples import following, with_actuals
from broken_packs import edit
from plan_samples import edge


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    return with_actuals(tmp_path_factory.mktemp("pack"), **following(edge("as it is"), "2027-04"))


def test_track_says_where_the_plan_stands(pack, egov):
    status, out, err = egov("track", "baseline", "--data", pack, "--draws", "50")
    assert status == 0 and not err
    assert "baseline on 2027-04-30" in out and "CPI 1.00, SPI 1.00" in out and "no early warning" in out and "forecast: ends" in out


def test_track_as_json_holds_everything(pack, egov):
    status, out, _ = egov("track", "--data", pack, "--draws", "50", "--format", "json", "--as-of", "2027-03-31")
    made = json.loads(out)
    assert status == 0 and made["as_of"] == "2027-03-31" and made["earned_value"]["spi"] == 1
    assert len(made["quarters"]) == 8 and made["forecast"]["draws"] == 50 and made["earned_schedule_months"]["spi"] == 1


def test_a_day_after_the_last_report_is_pointed_out(pack, egov):
    status, out, err = egov("track", "--data", pack, "--draws", "0", "--as-of", "2027-06-30")
    assert status == 0 and "look again: the last report is of 2027-04-30" in err and "SPI 1.00" not in out


def test_track_as_csv_has_a_row_for_each_initiative(pack, egov):
    status, out, _ = egov("track", "baseline", "--data", pack, "--draws", "0", "--format", "csv")
    assert status == 0 and len(out.splitlines()) == 4 and out.startswith("initiative,stage,planned_share,share,pv_idr")


def test_nothing_reported_is_said_and_planned_money_is_shown(tmp_path, egov):
    status, out, _ = egov("track", "baseline", "--data", with_actuals(tmp_path))
    assert status == 0 and "Nothing is reported yet" in out and "2028" in out and "CPI" not in out


def test_what_has_moved_since_an_issue(tmp_path, egov):
    pack = with_actuals(tmp_path)
    assert egov("issue", "baseline", "--data", pack)[0] == 0
    edit(pack, "prices.csv", "umum,8000000,10000000,15000000", "umum,8000000,12000000,15000000")
    status, out, err = egov("track", "--data", pack, "--since", "2026-12-31")
    assert status == 0, err
    assert "what has moved:" in out and "Equipment for villages costs" in out and "Data changed: Unit prices (1 rows)." in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--as-of", "2026-01-31"), "a day of the plan, 2027-01-01 to 2028-12-31"),
        (("--as-of", "Maret"), "is not a date such as 2027-03-31"),
        (("--since", "2026-01-01"), "no issue of baseline on or before it; recorded: none; egov issue records one"),
        (("--since", "Maret"), "is not a date such as 2027-03-31"),
        (("besline",), "besline"),
    ],
)
def test_what_cannot_be_asked_is_refused(pack, egov, arguments, words):
    status, _, err = egov("track", *arguments, "--data", pack)
    assert status == 2 and words in err
