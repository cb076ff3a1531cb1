"""The strictest content security policy that the pages allow, and the HTTP headers for the site.

The policy is computed from the built pages, since it names each inline script by its hash. Each page has its own as far
as HTML can express it, for servers that send no headers; `_headers` has all, for hosts that read it.
https://www.w3.org/TR/CSP3/
"""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in ("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
                        "magnetometer", "microphone", "midi", "payment", "usb")
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",  # any site may show a card
}  # fmt: skip
FRAMING = "frame-ancestors 'none'"  # of the policy, what a page can't say of itself
# Headers for some files only. None is among those above, since some hosts join the values of two rules for one header.
# The theme's file names contain a hash of their content. Each is named, since hosts send the headers of a pattern with
# their 404 page, too. What programs read, they may read from any site.
HASHED = ("Cache-Control", "public, max-age=31536000, immutable")
HASHED_FILES = ("assets/javascripts/**/*.*", "assets/stylesheets/**/*.*")
SHARED = ("Access-Control-Allow-Origin", "*")
SHARED_PATHS = ("/data/*", "/feed.xml", "/llms.txt")
SCRIPT_TYPES = ("", "module", "text/javascript", "application/javascript")  # any other is data
_NOT_ALLOWED = "which the content policy of the site forbids"


class _Page(HTMLParser):
    """Collect a page's inline scripts. Raise `ValueError` for what the policy would block."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=False)
        self.name = name
        self.scripts: list[str] = []
        self._within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = {name: value or "" for name, value in attrs}
        if tag == "script" and "src" not in fields and fields.get("type", "").lower() in SCRIPT_TYPES:
            self._within = True
            self.scripts.append("")
        if tag == "style" or "style" in fields:
            raise ValueError(
                f"{self.name}: a style within the page, on <{tag}>, {_NOT_ALLOWED}; put it into a style sheet"
            )
        for name, value in fields.items():
            # Browsers ignore control characters and white space in the scheme.
            scheme = re.sub(r"[\x00-\x20]", "", value).lower()
            if name.startswith("on") or scheme.startswith(("javascript:", "vbscript:")):
                raise ValueError(f"{self.name}: a script in the attribute {name} of <{tag}>, {_NOT_ALLOWED}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._within = False

    def handle_data(self, data: str) -> None:
        if self._within:
            self.scripts[-1] += data


def write_policy(site: Path) -> None:
    """Write the policy into every page, and all headers into `_headers`, as Netlify and Cloudflare Pages read it.

    Raise `ValueError`, naming page and element, if a page has something the policy forbids.
    """
    everywhere: set[str] = set()
    for path in sorted(site.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        name = path.relative_to(site).as_posix()
        hashes = script_hashes(html, name)
        everywhere |= hashes
        path.write_text(with_policy(html, hashes, name), encoding="utf-8", newline="")
    headers = {"Content-Security-Policy": f"{policy(everywhere)}; {FRAMING}", **HEADERS}
    rules = ["/*", *(f"  {name}: {value}" for name, value in headers.items())]
    kept = sorted(f"/{file.relative_to(site).as_posix()}" for kind in HASHED_FILES for file in site.glob(kind))
    for name, (header, value) in [*((name, HASHED) for name in kept), *((name, SHARED) for name in SHARED_PATHS)]:
        rules += [name, f"  {header}: {value}"]
    (site / "_headers").write_text("\n".join(rules) + "\n", encoding="utf-8", newline="")


def script_hashes(html: str, name: str) -> set[str]:
    """Return the source expression of each inline script. Raise `ValueError` if the page has something forbidden."""
    page = _Page(name)
    page.feed(html)
    page.close()
    digests = (hashlib.sha256(script.encode()).digest() for script in page.scripts)
    return {f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests}


def policy(hashes: set[str]) -> str:
    """Return a Content-Security-Policy that allows only the site's own files and the scripts with these hashes.

    The theme's icons are images inside its style sheet (`data:`).
    """
    return "; ".join([
        "default-src 'none'",
        " ".join(["script-src 'self'", *sorted(hashes)]),
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ])  # fmt: skip


def with_policy(html: str, hashes: set[str], name: str) -> str:
    """Return the page `name` with the content and referrer policies in its head, before anything is loaded."""
    told = f'<meta http-equiv="Content-Security-Policy" content="{policy(hashes)}">'
    told += f'\n<meta name="referrer" content="{HEADERS["Referrer-Policy"]}">'
    changed, count = re.subn(r'<meta charset="utf-8">', lambda match: f"{match[0]}\n{told}", html, count=1)
    if not count:
        raise ValueError(f"{name}: there is no <meta charset>, after which the content policy belongs")
    return changed
