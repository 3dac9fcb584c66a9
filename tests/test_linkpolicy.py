"""Rules over the choice of links: what is no rule is refused with the nearest one that is."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from link_samples import round_links

from egov_model.inputs.errors import InputError
from egov_model.model.linkpolicy import OPEN, POLICY, apply_policy, check_policy


@pytest.mark.parametrize(
    ("rule", "advice"),
    [("satelit-first", "; did you mean 'satellite-first'?"), ("village=fiber", "; did you mean 'village=town-fibre'?"), ("xyz", "")],
)
def test_what_is_no_rule(rule, advice):
    with pytest.raises(InputError) as refused:
        check_policy([rule], round_links())
    text = str(refused.value)
    assert text.startswith(f"policy {rule!r}: allowed are fibre-in-labuha-only, satellite-first, office=town-fibre, office=terrestrial, ")
    assert text.endswith(f"village=leo, village=vsat{advice}")


def test_what_is_a_rule():
    check_policy(["satellite-first", "village=leo"], round_links())


def test_rules_after_the_one_for_fibre_count_as_well():
    """Two sites in town and one outside: no fibre outside, then a satellite wherever one serves."""
    sites = SimpleNamespace(kind=("office", "village", "village"), in_capital=(True, True, False))
    blocked = np.zeros((1, 3, 2), dtype=np.int8)
    apply_policy(["fibre-in-labuha-only", "office=town-fibre", "satellite-first"], ("town-fibre", "leo"), sites, blocked)
    assert blocked[0].tolist() == [[OPEN, POLICY], [POLICY, OPEN], [POLICY, OPEN]]
