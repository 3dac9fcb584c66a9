"""Names that come from the model's own lists, in reading order, marked for the catalogue."""

from __future__ import annotations

from egov_model.report.wording import Say, marked

SECTIONS = {
    "tata-kelola": marked("Governance"),
    "manajemen": marked("Management"),
    "layanan": marked("Services"),
    "infrastruktur": marked("Infrastructure"),
    "aplikasi": marked("Applications"),
    "keamanan": marked("Security"),
    "audit-tik": marked("ICT audit"),
}
ACCOUNT_GROUPS = {"pegawai": marked("Personnel"), "barang_jasa": marked("Goods and services"), "modal": marked("Capital")}
EVIDENCE = {"high": marked("high"), "medium": marked("medium"), "low": marked("low"), "assumption": marked("assumption")}
EMPLOYMENT = {
    "asn": marked("Civil servant (PNS)"),
    "pppk": marked("Government contract staff (PPPK)"),
    "contract": marked("Service contract"),
}
FORMS = {"asn": marked("CPNS"), "pppk": marked("PPPK"), "pppk-part-time": marked("part-time PPPK")}
TABLES = {
    "settings": marked("Settings of the model"),
    "figures": marked("Published figures of the regency"),
    "legal": marked("Legal bases"),
    "districts": marked("Districts"),
    "villages": marked("Villages"),
    "agencies": marked("Agencies"),
    "applications": marked("Application inventory"),
    "kinds": marked("Kinds of initiative"),
    "phases": marked("Phases and durations"),
    "phase_roles": marked("People per phase"),
    "procurement": marked("Procurement methods"),
    "funds": marked("Sources of funds"),
    "ceilings": marked("Ceilings"),
    "sub_activities": marked("Programme codes"),
    "accounts": marked("Account codes"),
    "roles": marked("Roles and pay"),
    "formations": marked("Posts to be filled"),
    "hiring": marked("How posts are filled: deadlines, lead time, learning"),
    "retraining": marked("Training for another post"),
    "places": marked("Place factors"),
    "escalation": marked("Price growth by class"),
    "vat": marked("VAT rates by year"),
    "prices": marked("Unit prices"),
    "initiatives": marked("Initiatives"),
    "cost_lines": marked("Bill of quantities"),
    "technologies": marked("Links: what they cost and carry"),
    "integration": marked("Integration: what a connector takes"),
    "reach": marked("Sites that each initiative reaches"),
    "norms": marked("Norm times of running operations"),
    "desks": marked("Service desk"),
    "training": marked("Training"),
    "published": marked("Published unit figures"),
    "services": marked("Services and their transactions"),
    "service_values": marked("What a transaction takes, today and digital"),
    "adoption": marked("How fast services are taken up"),
    "benefit_values": marked("Values of travel, time and prices"),
    "index_schemes": marked("Maturity schemes"),
    "index_parts": marked("Maturity: domains and aspects"),
    "indicators": marked("Maturity: indicators"),
    "predicates": marked("Maturity: predicates"),
    "start_levels": marked("Maturity: where the regency stands"),
    "effects": marked("Maturity: what each level asks for"),
    "index_targets": marked("Maturity: targets"),
    "index_history": marked("Maturity: what there was before the plan"),
    "index_known": marked("Maturity: what is known of the regency's own index"),
    "peer_indices": marked("Maturity of other regions"),
    "effort_values": marked("Software effort: published values"),
    "ratings": marked("Software effort: ratings chosen"),
    "reuse": marked("Software effort: share that is new work"),
    "function_counts": marked("Software effort: counted functions"),
    "size_classes": marked("Software effort: size classes"),
    "correlations": marked("Risk: which uncertain inputs go together"),
    "reference_classes": marked("Risk: overruns of real projects"),
    "risks": marked("Risk register"),
    "risk_impacts": marked("Risk register: what each event does"),
    "absorption": marked("How fast budgets are typically spent"),
    "progress": marked("Actuals: money and progress by month"),
    "commitments": marked("Actuals: contracts and other commitments"),
    "dates": marked("Actuals: dates of start and end"),
    "fiscal_years": marked("Calendar of the budget year (APBD)"),
    "holidays": marked("Holidays"),
}

PHASES = {
    "persiapan": marked("Preparation"),
    "pengadaan": marked("Procurement"),
    "penyusunan": marked("Drafting"),
    "penetapan": marked("Enactment"),
    "penerapan": marked("Introduction"),
    "pembangunan": marked("Building"),
    "uji-terima": marked("Acceptance test"),
    "pengiriman": marked("Delivery"),
    "pemasangan": marked("Installation"),
    "konfigurasi": marked("Configuration"),
    "pelatihan": marked("Training sessions"),
    "pelaksanaan": marked("Delivery of the course"),
    "pendampingan": marked("Support on site"),
    "pemeriksaan": marked("Examination"),
    "tindak-lanjut": marked("Follow-up"),
}


def named(say: Say, names: dict[str, str], key: str) -> str:
    """The name of a key in the language; a key a data pack added itself stands as it is."""
    return say(names[key]) if key in names else key


def why_not_placed(say: Say, plan, row) -> str:
    """Why an initiative has no place in the plan, in one sentence."""
    initiatives, roles = plan.inputs.rows["initiatives"], plan.inputs.rows["roles"]
    match row["status"]:
        case "no_window":
            return say("No budget window is long enough for its contract")
        case "no_people":
            return say("Not enough people: {role}", role=say.title(roles[row["concerns"]]))
        case "no_money":
            return say("The ceiling does not cover its contract (from {year})", year=row["concerns"])
        case "no_upkeep":
            return say("The ceiling of {year} does not cover its running costs", year=row["concerns"])
        case _:
            return say("Waits for {initiative}, which has no place", initiative=say.title(initiatives[row["concerns"]]))
