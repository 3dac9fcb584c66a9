"""What is said of scenarios is true under the figures of `egov compare --format json`: every number is read back and recomputed."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from comparison_samples import halsel, tiny
from plan_samples import LANGUAGES, read, says

from egov_model.analysis.compare import ANYWAY
from egov_model.analysis.comparison_figures import figures
from egov_model.report import chances_view
from egov_model.report.bridge_view import title
from egov_model.report.comparison_view import answer, brings, costs, dominated, out_of_hundred, paragraph, titles
from egov_model.report.wording import speak

SAMPLES = {"tiny": tiny, "halsel": halsel}
COSTS = (
    "{scenario} is what the others are set against: it costs {money} until {year}.",
    "{scenario} costs {money} until {year}, as much as {base}.",
    "{scenario} costs {money} until {year}, {difference} more than {base}.",
    "{scenario} costs {money} until {year}, {difference} less than {base}.",
)
BRINGS = (
    "It brings {placed} of {all} initiatives, makes {services} digital, connects {villages} and lifts the index to {index}.",
    "It brings {placed} of {all} initiatives, makes {services} digital and connects {villages}.",
)
ENDS = (
    "Nothing new is finished.",
    "Its last work ends in {month}, as in {base}.",
    "Its last work ends in {month}, {weeks} later than in {base}.",
    "Its last work ends in {month}, {weeks} earlier than in {base}.",
    "Its last work ends in {month}.",
)


def rows(made: list[dict], key: str = "scenario") -> dict[str, dict]:
    return {row[key]: row for row in made}


def count(text: str) -> int:
    return int(re.match(r"[\d.,]+", text)[0].replace(".", "").replace(",", ""))


def hundred(text: str, share: float) -> bool:
    """Whether a count of a hundred says this share."""
    if count(re.sub(r"\D*", "", text)) == 1 and not text[0].isdigit():
        return 0 < share < 0.005
    return share * 100 > 99 if not text[0].isdigit() else round(share * 100) == int(text)


CASES = [(sample, n, language) for sample, many in (("tiny", 6), ("halsel", 3)) for n in range(many) for language in LANGUAGES]


@pytest.mark.parametrize(("sample", "n", "language"), CASES)
def test_every_number_of_a_paragraph_is_in_the_figures(sample, n, language):
    found, say = SAMPLES[sample](), speak(language)
    told, plan = json.loads(json.dumps(figures(found))), found.plans[n]
    name, base = plan.inputs.scenario.name, told["base"]
    judged, first = rows(told["criteria"])[name], told["criteria"][0]
    more = rows(told["differences"])[name]
    text = paragraph(say, found, plan)
    v = read(text, language, *COSTS)
    assert v["scenario"] == title(say, plan) and says(v["money"], language, judged["total_idr"])
    assert int(v["year"]) == told["years"][-1]["year"]
    if "difference" in v:
        assert says(v["difference"], language, abs(judged["total_idr"] - first["total_idr"])) and more["total_idr"] != 0
    cheaper = {"id": " lebih murah ", "en": " less than "}[language]
    assert (cheaper in text.split(". ")[0]) == (more["total_idr"] < 0)
    v = read(v["_more"].strip(), language, *BRINGS)
    assert (count(v["placed"]), count(v["all"])) == (judged["initiatives"], rows(told["headlines"])[name]["initiatives"])
    assert (count(v["services"]), count(v["villages"])) == (judged["services"], judged["villages"])
    assert ("index" in v) == (judged["index"] is not None) and ("index" not in v or says(v["index"], language, judged["index"]))
    rest = (v["_more"] or "").strip()
    if name != base:
        v = read(rest, language, *ENDS)
        assert v.get("month") == (say.month(date.fromisoformat(judged["finish"])) if judged["finish"] else None)
        if "weeks" in v:
            assert count(v["weeks"]) == round(abs(more["finish_days"]) / 7) and name != ANYWAY
        rest = (v["_more"] or "").strip()
        steps = next(b for b in told["bridges"] if b["scenario"] == name)["steps"]
        moving = [step for step in steps if step["total_idr"]][:2]
        if moving:
            v = read(rest, language, "What moves its cost most: {steps}.")
            printed = re.findall(r"\(([+\N{MINUS SIGN}]Rp[^)]*)\)", v["steps"])
            assert len(printed) == len(moving)
            for money, step in zip(printed, moving, strict=True):
                assert says(money.removeprefix("+"), language, step["total_idr"])
            rest = (v["_more"] or "").strip()
    if told["chances"]:
        v = read(rest, language, "Of 100 possible courses, 80 end at or below {money}.")
        assert says(v["money"], language, rows(told["chances"]["ranges"])[name]["total_p80_idr"])
        rest = (v["_more"] or "").strip()
        if name != base:
            pair = next(p for p in told["chances"]["pairs"] if (p["scenario"], p["other"]) == (name, base))
            v = read(
                rest, language, "In {cheaper} of 100 it is cheaper than {base}, in {higher} its index is higher.",
                "In {cheaper} of 100 it is cheaper than {base}.",
            )  # fmt: skip
            assert hundred(v["cheaper"], pair["cheaper_share"])
            assert ("higher" in v) == (pair["higher_share"] is not None) and (
                "higher" not in v or hundred(v["higher"], pair["higher_share"])
            )
            rest = (v["_more"] or "").strip()
    worse = [row["by"] for row in told["dominated"] if row["scenario"] == name]
    if worse:
        v = read(rest, language, "At most likely values it is no better than {others} in anything that is compared here.")
        assert v["others"] == say.listing([titles(say, found)[one] for one in worse])
        rest = (v["_more"] or "").strip()
    assert not rest, "nothing is said that was not checked"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sample", SAMPLES)
def test_the_answer_names_the_highest_index_and_counts_who_is_worse(sample, language):
    found, say = SAMPLES[sample](), speak(language)
    told = figures(found)
    known = {row["scenario"]: row["index"] for row in told["criteria"] if row["index"] is not None}
    text = answer(say, found)
    assert text.startswith(say.plural("Of {n} scenario", "Of {n} scenarios", len(told["scenarios"])))
    if known:
        best = max(known, key=lambda name: known[name])
        assert titles(say, found)[best] in text and say.number(known[best], 2) in text
    worse = {row["scenario"] for row in told["dominated"]}
    sentence = say.plural("{n} is no better than another in anything", "{n} are no better than another in anything", len(worse))
    assert (sentence in text) == bool(worse)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_shows_each_scenario_once_in_the_order_given(language):
    found, say = tiny(), speak(language)
    money, gains = costs(say, found), brings(say, found)
    assert [row[0] for row in money.rows] == [row[0] for row in gains.rows] == list(titles(say, found).values())
    worse = set(found.dominated["scenario"])
    for cost, gain, judged in zip(money.rows, gains.rows, figures(found)["criteria"], strict=True):
        assert says(cost[1], language, judged["total_idr"]) and (int(gain[3]), int(gain[4])) == (judged["services"], judged["villages"])
        assert (gain[5] != "\N{EN DASH}") == (judged["scenario"] in worse)
        assert gain[1] == ("\N{EN DASH}" if judged["index"] is None else say.number(judged["index"], 2))
    assert all(say(titles(say, found)[name]) in dominated(say, found) for name in found.dominated["scenario"])


def test_hundreds_are_never_all_or_none_unless_they_are():
    say = speak("en")
    shares = (0, 0.001, 0.004, 0.005, 0.5, 0.994, 0.996, 1)
    assert [out_of_hundred(say, s) for s in shares] == [
        "0",
        "fewer than 1",
        "fewer than 1",
        "fewer than 1",
        "50",
        "99",
        "more than 99",
        "100",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_of_the_draws_say_what_the_figures_say(language):
    found, say = tiny(), speak(language)
    told = json.loads(json.dumps(figures(found)))["chances"]
    for row, r in zip(chances_view.ranges_table(say, found).rows, told["ranges"], strict=True):
        assert all(says(text, language, r[f"total_p{q}_idr"]) for text, q in zip(row[1:5], (10, 50, 80, 90), strict=True))
        assert hundred(row[5], r["plan_held_share"]) and hundred(row[8], r["within_share"])
    for row, r in zip(chances_view.against_base(say, found).rows, told["differences"][1:], strict=True):
        assert all(says(text.removeprefix("+"), language, r[f"total_p{q}_idr"]) for text, q in zip(row[1:4], (10, 50, 90), strict=True))
    assert len(chances_view.regret(say, found).rows) == len(told["regret"])
    best = {row[0]: row for row in chances_view.best(say, found).rows}
    cheapest = max((r for r in told["regret"] if r["criterion"] == "total_idr"), key=lambda r: r["best_share"])
    assert best[say("cost")][1] == titles(say, found)[cheapest["scenario"]] and hundred(best[say("cost")][2], cheapest["best_share"])
    optional = {r["initiative"] for r in told["stability"] if not r["mandatory"]}
    assert len(chances_view.stability(say, found).rows) == len(optional) == 1
    assert ANYWAY not in {r["scenario"] for r in told["regret"]} and ANYWAY in {r["scenario"] for r in told["ranges"]}
