"""A run that dies as by kill -9."""

import subprocess
import sys
from pathlib import Path

from loopback import Site

_DIES = """import os, sys
from blogark import Options, archive
left = int(sys.argv[3])
def die(event):
    global left
    left -= 1
    if left < 0:
        os._exit(1)
archive(sys.argv[1], sys.argv[2], Options(**eval(sys.argv[4])), die)
"""


def dies(source: Site | Path, folder: Path, after: int, **options: object) -> bool:
    """Whether a run over `source` died after so many events."""
    typed = str(source) if isinstance(source, Path) else source.url
    command = [sys.executable, "-c", _DIES, typed, str(folder), str(after), repr(options)]
    return subprocess.run(command, check=False, timeout=60).returncode == 1
