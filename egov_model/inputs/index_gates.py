"""What must hold between the rows of maturity indices: weights that add up, levels on the scale, names that exist, years apart."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from egov_model.inputs.errors import Problems, did_you_mean, listed
from egov_model.inputs.indices import WHOLE_PCT
from egov_model.inputs.record import Record
from egov_model.inputs.values import shown

Rows = Mapping[str, Mapping[str, Record]]
Place = Callable[[str, str], tuple[str, int]]
OF_SCHEMES = ("index_schemes", "index_parts", "indicators")
HELD = ("start_levels", "effects")  # tables that name an indicator


def check_indices(rows: Rows, place: Place, problems: Problems, lost: Mapping[str, Collection[str]], dropped: Collection[str] = ()) -> None:
    """Note every problem; `dropped` initiatives may still be named: what asks for one can then not be met."""
    if any(lost.get(table) for table in OF_SCHEMES):
        return
    _years(rows, place, problems)
    _setting(rows, place, problems, lost)
    for scheme in rows["index_schemes"]:
        _weights(rows, scheme, place, problems)
    _levels(rows, place, problems)
    if not lost.get("start_levels"):
        _starts(rows, place, problems)
    if not lost.get("predicates"):
        _predicates(rows, place, problems)
    if "" not in lost.get("initiatives", ()):
        _initiatives(rows, {*rows["initiatives"], *lost.get("initiatives", ()), *dropped}, place, problems)


def _years(rows: Rows, place: Place, problems: Problems) -> None:
    schemes = sorted(rows["index_schemes"].values(), key=lambda s: s.valid_from)
    for before, after in zip(schemes, schemes[1:], strict=False):
        if after.valid_from <= before.valid_to:
            file, number = place("index_schemes", after.id)
            found = f"{after.valid_from}, when {before.id} is valid until {before.valid_to}"
            problems.add(file, number, "valid_from", found=found, allowed="years of one scheme at a time")


def _setting(rows: Rows, place: Place, problems: Problems, lost: Mapping[str, Collection[str]]) -> None:
    setting = rows["settings"].get("index_scheme")
    if setting is None or lost.get("settings") or not setting.value or setting.value in rows["index_schemes"]:
        return
    file, number = place("settings", "index_scheme")
    field = "value" if file.endswith(".csv") else "settings.index_scheme"
    near = did_you_mean(setting.value, rows["index_schemes"])
    problems.add(file, number, field, found=shown(setting.value), allowed=f"empty, or {listed(rows['index_schemes'])}", advice=near)


def _weights(rows: Rows, scheme: str, place: Place, problems: Problems) -> None:
    """The whole is 100 at the top and among the indicators; what stands in a part adds to the part's weight."""
    parts = {p.code: p for p in rows["index_parts"].values() if p.scheme == scheme}
    inside: dict[str, list[float]] = defaultdict(list)
    for key, part in ((k, p) for k, p in rows["index_parts"].items() if p.scheme == scheme):
        if part.within and (part.within not in parts or part.within == part.code):
            _unknown("index_parts", key, "within", part.within, [c for c in parts if c != part.code], place, problems)
        ring = [part.code]
        while ring[-1] in parts and parts[ring[-1]].within and ring.count(part.code) < 2 and len(ring) <= len(parts):
            ring.append(parts[ring[-1]].within)
        if ring.count(part.code) == 2:
            file, number = place("index_parts", key)
            problems.add(file, number, "within", found=f"a ring: {' -> '.join(ring)}", allowed="parts that stand in each other one way")
        inside[part.within].append(part.weight_pct)
    for key, indicator in ((k, i) for k, i in rows["indicators"].items() if i.scheme == scheme):
        if indicator.part not in parts:
            _unknown("indicators", key, "part", indicator.part, parts, place, problems)
        inside[indicator.part].append(indicator.weight_pct)
    everything = [i.weight_pct for i in rows["indicators"].values() if i.scheme == scheme]
    sums = [(place("index_parts", "")[0], 0, "top parts", inside[""], WHOLE_PCT)]
    sums.append((place("indicators", "")[0], 0, "indicators", everything, WHOLE_PCT))
    sums += [(*place("index_parts", f"{scheme}.{code}"), code, inside[code], part.weight_pct) for code, part in parts.items()]
    for file, number, what, weights, whole in sums:
        total = round(math.fsum(weights), 6)
        if total != round(whole, 6):
            found = f"weights that add to {total:g} in {what} of {scheme}"
            problems.add(file, number, "weight_pct", found=found, allowed=f"{whole:g}")


