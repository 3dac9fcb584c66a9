"""How survey forms speak: sheets, heads and drop-downs in one language; the same words are read back."""

from __future__ import annotations

from egov_model.inputs.survey_scope import FormWords
from egov_model.report.wording import Say, marked

SHEETS = {
    "agencies": marked("Agency"),
    "districts": marked("District"),
    "applications": marked("Applications"),
    "services": marked("Services"),
    "service_values": marked("Time per transaction"),
    "cost_lines": marked("Quantities"),
    "norms": marked("Workload"),
}
HEADS = {
    "key": marked("Code"),
    "urusan_all": marked("Government affairs"),
    "name": marked("Name"),
    "short_name": marked("Short name"),
    "district": marked("District of the office"),
    "users": marked("People who work with computers"),
    "ict_staff": marked("ICT staff"),
    "island_group": marked("Island group"),
    "centre": marked("Centre of the district"),
    "population_2023": marked("Population 2023"),
    "electricity_hours": marked("Hours of electricity a day"),
    "puskesmas": marked("Puskesmas"),
    "schools": marked("Schools"),
    "function": marked("What it is for"),
    "scope": marked("Whose application"),
    "state": marked("State"),
    "size_class": marked("Size"),
    "package": marked("Ready-made package"),
    "interfaces": marked("Exchanges data with (codes)"),
    "treatment": marked("Treatment in the plan"),
    "initiative": marked("Initiative"),
    "title": marked("Service"),
    "place_today": marked("Where users go today"),
    "service": marked("Service"),
    "quantity": marked("Quantity"),
    "item": marked("Item"),
    "timing": marked("Payment"),
    "minutes_low": marked("Minutes: low (P10)"),
    "minutes": marked("Minutes: most likely"),
    "minutes_high": marked("Minutes: high (P90)"),
    "low": marked("Low (P10)"),
    "mode": marked("Most likely"),
    "high": marked("High (P90)"),
    "unit": marked("Unit"),
    "basis": marked("Basis of the answer"),
    "remark": marked("Remark"),
    "evidence": marked("Evidence now"),
    "source": marked("Source now"),
}
CHOICES = {
    "scope": {"national": marked("national (of a ministry)"), "regency": marked("own (of the regency)")},
    "state": {
        "running": marked("in use"),
        "partial": marked("partly in use"),
        "idle": marked("there but not used"),
        "manual": marked("done by hand"),
        "planned": marked("not yet there, planned"),
    },
    "package": {"y": marked("yes"), "n": marked("no")},
    "place_today": {
        "none": marked("nowhere: done from afar"),
        "district": marked("office of the district"),
        "capital": marked("office in the capital"),
    },
    "basis": {
        "high": marked("written in a document"),
        "medium": marked("counted from records"),
        "low": marked("estimated by staff"),
    },
}
TREATMENTS = {
    "keep": marked("keep as it is"),
    "integrate": marked("integrate"),
    "replace": marked("replace"),
    "retire": marked("retire"),
    "build": marked("build"),
    "adopt": marked("adopt a national one"),
}
QUANTITIES = {
    "user_minutes_today": marked("Minutes that a user spends, today"),
    "handling_minutes_today": marked("Minutes of staff, today"),
    "trips_today": marked("Trips of a user, today"),
    "digital_today": marked("Share done digitally today (0 to 1)"),
}


def form_words(say: Say) -> FormWords:
    """The words of forms in the voice's language."""
    spoken = {field: {code: say(word) for code, word in words.items()} for field, words in CHOICES.items()}
    return FormWords(
        sheets={table: say(name) for table, name in SHEETS.items()},
        heads={name: say(head) for name, head in HEADS.items()},
        choices=spoken,
        cover=say("Instructions"),
        proposals=say("Not listed yet"),
        inventory=say("List of applications"),
        remarks=say("Refused cells"),
        filler=(say("Filled in by (name)"), say("Position"), say("Date of filling in")),
    )
