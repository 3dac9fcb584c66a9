"""Long calculations over a plan, made once and kept with it as its own cached properties are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from egov_model.model.plan import Plan

Made = TypeVar("Made")


def kept(plan: Plan, make: Callable[..., Made], *given: object) -> Made:
    """`make(plan, *given)`, calculated the first time it is asked for; it lives as long as the plan does."""
    store: dict[tuple, Made] = vars(plan).setdefault("kept", {})
    key = (make, *given)
    if key not in store:
        store[key] = make(plan, *given)
    return store[key]
