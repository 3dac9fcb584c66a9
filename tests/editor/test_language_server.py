"""What a YAML editor shows of a scenario file, asked of the language server that editors use. Run by `make editor-check`."""

from __future__ import annotations

from pathlib import Path

import pytest
from language_server import PROGRAM, Server

from egov_model.inputs.chain import KNOWN_KEY
from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_text
from egov_model.inputs.scenario_schema import MODELINE

SCENARIOS = Path(__file__).resolve().parents[2] / "data" / "scenarios"
HEAD = f"""{MODELINE}
title: "Uji"
title_en: "Test"
description: "Uji."
description_en: "Test."
owner: "Diskominfo"
extends: [baseline]
set:
"""


@pytest.fixture(scope="module")
def server():
    assert PROGRAM.is_file(), "the language server is not installed: npm ci --prefix tests/editor"
    made = Server(SCENARIOS)
    yield made
    made.close()


def test_a_misspelt_key_is_underlined_and_refused_with_the_same_words(server):
    text = HEAD + "  settings.ceiling_facto: 0.8\n"
    found = server.open(SCENARIOS / "ejaan.yaml", text)
    assert [(one["range"]["start"]["line"], one["range"]["start"]["character"]) for one in found] == [(8, 2)]
    assert KNOWN_KEY in found[0]["message"]
    with pytest.raises(InputError) as refused:
        load_text("ejaan", text)
    (problem,) = refused.value.problems
    assert (problem.row, problem.field) == (9, "settings.ceiling_facto")
    assert KNOWN_KEY in problem.allowed and "settings.ceiling_factor" in problem.advice


def test_a_value_that_cannot_be_is_underlined(server):
    text = HEAD + "  settings.ceiling_factor: banyak\n  initiatives.ly-portal.earliest: 2028-1-1\n  initiatives.ly-portal.fund: dau\n"
    found = server.open(SCENARIOS / "nilai.yaml", text)
    assert sorted(one["range"]["start"]["line"] for one in found) == [8, 9]
    with pytest.raises(InputError):
        load_text("nilai", text)


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_scenario_of_ours_is_underlined(server, path):
    assert path.read_text(encoding="utf-8").startswith(f"{MODELINE}\n")
    assert server.open(path, path.read_text(encoding="utf-8")) == []


def test_keys_are_completed_and_explained(server):
    path = SCENARIOS / "lengkap.yaml"
    server.open(path, HEAD + "  settings.ceiling_factor: 0.8\n  prices.anta\n")
    offered = server.at("completion", path, 9, 13)
    items = offered["items"] if isinstance(offered, dict) else offered
    assert any("prices.antarmuka" in item["label"] for item in items)
    told = str(server.at("hover", path, 8, 6)["contents"])
    assert "Pengali pagu" in told and "rentang 0.6 sampai 1.3" in told
