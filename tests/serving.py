"""A site served as a host serves it, below a folder and with its page for lost addresses; and a browser's window."""

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext


@contextmanager
def context(browser: Browser, **options: object) -> Iterator[BrowserContext]:
    """Open a window in which nothing moves."""
    made = browser.new_context(reduced_motion="reduce", **options)  # type: ignore[arg-type]
    yield made
    made.close()


class _Host(http.server.SimpleHTTPRequestHandler):
    """Serves a site below a folder, as a host does: what is not there is answered by 404.html."""

    below = "/"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it overrides
        """Say nothing."""

    def translate_path(self, path: str) -> str:
        """Take the folder away."""
        return super().translate_path("/" + path.removeprefix(self.below))

    def send_error(self, code: int, message: str | None = None, *_: object) -> None:
        """Answer with the page for lost addresses."""
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def hosted(site: Path, below: str = "/") -> Iterator[str]:
    """Serve a site on 127.0.0.1 below a folder; give the address of its root, with a slash at the end."""
    handler = functools.partial(type("Host", (_Host,), {"below": below}), directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{below}"
        server.shutdown()


def build(root: Path, address: str = "") -> Path:
    """Build a project that need not be without findings; give the folder of the site."""
    environment = {**os.environ, "PYTHONPATH": "scripts", "NO_MKDOCS_2_WARNING": "1", "SITE_URL": address}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(root / "site")]
    subprocess.run(command, cwd=root, env=environment, check=True, capture_output=True)
    return root / "site"
