"""README tells the truth: its commands and its code print what it shows."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from blogark import known

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.S)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what README's commands find in a checkout."""
    shutil.copytree(ROOT / "fixtures", tmp_path / "fixtures")
    return tmp_path


def test_the_run_that_opens_it(checkout: Path) -> None:
    (console,) = (text for kind, text in BLOCKS if kind == "console")
    printed = ""
    for line in re.findall(r"^\$ (.+)$", console, re.M):
        command = line.replace("blogark ", f"{sys.executable} -m blogark ", 1) if line.startswith("blogark ") else line
        done = subprocess.run(command.split(), cwd=checkout, capture_output=True, text=True, timeout=60, check=True)
        printed += f"$ {line}\n{done.stdout}"
    assert re.sub(r"· \d+ s\n", "· 1 s\n", printed) == console


def test_the_code(checkout: Path) -> None:
    position = next(n for n, (kind, _) in enumerate(BLOCKS) if kind == "python")
    (_, code), (_, shown) = BLOCKS[position : position + 2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == shown


def test_the_commands_use_what_is_here() -> None:
    commands = [text for kind, text in BLOCKS if kind == "sh"]
    assert len(commands) == 2 and all(command.startswith("python3 -m venv .venv && ") for command in commands)
    assert commands[1].strip().endswith("pytest") and "[test]" in commands[1]
    for path in re.findall(r"fixtures/[\w/-]+", README):
        assert (ROOT / path).exists()


def test_every_flag_it_names_exists() -> None:
    commands = [[sys.executable, "-m", "blogark", *words, "--help"] for words in ((), ("write",))]
    helped = "".join(subprocess.run(c, capture_output=True, text=True, timeout=60, check=True).stdout for c in commands)
    for flag in set(re.findall(r"`(--[a-z-]+)", README)) - {"--help"}:
        assert flag in helped, flag


def test_its_table_of_platforms() -> None:
    found = re.search(r"<!-- platforms: .*? -->\n\n(.*?)\n\n<!-- /platforms -->", README, re.S)
    assert found and found[1] == known.table()
