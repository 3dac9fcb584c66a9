"""The duty that Perkada 18/2017 lays on an agency for an application, from how the inventory treats it."""

from __future__ import annotations

KEEP, ADAPT, INTEGRATE, REPLACE, RETIRE, BUILD = DUTIES = ("keep", "adapt", "integrate", "replace", "retire", "build")
OF_TREATMENT = {"adopt": ADAPT, "integrate": INTEGRATE, "replace": REPLACE, "retire": RETIRE, "build": BUILD}


def duty_of(treatment: str, joined: bool) -> str:
    """The duty that follows from an application's treatment in the inventory.

    Perkada 18/2017 asks agencies to adapt and integrate their applications. An application to adopt is a national one that the agency
    adapts its work to; one to keep is still to be adapted when others exchange data with it (`joined`), else nothing is owed.
    """
    return OF_TREATMENT.get(treatment, ADAPT if joined else KEEP)
