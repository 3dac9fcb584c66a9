"""A focus group's outcome in words, tables and a drawing: every number is that of the outcome, and an example says that it is one."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from bs4 import BeautifulSoup
from group_samples import competing_outcome
from plan_samples import LANGUAGES, edge, project, read
from tiny_pack import TINY

from egov_model.analysis.focus_group import Outcome, focus_group, hear
from egov_model.inputs.focus_group import load_group
from egov_model.inputs.scenario import load_scenario
from egov_model.report import fragments, group_view
from egov_model.report.group_figure import spread_figure
from egov_model.report.group_section import section
from egov_model.report.wording import speak

EN = speak("en")
both_languages = pytest.mark.parametrize("language", LANGUAGES)
EXAMPLE = "EXAMPLE: {n} of the {all} participants below are made up; nobody has judged so. It shows what a focus group would get to see."


@cache
def tiny() -> Outcome:
    """Villages' equipment is in for two of three, the other application for one, letters for none."""
    with TemporaryDirectory() as folder:
        return competing_outcome(Path(folder))


@cache
def closed() -> Outcome:
    """A plan in which nothing is open."""
    return hear(edge("only what runs"), load_group(TINY / "fgd", load_scenario("baseline", TINY)))


@cache
def ours() -> Outcome:
    return focus_group(project())


def all_real(outcome: Outcome) -> Outcome:
    people = {key: row.model_copy(update={"example": False}) for key, row in outcome.group.participants.items()}
    return replace(outcome, group=replace(outcome.group, participants=people))


@both_languages
def test_an_example_says_so_and_a_real_group_does_not(language):
    say = speak(language)
    said = read(group_view.example(say, tiny()), language, EXAMPLE)
    assert (said["n"], said["all"], said["_more"]) == ("2", "3", None)
    assert group_view.example(say, ours()).endswith(say("The scores that people give are made up as well."))
    assert say("Example with made-up participants.") in spread_figure(tiny(), say).explains
    assert say("Example with made-up participants.") in spread_figure(tiny(), say).svg
    real = all_real(tiny())
    assert group_view.example(say, real) == ""
    assert say("Example with made-up participants.") not in str(section(say, real))


def test_the_answer_in_one_sentence():
    assert group_view.finding(EN, tiny()) == (
        "Whoever's weights count, 0 of the 3 initiatives that are not mandatory are in and 1 are out; 2 depend on the weights"
    )
    assert group_view.finding(EN, closed()).startswith("Nothing is left for a focus group to choose")


@both_languages
def test_the_answer_counts_what_the_ranking_says(language):
    sentence = (
        "Whoever's weights count, {all} of the {n} initiatives that are not mandatory are in and {none} are out; {rest} depend on the "
        "weights"
    )
    said, verdicts = read(group_view.finding(speak(language), ours()), language, sentence), ours().ranking["verdict"]
    counts = [(verdicts == "all").sum(), len(verdicts), (verdicts == "none").sum(), verdicts.isin(["most", "some"]).sum()]
    assert [int(said[key]) for key in ("all", "n", "none", "rest")] == counts


def test_where_the_plan_differs():
    plan = tiny().ranking.set_index("initiative")["in_plan"]
    text = group_view.against_plan(EN, tiny())
    assert ("Letter application" in text) == plan["aplikasi"]
    frame = tiny().ranking.assign(in_plan=False, verdict="all")
    lacking = replace(tiny())
    lacking.__dict__["ranking"] = frame
    assert group_view.against_plan(EN, lacking).startswith("It leaves out \N{LEFT DOUBLE QUOTATION MARK}Other application")
    lacking.__dict__["ranking"] = frame.assign(in_plan=True)
    assert group_view.against_plan(EN, lacking).startswith("The plan as it stands holds nothing that all would leave out")
    assert group_view.against_plan(EN, closed()) == ""


