"""Formulas of a link: distance, bandwidth need, yearly share of an investment, and the power where the grid falls short."""

from __future__ import annotations

import numpy as np

EARTH_KM = 6371.0088  # mean radius, IUGG
DAYS = 365


def distance_km(lat, lon, other_lat, other_lon):
    r"""Great-circle distance [km] between points in degrees; numbers or arrays that broadcast.

    .. math:: d = 2 R \arcsin \sqrt{\sin^2(\Delta\varphi/2) + \cos\varphi_1 \cos\varphi_2 \sin^2(\Delta\lambda/2)}

    The haversine form (Sinnott 1984, "Virtues of the Haversine"), exact on a sphere also for points close together.
    """
    lat, lon, other_lat, other_lon = map(np.radians, (lat, lon, other_lat, other_lon))
    chord = np.sin((other_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(other_lat) * np.sin((other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))


def annuity(rate, years):
    r"""Share of an investment that falls on each year of its life: :math:`r / (1 - (1+r)^{-n})`, and :math:`1/n` when r is 0.

    rate r [per year, 0 or more], years n [more than 0]; numbers or arrays that broadcast. The capital recovery factor of any
    engineering economics text (Park, Contemporary Engineering Economics).
    """
    rate, years = np.broadcast_arrays(np.asarray(rate, dtype=float), np.asarray(years, dtype=float))
    free = rate < 1e-12  # so small that the quotient below would be noise
    charged = np.where(free, 1.0, rate)
    return np.where(free, 1 / years, charged / -np.expm1(-years * np.log1p(charged)))


def need_mbps(users, active_share, mbps_per_active_user, least_mbps):
    r"""Bandwidth a site needs in the busy hour [Mbps]: :math:`\max(u \, a \, b, m)`.

    users u, active_share a [share of users at the same time], mbps_per_active_user b, least_mbps m [what any site needs].
    The rule of thumb of network planning: concurrent users times rate per user.
    """
    return np.maximum(np.asarray(users) * active_share * mbps_per_active_user, least_mbps)


def shortfall_hours(needed_hours_day, electricity_hours_day):
    """Hours a day a link has to run without the grid: needed less supplied, never below 0."""
    return np.maximum(np.asarray(needed_hours_day) - electricity_hours_day, 0.0)


def panel_wp(watts, hours_day, sun_hours_day, efficiency_share):
    r"""Peak power of the panel [Wp] that refills a day's use: :math:`P t / (h \, \eta)` (simplified from IEEE 1562).

    watts P, hours_day t without the grid, sun_hours_day h [hours at full sun], efficiency_share η.
    """
    return np.asarray(watts) * hours_day / (np.asarray(sun_hours_day) * efficiency_share)


def battery_wh(watts, hours_day, autonomy_days, discharge_share):
    r"""Battery [Wh] for some days without sun: :math:`P t \, d / k` (simplified from IEEE 1562, array and battery sizing).

    watts P, hours_day t without the grid, autonomy_days d, discharge_share k [part of the content that may be used].
    """
    return np.asarray(watts) * hours_day * np.asarray(autonomy_days) / discharge_share


def annual_idr(capex_idr, opex_idr_year, rate, years):
    r"""Annual equivalent cost [Rp per year]: :math:`capex \cdot r/(1-(1+r)^{-n}) + opex`; see `annuity`."""
    return np.asarray(capex_idr) * annuity(rate, years) + opex_idr_year
