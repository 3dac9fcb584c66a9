"""What a focus group's weights make of the plan, in words and tables; formats, never computes."""

from __future__ import annotations

from egov_model.analysis.focus_group import ALL, MOST, NONE, POINTS, SOME, Outcome, consistent_only
from egov_model.analysis.weights import ACCEPTABLE_RATIO
from egov_model.report.fragments import Table
from egov_model.report.wording import Say, marked

DASH = "\N{EN DASH}"
VERDICTS = {
    ALL: marked("In under everybody's weights"),
    MOST: marked("In under the weights of more than half"),
    SOME: marked("In under the weights of half or fewer"),
    NONE: marked("In under nobody's weights"),
}


def example(say: Say, outcome: Outcome) -> str:
    """That participants are made up, when one is; else nothing."""
    made_up = sum(row.example for row in outcome.group.participants.values())
    if not made_up:
        return ""
    told = say(
        "EXAMPLE: {n} of the {all} participants below are made up; nobody has judged so. It shows what a focus group would get to see.",
        n=say.number(made_up), all=say.number(len(outcome.weights)),
    )  # fmt: skip
    return told + (" " + say("The scores that people give are made up as well.") if outcome.group.scores else "")


def finding(say: Say, outcome: Outcome) -> str:
    """How many open initiatives are in whoever's weights count, and how many under nobody's."""
    frame = outcome.ranking
    if frame.empty:
        return say("Nothing is left for a focus group to choose: every initiative of this scenario is mandatory or needed by one that is")
    count = frame["verdict"].value_counts()
    return say(
        "Whoever's weights count, {all} of the {n} initiatives that are not mandatory are in and {none} are out; {rest} depend on the "
        "weights",
        all=say.number(int(count.get(ALL, 0))), n=say.number(len(frame)), none=say.number(int(count.get(NONE, 0))),
        rest=say.number(int(count.get(MOST, 0) + count.get(SOME, 0))),
    )  # fmt: skip


def against_plan(say: Say, outcome: Outcome) -> str:
    """Where the plan differs from what everybody, or nobody, would have in; nothing when nothing is open."""
    frame, told = outcome.ranking, []
    if frame.empty:
        return ""
    wanted = frame[(frame["verdict"] == ALL) & ~frame["in_plan"]]["initiative"]
    unwanted = frame[(frame["verdict"] == NONE) & frame["in_plan"]]["initiative"]
    if len(unwanted):
        told.append(
            say("The plan as it stands holds {titles}, which would be in under nobody's weights.", titles=_titles(say, outcome, unwanted))
        )
    if len(wanted):
        told.append(say("It leaves out {titles}, which everybody's weights would have in.", titles=_titles(say, outcome, wanted)))
    return " ".join(told) or say("The plan as it stands holds nothing that all would leave out, and lacks nothing that all would have in.")


def doubts(say: Say, outcome: Outcome) -> str:
    """Who contradicts themselves, and whether what is in under the group's weights would change without them."""
    frame = outcome.judgement_frame
    limit = say.number(ACCEPTABLE_RATIO, 2)
    doubted = frame.loc[~frame["consistent"], "participant"]
    if doubted.empty:
        return say("Nobody's judgements contradict each other more than is accepted (consistency ratio up to {limit}).", limit=limit)
    names = say.listing([say.title(outcome.group.participants[key]) for key in doubted])
    told = say.plural(
        "The judgements of {n} participant contradict each other more than is accepted (consistency ratio above {limit}): {names}.",
        "The judgements of {n} participants contradict each other more than is accepted (consistency ratio above {limit}): {names}.",
        len(doubted), limit=limit, names=names,
    )  # fmt: skip
    rest = consistent_only(outcome)
    if rest is None or outcome.ranking.empty:
        return told
    with_all, without = (set(o.ranking.loc[o.ranking["in_group"], "initiative"]) for o in (outcome, rest))
    if with_all == without:
        return told + " " + say("Without them the group's mean weights would have the same initiatives in.")
    changed = [key for key in outcome.initiatives if (key in with_all) != (key in without)]
    return told + " " + say("Without them it would change for {titles}.", titles=_titles(say, outcome, changed))


def alike(say: Say, outcome: Outcome) -> str:
    """Criteria whose weight decides nothing; nothing when there is none."""
    names = [say.title(outcome.group.criteria[key]) for key in outcome.alike]
    if not names:
        return ""
    return say("The initiatives do not differ in {names}: its weight decides nothing here.", names=say.listing(names))


