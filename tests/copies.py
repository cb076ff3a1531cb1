"""Build the site, and open it as readers do: from a server that sends the headers in `_headers`, or from a disk."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Browser, BrowserType, Page

from project import LIGHTHOUSE, ROOT

ADDRESS = "https://op-ed.example/fact-check/"  # the address of a site that has one
Rules = list[tuple[str, list[tuple[str, str]]]]
# Where and when a build is made, and how Python hashes: what it gives must not depend on them.
PLACES: list[tuple[int, Mapping[str, str]]] = [
    (0o022, {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}),
    (0o077, {"TZ": "Pacific/Pago_Pago", "LC_ALL": "C", "PYTHONHASHSEED": "2"}),
]


def build(root: Path, *options: str, address: str = "") -> subprocess.CompletedProcess[str]:
    """Build the site of a project folder, to be published under `address`, and return MkDocs's output and status."""
    command = [sys.executable, "-m", "mkdocs", "build", *options]
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT / "scripts"), "NO_MKDOCS_2_WARNING": "1", "SITE_URL": address
    }  # fmt: skip
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=300
    )  # fmt: skip


def publish_site(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Make this project's built site ready to publish, and return the output and the status."""
    command = [sys.executable, "-m", "opedcheck.publish", *options, str(folder)]
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "scripts"), "SITE_URL": "", **environment}
    return subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, check=False, timeout=300
    )  # fmt: skip


def make_buildable(root: Path) -> None:
    """Give a copy of the made-up op-ed's docs/ what a build needs: settings, and the looks and code of this project."""
    settings = (LIGHTHOUSE / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings.replace("../../", f"{ROOT.as_posix()}/"), encoding="utf-8")
    shutil.copytree(ROOT / "docs/assets", root / "docs/assets")


def build_elsewhere(root: Path, umask: int, environment: Mapping[str, str], *options: str, long: bool = False) -> None:
    """Copy the made-up op-ed, or if `long` the real one, to `root` and build it into site/, as the README says."""
    shutil.copytree(ROOT / "scripts", root / "scripts")
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copytree((ROOT if long else LIGHTHOUSE) / "docs", root / "docs")
    if long:
        shutil.copytree(ROOT / "overrides", root / "overrides")
        shutil.copy(ROOT / "mkdocs.yml", root)
    else:
        make_buildable(root)
    # What runs the tests is installed already.
    (root / "scripts/install").write_text("", encoding="utf-8")
    (root / ".venv").symlink_to(sys.prefix)
    kept = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "LC_ALL", "TZ")}
    done = subprocess.run(
        ["sh", "scripts/build", *options],
        cwd=root,
        env={**kept, **environment},
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
        timeout=600 if long else 300,
    )
    assert done.returncode == 0, done.stdout + done.stderr


class Copy(NamedTuple):
    """A copy of the site: the address of its root, without a slash, and whether it is the offline copy."""

    root: str
    offline: bool

    def at(self, path: str) -> str:
        """Return the address in this copy of a page's path on the site, such as `op-ed/response/#p3`."""
        if not self.offline:
            return f"{self.root}/{path}"
        page, mark, name = path.partition("#")
        # The first page of a folder is its index.
        file = f"{page}index.html" if page in ("", "claims/") else f"{page.rstrip('/')}.html"
        return f"{self.root}/{file}{mark}{name}"


def rules(text: str) -> Rules:
    """Parse `_headers` as Netlify and Cloudflare Pages do: address patterns, each with headers."""
    found: Rules = []
    for line in text.splitlines():
        if line.startswith(" "):
            name, _, value = line.strip().partition(": ")
            found[-1][1].append((name, value))
        else:
            found.append((line, []))
    return found


def headers_of(rules: Rules, path: str) -> list[tuple[str, str]]:
    """Return the headers for an address from every matching pattern."""
    return [header for pattern, headers in rules if fnmatchcase(path, pattern) for header in headers]


@contextmanager
def launch(kind: BrowserType, *options: str, env: Mapping[str, str] | None = None) -> Iterator[Browser]:
    """Start the browser that scripts/test found."""
    path = os.environ.get("BROWSER_PATH")
    assert path, "no browser is named: run the tests by scripts/test, or set BROWSER_PATH to Chrome or Chromium"
    # Chromium can't use its sandbox as root, as in containers; the pages under test are our own.
    sandbox = [] if os.getuid() else ["--no-sandbox"]
    quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run"]
    with kind.launch(executable_path=path, args=[*sandbox, *quiet, *options], env={**(env or os.environ)}) as started:
        yield started


# Windows that are clean and free, by their browser and what can't be changed once they are open.
_FREE: dict[tuple[Browser, str], Page] = {}


@contextmanager
def window(
    browser: Browser,
    width: int = 1280,
    height: int = 720,
    permissions: Sequence[str] = (),
    media: Mapping[str, Any] | None = None,
    **options: Any,
) -> Iterator[Page]:
    """Open a window of `width` x `height` px, without animations, with a browser context's `permissions` and `options`.

    `media` is what it tells the style sheets, as Playwright's `emulate_media` takes it. A window that was used before
    is cleaned and serves again: to open one takes as long as to show several pages.
    """
    kind = (browser, repr(options))
    page = _FREE.pop(kind, None) or _opened(browser, options)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(**{**_USUAL_MEDIA, **(media or {})})
    page.context.grant_permissions(permissions)
    try:
        yield page
        _clean(page)
    except BaseException:
        page.context.close()
        raise
    _FREE[kind] = page


_USUAL_MEDIA: Mapping[str, Any] = {
    "media": "null",
    "color_scheme": "light",
    "reduced_motion": "reduce",
    "forced_colors": "none",
}


def _opened(browser: Browser, options: Mapping[str, Any]) -> Page:
    """Open a page that writes what its content policy refuses to the console."""
    page = browser.new_context(**options).new_page()
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error(`${e.violatedDirective}: ${e.blockedURI}`))"
    )
    return page


def _clean(page: Page) -> None:
    """Forget what a page was told and has stored, so that it is as on the first day."""
    for other in page.context.pages:
        if other is not page:
            other.close()
    if page.url.startswith(("http:", "file:")):
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
    page.goto("about:blank")
    page.context.clear_cookies()
    page.context.clear_permissions()


class _Host(http.server.SimpleHTTPRequestHandler):
    """Serve a folder below a path, with its headers and its 404 page."""

    def __init__(self, *arguments: object, rules: Rules, below: str, **options: object) -> None:
        self.rules, self.below = rules, below
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def translate_path(self, path: str) -> str:
        """Return the file for an address; none for addresses outside the site's path."""
        return super().translate_path(path.removeprefix(self.below) if path.startswith(self.below) else "/none")

    def end_headers(self) -> None:
        """Add the site's headers to those of the server."""
        for name, value in headers_of(self.rules, "/" + self.path.partition("?")[0].removeprefix(self.below + "/")):
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send the site's own 404 page for an unknown address."""
        if code != http.HTTPStatus.NOT_FOUND:
            return super().send_error(code, message, explain)
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)
        return None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it overrides
        """Log nothing."""


@contextmanager
def serve(site: Path, below: str = "", host: str = "127.0.0.1") -> Iterator[str]:
    """Serve a site on 127.0.0.1 below a path such as `/sub`, and yield the address of its root without a slash.

    Only a site made ready to publish has its own headers.
    """
    headers = site / "_headers"
    told = rules(headers.read_text(encoding="utf-8")) if headers.is_file() else []
    handler = functools.partial(_Host, directory=str(site), rules=told, below=below)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{host}:{server.server_port}{below}"
        server.shutdown()
