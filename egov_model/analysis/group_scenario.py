"""The choice of a focus group as a scenario file that a person can read."""

from __future__ import annotations

from egov_model.analysis.focus_group import Outcome
from egov_model.inputs.scenario_text import Head, scenario_text


def group_text(outcome: Outcome) -> str:
    """YAML of a scenario that builds on the plan's own and drops the open initiatives that do not fit under the group's weights.

    Says in title and description that the participants are made up when one is. Raises InputError when the plan's scenario itself adds
    one of those, which another one cannot name.
    """
    group, ranking, base = outcome.group, outcome.ranking, outcome.plan.inputs.scenario
    out = ranking[~ranking["in_group"]]
    kept, people = len(ranking) - len(out), len(outcome.weights)
    mark_id, mark_en = ("CONTOH, peserta rekaan: ", "EXAMPLE, made-up participants: ") if group.example else ("", "")
    head = Head(
        f"{mark_id}Pilihan FGD {group.name} ({base.title})",
        f"{mark_en}Choice of focus group {group.name} ({base.title_en})",
        f"{mark_id}bobot rata-rata {people} peserta; {kept} dari {len(ranking)} inisiatif yang tidak wajib masuk.",
        f"{mark_en}mean weights of {people} participants; {kept} of {len(ranking)} initiatives that are not mandatory are in.",
        f"FGD {group.name}",
    )
    notes = ["Ditulis oleh egov weights. Tidak masuk menurut bobot rata-rata kelompok, dari peringkat terbaik:"]
    notes += [f"- {r.initiative} (peringkat {r.rank}, masuk menurut {r.in_for} dari {r.participants} peserta)" for r in out.itertuples()]
    return scenario_text(outcome.plan.inputs, head, {}, {"initiatives": out["initiative"].tolist()}, notes)
