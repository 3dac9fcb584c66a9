"""Every number a sentence prints is computed here once more, from the plan's frames, and compared."""

from __future__ import annotations

import pytest
from plan_samples import EDGES, LANGUAGES, PROJECT, edge, plan_of, project, quantity, read, says

from egov_model.inputs.priced import priced_items
from egov_model.inputs.scenario import ANYWAY
from egov_model.model.plan import Plan
from egov_model.report import findings
from egov_model.report.wording import speak
from egov_model.report.words import SECTIONS

every_plan = pytest.mark.parametrize("name", [*EDGES, *PROJECT])
both_languages = pytest.mark.parametrize("language", LANGUAGES)
NOTHING = "Nothing is spent in this scenario"


def paid(plan: Plan) -> int:
    return sum(plan.budget["amount_idr"].tolist())


def running(plan: Plan) -> int:
    keys = {i.id for i in plan.inputs.rows["initiatives"].values() if i.budget_status == "running"}
    return sum(a for key, a in zip(plan.budget["initiative"], plan.budget["amount_idr"].tolist(), strict=True) if key in keys)


def finishes(plan: Plan) -> list:
    return sorted(r["finish"] for r in plan.initiatives.to_dict("records") if r["status"] == "placed" and r["works"])


def placed(plan: Plan) -> int:
    return plan.initiatives["status"].tolist().count("placed")


def planned_posts(plan: Plan) -> list[tuple[int, int]]:
    """(year of arrival, people) of the formations that arrive within the plan."""
    delay = plan.inputs.settings.hiring_delay_years
    rows = [(f.year + delay, f.hires) for f in plan.inputs.rows["formations"].values() if f.hires]
    return [(year, hires) for year, hires in rows if year <= plan.timeline.years[-1]]


def gaps_by_role(plan: Plan) -> dict[str, float]:
    made: dict[str, float] = {}
    for r in plan.staffing.to_dict("records"):
        made[r["role"]] = max(made.get(r["role"], 0.0), r["need_fte"] - r["available_fte"])
    return made


def by_month(plan: Plan, column: str) -> dict[str, float]:
    made: dict[str, float] = {}
    for r in plan.staffing.to_dict("records"):
        made[r["month"]] = made.get(r["month"], 0.0) + r[column]
    return made


@every_plan
@both_languages
def test_answer(name, language):
    plan, say = plan_of(name), speak(language)
    found = read(
        findings.answer(say, plan), language,
        "{total} over {span}: none of the {all} initiatives fits",
        "{total} over {span}, only for what runs already: nothing new is finished",
        "{total} over {span}: {placed} of {all} initiatives are reached, the last in {month}; {rest} do not fit",
        "{total} over {span}: all {all} initiatives are reached, the last in {month}",
    )  # fmt: skip
    everything = len(plan.initiatives)
    assert says(found["total"], language, paid(plan))
    assert found["span"].split()[0] == str(len(plan.timeline.years))
    assert ("month" in found) == bool(finishes(plan))
    if "all" in found:
        assert says(found["all"], language, everything)
    if "month" in found:
        assert found["month"] == say.month(finishes(plan)[-1])
        assert ("rest" in found) == (placed(plan) < everything)
    if "rest" in found:
        assert says(found["placed"], language, placed(plan)) and says(found["rest"], language, everything - placed(plan))


@every_plan
@both_languages
def test_budget(name, language):
    plan = plan_of(name)
    form = "At most likely values the ceilings hold in every year; {year} is the tightest, with {left} ({share}) left"
    found = read(findings.budget_finding(speak(language), plan), language, form)
    rows = plan.ceilings.to_dict("records")
    assert all(r["left_idr"] >= 0 for r in rows), "the sentence says that every ceiling holds"
    left = {y: sum(r["left_idr"] for r in rows if r["year"] == y) for y in plan.timeline.years}
    ceiling = sum(r["ceiling_idr"] for r in rows if str(r["year"]) == found["year"])
    assert left[int(found["year"])] == min(left.values())
    assert says(found["left"], language, min(left.values()))
    assert says(found["share"], language, min(left.values()) / ceiling if ceiling else 0)


@every_plan
@both_languages
def test_curve(name, language):
    plan = plan_of(name)
    text = findings.curve_finding(speak(language), plan)
    if not paid(plan):
        assert text == speak(language)(NOTHING)
        return
    found = read(text, language, "The plan uses {share} of the ceilings; {part} of its money is paid by the end of {year}")
    until = sum(plan.budget.loc[plan.budget["year"] <= int(found["year"]), "amount_idr"].tolist())
    assert says(found["share"], language, paid(plan) / sum(plan.ceilings["ceiling_idr"].tolist()))
    assert says(found["part"], language, until / paid(plan))