def test_who_contradicts_themselves():
    assert group_view.doubts(EN, tiny()) == (
        "Nobody's judgements contradict each other more than is accepted (consistency ratio up to 0.10)."
    )
    said = group_view.doubts(EN, ours())
    assert said.startswith(
        "The judgements of 1 participant contradict each other more than is accepted (consistency ratio above 0.10): Health"
    )
    assert said.count(". Without them ") == 1
    row = next(row for row in group_view.judgements(EN, ours()).rows if row[0].startswith("Health agency"))
    frame = ours().judgement_frame.set_index("participant").loc["dinas-kesehatan"]
    assert row[1:3] == ("pairs (AHP)", f"{frame['consistency_ratio']:.3f}") and float(row[2]) > 0.1
    assert "judged 3.0, the other judgements imply 1/" in row[3]
    calm = next(row for row in group_view.judgements(EN, ours()).rows if row[0].startswith("Finance"))
    assert calm[1:4] == ("100 points", "\N{EN DASH}", "\N{EN DASH}")


def test_a_criterion_that_decides_nothing():
    assert group_view.alike(EN, tiny()) == ""
    single = hear(edge("as it is"), tiny().group)
    assert group_view.alike(EN, single) == "The initiatives do not differ in Cost and Villages reached: its weight decides nothing here."


def test_tables_by_hand():
    made = group_view.in_table(EN, tiny())
    in_plan = {key: EN("yes") if there else EN("no") for key, there in tiny().ranking.set_index("initiative")["in_plan"].items()}
    assert made.rows == (
        ("Equipment for villages", "2 of 3", "3", "1 \N{EN DASH} 3", "no", in_plan["alat-desa"]),
        ("Other application", "1 of 3", "1", "1 \N{EN DASH} 2", "yes", in_plan["lain"]),
        ("Letter application", "0 of 3", "2", "2 \N{EN DASH} 3", "no", in_plan["aplikasi"]),
    )
    assert made.groups == (
        (0, "In under the weights of more than half"), (1, "In under the weights of half or fewer"), (2, "In under nobody's weights"),
    )  # fmt: skip
    assert group_view.spread_table(EN, tiny()).rows[2] == ("Equipment for villages", "3", "1", "1.00", "1.0", "2.00", "3")
    assert group_view.weights(EN, tiny()).rows == (
        ("Cost", "58.3%", "100.0%", "25.0%", "50.0%"),
        ("Villages reached", "41.7%", "0.0%", "75.0%", "50.0%"),
    )


@both_languages
@pytest.mark.parametrize("outcome", [tiny, closed, ours])
def test_the_section_is_whole_and_escaped(outcome, language):
    say = speak(language)
    text = str(section(say, outcome()))
    soup = BeautifulSoup(text, "html.parser")
    assert not re.search(r"\{\w+\}|\bnan\b|\bNone\b", soup.get_text())
    assert len(soup.find_all("svg")) == (0 if outcome is closed else 1)
    for table in soup.find_all("table"):
        assert table.caption.get_text() and "cards" in table["class"]  # nothing scrolls sideways on a phone
        assert all(cell.get_text().strip() for cell in table.find_all(["td", "th"]))
    assert str(section(say, None)) == str(fragments.paragraph(say("The data pack has no focus group.")))


@both_languages
def test_the_drawing_says_what_it_shows_and_is_the_same_twice(language):
    say, made = speak(language), spread_figure(ours(), speak(language))
    label = BeautifulSoup(made.svg, "html.parser").svg["aria-label"]
    assert label.startswith(f"{made.finding}. ") and label.endswith(".")
    for r in ours().ranking.itertuples():
        title = say.title(ours().plan.inputs.rows["initiatives"][r.initiative])
        assert title in label and f">{r.in_for}/{r.participants}<" in made.svg
    assert len(made.data.rows) == len(ours().ranking)
    assert spread_figure(ours(), say).svg == made.svg
    assert spread_figure(closed(), say) is None
