"""Earned value and earned schedule as plain formulas, whatever the plan."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Earned:
    """Planned (PV), earned (EV) and actual (AC) money to date and the budget at completion (BAC), in one unit.

    Indices and estimates whose divisor is nothing are None.
    """

    pv: float
    ev: float
    ac: float
    bac: float

    @property
    def cv(self) -> float:
        """Cost variance, EV - AC."""
        return self.ev - self.ac

    @property
    def sv(self) -> float:
        """Schedule variance, EV - PV."""
        return self.ev - self.pv

    @property
    def cpi(self) -> float | None:
        """Cost performance index, EV / AC."""
        return _ratio(self.ev, self.ac)

    @property
    def spi(self) -> float | None:
        """Schedule performance index, EV / PV."""
        return _ratio(self.ev, self.pv)

    @property
    def eac_typical(self) -> float | None:
        """Estimate at completion when the rest costs as the work to date did, BAC / CPI."""
        return _ratio(self.bac, self.cpi)

    @property
    def eac_planned(self) -> float:
        """Estimate at completion when the rest costs as planned, AC + BAC - EV."""
        return self.ac + self.bac - self.ev

    @property
    def eac_combined(self) -> float | None:
        """Estimate at completion when cost and schedule go on as they did, AC + (BAC - EV) / (CPI x SPI)."""
        index = None if self.cpi is None or self.spi is None else self.cpi * self.spi
        rest = _ratio(self.bac - self.ev, index)
        return None if rest is None else self.ac + rest

    @property
    def tcpi(self) -> float | None:
        """To-complete performance index, (BAC - EV) / (BAC - AC)."""
        return _ratio(self.bac - self.ev, self.bac - self.ac)


@dataclass(frozen=True)
class EarnedTime:
    """Earned schedule `es`, actual time `at` and planned duration, in periods."""

    es: float
    at: float
    planned: float

    @property
    def sv(self) -> float:
        """Schedule variance in time, ES - AT."""
        return self.es - self.at

    @property
    def spi(self) -> float | None:
        """Schedule performance index in time, ES / AT."""
        return _ratio(self.es, self.at)

    @property
    def finish(self) -> float | None:
        """Independent estimate of the duration, planned duration / SPI(t)."""
        return _ratio(self.planned, self.spi)


def earned_time(pv: Sequence[float], ev: float, at: float) -> EarnedTime:
    r"""Earned schedule of `ev` on a plan whose cumulative value at the end of periods 1, 2, ... is `pv`.

    .. math:: ES = C + \frac{EV - PV_C}{PV_{C+1} - PV_C}

    with C the periods whose planned value is earned (Lipke 2003, "Schedule is Different"). Where nothing is planned for a while every time
    of that while has the same value: the one nearest to `at` is taken, so that a plan that is followed has ES = AT.
    """
    curve = [0.0, *pv]
    planned = next(n for n, value in enumerate(curve) if value >= curve[-1])
    if ev >= curve[-1]:
        return EarnedTime(float(planned), at, float(planned))
    earned = max(n for n, value in enumerate(curve) if value <= ev)
    if curve[earned] == ev:
        return EarnedTime(min(max(at, float(curve.index(ev))), float(earned)), at, float(planned))
    return EarnedTime(earned + (ev - curve[earned]) / (curve[earned + 1] - curve[earned]), at, float(planned))


def _ratio(above: float | None, below: float | None) -> float | None:
    if above is None or below is None or below == 0 or not math.isfinite(below):
        return None
    return above / below
