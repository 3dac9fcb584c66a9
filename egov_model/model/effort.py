"""How much work software is: person-months and months by COCOMO II.2000, use case points beside it, who does the work.

Every argument is a number or an array of draws; arrays broadcast.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from egov_model.inputs.errors import InputError, listed
from egov_model.inputs.sizing import ChosenRating, EffortValue

DELIVERIES = ("in_house", "vendor", "mixed")


@dataclass(frozen=True)
class Calibration:
    """Constants of COCOMO II.2000; `hours_per_person_month` [hours]."""

    a: float
    b: float
    c: float
    d: float
    hours_per_person_month: float


@dataclass(frozen=True)
class CrossChecked:
    """A range [low, mode, high], the second method's most likely value, and how many times the larger is the smaller."""

    low: np.ndarray
    mode: np.ndarray
    high: np.ndarray
    second: np.ndarray
    ratio: np.ndarray


@dataclass(frozen=True)
class Delivery:
    """Person-months by who works them; `in_house` has the steering of the vendor's part in it."""

    in_house_person_months: np.ndarray
    vendor_person_months: np.ndarray


def most_likely_values(values: Iterable[EffortValue], kind: str) -> dict[tuple[str, str], float]:
    """Most likely value of every row of a kind, by (parameter, rating)."""
    return {(value.parameter, value.rating): value.mode for value in values if value.kind == kind}


def calibration(values: Iterable[EffortValue]) -> Calibration:
    """The constants among the published values; a `KeyError` names one that is missing."""
    found = most_likely_values(values, "constant")
    return Calibration(*(found[name, ""] for name in ("A", "B", "C", "D", "hours_per_person_month")))


def rated(values: Iterable[EffortValue], kind: str, ratings: Iterable[ChosenRating]) -> dict[str, float]:
    """Published value of each rating whose driver is of `kind` (scale_factor or effort_multiplier), by driver name.

    Raises `InputError` for a rating that the model does not define, such as TIME: low.
    """
    published = most_likely_values(values, kind)
    names = {name for name, _ in published}
    made: dict[str, float] = {}
    for chosen in ratings:
        if chosen.name not in names:
            continue
        if (chosen.name, chosen.rating) not in published:
            allowed = listed(rating for name, rating in published if name == chosen.name)
            raise InputError(f"{chosen.name} has no rating {chosen.rating!r}; allowed: {allowed}")
        made[chosen.name] = published[chosen.name, chosen.rating]
    return made


def effort_exponent(scale_factors: Iterable, calibrated: Calibration):
    r"""Exponent of size: above 1, twice the size is more than twice the work (COCOMO II Model Definition Manual 3.1).

    .. math:: E = B + 0.01 \sum_j SF_j

    scale_factors SF: the five values of the ratings.
    """
    return calibrated.b + 0.01 * sum(scale_factors, start=np.asarray(0.0))


def person_months(ksloc, scale_factors: Iterable, multipliers: Iterable, calibrated: Calibration):
    r"""Effort in COCOMO person-months (COCOMO II Model Definition Manual 3, post-architecture).

    .. math:: PM = A \cdot KSLOC^{E} \prod_i EM_i

    ksloc: thousands of (equivalent) new source lines; multipliers EM: the 17 values of the ratings, without SCED for the
    nominal effort that `schedule_months` wants.
    """
    exponent = effort_exponent(scale_factors, calibrated)
    return calibrated.a * np.asarray(ksloc, dtype=float) ** exponent * math.prod(multipliers, start=np.asarray(1.0))


def schedule_months(nominal_person_months, exponent, calibrated: Calibration, schedule_percent=100.0):
    r"""Calendar months from requirements to acceptance, TDEV (COCOMO II Model Definition Manual 4).

    .. math:: TDEV = C \cdot PM_{NS}^{\,D + 0.2 (E - B)} \cdot \frac{SCED\%}{100}

    nominal_person_months PM_NS: effort without the multiplier SCED; exponent E; schedule_percent: what the
    rating of SCED allows of that time, 100 when nominal.
    """
    power = calibrated.d + 0.2 * (np.asarray(exponent) - calibrated.b)
    return calibrated.c * np.asarray(nominal_person_months, dtype=float) ** power * np.asarray(schedule_percent) / 100


def asn_person_months(cocomo_person_months, calibrated: Calibration, asn_hours_per_year):
    r"""The same hours in months of a civil servant (PermenPANRB 1/2020: 1,250 effective hours a year; 1,200 before).

    .. math:: PM_{ASN} = PM \cdot \frac{h_{COCOMO}}{h_{ASN} / 12}

    cocomo_person_months PM of `hours_per_person_month` each (152 h); asn_hours_per_year h_ASN [hours].
    """
    return np.asarray(cocomo_person_months) * calibrated.hours_per_person_month * 12 / np.asarray(asn_hours_per_year)


def use_case_person_months(points, hours_per_point, calibrated: Calibration):
    r"""Effort by use case points in COCOMO person-months (Karner 1993), the second method.

    .. math:: PM = \frac{UCP \cdot p}{h_{COCOMO}}

    points UCP; hours_per_point p [hours per use case point].
    """
    return np.asarray(points) * np.asarray(hours_per_point) / calibrated.hours_per_person_month


def disagreement(low, mode, high, second) -> CrossChecked:
    """The range of the first method, stretched to hold the most likely value of a second method.

    low, mode, high: P10, most likely and P90 of the first method; second: most likely value of the second, same unit.
    Rule: low = min(low, second), high = max(high, second), the most likely value stays. Why: the second method is one
    independent look at the same work, so its distance from the first is the one observed error of method; a range that is said
    to hold eight outcomes in ten cannot leave it out. Its own ends are not taken over, because they hold again the doubt about
    size that is already in the first range; the mode stays, because only the first method knows this regency's ratings.
    """
    mode, second = np.asarray(mode, dtype=float), np.asarray(second, dtype=float)
    larger, smaller = np.maximum(mode, second), np.minimum(mode, second)
    apart = np.divide(larger, smaller, out=np.full(larger.shape, np.inf), where=smaller > 0)
    ratio = np.where(larger == smaller, 1.0, apart)
    return CrossChecked(np.minimum(low, second), mode, np.maximum(high, second), second, ratio)


def split_delivery(total_person_months, delivery: str, vendor_share, oversight_share) -> Delivery:
    r"""Who works the person-months: own staff, a vendor, or both.

    .. math:: PM_{vendor} = s \cdot PM, \qquad PM_{own} = (1 - s) PM + o \cdot PM_{vendor}

    delivery: in_house (s = 0), vendor (s = 1) or mixed (s = vendor_share); oversight_share o: own work to specify, follow and
    accept a vendor's person-month. Raises `InputError` for another word.
    """
    if delivery not in DELIVERIES:
        raise InputError(f"delivery {delivery!r}; allowed: {' | '.join(DELIVERIES)}")
    share = {"in_house": 0.0, "vendor": 1.0, "mixed": vendor_share}[delivery]
    total = np.asarray(total_person_months, dtype=float)
    vendor = total * share
    return Delivery(total * (1 - np.asarray(share)) + vendor * np.asarray(oversight_share), vendor)


def nominal_multipliers(multipliers: Mapping[str, float]) -> tuple[float, ...]:
    """The effort multipliers without SCED, as the schedule equation wants them."""
    return tuple(value for name, value in multipliers.items() if name != "SCED")
