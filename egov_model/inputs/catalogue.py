"""The list of tables of a data pack: file, record, key, what refers to what; and gate one for rows of text."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from egov_model.inputs import (
    actuals,
    indices,
    integration,
    inventory,
    links,
    money,
    norms,
    programme,
    published,
    reach,
    reference,
    risks,
    rules,
    services,
    sizing,
    staffing,
    training,
    uncertainty,
)
from egov_model.inputs.errors import Problems, did_you_mean, listed
from egov_model.inputs.priced import PRICED
from egov_model.inputs.record import Record
from egov_model.inputs.tables import Scalar
from egov_model.inputs.values import shown

LAST = ("low", "mode", "high", "unit", "source", "evidence")  # columns that stand last in every file


@dataclass(frozen=True)
class Table:
    """One table of the pack; `key` fields make a row unique, `refers` says which field names rows of which table, `either` of which
    tables one; a field of `keeps` goes on naming a row that a scenario drops; `may_be_empty`: a header alone says that there is
    nothing."""

    name: str
    path: str
    record: type[Record]
    key: tuple[str, ...]
    refers: Mapping[str, str] = field(default_factory=lambda: types.MappingProxyType({}))
    either: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: types.MappingProxyType({}))
    may_be_empty: bool = False
    keeps: Mapping[str, str] = field(default_factory=lambda: types.MappingProxyType({}))

    def references(self) -> tuple[tuple[str, str], ...]:
        """Every (field, table whose rows it may name)."""
        chosen = ((name, target) for name, targets in self.either.items() for target in targets)
        return (*self.refers.items(), *chosen, *self.keeps.items())

    def columns(self) -> dict[str, bool]:
        """Allowed columns in the order of the files (the row's own, its three points, its pedigree), and whether each must be there."""
        fields = self.record.model_fields
        own = [name for name in fields if name not in LAST]
        return {name: fields[name].is_required() for name in (*own, *(name for name in LAST if name in fields))}

    def key_of(self, cells: Mapping[str, object]) -> str:
        """The row's key as one text, parts joined by points."""
        return ".".join(str(cells[name]) for name in self.key)


TABLES: Mapping[str, Table] = types.MappingProxyType(
    {
        t.name: t
        for t in (
            Table("settings", "settings.csv", rules.Setting, ("key",)),
            Table("figures", "figures.csv", inventory.Figure, ("id",)),
            Table("legal", "legal.csv", inventory.LegalBasis, ("id",)),
            Table("districts", "districts.csv", inventory.District, ("code",)),
            Table("villages", "villages.csv", inventory.Village, ("code",), {"district": "districts"}),
            Table("agencies", "agencies.csv", inventory.Agency, ("id",), {"district": "districts"}),
            Table(
                "applications",
                "applications.csv",
                inventory.Application,
                ("id",),
                {"agency": "agencies", "interfaces": "applications", "initiative": "initiatives", "size_class": "size_classes"},
            ),
            Table("kinds", "kinds.csv", programme.Kind, ("id",)),
            Table("phases", "phases.csv", programme.Phase, ("kind", "phase"), {"kind": "kinds"}),
            Table("phase_roles", "phase_roles.csv", programme.PhaseRole, ("kind", "phase", "role"), {"kind": "kinds", "role": "roles"}),
            Table("procurement", "procurement.csv", programme.Procurement, ("id",)),
            Table("funds", "funds.csv", rules.Fund, ("id",)),
            Table("ceilings", "ceilings.csv", rules.Ceiling, ("year", "fund"), {"fund": "funds"}),
            Table("sub_activities", "codes/sub_activities.csv", rules.SubActivity, ("key", "valid_from")),
            Table("accounts", "codes/accounts.csv", rules.Account, ("key", "valid_from")),
            Table("roles", "roles.csv", rules.Role, ("id",), {"contract_item": "prices"}),
            Table("formations", "formations.csv", rules.Formation, ("role", "year"), {"role": "roles"}),
            Table("hiring", "hiring.csv", staffing.Hiring, ("role", "form"), {"role": "roles"}, may_be_empty=True),
            Table(
                "retraining",
                "retraining.csv",
                staffing.Retraining,
                ("from_role", "to_role"),
                {"from_role": "roles", "to_role": "roles", "item": "prices"},
                may_be_empty=True,
            ),
            Table("places", "places.csv", programme.Place, ("place_basis", "zone")),
            Table("escalation", "escalation.csv", money.PriceClass, ("id",)),
            Table("vat", "vat.csv", money.VatRate, ("valid_from",)),
            Table("prices", "prices.csv", programme.Price, ("item",), {"price_class": "escalation"}),
            Table(
                "initiatives",
                "initiatives.csv",
                programme.Initiative,
                ("id",),
                {"owner": "agencies", "kind": "kinds", "fund": "funds", "after": "initiatives"},
            ),
            Table("cost_lines", "cost_lines.csv", programme.CostLine, ("id",), {"initiative": "initiatives"}, {"item": PRICED}),
            Table("technologies", "technologies.csv", links.LinkValue, ("technology", "quantity"), {"price_class": "escalation"}),
            Table("reach", "reach.csv", reach.Reach, ("initiative", "site_kind", "gives"), {"initiative": "initiatives"}),
            Table("norms", "norms.csv", norms.Norm, ("id",), {"role": "roles", "initiative": "initiatives", "contract_line": "cost_lines"}),
            Table("desks", "desks.csv", norms.Desk, ("id",), {"norm": "norms"}),
            Table(
                "training",
                "training.csv",
                training.Training,
                ("id",),
                {"initiative": "initiatives", "item": "prices", "trainer": "roles"},
            ),
            Table("services", "services.csv", services.Service, ("id",), {"owner": "agencies", "initiatives": "initiatives"}),
            Table("service_values", "service_values.csv", services.ServiceValue, ("service", "quantity"), {"service": "services"}),
            Table("adoption", "adoption.csv", services.AdoptionValue, ("adoption", "parameter")),
            Table("benefit_values", "benefit_values.csv", services.BenefitValue, ("subject", "quantity")),
            Table("integration", "integration.csv", integration.IntegrationValue, ("parameter",)),
            Table(
                "published",
                "published.csv",
                published.PublishedFigure,
                ("id",),
                {"initiatives": "initiatives", "roles": "roles"},
                {"items": PRICED},
            ),
            Table("index_schemes", "indices/schemes.csv", indices.IndexScheme, ("id",)),
            Table("index_parts", "indices/parts.csv", indices.IndexPart, ("scheme", "code"), {"scheme": "index_schemes"}),
            Table("indicators", "indices/indicators.csv", indices.Indicator, ("scheme", "code"), {"scheme": "index_schemes"}),
            Table("predicates", "indices/predicates.csv", indices.Predicate, ("scheme", "id"), {"scheme": "index_schemes"}),
            Table(
                "start_levels", "indices/start_levels.csv", indices.StartLevel, ("scheme", "indicator", "year"), {"scheme": "index_schemes"}
            ),
            Table(
                "effects",
                "indices/effects.csv",
                indices.Effect,
                ("id",),
                {"scheme": "index_schemes"},
                keeps={"initiatives": "initiatives"},
            ),
            Table("index_targets", "indices/targets.csv", indices.IndexTarget, ("scheme", "year"), {"scheme": "index_schemes"}),
            Table(
                "index_history", "indices/history.csv", indices.PastEvent, ("initiative",), {"initiative": "initiatives"}, may_be_empty=True
            ),
            Table(
                "index_known", "indices/known.csv", indices.KnownIndex, ("scheme", "year"), {"scheme": "index_schemes"}, may_be_empty=True
            ),
            Table("peer_indices", "indices/peers.csv", indices.PeerIndex, ("region", "year")),
            Table("effort_values", "effort/cocomo2.csv", sizing.EffortValue, ("kind", "parameter", "rating")),
            Table("ratings", "effort/ratings.csv", sizing.ChosenRating, ("name",)),
            Table("reuse", "effort/reuse.csv", sizing.Reuse, ("treatment", "parameter")),
            Table(
                "function_counts",
                "effort/function_counts.csv",
                sizing.FunctionCount,
                ("application", "type", "complexity"),
                {"application": "applications"},
            ),
            Table("size_classes", "effort/size_classes.csv", sizing.SizeClass, ("id",)),
            Table("correlations", "correlations.csv", uncertainty.Correlation, ("group", "other"), may_be_empty=True),
            Table("reference_classes", "reference_classes.csv", reference.ReferenceClass, ("id",), {"kinds": "kinds"}, may_be_empty=True),
            Table(
                "risks",
                "risks.csv",
                risks.Risk,
                ("id",),
                {"owner": "agencies", "kinds": "kinds", "response_fund": "funds"},
                may_be_empty=True,
                keeps={"initiatives": "initiatives"},
            ),
            Table("risk_impacts", "risk_impacts.csv", risks.RiskImpact, ("id",), {"risk": "risks"}, may_be_empty=True),
            Table("absorption", "absorption.csv", actuals.Absorption, ("quarter",)),
            Table(
                "progress",
                "actuals/progress.csv",
                actuals.Progress,
                ("month", "initiative"),
                may_be_empty=True,
                keeps={"initiative": "initiatives"},
            ),
            Table(
                "commitments",
                "actuals/commitments.csv",
                actuals.Commitment,
                ("id",),
                may_be_empty=True,
                keeps={"initiative": "initiatives"},
            ),
            Table(
                "dates",
                "actuals/dates.csv",
                actuals.ActualDates,
                ("initiative",),
                may_be_empty=True,
                keeps={"initiative": "initiatives"},
            ),
            Table("fiscal_years", "calendar.yaml", rules.FiscalYear, ("year",)),
            Table("holidays", "calendar.yaml", rules.Holiday, ("name",)),
        )
    }
)


def make_record(
    kind: type[Record], cells: Mapping[str, object], file: str, row: int, problems: Problems, *, whole: str = ""
) -> Record | None:
    """Gate one: the record made from cells, or None after noting every problem (`whole`: what to call the row as a whole)."""
    try:
        return kind.model_validate(dict(cells))
    except ValidationError as error:
        for issue in error.errors():
            name = str(issue["loc"][0]) if issue["loc"] else ""
            value = cells.get(name, "")
            line = value.line if isinstance(value, Scalar) and value.line else row
            allowed, advice = _allowed(issue, kind)
            if issue["type"] == "missing":
                problems.add(file, row, name, found="nothing", allowed="a value")
            elif issue["type"] == "extra_forbidden":
                known = list(kind.model_fields)
                problems.add(file, line, name, found="an unknown key", allowed=listed(known, 30), advice=did_you_mean(name, known))
            elif name:
                found = f"{issue['ctx']['actual_length']:,} letters" if issue["type"] == "too_long" else shown(value)
                problems.add(file, line, name, found=found, allowed=allowed, advice=advice)
            else:
                problems.add(file, row, whole, advice=allowed)
        return None


def _allowed(issue: Mapping[str, object], kind: type[Record]) -> tuple[str, str]:
    """What would have been allowed, and the nearest allowed word."""
    context = issue.get("ctx") or {}
    match issue["type"]:
        case "value_error":
            return str(issue["msg"]).removeprefix("Value error, "), ""
        case "literal_error":
            words = [w for w in re.findall(r"'([^']*)'", str(context["expected"])) if w]
            return " | ".join(words), did_you_mean(str(issue["input"]), words)
        case "greater_than_equal":
            return f"{context['ge']:g} or more", ""
        case "less_than_equal":
            return f"{context['le']:g} or less", ""
        case "string_too_short" | "too_short":
            return "some text", ""
        case "too_long":
            return f"{context['max_length']:,} letters or less", "shorten it"
        case _:
            return str(issue["msg"]), ""
