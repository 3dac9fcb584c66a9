"""Every key the model's lists can hold has a name in both languages."""

from __future__ import annotations

import typing

import pytest
from plan_samples import edge

from egov_model.inputs.catalogue import TABLES as CATALOGUE
from egov_model.inputs.programme import Initiative
from egov_model.inputs.rules import Account, Role
from egov_model.inputs.staffing import Hiring
from egov_model.model.frames import STATUS_NAMES
from egov_model.report.wording import speak
from egov_model.report.words import ACCOUNT_GROUPS, EMPLOYMENT, EVIDENCE, FORMS, SECTIONS, TABLES, named, why_not_placed


def allowed(record: type, field: str) -> set[str]:
    return set(typing.get_args(record.model_fields[field].annotation))


def test_the_lists_are_those_of_the_records():
    assert set(SECTIONS) == allowed(Initiative, "section")
    assert set(ACCOUNT_GROUPS) == allowed(Account, "group")
    assert set(EMPLOYMENT) == allowed(Role, "employment")
    assert set(FORMS) == allowed(Hiring, "form")
    assert allowed(Role, "evidence") - {""} == set(EVIDENCE)
    assert set(TABLES) == set(CATALOGUE)


@pytest.mark.parametrize("names", [SECTIONS, ACCOUNT_GROUPS, EVIDENCE, EMPLOYMENT, FORMS, TABLES])
def test_every_name_is_said_in_both_languages(names):
    for key, english in names.items():
        assert named(speak("en"), names, key) == english
        assert named(speak("id"), names, key)
    assert len({named(speak("id"), names, key) for key in names}) == len(names)


def test_a_key_of_a_data_pack_stands_as_it_is():
    assert named(speak("id"), SECTIONS, "{baru}") == "{baru}"


@pytest.mark.parametrize("language", ["id", "en"])
def test_each_reason_for_no_place_is_another_sentence_with_its_cause(language):
    plan, say = edge("as it is"), speak(language)
    concerns = {"no_window": "", "no_people": "analis", "no_money": "2028", "no_upkeep": "2028", "waits_for": "alat-desa"}
    assert set(concerns) == set(STATUS_NAMES.values()) - {"placed"}
    told = {status: why_not_placed(say, plan, {"status": status, "concerns": about}) for status, about in concerns.items()}
    assert len(set(told.values())) == len(told)
    assert say.title(plan.inputs.rows["roles"]["analis"]) in told["no_people"]
    assert say.title(plan.inputs.rows["initiatives"]["alat-desa"]) in told["waits_for"]
    assert "2028" in told["no_money"] and "2028" in told["no_upkeep"]
