"""Platforms: one module each, found by being here."""