def _levels(rows: Rows, place: Place, problems: Problems) -> None:
    """Indicators that exist, and levels and indices on the scale of their scheme."""
    for table in HELD:
        for key, row in rows[table].items():
            scheme = rows["index_schemes"].get(row.scheme)
            indicator = rows["indicators"].get(f"{row.scheme}.{row.indicator}")
            if scheme is None:
                continue  # noted with every other name that is not there
            if indicator is None:
                known = [i.code for i in rows["indicators"].values() if i.scheme == row.scheme]
                _unknown(table, key, "indicator", row.indicator, known, place, problems)
                continue
            if table == "effects" and indicator.scored_by:
                file, number = place(table, key)
                found = f"{row.indicator!r}, which {indicator.scored_by} scores"
                problems.add(file, number, "indicator", found=found, allowed="an indicator that local work can move")
            first = scheme.scale_low + (table == "effects")  # the lowest level asks for nothing
            for field in ("level",) if table == "effects" else ("low", "mode", "high"):
                value = getattr(row, field)
                if not first <= value <= scheme.scale_high or (not indicator.scored_by and value != int(value)):
                    file, number = place(table, key)
                    whole = "" if indicator.scored_by else "a whole level "
                    problems.add(file, number, field, found=f"{value:g}", allowed=f"{whole}from {first} to {scheme.scale_high}")
    for table, low, high in (("index_targets", "low", "high"), ("index_known", "index_low", "index_high")):
        for key, row in rows[table].items():
            scheme = rows["index_schemes"].get(row.scheme)
            ends = getattr(row, low), getattr(row, high)
            if scheme is not None and not scheme.scale_low <= ends[0] <= ends[1] <= scheme.scale_high:
                file, number = place(table, key)
                found = f"{ends[0]:g} to {ends[1]:g}"
                problems.add(
                    file, number, f"{low}, {high}", found=found, allowed=f"an index from {scheme.scale_low} to {scheme.scale_high}"
                )


def _starts(rows: Rows, place: Place, problems: Problems) -> None:
    started = {f"{s.scheme}.{s.indicator}" for s in rows["start_levels"].values()}
    bare = [key for key in rows["indicators"] if key not in started]
    if bare:
        problems.add(place("start_levels", "")[0], found=f"no row for {listed(bare, 8)}", allowed="a row for each indicator")


def _predicates(rows: Rows, place: Place, problems: Problems) -> None:
    for scheme in rows["index_schemes"].values():
        cuts = sorted(p.index_from for p in rows["predicates"].values() if p.scheme == scheme.id)
        if not cuts or cuts[0] != scheme.scale_low or cuts[-1] > scheme.scale_high or len({*cuts}) < len(cuts):
            found = f"predicates of {scheme.id} from {', '.join(f'{c:g}' for c in cuts) or 'nowhere'}"
            allowed = f"different ones, the first from {scheme.scale_low}, the last not above {scheme.scale_high}"
            problems.add(place("predicates", "")[0], field="index_from", found=found, allowed=allowed)


def _initiatives(rows: Rows, known: Collection[str], place: Place, problems: Problems) -> None:
    for key, effect in rows["effects"].items():
        for name in effect.initiatives:
            if name not in known:
                _unknown("effects", key, "initiatives", name, known, place, problems, "the id of a row in initiatives.csv")


def _unknown(
    table: str, key: str, field: str, name: str, known: Collection[str], place: Place, problems: Problems, allowed: str = ""
) -> None:
    file, number = place(table, key)
    problems.add(file, number, field, found=shown(name), allowed=allowed or listed(known, 60), advice=did_you_mean(name, known))
