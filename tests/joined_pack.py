"""The tiny pack with five applications that exchange data, initiatives that pay for it, and a hub."""

from __future__ import annotations

from pathlib import Path

from tiny_pack import with_changes

from egov_model.inputs.scenario import PlanInputs

APPLICATION = "{{id: {0}, name: {0}, scope: {1}, agency: {2}, function: uji, state: planned, treatment: {3}, size_fp_low: 0, size_fp: {4}, size_fp_high: 900, interfaces: [{5}], initiative: {6}}}"  # noqa: E501
LINE = "{{id: {0}, initiative: {1}, item: {2}, driver: {3}, timing: {4}, every_years: 0, phase: {5}, account: internet, low: {6}, mode: {6}, high: {6}}}"  # noqa: E501
ADDED = "\n".join(
    [
        "add:",
        "  applications:",
        *(
            "    - " + APPLICATION.format(*row)
            for row in (
                ("bus", "regency", "kominfo", "build", "0", "surat, pajak", "alat-desa"),  # the hub itself
                ("pajak", "regency", "kominfo", "replace", "300", "surat, warga, izin", '"internet"'),
                ("izin", "regency", "kec-seberang", "build", "200", "surat, pajak", "aplikasi"),
                ("arsip", "regency", "kominfo", "keep", "0", "", '""'),
            )
        ),
        "  cost_lines:",
        *(
            "    - " + LINE.format(*row)
            for row in (
                ("aplikasi-sambung", "aplikasi", "antarmuka", "linked_connectors", "once", "build", 1),
                ("aplikasi-sambung-pelihara", "aplikasi", "antarmuka", "linked_connectors", "yearly", '""', 0.2),
                ("internet-sambung", "internet", "antarmuka", "linked_connectors", "yearly", '""', 1),
                ("alat-desa-bus", "alat-desa", "barang-ppn", "hub", "once", "build", 1),
                ("alat-desa-bus-jalan", "alat-desa", "langganan", "hub", "yearly", '""', 1),
            )
        ),
    ]
)


def joined(folder: Path, settings: str = "") -> PlanInputs:
    """The pack, with more settings as YAML (`settings.integration: point-to-point`)."""
    return with_changes(folder, f"set: {{{settings}}}\n{ADDED}\n")
