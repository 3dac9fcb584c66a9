"""What every agency owes, by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joined_pack import joined
from plan_samples import EDGES, edge, project
from tiny_pack import TINY

from egov_model.inputs.scenario import load_scenario
from egov_model.model.duties import allocate, duties, duties_by_agency, duty_of, integrated_by_year, undated
from egov_model.model.plan import build_plan


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),  # the first of equals takes what is left over
        (10, [1, 2, 4], [1, 3, 6]),  # 1.43, 2.86, 5.71: the two largest fractions take one each
        (10, [0, 0, 5], [0, 0, 10]),
        (7, [0, 0], [4, 3]),  # none is sized: equal parts
        (0, [3, 4], [0, 0]),
        (5, [], []),
        (10, [5, 1, 1], [7, 2, 1]),  # 7.14, 1.43, 1.43: what is left over follows the fraction, not the share
        (6, [1, 0], [6, 0]),  # however small the sum of the weights
        (1, [1] * 20, [1] + [0] * 19),
    ],
)
def test_money_is_shared_out_to_the_last_rupiah(total, weights, shares):
    assert allocate(total, weights).tolist() == shares


@given(st.integers(0, 10**13), st.lists(st.integers(0, 50_000).map(lambda n: n / 10), min_size=1, max_size=40))
def test_shares_add_up_and_stand_within_one_of_their_quota(total, weights):
    shares = allocate(total, weights)
    assert shares.sum() == total and (shares >= 0).all()
    whole = sum(weights)
    if whole > 1:
        assert all(abs(s - total * w / whole) < 1.01 for s, w in zip(shares, weights, strict=True))


@pytest.mark.parametrize(
    ("treatment", "alone", "joined_up"),
    [
        ("keep", "keep", "adapt"), ("adopt", "adapt", "adapt"), ("integrate", "integrate", "integrate"),
        ("replace", "replace", "replace"), ("retire", "retire", "retire"), ("build", "build", "build"),
    ],
)  # fmt: skip
def test_the_duty_follows_from_the_treatment(treatment, alone, joined_up):
    assert (duty_of(treatment, False), duty_of(treatment, True)) == (alone, joined_up)


@pytest.fixture
def frame(tmp_path):
    plan = build_plan(joined(tmp_path))
    return plan, duties(plan).set_index("application")


def test_every_application_has_its_duty_date_and_money(frame):
    plan, made = frame
    total = plan.initiatives.set_index("initiative")
    assert made["duty"].to_dict() == {
        "surat": "integrate", "warga": "adapt", "bus": "build", "pajak": "replace", "izin": "build", "arsip": "keep",
    }  # fmt: skip
    assert made.loc["surat", "year"] == total.loc["aplikasi", "finish"].year
    assert made.loc["pajak", "year"] == 2027  # internet runs from the first day
    assert made.loc["warga", ["status", "year", "amount_idr"]].tolist() == ["no_initiative", pd.NA, 0]
    assert made.loc["arsip", "amount_idr"] == 0 and pd.isna(made.loc["arsip", "year"])
    # aplikasi treats surat (100 function points) and izin (200)
    whole = total.loc["aplikasi", "total_idr"]
    assert made.loc["surat", "amount_idr"] + made.loc["izin", "amount_idr"] == whole
    assert made.loc["izin", "amount_idr"] == pytest.approx(whole * 2 / 3, abs=1)
    assert made.loc["bus", "amount_idr"] == total.loc["alat-desa", "total_idr"]


def test_an_agency_is_integrated_when_its_last_duty_is_done(frame):
    plan, made = frame
    agencies = duties_by_agency(made.reset_index())
    kominfo, seberang = agencies.loc["kominfo"], agencies.loc["kec-seberang"]
    assert kominfo[["applications", "keep", "integrate", "build", "replace", "owed", "undated"]].tolist() == [4, 1, 1, 1, 1, 3, 0]
    done = [made.loc[key, "year"] for key in ("surat", "bus", "pajak")]
    assert (kominfo["first_year"], kominfo["last_year"], kominfo["integrated_by"]) == (min(done), max(done), max(done))
    assert seberang["undated"] == 1 and pd.isna(seberang["integrated_by"])  # warga is treated by no initiative
    by_year = integrated_by_year(plan, agencies)
    assert by_year.to_dict() == {year: int(year >= max(done)) for year in (2027, 2028)}
    assert undated(made.reset_index())["application"].tolist() == ["warga"]


def test_outside_the_scope_there_is_no_date_and_no_money(tmp_path):
    made = duties(build_plan(joined(tmp_path, "settings.scope: running"))).set_index("application")
    assert made.loc[["surat", "izin", "bus"], "status"].tolist() == ["out_of_scope"] * 3
    assert made.loc[["surat", "izin", "bus"], "amount_idr"].sum() == 0 and made.loc["surat":"bus", "year"].isna().all()


def test_an_initiative_without_a_place_says_why():
    made = duties(edge("nothing fits")).set_index("application")
    status = edge("nothing fits").initiatives.set_index("initiative").loc["aplikasi", "status"]
    assert made.loc["surat", "status"] == status != "placed" and pd.isna(made.loc["surat", "year"])


def test_an_agency_that_owes_nothing_has_no_year():
    made = duties(build_plan(load_scenario("baseline", TINY)))
    made = made.assign(duty="keep", year=pd.array([pd.NA] * len(made), dtype="Int64"))
    agencies = duties_by_agency(made)
    assert agencies["owed"].tolist() == [0, 0] and agencies["integrated_by"].isna().all()


@pytest.mark.parametrize("name", [*EDGES, "baseline"])
def test_shares_add_up_to_the_money_of_the_initiatives(name):
    plan = project() if name == "baseline" else edge(name)
    made, total = duties(plan), plan.initiatives.set_index("initiative")["total_idr"]
    shared = made[made["initiative"].isin(total.index)].groupby("initiative")["amount_idr"].sum()
    assert shared.to_dict() == total.loc[shared.index].to_dict()
    agencies = duties_by_agency(made)
    assert agencies["amount_idr"].sum() == made["amount_idr"].sum() and agencies["applications"].sum() == len(made)


def test_every_agency_of_the_project_is_listed():
    assert set(duties_by_agency(duties(project())).index) == set(project().inputs.rows["agencies"])


def test_both_applications_of_the_tiny_plan_with_every_cell():
    made = duties(build_plan(load_scenario("baseline", TINY)))
    letters, citizens = made.to_dict("records")
    assert letters == {
        "application": "surat", "name": "Surat", "agency": "kominfo", "state": "running", "treatment": "integrate", "duty": "integrate",
        "function_points": 100.0, "initiative": "aplikasi", "status": "placed", "concerns": "", "year": 2027, "amount_idr": 111_000_000,
    }  # fmt: skip
    unknown = citizens.pop("year")
    assert pd.isna(unknown) and citizens == {
        "application": "warga", "name": "Data warga", "agency": "kec-seberang", "state": "running", "treatment": "keep", "duty": "adapt",
        "function_points": 0.0, "initiative": "", "status": "no_initiative", "concerns": "", "amount_idr": 0,
    }  # fmt: skip
    one = duties_by_agency(made)
    assert list(one.index) == ["kominfo", "kec-seberang"]  # as in the inventory, not by name
    assert one["owed"].tolist() == [1, 1] and one.loc["kominfo", "integrated_by"] == 2027
