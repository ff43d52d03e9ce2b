"""Elements: small functions from foreign markup to canonical HTML, found by being here."""
