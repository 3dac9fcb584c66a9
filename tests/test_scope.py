"""What each scope keeps of the tiny regency's three initiatives."""

from __future__ import annotations

import pytest
from tiny_pack import with_changes

from egov_model.model.scope import in_scope


@pytest.mark.parametrize(
    ("scope", "status", "expected"),
    [
        ("all", "new", ("internet", "alat-desa", "aplikasi")),
        ("mandatory", "new", ("internet", "alat-desa")),
        ("mandatory", "running", ("internet", "alat-desa", "aplikasi")),  # what runs is kept although nothing demands it
        ("running", "new", ("internet",)),
        ("running", "running", ("internet", "aplikasi")),
    ],
)
def test_scope(tmp_path, scope, status, expected):
    changes = f"set: {{settings.scope.value: {scope}, initiatives.aplikasi.budget_status: {status}}}"
    assert in_scope(with_changes(tmp_path, changes)) == expected