@every_plan
@both_languages
def test_drivers(name, language):
    plan, sums = plan_of(name), {}
    for item, amount in zip(plan.budget["item"], plan.budget["amount_idr"].tolist(), strict=True):
        sums[item] = sums.get(item, 0) + amount
    dearest = sorted(sums.values(), reverse=True)
    text = findings.drivers_finding(speak(language), plan)
    if not sums:
        assert text == speak(language)(NOTHING)
        return
    form = "The {n} dearest items make up {share} of the cost; the dearest is {item}"
    found = read(text, language, form if len(sums) > 1 else "All of the money buys {item}")
    names = {priced_items(plan.inputs.rows)[item].name for item, amount in sums.items() if amount == dearest[0]}
    assert found["item"] in names
    if len(sums) > 1:
        assert found["n"] == str(min(3, len(sums)))
        assert says(found["share"], language, sum(dearest[:3]) / sum(dearest))


@every_plan
@both_languages
def test_staffing(name, language):
    plan, say = plan_of(name), speak(language)
    need, gap = by_month(plan, "need_fte"), by_month(plan, "gap_fte")
    text = findings.staffing_finding(say, plan)
    if not max(need.values()):
        assert text == say("Nobody is needed in this scenario")
        return
    found = read(
        text, language,
        "The busiest month is {month} with {need} FTE; nobody is missing",
        "The busiest month is {month} with {need} FTE; up to {gap} FTE are missing at one time",
    )  # fmt: skip
    busiest = [m for m in need if need[m] > max(need.values()) - 1e-9]
    assert found["month"] in [say.month(plan.timeline.start.replace(year=int(m[:4]), month=int(m[5:]))) for m in busiest]
    assert says(found["need"], language, round(max(need.values()), 2))
    assert ("gap" in found) == (max(gaps_by_role(plan).values()) > 0.05)
    if "gap" in found:
        assert says(found["gap"], language, round(max(gap.values()), 2))
        assert quantity(found["gap"], language)[0] > 0


@every_plan
@both_languages
def test_scarcest_role(name, language):
    plan, say, gaps = plan_of(name), speak(language), gaps_by_role(plan_of(name))
    found = read(
        findings.scarcest_role(say, plan), language,
        "The scarcest role is {role}: {gap} FTE short at its worst.",
        "No role is short of people for running what is live.",
    )  # fmt: skip
    assert ("role" in found) == (max(gaps.values()) > 0.05)
    if "role" in found:
        worst = max(gaps, key=lambda key: gaps[key])
        assert found["role"] == say.title(plan.inputs.rows["roles"][worst])
        assert says(found["gap"], language, round(gaps[worst], 9))
    waited = sum(plan.initiatives["waited_people"].tolist())
    form = "Initiatives wait {n} weeks in all because people are busy elsewhere."
    if language == "id" or waited == 1:
        form = form.replace("weeks", "week")
    told = read(found["_more"].strip(), language, "No initiative waits for people.", form)
    assert says(told.get("n") or "0", language, waited)


@every_plan
@both_languages
def test_schedule(name, language):
    plan, say, done = plan_of(name), speak(language), finishes(plan_of(name))
    form = "Half of the {n} initiatives with work are finished by {half}, the last by {end}"
    found = read(findings.whole_schedule(say, plan), language, form, "Nothing new is scheduled")
    assert ("n" in found) == bool(done)
    if done:
        assert (found["n"], found["end"]) == (str(len(done)), say.month(done[-1]))
        half = next(d for d in done if say.month(d) == found["half"])
        assert sum((d.year, d.month) <= (half.year, half.month) for d in done) * 2 >= len(done)
        assert sum((d.year, d.month) < (half.year, half.month) for d in done) * 2 < len(done)


@pytest.mark.parametrize("name", ["as it is", "new work does not fit", *PROJECT])
@both_languages
def test_schedule_of_a_section(name, language):
    plan, say = plan_of(name), speak(language)
    for section, title in SECTIONS.items():
        rows = [r for r in plan.initiatives.to_dict("records") if r["section"] == section]
        done, missing = [r["finish"] for r in rows if r["works"]], sum(r["status"] != "placed" for r in rows)
        if done:
            text, _, more = findings.schedule_finding(say, plan, section).partition(";")
            form = "{section}: {n} initiative finished by {month}"
            found = read(text, language, form if len(done) == 1 or language == "id" else form.replace("initiative ", "initiatives "))
            assert (found["section"], found["n"], found["month"]) == (say(title), str(len(done)), say.month(max(done)))
            assert [int(word) for word in more.split() if word.isdigit()] == ([missing] if missing else [])