def in_table(say: Say, outcome: Outcome) -> Table:
    """Every open initiative by how many have it in, best first: its ranks, and whether the group's weights and the plan have it in."""
    rows, groups = [], []
    for verdict, title in VERDICTS.items():
        mine = outcome.ranking[outcome.ranking["verdict"] == verdict]
        groups += [(len(rows), say(title))] if len(mine) else []
        rows += [
            (
                say.title(outcome.plan.inputs.rows["initiatives"][r.initiative]),
                say("{placed} of {all}", placed=say.number(r.in_for), all=say.number(r.participants)), say.number(r.rank),
                say.number(r.rank_min) if r.rank_min == r.rank_max else f"{say.number(r.rank_min)} {DASH} {say.number(r.rank_max)}",
                say("yes") if r.in_group else say("no"), say("yes") if r.in_plan else say("no"),
            )
            for r in mine.itertuples()
        ]  # fmt: skip
    heads = (
        say("Initiative"), say("In for"), say("Rank by the group's weights"), say("Ranks among participants"),
        say("In by the group's weights"), say("In the plan"),
    )  # fmt: skip
    caption = say("What the participants' weights make of the initiatives")
    return Table(caption, heads, tuple(rows), frozenset({1, 2, 3}), cards=True, groups=tuple(groups))


def spread_table(say: Say, outcome: Outcome) -> Table:
    """Numbers of the figure: five ranks of each initiative."""
    rows = tuple(
        (
            say.title(outcome.plan.inputs.rows["initiatives"][r.initiative]), say.number(r.rank),
            *(say.number(v, d) for v, d in ((r.rank_min, 0), (r.rank_q1, 2), (r.rank_median, 1), (r.rank_q3, 2), (r.rank_max, 0))),
        )
        for r in outcome.ranking.itertuples()
    )  # fmt: skip
    heads = (
        say("Initiative"), say("Rank by the group's weights"), say("Best rank"), say("First quarter"), say("Median rank"),
        say("Third quarter"), say("Worst rank"),
    )  # fmt: skip
    return Table(say("Ranks and their spread"), heads, rows, frozenset(range(1, 7)), cards=True)


def weights(say: Say, outcome: Outcome) -> Table:
    """Weight of every criterion: the group's, and each participant's."""
    frame, people = outcome.weight_frame, outcome.group.participants
    rows = tuple(
        (say.title(outcome.group.criteria[r["criterion"]]), *(say.percent(r[key], 1) for key in ("weight", *people)))
        for _, r in frame.iterrows()
    )
    heads = (say("Criterion"), say("Group (mean)"), *(say.title(row) for row in people.values()))
    return Table(say("Weights of the criteria"), heads, rows, frozenset(range(1, len(heads))), cards=True)


def judgements(say: Say, outcome: Outcome) -> Table:
    """How each participant judged, how consistently, and what to look at again."""
    criteria, rows = outcome.group.criteria, []
    for r in outcome.judgement_frame.itertuples():
        how = say("100 points") if r.method == POINTS else say("pairs (AHP)")
        again, ratio = DASH, DASH
        if r.method != POINTS:
            ratio = say.number(r.consistency_ratio, 3)
            if not r.consistent:
                again = say(
                    "{a} against {b}: judged {judged}, the other judgements imply {implied}",
                    a=say.title(criteria[r.criterion_a]), b=say.title(criteria[r.criterion_b]), judged=_times(say, r.judged),
                    implied=_times(say, r.implied),
                )  # fmt: skip
        money = say.rupiah(r.total_idr)
        rows.append((say.title(outcome.group.participants[r.participant]), how, ratio, again, say.number(r.placed), money))
    heads = (
        say("Participant"), say("Judged by"), say("Consistency ratio"), say("To look at again"), say("Initiatives in, of those open"),
        say("Cost of such a plan"),
    )  # fmt: skip
    return Table(say("Participants and how consistent they are"), heads, tuple(rows), frozenset({2, 4, 5}), cards=True)


def _titles(say: Say, outcome: Outcome, keys) -> str:
    rows = outcome.plan.inputs.rows["initiatives"]
    return say.listing([f"\N{LEFT DOUBLE QUOTATION MARK}{say.title(rows[key])}\N{RIGHT DOUBLE QUOTATION MARK}" for key in keys])


def _times(say: Say, ratio: float) -> str:
    """A ratio as it is judged: 3, or 1/3 where it is below 1."""
    return say.number(ratio, 1) if ratio >= 1 else f"1/{say.number(1 / ratio, 1)}"
