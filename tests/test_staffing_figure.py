"""Small multiples of need and supply: a panel for each role, a text for who cannot see it, the numbers behind it."""

from __future__ import annotations

import pytest
from plan_samples import LANGUAGES, edge, project

from egov_model.analysis import staff_mix
from egov_model.report.staffing_figure import finding, need_by_role
from egov_model.report.staffing_view import short_title
from egov_model.report.wording import speak


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_has_a_panel_a_row_and_a_word(language):
    say, plan = speak(language), project()
    drawn = need_by_role(plan, say)
    titles = [short_title(say, role) for role in plan.inputs.rows["roles"].values()]
    assert [row[0] for row in drawn.data.rows] == titles
    label = drawn.svg.split('aria-label="')[1].split('"')[0]
    assert label.startswith(drawn.finding) and all(title in label for title in titles)
    assert all(f">{title}</text>" in drawn.svg for title in titles)
    assert all(f">{say(word)}</text>" in drawn.svg for word in ("Need", "Missing", "Available", "With measures"))
    assert drawn == need_by_role(plan, say)  # the same bytes


def test_the_finding_counts_roles_that_are_short():
    gaps = staff_mix.gaps(project()).max(axis=1)
    worst = project().inputs.rows["roles"][gaps.idxmax()].title_en
    told = finding(speak("en"), project())
    assert told.startswith(f"{int((gaps > 0).sum())} of {len(gaps)} roles") and worst.partition(" (")[0] in told
    assert finding(speak("en"), edge("as it is")) == "Every role has people enough in every month"


def test_one_role_is_one_panel():
    assert need_by_role(edge("short of people"), speak("id")).data.rows[0][0] == "Analis sistem"
