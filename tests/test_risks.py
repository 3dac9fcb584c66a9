"""The risk register as data: messages for what cannot be, and at least twenty risks in the project's own."""

from __future__ import annotations

import pytest
from tiny_pack import copy_of_tiny, with_changes

from egov_model.inputs.errors import InputError
from egov_model.inputs.risks import answered
from egov_model.inputs.scenario import load_scenario


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("risks.csv", "0.2,0.2,0.2", "0.2,0.2,1.2", "row 2, field high: found '1.2'; allowed: 1 or less"),
        ("risks.csv", "0.2,0.2,0.2", "-0.1,0.2,0.2", "row 2, field low: found '-0.1'; allowed: 0 or more"),
        ("risks.csv", "0.1,0.3,0.4", "0.5,0.3,0.4", "low 0.5, mode 0.3, high 0.4: expected low <= mode <= high"),
        (
            "risks.csv",
            "kominfo,n",
            "kominfa,n",
            "field owner: found 'kominfa'; allowed: the id of a row in agencies.csv; did you mean 'kominfo'?",
        ),
        ("risks.csv", "1000000,dau", "1000000,dak", "field response_fund: found 'dak'"),
        ("risks.csv", ",beli,", ",bali,", "field kinds: found 'bali'"),
        ("risks.csv", "0,0,,beli,", "0,0,alat-kota,,", "field initiatives: found 'alat-kota'; allowed: the id of a row in initiatives.csv"),
        ("risks.csv", "0,0,,beli,,", "0,0,,,aplikasy,", "field sections: found 'aplikasy'"),
        ("risks.csv", "2028,2028", "2029,2028", "first_year 2029 is after last_year 2028"),
        ("risks.csv", "0.5,1,0.1", "1.5,1,0.1", "field residual_probability: found '1.5'; allowed: 1 or less"),
        ("risk_impacts.csv", "people,analis", "people,analisis", "field targets: found 'analisis'; allowed: the id of a row in roles.csv"),
        ("risk_impacts.csv", "ceiling,dau", "ceiling,dbh", "field targets: found 'dbh'; allowed: the id of a row in funds.csv"),
        ("risk_impacts.csv", ",procure,", ",procura,", "field phases: found 'procura'"),
        ("risk_impacts.csv", ",procure,", ",,", "phases are named by an impact of weeks, and there must be at least one"),
        ("risk_impacts.csv", "0.1,0.2,0.3", "0.1,0.2,1.3", "high 1.3: of ceiling at most 1 can be lost"),
        ("risk_impacts.csv", "tender,cost,,", "tender,cost,dau,", "only people and ceiling have them, not cost"),
        ("risk_impacts.csv", "weeks,,procure", "months,,procure", "field impact: found 'months'"),
        ("risk_impacts.csv", "potong-pagu,potong", "potong-pagu,potang", "field risk: found 'potang'"),
        ("risk_impacts.csv", ",1,0.1,0.2", ",0,0.1,0.2", "field felt_years: found '0'; allowed: 1 or more"),
    ],
)
def test_impossible_rows_are_refused(tmp_path, file, old, new, says):
    pack = copy_of_tiny(tmp_path)
    text = (pack / file).read_text(encoding="utf-8")
    assert old in text
    (pack / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario("baseline", pack)
    assert f"tiny/{file}" in str(caught.value) and says in str(caught.value)


def test_a_risk_without_impact_is_refused(tmp_path):
    with pytest.raises(InputError, match="tender, which no row of risk_impacts.csv names"):
        with_changes(tmp_path, "drop: {risk_impacts: [tender-lama, tender-biaya]}")


@pytest.mark.parametrize(
    ("setting", "value", "says"),
    [
        ("risk_responses", "tendr", "found 'tendr'; allowed: all | none | ids of risks.csv with spaces between; did you mean 'tender'?"),
        ("risk_responses", "all tender", "none, all, or ids of risks.csv with spaces between"),
        ("risks_off", "potongan", "found 'potongan'; allowed: ids of risks.csv with spaces between; did you mean 'potong'?"),
        ("risk_view", "both", "allowed: inside | outside | blend"),
        ("outside_weight", "1.5", "allowed: 1 or less"),
        ("draws", "0", "allowed: 1 or more"),
    ],
)
def test_settings_that_name_no_risk_are_refused(tmp_path, setting, value, says):
    with pytest.raises(InputError) as caught:
        with_changes(tmp_path, f"set: {{settings.{setting}: {value}}}")
    assert f"settings.{setting}" in str(caught.value) and says in str(caught.value)


def test_a_dropped_initiative_may_still_be_named(tmp_path):
    inputs = with_changes(tmp_path, "set: {risks.tender.initiatives: [aplikasi]}\ndrop: {initiatives: [aplikasi]}")
    assert inputs.rows["risks"]["tender"].initiatives == ("aplikasi",)


def test_responses_that_are_carried_out():
    rows = load_scenario().rows["risks"]
    assert answered(rows, ("none",)) == ()
    assert answered(rows, ("all",)) == tuple(rows)
    assert answered(rows, ("tender-gagal",)) == ("tender-gagal",)


def test_the_projects_own_register():
    inputs = load_scenario()
    rows, owners = inputs.rows["risks"], {row.owner for row in inputs.rows["risks"].values()}
    assert len(rows) >= 20 and len(owners) >= 5
    assert {row.impact for row in inputs.rows["risk_impacts"].values()} == {"cost", "running", "weeks", "gate_weeks", "people", "ceiling"}
    assert all("http" in row.source or row.source.startswith("Asumsi:") for row in rows.values())
