"""Which island group is connected when, in a figure, a table and a sentence."""

from __future__ import annotations

import pandas as pd
import pytest
from plan_samples import LANGUAGES, edge, project, says
from tiny_pack import with_changes

from egov_model.analysis.served import island_frame
from egov_model.model.plan import build_plan
from egov_model.report.islands_figure import islands_figure, islands_finding
from egov_model.report.wording import speak

both_languages = pytest.mark.parametrize("language", LANGUAGES)


@both_languages
def test_table_has_every_group_first_to_last(language):
    plan, say = project(), speak(language)
    view, frame = islands_figure(plan, say), island_frame(plan)
    assert [row[0] for row in view.data.rows] == frame["island_group"].tolist()
    for row, r in zip(view.data.rows, frame.itertuples(), strict=True):
        assert says(row[1], language, r.people) and row[3] == ("\N{EN DASH}" if pd.isna(r.half_year) else str(r.half_year))
        assert says(row[4], language, r.digital_share) and says(row[5], language, r.hours_per_thousand)
    assert frame["people"].sum() == pytest.approx(plan.drivers.regency["population_thousands"][:, -1].sum() * 1000, abs=5)
    assert all(row[0].partition(" (")[0] in view.svg for row in view.data.rows)


@both_languages
def test_those_connected_last_are_named(language):
    plan, say = project(), speak(language)
    frame = island_frame(plan)
    told, last = islands_finding(say, plan), frame["half_year"].max()
    latest = [name.partition(" (")[0] for name in frame.loc[frame["half_year"] == last, "island_group"]]
    assert say.listing(latest) in told and str(last) in told


def test_finding_where_all_come_at_once_none_comes_and_some_are_left_out(tmp_path):
    say = speak("en")
    assert islands_finding(say, edge("as it is")) == "All island groups are half connected by the end of 2027"
    none = islands_finding(say, edge("nothing fits"))
    assert none == "No island group gets a connection for half of its villages in this scenario"
    some = build_plan(with_changes(tmp_path, "set:\n  initiatives.alat-desa.target: 2\n"))
    assert islands_finding(say, some) == "Left out: Pulau Kecil; the first island groups are half connected by 2027"
    assert say("not in this plan") in islands_figure(some, say).svg


def test_a_pack_without_villages_is_drawn_by_its_districts(tmp_path):
    plan = build_plan(with_changes(tmp_path, "drop:\n  villages: [99.01.01.2001, 99.01.01.2002, 99.01.02.2001]\n"))
    view = islands_figure(plan, speak("en"))
    assert [row[2] for row in view.data.rows] == ["0", "0"] and "<svg" in view.svg
