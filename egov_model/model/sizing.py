"""How big software is: function points, lines of code, what reuse leaves to do, use case points.

Every argument is a number or an array of draws; arrays broadcast.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from egov_model.inputs.errors import InputError, did_you_mean


def unadjusted_function_points(counts: Mapping[tuple[str, str], object], weights: Mapping[tuple[str, str], float]):
    r"""Unadjusted function points of counted function types (IFPUG Function Point Counting Practices Manual).

    .. math:: UFP = \sum_{t,c} n_{t,c} w_{t,c}

    counts n by (type, complexity): ILF, EIF, EI, EO, EQ by low, average, high; weights w [function points each].
    Raises `InputError` for a function type or complexity that has no weight.
    """
    return _weighted(counts, weights, "function type")


def sloc(function_points, sloc_per_function_point):
    r"""Logical source lines of code from unadjusted function points ("backfiring", COCOMO II Model Definition Manual 2.3).

    .. math:: SLOC = UFP \cdot r

    function_points UFP; sloc_per_function_point r [SLOC per UFP of the language].
    """
    return np.multiply(function_points, sloc_per_function_point)


def adaptation_factor(design_modified, code_modified, integration_modified):
    r"""Adaptation adjustment factor in percent (COCOMO II Model Definition Manual 2.4).

    .. math:: AAF = 0.4\,DM + 0.3\,CM + 0.3\,IM

    All three in percent of the adapted software.
    """
    return 0.4 * np.asarray(design_modified) + 0.3 * np.asarray(code_modified) + 0.3 * np.asarray(integration_modified)


def adaptation_modifier(design_modified, code_modified, integration_modified, software_understanding, unfamiliarity, assessment):
    r"""Adaptation adjustment modifier: new code that costs as much as adapting, as a share (COCOMO II Model Definition Manual 2.4).

    .. math::
        AAM = \frac{AA + AAF (1 + 0.02\,SU\,UNFM)}{100}\ (AAF \le 50), \qquad AAM = \frac{AA + AAF + SU\,UNFM}{100}\ (AAF > 50)

    DM, CM, IM, software understanding SU (10..50) and assessment AA (0..8) in percent, unfamiliarity UNFM a share 0..1.
    SU counts nothing when neither design nor code is modified: nobody has to understand what nobody changes.
    """
    aaf = adaptation_factor(design_modified, code_modified, integration_modified)
    unmodified = (np.asarray(design_modified) == 0) & (np.asarray(code_modified) == 0)
    penalty = np.where(unmodified, 0.0, np.multiply(software_understanding, unfamiliarity))
    percent = np.where(aaf <= 50, np.asarray(assessment) + aaf * (1 + 0.02 * penalty), np.asarray(assessment) + aaf + penalty)
    return percent / 100


def equivalent_ksloc(
    adapted_ksloc,
    design_modified,
    code_modified,
    integration_modified,
    software_understanding,
    unfamiliarity,
    assessment,
    translated_percent=0.0,
):
    r"""Thousands of lines of new code that would cost as much as the adapted ones (COCOMO II Model Definition Manual 2.4).

    .. math:: KSLOC_{eq} = KSLOC_{adapted} \left(1 - \frac{AT}{100}\right) AAM

    adapted_ksloc [thousand SLOC]; translated_percent AT: done by automatic translation, whose own effort is not in this size;
    the other arguments as in `adaptation_modifier`.
    """
    modifier = adaptation_modifier(design_modified, code_modified, integration_modified, software_understanding, unfamiliarity, assessment)
    return np.asarray(adapted_ksloc) * (1 - np.asarray(translated_percent) / 100) * modifier


def unadjusted_use_case_points(counts: Mapping[tuple[str, str], object], weights: Mapping[tuple[str, str], float]):
    r"""Unadjusted use case points: weight of the actors (UAW) plus weight of the use cases (UUCW) (Karner 1993).

    .. math:: UUCP = \sum_c n_{actor,c} w_{actor,c} + \sum_c n_{use\,case,c} w_{use\,case,c}

    counts n by (actor or use_case, simple, average or complex). Raises `InputError` for a kind that has no weight.
    """
    return _weighted(counts, weights, "use case count")


def use_case_points(unadjusted_points, technical_factor, environmental_factor):
    r"""Use case points (Karner 1993).

    .. math:: UCP = UUCP \cdot TCF \cdot ECF, \quad TCF = 0.6 + 0.01\,T, \quad ECF = 1.4 - 0.03\,E

    unadjusted_points UUCP; technical_factor T and environmental_factor E: the weighted sums of the 13 and 8 ratings of 0 to 5.
    """
    return np.asarray(unadjusted_points) * (0.6 + 0.01 * np.asarray(technical_factor)) * (1.4 - 0.03 * np.asarray(environmental_factor))


def _weighted(counts: Mapping[tuple[str, str], object], weights: Mapping[tuple[str, str], float], what: str):
    total = np.asarray(0.0)
    for key, count in counts.items():
        if key not in weights:
            near = did_you_mean(" ".join(key), [" ".join(known) for known in weights])
            raise InputError(f"no weight for the {what} {' '.join(key)!r}; {near}".removesuffix("; "))
        total = total + np.multiply(count, weights[key])
    return total
