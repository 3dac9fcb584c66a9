"""Where the project's own data pack is; known without reading anything."""

from __future__ import annotations

from pathlib import Path

PROJECT_DATA = Path(__file__).resolve().parents[2] / "data"
