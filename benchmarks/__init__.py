"""Measurements of speed and of known answers against their bars."""
