"""The one colour system: it stands out from paper, and no reader has to tell two series apart by hue.

Contrast: WCAG 2.2, relative luminance. L* and CIELAB from sRGB (IEC 61966-2-1, D65). Colour blindness: matrices of severity 1.0 of
G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency, IEEE TVCG 15
(2009), on linear RGB.
"""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest

from egov_model.report import palette
from egov_model.report.page import style

SIGHTS = {
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])
PAIRS = list(itertools.combinations(palette.SERIES, 2))
IN_CSS = {"ink": palette.INK, "soft": palette.SOFT, "line": palette.LINE, "paper": palette.PAPER}
IN_CSS |= {"plan": palette.PLAN, "doubt": palette.WARN}


def linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    low, high = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: np.ndarray) -> np.ndarray:
    ratio = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_the_measures_know_black_white_and_grey():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert lab(linear("#ffffff")) == pytest.approx([100, 0, 0], abs=0.1) and lab(linear("#777777"))[0] == pytest.approx(50, abs=0.1)
    for matrix in SIGHTS.values():
        assert np.array(matrix).sum(axis=1) == pytest.approx(1, abs=1e-5), "grey stays grey"


@pytest.mark.parametrize("name", palette.SERIES)
def test_every_series_stands_out_from_paper(name):
    assert contrast(palette.SERIES[name], palette.PAPER) >= 3


def test_words_in_figures_and_edges_stand_out():
    assert contrast(palette.INK, palette.PAPER) >= 7 and contrast(palette.SOFT, palette.PAPER) >= 4.5
    assert contrast(palette.PAPER, palette.PLAN) >= 4.5, "numbers in bars are white"
    assert contrast(palette.CLOSED_EDGE, palette.PAPER) >= 3


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_series_differ_in_grey_print(one, other):
    light = [lab(linear(palette.SERIES[name]))[0] for name in (one, other)]
    if {one, other} == {"middle", "warn"}:  # bars of the timetable and marks of doubt: never in one figure
        return
    assert abs(light[0] - light[1]) >= 12


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_series_differ_for_colour_blind_readers(sight, one, other):
    seen = [lab(np.array(SIGHTS[sight]) @ linear(palette.SERIES[name])) for name in (one, other)]
    assert np.linalg.norm(seen[0] - seen[1]) >= 12


def test_pages_and_figures_share_their_colours():
    root = re.search(r":root\{(.*?)\}", str(style()), re.DOTALL)[1]
    named = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", root))
    assert {name: named[name] if len(named[name]) == 7 else "#" + 2 * named[name][1:] for name in IN_CSS} == IN_CSS
