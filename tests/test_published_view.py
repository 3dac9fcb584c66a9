"""Published figures as a table and a sentence: what is printed is what was compared."""

from __future__ import annotations

import pytest
from plan_samples import LANGUAGES, edge, project, says
from tiny_pack import with_changes

from egov_model.analysis.published import compared
from egov_model.model.plan import build_plan
from egov_model.report import published_view
from egov_model.report.wording import speak

both_languages = pytest.mark.parametrize("language", LANGUAGES)


@both_languages
def test_rows_are_the_comparison(language):
    say, plan = speak(language), project()
    view, frame = published_view.published(say, plan), compared(plan)
    assert len(view.rows) == len(frame)
    for cells, r in zip(view.rows, frame.itertuples(), strict=True):
        row = plan.inputs.rows["published"][r.key]
        assert cells[0] == say.title(row)
        assert cells[3] == (str(r.price_year) if r.price_year else "\N{EN DASH}")
        assert cells[4] == say(published_view.VERDICTS[r.verdict])
        assert cells[1] == "\N{EN DASH}" if r.verdict == "absent" else says(cells[1], language, r.ours)
        remark = row.remark_id if language == "id" else row.remark_en
        assert cells[5] == (remark if remark and r.verdict in ("below", "above") else "\N{EN DASH}")


@both_languages
def test_the_sentence_counts_and_names(language):
    say = speak(language)
    text = published_view.finding(say, edge("as it is"))
    titles = [say.title(row) for row in edge("as it is").inputs.rows["published"].values()]
    assert text.startswith("1 ") and " 2 " in text
    assert titles[0] in text and titles[1] not in text  # only what lies outside is named


@both_languages
def test_a_plan_without_any_of_it(language, tmp_path):
    plan = build_plan(with_changes(tmp_path, "drop: {published: [alat-terbit, pengguna-terbit]}"))
    assert published_view.finding(speak(language), plan) == speak(language)(
        "The plan has nothing that can be held against a published unit figure."
    )
    assert published_view.published(speak(language), plan).rows == ()
