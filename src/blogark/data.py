"""Facts about the outside world that are kept as JSON beside the modules that go by them."""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def table(name: str) -> Any:
    """What the file `name`.json of this package holds, read once."""
    return json.loads((Path(__file__).parent / f"{name}.json").read_text("utf-8"))
