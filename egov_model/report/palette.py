"""One colour system for pages and figures: one colour for the plan in three depths, one for doubt, inks and papers.

Every series stands out from paper (WCAG 2.2, 1.4.11) and differs from every other in lightness too, so that grey print and colour-blind
readers lose nothing; tests/test_palette.py measures it.
"""

from __future__ import annotations

INK, SOFT, LINE, PAPER = "#16242b", "#4a5b64", "#d3dce0", "#ffffff"
PLAN, MIDDLE, RANGE = "#0b5563", "#3a7483", "#699ba8"  # dark, between, light
WARN = "#b4530a"  # doubt, limits, what is missing
CLOSED, CLOSED_EDGE = "#ded6c4", "#94876c"  # time in which nothing may begin
SERIES = {"ink": INK, "plan": PLAN, "middle": MIDDLE, "range": RANGE, "warn": WARN}
