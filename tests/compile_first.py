"""Makes the machine code that most tests need, in a process of its own, so that no two workers are busy with the same (see conftest)."""

from __future__ import annotations

from egov_model.inputs.place import ROOT
from egov_model.model.machine_code import code_hash


def main() -> None:
    """Plan, draw, choose and optimise once, unless some of it is there already."""
    from drawn_samples import drawn
    from test_best_choice import test_a_schedule_that_is_known_is_never_lost
    from test_optimise import test_worked_by_hand

    drawn()
    test_a_schedule_that_is_known_is_never_lost()
    test_worked_by_hand()


if __name__ == "__main__" and not any((ROOT / "build" / "compiled" / code_hash()).rglob("*.nbi")):
    main()
