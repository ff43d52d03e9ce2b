"""What all tests share: loopback servers and the saved real blogs."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from loopback import Made, Servable, Site

from blogark.webs.live import Live

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"

Serve = Callable[[Mapping[str, Servable] | Made | Path], Site]


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests speak to 127.0.0.1 directly, whatever the environment says."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """serve(pages) or serve(folder) -> Site, closed when the test ends."""
    with ExitStack() as sites:

        def start(pages: Mapping[str, Servable] | Made | Path) -> Site:
            return sites.enter_context(Site.folder(pages) if isinstance(pages, Path) else Site(pages))

        yield start


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting before another try takes no time."""
    monkeypatch.setattr("blogark.webs.live.Live", partial(Live, sleep=lambda seconds: None))


@pytest.fixture
def corpus() -> Callable[[str], Path]:
    """corpus(name) -> the folder of a saved real blog; skips the test where it is absent. Mark such tests `corpora`."""

    def find(name: str) -> Path:
        folder = CORPORA / name
        if not folder.exists():
            pytest.skip(f"needs the saved blog {name} in {CORPORA}")
        return folder

    return find
