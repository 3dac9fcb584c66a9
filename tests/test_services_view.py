"""Services and what they bring in words: every number is taken from the frames once more."""

from __future__ import annotations

import pytest
from plan_samples import EDGES, LANGUAGES, PROJECT, edge, plan_of, project, read, says

from egov_model.analysis import served
from egov_model.report import services_view
from egov_model.report.wording import speak
from egov_model.report.words import why_not_placed

every_plan = pytest.mark.parametrize("name", [*EDGES, *PROJECT])
both_languages = pytest.mark.parametrize("language", LANGUAGES)
DASH = "\N{EN DASH}"


@every_plan
@both_languages
def test_every_service_stands_in_one_of_the_two_tables(name, language):
    plan, say = plan_of(name), speak(language)
    frame = served.service_frame(plan)
    digital, left = services_view.services(say, plan), services_view.services_left(say, plan)
    assert sorted(row[0] for row in (*digital.rows, *left.rows)) == sorted(say.title(r) for r in frame.to_dict("records"))
    by_title = {say.title(r): r for r in frame.to_dict("records")}
    for title, since, volume, used, users, handling, _ in digital.rows:
        r = by_title[title]
        assert since == say.short_month(r["go_live"]) and says(volume, language, r["transactions"])
        assert used == DASH if r["digital"] < 0.5 else says(used.partition(" (")[0], language, r["digital"])
        for cell, hours in ((users, r["user_hours"] + r["travel_hours"]), (handling, r["handling_hours"])):
            assert cell == DASH if abs(hours) < 0.5 else says(cell, language, hours)


@both_languages
def test_what_holds_a_service_is_said(language):
    plan, say = edge("new work does not fit"), speak(language)
    held = services_view.services_left(say, plan).rows
    row = plan.initiatives.set_index("initiative").loc["aplikasi"]
    assert held == ((say.title(plan.inputs.rows["services"]["surat-warga"]), f"{say.title(row)}: {why_not_placed(say, plan, row)}"),)
    not_asked = services_view.services_left(say, edge("only what runs")).rows
    assert not_asked[0][1].endswith(say("Not in this scenario"))


@every_plan
@both_languages
def test_finding_counts_services_and_transactions(name, language):
    plan, say = plan_of(name), speak(language)
    told, frame = services_view.services_finding(say, plan), served.service_frame(plan)
    if frame["digital"].sum() < 0.5:
        assert told == say("Nobody uses a new digital service in this scenario")
        return
    sentence = "{n} of {all} services are digital by {year}; {moved} transactions move that year, {share} of all that are counted"
    found = read(told, language, sentence)
    assert (int(found["n"]), int(found["all"])) == (sum(r is not None for r in frame["go_live"]), len(frame))
    assert says(found["moved"], language, frame["digital"].sum())
    assert says(found["share"], language, frame["digital"].sum() / frame["transactions"].sum())


@both_languages
def test_gains_of_both_sides_are_those_of_the_frame(language):
    plan, say = project(), speak(language)
    frame, view = served.yearly_frame(plan), services_view.gains(say, plan)
    assert [row[0] for row in view.rows] == [*map(str, plan.timeline.years), say("Total")]
    for row, (_, r) in zip(view.rows, frame.iterrows(), strict=False):
        for cell, name in ((row[1], "citizen_hours"), (row[4], "staff_hours")):
            assert cell == DASH if r[name] < 0.5 else says(cell, language, r[name])
        assert row[3] == (say.money(int(r["citizen_time_idr"])) if r["citizen_time_idr"] else DASH)
    assert view.rows[-1][2] == say.money(int(frame["citizen_travel_idr"].sum()))
    told, last = services_view.gains_finding(say, plan), frame.iloc[-1]
    assert say.number(last["citizen_hours"]) in told and say.number(last["staff_hours"]) in told
    assert say.number(last["staff_hours"] / 1250, 1) in told  # hours a civil servant works in a year


@both_languages
def test_nothing_gained_is_said(language):
    say = speak(language)
    assert services_view.gains_finding(say, edge("nothing fits")).endswith(say("The administration saves nothing."))
    assert services_view.purpose_points(say, edge("nothing fits")) == [say("Nothing of that purpose comes in this scenario.")]


def test_what_has_no_price_is_listed_for_digital_services_alone():
    """Of the two services only letters for citizens name something; where they do not become digital there is nothing to list."""
    assert services_view.unpriced(speak("en"), edge("as it is")).rows == (("Letters for citizens", "Trust"),)
    assert services_view.unpriced(speak("en"), edge("new work does not fit")).rows == ()


@both_languages
def test_purpose_says_what_comes_and_that_habits_do_not(language):
    plan, say = project(), speak(language)
    made, points = served.purpose(plan), services_view.purpose_points(say, plan)
    assert len(points) == 4
    efficient = "More efficient: in {year} handling takes {saved} hours less, {share} of what all counted transactions take today."
    found = read(points[2], language, efficient)
    assert says(found["saved"], language, made.saved_hours) and says(found["share"], language, made.saved_hours / made.handling_hours)
    effective = "More effective: {moved} of {all} transactions of citizens ({part}) are made the new way in {year}."
    found = read(points[1], language, effective)
    assert says(found["moved"], language, made.moved) and says(found["all"], language, made.transactions)
    assert ("does not come" if language == "en" else "tidak datang") in points[3]
    live = served.service_frame(plan).set_index("service").loc["kinerja-pegawai", "go_live"]
    assert say.month(live) in points[3]
    assert len(services_view.purpose_points(say, edge("as it is"))) == 4  # a pack without that service


@every_plan
@both_languages
def test_reached_counts_villages_and_services(name, language):
    plan, say = plan_of(name), speak(language)
    islands = served.island_frame(plan)
    found = read(
        services_view.reached(say, plan), language,
        "By the end of {year} {villages} of {all} villages are connected and {n} of {services} services are digital; "
        "that year citizens save {hours} hours",
    )  # fmt: skip
    assert int(found["villages"]) == islands["connected"].sum() and int(found["all"]) == len(plan.inputs.rows["villages"])
    assert int(found["services"]) == len(plan.inputs.rows["services"])


@both_languages
def test_digital_figure_holds_both_sides(language):
    plan, say = project(), speak(language)
    view, frame = services_view.digital_figure(plan, say), served.yearly_frame(plan)
    assert view.finding == services_view.services_finding(say, plan) and 'role="img"' in view.svg
    for row, (year, r) in zip(view.data.rows, frame.iterrows(), strict=True):
        assert row[0] == str(year) and says(row[3], language, r["citizen_digital"] + r["staff_digital"])
