"""The choice of a focus group as a scenario file that a person can read."""

from __future__ import annotations

import json

from egov_model.analysis.focus_group import Outcome


def scenario_text(outcome: Outcome) -> str:
    """YAML of a scenario that builds on the plan's own and drops the open initiatives that do not fit under the group's weights.

    Says in title and description that the participants are made up when one is.
    """
    group, ranking = outcome.group, outcome.ranking
    rows, base = outcome.plan.inputs.rows["initiatives"], outcome.plan.inputs.scenario
    out = ranking[~ranking["in_group"]]
    kept, people = len(ranking) - len(out), len(outcome.weights)
    mark_id, mark_en = ("CONTOH, peserta rekaan: ", "EXAMPLE, made-up participants: ") if group.example else ("", "")
    counts = f"mean weights of {people} participants; {kept} of {len(ranking)} initiatives that are not mandatory are in."
    told = {
        "title": f"{mark_id}Pilihan FGD {group.name} ({base.title})",
        "title_en": f"{mark_en}Choice of focus group {group.name} ({base.title_en})",
        "description": f"{mark_id}bobot rata-rata {people} peserta; {kept} dari {len(ranking)} inisiatif yang tidak wajib masuk.",
        "description_en": mark_en + counts,
        "owner": f"FGD {group.name}",
    }
    lines = ["# Ditulis oleh egov weights. Tidak masuk menurut bobot rata-rata kelompok, dari peringkat terbaik:"]
    lines += [f"# - {r.initiative} (peringkat {r.rank}, masuk menurut {r.in_for} dari {r.participants} peserta)" for r in out.itertuples()]
    lines += [f"{key}: {json.dumps(text, ensure_ascii=False)}" for key, text in told.items()]
    lines.append(f"extends: [{base.name}]")
    if len(out):
        lines += ["drop:", "  initiatives:", *(f"    - {key}  # {' '.join(rows[key].title_id.split())}" for key in out["initiative"])]
    return "\n".join(lines) + "\n"
