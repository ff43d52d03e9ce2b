"""Which blogark this is."""

from importlib import metadata


def version() -> str:
    """As it was installed; "0" when it runs from its source."""
    try:
        return metadata.version("blogark")
    except metadata.PackageNotFoundError:
        return "0"
