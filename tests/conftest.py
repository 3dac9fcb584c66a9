"""Rules for the whole suite: numbers that overflow or divide by zero are errors, and on the build server nothing may be skipped."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from egov_model import cli
from egov_model.report import farm, forks


def pytest_configure(config: pytest.Config) -> None:
    sys.modules.setdefault("rfc3987_syntax", None)  # as in report/execute.py: most of a second in every process that reads notebooks
    np.seterr(all="raise")
    settings.register_profile("suite", settings(), deadline=None)  # a busy machine is no fault; else as it is
    settings.load_profile("suite")


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()  # thousands of tests that stay: not looked through again at every collection of garbage


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    return _fail_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector):
    return _fail_if_skipped((yield))


def _fail_if_skipped(report):
    """Under CI=true a test that did not run, or was expected to fail, has failed: a green run then means that everything held."""
    if os.environ.get("CI") == "true" and report.skipped:
        why = getattr(report, "wasxfail", None) or report.longrepr
        report.outcome = "failed"
        report.longrepr = f"skipped or expected to fail, which is not allowed here: {why}"
        if hasattr(report, "wasxfail"):
            del report.wasxfail
    return report


@pytest.fixture(scope="session", autouse=True)
def one_warm_process():
    """Builds inside the tests fork from one process that has imported the stack; tests of builds as processes of their own start theirs."""
    with contextlib.ExitStack() as at_the_end, pytest.MonkeyPatch.context() as patch:
        known: dict[str, object] = {}

        def start(env: Mapping[str, str]) -> forks.Warm | None:
            told = {name: value for name, value in env.items() if name != "PYTEST_CURRENT_TEST"}
            if not known and (root := forks.start(env)) is not None:
                at_the_end.callback(root.close)
                known.update(told=told, root=root)
            same = bool(known) and known["told"] == told  # what is forked lives in the environment of the first
            return known["root"].branch("", "", ()) if same else forks.start(env)

        patch.setattr(farm, "start", start)
        yield


@pytest.fixture
def egov(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """`egov` with these arguments: status, stdout, stderr."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["egov", *map(str, arguments)])
        status = cli.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return status, out, err

    return run
