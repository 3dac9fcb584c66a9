"""Where the project and its own data pack are; known without reading anything."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT_DATA = ROOT / "data"
