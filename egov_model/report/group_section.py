"""The part of a report that tells what a focus group's weights make of the plan."""

from __future__ import annotations

from egov_model.analysis.focus_group import Outcome
from egov_model.report import fragments, group_figure, group_view
from egov_model.report.folding import shown
from egov_model.report.fragments import Html
from egov_model.report.wording import Say, marked

METHOD = marked(
    "Participants weigh criteria in pairs (AHP: principal eigenvector, random indices of Saaty 1980) or by 100 points; the group's "
    "weights are the mean of theirs. Each criterion is scaled from the worst to the best of the initiatives that are not mandatory. "
    "These are placed in the order of each ranking, after the mandatory ones, while gates, people and ceilings allow; "
    "what does not fit is passed over."
)


def section(say: Say, outcome: Outcome | None) -> Html:
    """That it is an example when it is one, the answer, then weights and consistency; one sentence when there is no group."""
    if outcome is None:
        return fragments.paragraph(say("The data pack has no focus group."))
    warning, drawn = group_view.example(say, outcome), group_figure.spread_figure(outcome, say)
    made = [fragments.paragraph(warning, "ask")] if warning else []
    if drawn is None:
        made.append(fragments.paragraph(group_view.finding(say, outcome) + "."))
    else:
        made.append(fragments.figure(drawn, say("Numbers behind the figure")))
        told = (group_view.against_plan(say, outcome), group_view.alike(say, outcome))
        made += [fragments.paragraph(words) for words in told if words]
        made.append(shown(say, group_view.in_table(say, outcome)))
    made += [shown(say, group_view.weights(say, outcome)), fragments.paragraph(group_view.doubts(say, outcome))]
    return fragments.join([*made, shown(say, group_view.judgements(say, outcome)), fragments.paragraph(say(METHOD), "note")])
