"""Layouts: how a file looks and where it lies, one module each, found by being here."""
