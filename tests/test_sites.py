"""Sites of the tiny regency: who has users of its own, and how far the nearest point of presence is."""

from __future__ import annotations

import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenario
from egov_model.model.sites import distance_to, make_sites


@pytest.fixture(scope="module")
def tiny():
    return load_scenario("baseline", TINY)


def test_only_agencies_have_users_of_their_own(tiny):
    sites = make_sites(tiny)
    assert sites.kind == ("office", "district-office", "puskesmas", "puskesmas", "village", "village", "village")
    assert sites.users.tolist() == [20, 5, 0, 0, 0, 0, 0] and sites.users.dtype == float


def test_puskesmas_of_one_district_have_names_of_their_own(tmp_path):
    inputs = with_changes(tmp_path, "set:\n  districts.99.01.02.puskesmas: 2\n")
    names = [name for name in make_sites(inputs).name if name.startswith("Puskesmas")]
    assert names == ["Puskesmas Kota", "Puskesmas Seberang 1", "Puskesmas Seberang 2"]


def test_the_nearest_point_of_presence_counts(tiny):
    sites = make_sites(tiny)
    to_capital, to_both = distance_to(tiny, sites, []), distance_to(tiny, sites, ["99.01.02"])
    assert to_capital[0] == 0 and to_capital.tolist() == sites.km_capital.tolist()
    assert to_both[1] == 0 < to_capital[1] and to_both[0] == 0  # each stands at a point of presence


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("99.01.3", "point of presence '99.01.3': no district has this code; did you mean '99.01.02'?"),
        ("kota", "point of presence 'kota': no district has this code"),  # near nothing
    ],
)
def test_an_unknown_point_of_presence(tiny, code, says):
    with pytest.raises(InputError) as refused:
        distance_to(tiny, make_sites(tiny), [code])
    assert str(refused.value) == says
