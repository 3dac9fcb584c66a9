"""The sentence on the order says the figures of the comparison."""

from __future__ import annotations

import pytest
from plan_samples import LANGUAGES, edge, project
from tiny_pack import with_changes

from egov_model.analysis.order_gain import OrderGain, order_gain
from egov_model.model.plan import build_plan
from egov_model.report import order_view
from egov_model.report.wording import speak


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_gained_is_said(language):
    plan, say = project("lean"), speak(language)
    gain = order_gain(plan)
    text = order_view.order_finding(say, plan)
    more = gain.placed - gain.placed_by_priority
    assert more > 0 and say.plural("{n} more initiative has a place", "{n} more initiatives have a place", more) in text
    kept = gain.mandatory_out_by_priority - gain.mandatory_out
    assert kept > 0 and say.plural("{n} of them mandatory", "{n} of them mandatory", kept) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_gained_and_nothing_looked_for(language, tmp_path, monkeypatch):
    say = speak(language)
    monkeypatch.setattr(order_view, "order_gain", lambda plan: OrderGain(3, 3, 0, 0, -0.2))
    assert order_view.order_finding(say, edge("as it is")) == say("The order that was looked for is the order of priority, or no better.")
    plan = build_plan(with_changes(tmp_path, "set: {settings.scheduling: priority}"))
    expected = say("Initiatives are placed by their priority alone; no better order was looked for.")
    assert order_view.order_finding(say, plan) == expected
    listed = build_plan(with_changes(tmp_path / "listed", "set: {settings.scheduling: listed}"))
    assert order_view.order_finding(say, listed) == say("Initiatives are placed in the order that the scenario lists.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_gain_is_said_and_only_gains(language, monkeypatch):
    say, plan = speak(language), edge("as it is")
    monkeypatch.setattr(order_view, "order_gain", lambda plan: OrderGain(5, 3, 1, 4, 6.6))
    parts = [
        say.plural("{n} more initiative has a place", "{n} more initiatives have a place", 2),
        say.plural("{n} of them mandatory", "{n} of them mandatory", 3),
        say.plural("work is live {n} week sooner on average", "work is live {n} weeks sooner on average", 7),
    ]
    assert order_view.order_finding(say, plan) == say("Against placing by priority alone: {gains}.", gains=say.listing(parts))
    monkeypatch.setattr(order_view, "order_gain", lambda plan: OrderGain(3, 3, 0, 0, 1.2))
    sooner = say.plural("work is live {n} week sooner on average", "work is live {n} weeks sooner on average", 1)
    assert order_view.order_finding(say, plan) == say("Against placing by priority alone: {gains}.", gains=sooner)
