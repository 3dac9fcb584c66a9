"""Pictures of a what-if: well-formed, each with a text that holds its numbers, bars as high as their money."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from tiny_pack import TINY

from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report.figures import PLAN
from egov_model.report.wording import speak
from egov_model.whatif import board, drawn
from egov_model.whatif.ranges import ranges
from egov_model.whatif.result import measure

EN, ID = speak("en"), speak("id")


@pytest.fixture(scope="module")
def result():
    return measure(build_plan(load_scenario("baseline", TINY)))


@pytest.fixture(scope="module")
def lower():
    return measure(build_plan(load_scenario("baseline", TINY, {"settings.ceiling_factor": "0.1"})))


@pytest.fixture(scope="module")
def sure(result):
    return ranges(result.plan, 20)


@pytest.mark.parametrize("say", [EN, ID], ids=["en", "id"])
def test_every_picture_is_well_formed_and_has_a_text(say, result, lower, sure):
    made = [drawn.cost(say, result, lower, sure), drawn.people(say, result, lower), drawn.index(say, result, lower, sure)]
    for picture in [*made, drawn.islands(say, result)]:
        root = ET.fromstring(picture)
        assert root.get("role") == "img"
        assert len(root.get("aria-label")) > 20
        assert not re.search(r"[\" ]nan\b", picture)


def test_bars_are_as_high_as_their_money(result):
    root = ET.fromstring(drawn.cost(EN, result, result, None))
    heights = [float(r.get("height")) for r in root.iter("{http://www.w3.org/2000/svg}rect") if r.get("fill") == PLAN]
    used = list(result.years["used_idr"])
    assert heights[0] / heights[1] == pytest.approx(used[0] / used[1], abs=0.01)
    assert all(EN.money(int(amount)) in root.get("aria-label") for amount in used)


def test_every_site_is_on_the_map_once(result):
    picture = drawn.islands(EN, result)
    rings = re.findall(r'<path d="([^"]*)"[^>]*stroke-width="8"', picture)
    legend = len(result.years) + 1  # a dot for each year, and for never
    assert sum(path.count("M") for path in rings) == len(result.sites) + legend


def test_a_whisker_is_there_only_with_draws(result, sure):
    assert "P10" not in drawn.cost(EN, result, result, None)
    assert "P10" in drawn.cost(EN, result, result, sure)


def test_changes_are_told_by_sign_and_size(result, lower):
    told = re.sub(r"<[^>]*>", " ", board.board(EN, lower, result, None, waiting=True))
    fell = result.headline.ceiling_idr - lower.headline.ceiling_idr
    assert f"{board.LESS} {EN.money(fell)}" in told
    assert told.count("range follows") == 1
    assert board.board(EN, result, result, None, waiting=False).count(f">{board.SAME}<") == 6


def test_what_has_no_place_is_named_with_the_reason(lower):
    told = board.board(EN, lower, lower, None, waiting=False)
    assert len(lower.lost) > 0
    for title in lower.lost["title_en"]:
        assert title in told


def test_the_comparison_has_a_column_each_and_the_money_of_every_year(result, lower):
    table = ET.fromstring(board.comparison(EN, [("one", lower), ("other", result)]))
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in table.iter("tr")}
    assert rows["Ceilings"] == [EN.money(r.headline.ceiling_idr) for r in (lower, result)]
    for year, amount in zip(result.years["year"], result.years["used_idr"], strict=True):
        assert rows[f"Cost of {year}"][1] == EN.money(int(amount))
