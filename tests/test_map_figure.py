"""The map of links: to scale, told in words and numbers, readable without colour, the same bytes every time."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest
from bs4 import BeautifulSoup
from link_samples import links_of_project, round_links
from tiny_pack import TINY

from egov_model.inputs.links import TECHNOLOGIES
from egov_model.inputs.scenario import load_scenario
from egov_model.model.connectivity import REASONS as CODES
from egov_model.model.connectivity import connect, site_frame
from egov_model.model.linkcost import distance_km
from egov_model.report import map_figure
from egov_model.report.map_figure import MARKS, REASONS, WAITING, connection_map, ruled_out
from egov_model.report.wording import speak

say = speak("en")


@pytest.fixture(scope="module")
def frame():
    return site_frame(connect(load_scenario("baseline"), links_of_project()))


@pytest.fixture(scope="module")
def mixed(frame):
    """Every technology somewhere, and some sites without a link."""
    names = np.array([*TECHNOLOGIES, "none"])
    return frame.assign(technology=names[np.arange(len(frame)) % 5])


def texts(view) -> list[str]:
    return [t.get_text() for t in BeautifulSoup(view.svg, "html.parser").find_all("text")]


def marks(view, sites: int) -> np.ndarray:
    """Centres of the marks of the sites; those of the legend come after them."""
    found = BeautifulSoup(view.svg, "html.parser").find_all("use")
    return np.array([(float(u["x"]), float(u["y"])) for u in found[:sites]])


def test_it_is_one_picture_that_tells_its_finding(frame):
    view = connection_map(frame, say)
    soup = BeautifulSoup(view.svg, "html.parser")
    assert [tag.name for tag in soup.find_all(True, recursive=False)] == ["svg"]
    assert soup.svg["role"] == "img"
    assert view.finding == "All 342 sites get a connection: 312 by low-orbit satellite and 30 by town fibre"
    assert soup.svg["aria-label"].startswith(view.finding + ". ")
    assert "Pulau Bacan: town fibre 30, low-orbit satellite 78, Sites 108" in soup.svg["aria-label"]
    assert soup.svg["viewbox"].split()[2] == "288"  # four inches
    assert not soup.find_all(["image", "metadata"]) and "http" not in re.sub(r'(xmlns(:xlink)?="[^"]*"|xlink:href="#[^"]*")', "", view.svg)
    assert view.explains.endswith(".")


def test_every_site_has_a_mark(frame):
    assert len(BeautifulSoup(connection_map(frame, say).svg, "html.parser").find_all("use")) == 342 + 2  # and the two of the legend


def test_names_of_the_capital_and_of_far_centres(frame):
    shown = texts(connection_map(frame, say))
    assert {"Labuha", "Sum", "Wayaloar", "Kota", "50 km"} <= set(shown)
    assert {"town fibre (30)", "low-orbit satellite (312)"} <= set(shown)


def test_the_scale_bar_and_both_directions_are_to_scale(frame):
    """The bar of 50 km, the way to the north and the way to the east are measured in the drawing."""
    view = connection_map(frame, say)
    bar = re.search(r'd="M (\S+) (\S+)\s+L (\S+) (\S+)\s*"[^>]*stroke-width: 2\.5', view.svg)
    a, _, b, _ = map(float, bar.groups())
    per_km = (b - a) / 50
    width, height = np.ptp(marks(view, len(frame)), axis=0)
    middle = (frame["lat"].max() + frame["lat"].min()) / 2
    assert height / per_km == pytest.approx(distance_km(frame["lat"].min(), 127, frame["lat"].max(), 127), rel=0.005)
    assert width / per_km == pytest.approx(distance_km(middle, frame["lon"].min(), middle, frame["lon"].max()), rel=0.005)


def test_names_hide_no_other_name(mixed):
    soup = BeautifulSoup(connection_map(mixed, say).svg, "html.parser")
    boxes = []
    for t in soup.find_all("text"):
        x, y, width = float(t["x"]), float(t["y"]), 5.6 * len(t.get_text())
        boxes.append((x, y - 8, x + width, y))
        assert x >= 0 and x + width <= 288, t.get_text()
    for (a0, b0, a1, b1), (c0, d0, c1, d1) in combinations(boxes, 2):
        assert a1 <= c0 or c1 <= a0 or b1 <= d0 or d1 <= b0


def test_the_numbers_behind_it_add_up(mixed):
    view = connection_map(mixed, say)
    numbers = [[int(cell) for cell in row[1:]] for row in view.data.rows]
    assert view.data.columns[0] == "Island group" and view.data.columns[-1] == "Sites"
    assert len(view.data.rows) == mixed["island_group"].nunique() + 1
    assert view.data.rows[0][0] == "Pulau Bacan" and view.data.totals == {len(view.data.rows) - 1}
    assert all(sum(row[:-1]) == row[-1] for row in numbers)
    assert [sum(column[:-1]) == column[-1] for column in zip(*numbers, strict=True)] == [True] * 6
    assert numbers[-1][-1] == 342
    assert view.finding.startswith("274 of 342 sites get a connection: ")


def test_marks_differ_in_shape_and_in_lightness():
    shapes = [shape for shape, _, _ in MARKS.values()]
    assert len(set(shapes)) == len(shapes)
    fills = [fill for name, (_, fill, _) in MARKS.items() if name != WAITING]
    grey = sorted(sum(w * int(fill[n : n + 2], 16) for w, n in ((0.299, 1), (0.587, 3), (0.114, 5))) for fill in fills)
    assert min(np.diff(grey)) > 20


def test_a_year_leaves_the_later_ones_waiting(frame):
    dated = frame.assign(year=np.where(frame["kind"] == "village", 2030.0, np.nan))
    dated.loc[dated["kind"] == "office", "year"] = 2027
    view = connection_map(dated, say, until=2028)
    assert view.finding == "31 of 342 sites get a connection: 30 by town fibre and 1 by low-orbit satellite"
    assert view.data.columns[-2] == "not yet connected" and view.data.rows[-1][-2:] == ("311", "342")
    assert connection_map(dated, say, until=2020).finding == "None of the 342 sites gets a connection"


def test_nobody_connected(frame):
    view = connection_map(frame.assign(technology="none"), say)
    assert view.finding == "None of the 342 sites gets a connection"
    assert "no connection (342)" in texts(view)


def test_a_technology_a_pack_added_and_a_single_place(frame):
    one = frame.head(1).assign(technology="balon")
    view = connection_map(one, say)
    assert view.finding == "All 1 sites get a connection: 1 by balon"
    assert "Labuha" in texts(view) and "balon (1)" in texts(view)


def test_names_are_escaped(frame):
    view = connection_map(frame.assign(centre="A<b>&$x$", island_group='Pulau "X" & <i>'), say)
    soup = BeautifulSoup(view.svg, "html.parser")
    assert not soup.find_all(["b", "i"]) and 'Pulau "X" & <i>' in soup.svg["aria-label"]
    assert "A<b>&$x$" in texts(view)


def test_the_tiny_regency_is_drawn():
    view = connection_map(site_frame(connect(load_scenario("baseline", TINY), round_links())), speak("id"))
    assert {"Kota Contoh", "Seberang", "20 km"} & set(texts(view)) >= {"Kota Contoh", "Seberang"}


def test_the_same_bytes_again(frame):
    assert connection_map(frame, say) == connection_map(frame.copy(), say)


def test_why_in_words():
    assert set(REASONS) == set(CODES)
    words = "town fibre: too far; low-orbit satellite: dearer; VSAT satellite: too little bandwidth"
    assert ruled_out(say, "town-fibre:distance leo:cost vsat:bandwidth") == words
    assert ruled_out(say, "") == ""
    assert set(map_figure.TECHNOLOGIES) == {*TECHNOLOGIES, "none"}
