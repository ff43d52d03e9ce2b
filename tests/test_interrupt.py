"""Ctrl-C in the shell: what is written is whole, the exit status is 130, and the same command goes on."""

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import Serve
from homemade import GIF, Told, blog
from loopback import Answer, Request, sequence, stall


@pytest.mark.skipif(os.name == "nt", reason="a console's signals differ there")
def test_ctrl_c(serve: Serve, tmp_path: Path) -> None:
    told = [Told(f"/{name}.html", name.title()) for name in ("one", "two")]
    site = serve({**blog(*told), "/two.html": sequence(stall(), told[1].page())})
    command = [sys.executable, "-m", "blogark", site.url, "-o", "out"]
    with subprocess.Popen(
        [*command, "--json"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None and run.stderr is not None
        next(line for line in run.stdout if json.loads(line)["event"] == "wrote")
        run.send_signal(signal.SIGINT)
        said = run.stderr.read()
    assert run.returncode == 130 and "the same command goes on" in said and "Traceback" not in said
    assert [path.name for path in (tmp_path / "out/posts/2011").iterdir()] == ["2011-05-16-one.md"]
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert again.returncode == 0 and again.stdout.startswith("2 of 2 posts")


@pytest.mark.skipif(os.name == "nt", reason="a console's signals differ there")
def test_ctrl_c_does_not_wait_for_a_picture_that_does_not_come(serve: Serve, tmp_path: Path) -> None:
    asked = threading.Event()

    def stalled(request: Request) -> Answer:
        asked.set()
        return stall()

    body = '<p>Here.</p><img src="/good.gif"><img src="/never.gif"><p>There.</p>'
    site = serve({**blog(Told("/one.html", "One", body=body)), "/good.gif": GIF, "/never.gif": stalled})
    command = [sys.executable, "-m", "blogark", site.url, "-o", "out"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert asked.wait(60)
        run.send_signal(signal.SIGINT)
        _, said = run.communicate(timeout=20)  # seconds; a server may take thirty for its next byte
    assert run.returncode == 130 and "the same command goes on" in said and "Traceback" not in said
    site.pages["/never.gif"] = GIF
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)
    assert again.returncode == 0 and "2 of 2 pictures" in again.stdout
