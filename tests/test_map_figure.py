"""The map of links: to scale, told in words and numbers, readable without colour, the same bytes every time."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from link_samples import links_of_project, round_links
from tiny_pack import TINY

from egov_model.inputs.links import TECHNOLOGIES
from egov_model.inputs.scenario import load_scenario
from egov_model.model.connectivity import connect, site_frame
from egov_model.model.linkcost import distance_km
from egov_model.report import map_figure
from egov_model.report.map_figure import MARKS, connection_map, year_fills
from egov_model.report.wording import speak

say = speak("en")


@pytest.fixture(scope="module")
def frame():
    """Offices and health centres in 2027, the villages in 2030."""
    made = site_frame(connect(load_scenario("baseline"), links_of_project()))
    return made.assign(year=pd.array(np.where(made["kind"] == "village", 2030, 2027), dtype="Int64"))


@pytest.fixture(scope="module")
def mixed(frame):
    """Every technology somewhere, some sites without a link, five years."""
    at = np.arange(len(frame))
    year = pd.array(2027 + at // 5 % 5, dtype="Int64")
    year[at % 5 == 4] = pd.NA
    return frame.assign(technology=np.array([*TECHNOLOGIES, "none"])[at % 5], year=year)


def texts(view) -> list[str]:
    return [t.get_text() for t in BeautifulSoup(view.svg, "html.parser").find_all("text")]


def marks(view, sites: int) -> np.ndarray:
    """Centres of the marks of the sites; those of the legend come after them."""
    found = BeautifulSoup(view.svg, "html.parser").find_all("use")
    return np.array([(float(u["x"]), float(u["y"])) for u in found[:sites]])


def sites_by(frame, technology: str) -> int:
    return int((frame["technology"] == technology).sum())


def test_it_is_one_picture_that_tells_its_finding(frame):
    view = connection_map(frame, say)
    soup = BeautifulSoup(view.svg, "html.parser")
    assert [tag.name for tag in soup.find_all(True, recursive=False)] == ["svg"]
    assert soup.svg["role"] == "img"
    leo, fibre = sites_by(frame, "leo"), sites_by(frame, "town-fibre")
    assert leo + fibre == 342 and fibre > 10
    assert view.finding == (
        f"All 342 sites are connected by 2030, {leo} by low-orbit satellite and {fibre} by town fibre: 93 in 2027 and 249 in 2030"
    )
    assert soup.svg["aria-label"].startswith(view.finding + ". ")
    assert (
        f"2027 town fibre: Offices {fibre}, Sites {fibre}; 2030 low-orbit satellite: Village offices 249, Sites 249"
        in soup.svg["aria-label"]
    )
    assert soup.svg["viewbox"].split()[2] == "288"  # four inches
    assert not soup.find_all(["image", "metadata"]) and "http" not in re.sub(r'(xmlns(:xlink)?="[^"]*"|xlink:href="#[^"]*")', "", view.svg)
    assert view.explains.endswith(".")


def test_every_site_has_a_mark(frame):
    found = BeautifulSoup(connection_map(frame, say).svg, "html.parser").find_all("use")
    assert len(found) == 342 + 4  # and two technologies and two years of the legend


def test_names_of_the_capital_and_of_far_centres(frame):
    shown = texts(connection_map(frame, say))
    assert {"Labuha", "Sum", "Wayaloar", "Kota", "50 km"} <= set(shown)
    counts = f"town fibre ({sites_by(frame, 'town-fibre')})", f"low-orbit satellite ({sites_by(frame, 'leo')})"
    assert {*counts, "2027 (93)", "2030 (249)"} <= set(shown)


def test_the_scale_bar_and_both_directions_are_to_scale(frame):
    """The bar of 50 km, the way to the north and the way to the east are measured in the drawing."""
    view = connection_map(frame, say)
    bar = re.search(r'd="M (\S+) (\S+)\s+L (\S+) (\S+)\s*"[^>]*stroke-width="2\.5"', view.svg)
    a, _, b, _ = map(float, bar.groups())
    per_km = (b - a) / 50
    width, height = np.ptp(marks(view, len(frame)), axis=0)
    middle = (frame["lat"].max() + frame["lat"].min()) / 2
    assert height / per_km == pytest.approx(distance_km(frame["lat"].min(), 127, frame["lat"].max(), 127), rel=0.005)
    assert width / per_km == pytest.approx(distance_km(middle, frame["lon"].min(), middle, frame["lon"].max()), rel=0.005)


def test_names_hide_no_other_name(mixed):
    soup = BeautifulSoup(connection_map(mixed, say).svg, "html.parser")
    boxes = []
    for t in (t for t in soup.find_all("text") if "(" not in t.get_text()):  # the legend lays itself out
        x, y, width = float(t["x"]), float(t["y"]), 5.6 * len(t.get_text())
        boxes.append((x, y - 8, x + width, y))
        assert x >= 0 and x + width <= 288, t.get_text()
    for (a0, b0, a1, b1), (c0, d0, c1, d1) in combinations(boxes, 2):
        assert a1 <= c0 or c1 <= a0 or b1 <= d0 or d1 <= b0


def test_the_numbers_behind_it_add_up(mixed):
    """342 sites dealt out to four technologies and none, 69 or 68 each."""
    view = connection_map(mixed, say)
    numbers = [[int(cell) for cell in row[2:]] for row in view.data.rows]
    assert view.data.columns == ("Connected", "Technology", "Offices", "District offices", "Health centres", "Village offices", "Sites")
    assert len(view.data.rows) == 4 * 5 + 1 + 1 and view.data.totals == {len(view.data.rows) - 1}
    assert all(sum(row[:-1]) == row[-1] for row in numbers)
    assert [sum(column[:-1]) == column[-1] for column in zip(*numbers, strict=True)] == [True] * 5
    assert view.data.rows[-2][:2] == ("not in this plan", "no connection") and numbers[-2][-1] == 68
    assert view.finding.startswith("274 of 342 sites are connected by 2031, 69 by ")


def test_shapes_tell_technologies_and_lightness_tells_years():
    shapes = [shape for shape, _ in MARKS.values()]
    assert len(set(shapes)) == len(shapes)
    for years in (range(2027, 2032), range(2027, 2037)):
        fills = [*year_fills(years).values(), map_figure.NEVER]
        grey = [sum(w * int(fill[n : n + 2], 16) for w, n in ((0.299, 1), (0.587, 3), (0.114, 5))) for fill in fills]
        assert min(np.diff(grey)) > 15  # darker is earlier, and grey print keeps the steps apart
    assert len(year_fills([2028])) == 1


def test_what_the_plan_does_not_reach_is_told(frame):
    dated = frame.assign(year=frame["year"].where(frame["kind"] == "office"))
    view = connection_map(dated, say)
    fibre = sites_by(frame[frame["kind"] == "office"], "town-fibre")
    parts = f"{fibre} by town fibre and {31 - fibre} by low-orbit satellite"
    assert view.finding == f"31 of 342 sites are connected by 2027, {parts}: 31 in 2027"
    assert "not in this plan (311)" in texts(view) and view.data.rows[-2][0] == "not in this plan"


def test_nobody_connected(frame):
    view = connection_map(frame.assign(technology="none", year=pd.array([pd.NA] * len(frame), dtype="Int64")), say)
    assert view.finding == "Not one of the 342 sites gets a connection"
    assert {"no connection (342)", "not in this plan (342)"} <= set(texts(view))


def test_a_technology_a_pack_added_and_a_single_place(frame):
    one = frame.head(1).assign(technology="balon")
    view = connection_map(one, say)
    assert view.finding == "All 1 sites are connected by 2027, 1 by balon: 1 in 2027"
    assert "Labuha" in texts(view) and "balon (1)" in texts(view)


def test_names_are_escaped(frame):
    view = connection_map(frame.assign(centre="A<b>&$x$", technology='"X" & <i>'), say)
    soup = BeautifulSoup(view.svg, "html.parser")
    assert not soup.find_all(["b", "i"]) and '"X" & <i>' in soup.svg["aria-label"]
    assert "A<b>&$x$" in texts(view)


def test_the_tiny_regency_is_drawn():
    made = site_frame(connect(load_scenario("baseline", TINY), round_links()))
    view = connection_map(made.assign(year=pd.array([2027] * len(made), dtype="Int64")), speak("id"))
    assert {"Kota Contoh", "Seberang", "20 km"} & set(texts(view)) >= {"Kota Contoh", "Seberang"}


def test_the_same_bytes_again(frame):
    assert connection_map(frame, say) == connection_map(frame.copy(), say)


def test_every_technology_has_a_name():
    assert set(map_figure.TECHNOLOGIES) == {*TECHNOLOGIES, "none"}
