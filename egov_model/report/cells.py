"""Every budget cell as tidy JSON: numbers as numbers, codes as text, and what each column holds."""

from __future__ import annotations

import json

from egov_model.model.plan import Plan

COLUMNS = {  # of a budget cell: what it holds
    "initiative": "initiative id in initiatives.csv",
    "title_id": "title of the initiative, Bahasa Indonesia",
    "title_en": "title of the initiative, English",
    "section": "section of the master plan",
    "agency": "agency id in agencies.csv",
    "fund": "source of funds",
    "program_code": "programme code valid in the year (text)",
    "kegiatan_code": "kegiatan code valid in the year (text)",
    "sub_kegiatan_code": "sub-kegiatan code valid in the year (text)",
    "sub_kegiatan": "name of the sub-kegiatan",
    "account_code": "account code valid in the year (text)",
    "account": "name of the account",
    "account_group": "pegawai, barang_jasa or modal",
    "item": "what is bought, as cost_lines.csv names it",
    "item_name": "its name",
    "timing": "once, yearly or refresh",
    "line": "cost line id in cost_lines.csv",
    "year": "fiscal year of payment",
    "units": "units of the item bought",
    "amount_idr": "rupiah of the year of payment, VAT and transport included",
    "rka_idr": "the same in whole thousands that add up to each year's total",
}


def cells_json(plan: Plan) -> str:
    """Every budget cell as JSON, one cell a line: numbers as numbers, codes as text, and above them what each column holds."""
    frame = plan.budget
    head = {"scenario": plan.inputs.scenario.name, "inputs": plan.inputs.content_hash, "columns": {c: COLUMNS[c] for c in frame.columns}}
    cells = [json.dumps(row, ensure_ascii=False) for row in frame.to_dict(orient="records")]
    opening = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f'{opening},\n "cells": [\n' + ",\n".join(cells) + "\n]}\n"