@every_plan
@both_languages
def test_waiting(name, language):
    plan, say = plan_of(name), speak(language)
    causes = {"waited_gate": say("the budget gate"), "waited_people": say("people"), "waited_money": say("the ceiling")}
    weeks = {column: sum(plan.initiatives[column].tolist()) for column in causes}
    found = read(
        findings.waiting(say, plan), language,
        "No work waits for the budget gate, for people or for the ceiling.",
        "Added up over all initiatives, work waits {parts}.",
    )  # fmt: skip
    parts = (found.get("parts") or "").replace(" dan ", ", ").replace(" and ", ", ")
    told = [part for part in parts.split(", ") if part]
    held = {column: n for column, n in weeks.items() if n}
    assert len(told) == len(held)
    for part, (column, n) in zip(told, held.items(), strict=True):
        assert part.split()[0] == say.number(n) and causes[column] in part
    if len(held) > 1:
        worst = read(found["_more"].strip(), language, "Most of it is for {worst}.")["worst"]
        assert weeks[next(c for c, cause in causes.items() if cause == worst)] == max(weeks.values())


@both_languages
@pytest.mark.parametrize(
    ("name", "dates"),
    [("as it is", ["2026-05-01"]), ("late", ["2026-12-31", "2026-06-30", "2027-10-01"]), ("late and no revision", ["2026-12-31"])],
)
def test_first_year_gate(language, name, dates):
    plan, say = plan_of(name), speak(language)
    text = findings.first_year_gate(say, plan)
    known = {str(d): say.day(d) for d in (plan.inputs.settings.adopted_on,)}
    row = next(f for f in plan.inputs.rows["fiscal_years"].values() if f.year == 2027)
    known |= {str(d): say.day(d) for d in (row.rkpd_cut_off, row.revised_budget)}
    assert [day for day in known if known[day] in text] == dates
    assert "2027" in text


@both_languages
def test_without_the_plan(language):
    say, plan, other = speak(language), project(), project(ANYWAY)
    form = (
        "Without the plan {cost} is still spent over the same years on what runs already, and {missing} of {all} initiatives never happen."
    )
    found = read(findings.without_plan(say, plan, other), language, form)
    happens = {r["initiative"] for r in other.initiatives.to_dict("records") if r["status"] == "placed"}
    assert says(found["cost"], language, paid(other))
    assert says(found["missing"], language, len([key for key in plan.initiatives["initiative"] if key not in happens]))
    assert says(found["all"], language, len(plan.initiatives))
    more = read(found["_more"].strip(), language, "The plan costs {more} more.")["more"]
    assert says(more, language, paid(plan) - paid(other))
    less = read(findings.without_plan(say, edge("as it is"), other), language, form)["_more"]
    assert say.money(paid(other) - paid(edge("as it is"))) in less and "\N{MINUS SIGN}" not in less
    assert findings.without_plan(say, other, other) == say("This scenario is itself what happens without the plan.")


@both_languages
def test_personnel_share(language):
    say, plan = speak(language), project()
    rows = plan.inputs.rows["figures"]
    form = (
        "Personnel takes {share} of the regency's {year} budget; the limit of Law 1/2022 is {limit}. Own staff in this plan are "
        "people already paid or posts inside the national formation, so they press on that share."
    )
    found = read(findings.personnel_share(say, plan), language, form)
    assert says(found["share"], language, rows["apbd-2026-belanja-pegawai"].amount / rows["apbd-2026-belanja"].amount)
    assert (found["year"], says(found["limit"], language, plan.inputs.settings.personnel_limit_share)) == ("2026", True)
    unknown = "The share of personnel in the regency's spending is not in the data; the limit is {limit}."
    assert says(read(findings.personnel_share(say, edge("as it is")), language, unknown)["limit"], language, 0.3)


@every_plan
@both_languages
def test_evidence(name, language):
    plan, prices = plan_of(name), priced_items(plan_of(name).inputs.rows)
    text = findings.evidence(speak(language), plan)
    if not paid(plan):
        assert text == speak(language)(NOTHING)
        return
    found = read(text, language, "{share} of the cost rests on prices that are assumptions, {known} on prices with a source")
    rows = zip(plan.budget["item"], plan.budget["amount_idr"].tolist(), strict=True)
    assumed = sum(amount for item, amount in rows if prices[item].evidence == "assumption")
    assert says(found["share"], language, assumed / paid(plan))
    assert quantity(found["share"], language)[0] + quantity(found["known"], language)[0] == 1
