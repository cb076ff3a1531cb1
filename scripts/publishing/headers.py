"""The HTTP headers for the site, and the strictest content security policy that its pages allow.

They are computed from the built pages, since the policy names each inline script by its hash, and are published with
the site: as `_headers` for hosts that read it, and as `_headers.nginx` and `_headers.caddy` for these servers to
include. Each page also has as much of the policy as HTML can express, for servers that send no headers.
https://www.w3.org/TR/CSP3/
"""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

ALWAYS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in ("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
                        "magnetometer", "microphone", "midi", "payment", "usb")
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}  # fmt: skip
# Headers for some folders only. No folder is inside another, and no header is among those above, since some hosts join
# the values of two rules for one header. The theme's file names contain a hash of their content.
HASHED = "public, max-age=31536000, immutable"
BY_FOLDER = {
    "/assets/javascripts/": ("Cache-Control", HASHED),
    "/assets/stylesheets/": ("Cache-Control", HASHED),
    "/data/": ("Access-Control-Allow-Origin", "*"),
}
SCRIPT_TYPES = ("", "module", "text/javascript", "application/javascript")  # any other is data
_NOT_ALLOWED = "which the content policy of the site forbids"


class _Page(HTMLParser):
    """Collect a page's inline scripts, and whatever the policy would block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.scripts: list[str] = []
        self.faults: list[str] = []
        self._within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        fields = {name: value or "" for name, value in attrs}
        if tag == "script" and "src" not in fields and fields.get("type", "").lower() in SCRIPT_TYPES:
            self._within = True
            self.scripts.append("")
        if tag == "style" or "style" in fields:
            self.faults.append(f"a style within the page, on <{tag}>, {_NOT_ALLOWED}; put it into a style sheet")
        for name, value in fields.items():
            # Browsers ignore control characters and white space in the scheme.
            scheme = re.sub(r"[\x00-\x20]", "", value).lower()
            if name.startswith("on") or scheme.startswith(("javascript:", "vbscript:")):
                self.faults.append(f"a script in the attribute {name} of <{tag}>, {_NOT_ALLOWED}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._within = False

    def handle_data(self, data: str) -> None:
        if self._within:
            self.scripts[-1] += data


def write_headers(site: Path) -> None:
    """Write the policy into every page, and all headers into the three header files.

    Raise `ValueError`, naming page and element, if a page has something the policy forbids.
    """
    everywhere: set[str] = set()
    for path in sorted(site.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        hashes = script_hashes(html, path.relative_to(site).as_posix())
        everywhere |= hashes
        path.write_text(with_policy(html, hashes), encoding="utf-8", newline="")
    headers = {"Content-Security-Policy": f"{policy(everywhere)}; frame-ancestors 'none'", **ALWAYS}
    for name, write in {"_headers": for_hosts, "_headers.nginx": for_nginx, "_headers.caddy": for_caddy}.items():
        (site / name).write_text(write(headers), encoding="utf-8", newline="")


def script_hashes(html: str, name: str) -> set[str]:
    """Return the source expression of each inline script. Raise `ValueError` if the page has something forbidden."""
    page = _Page()
    page.feed(html)
    page.close()
    if page.faults:
        raise ValueError(f"{name}: {page.faults[0]}")
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


def with_policy(html: str, hashes: set[str]) -> str:
    """Return a page with the content and referrer policies in its head, before anything is loaded."""
    told = f'<meta http-equiv="Content-Security-Policy" content="{policy(hashes)}">'
    told += f'\n<meta name="referrer" content="{ALWAYS["Referrer-Policy"]}">'
    changed, count = re.subn(r'<meta charset="utf-8">', lambda match: f"{match[0]}\n{told}", html, count=1)
    if not count:
        raise ValueError("a page has no <meta charset>, after which its content policy belongs")
    return changed


def for_hosts(headers: dict[str, str]) -> str:
    """Return `_headers` as Netlify and Cloudflare Pages read it."""
    rules = ["/*", *(f"  {name}: {value}" for name, value in headers.items())]
    for folder, (name, value) in BY_FOLDER.items():
        rules += [f"{folder}*", f"  {name}: {value}"]
    return "\n".join(rules) + "\n"


def for_nginx(headers: dict[str, str]) -> str:
    """Return a file for nginx to include in `server`; error responses are not cached for long."""
    lines = [f'add_header {name} "{value}" always;' for name, value in headers.items()]
    for number, (folder, (name, value)) in enumerate(BY_FOLDER.items()):
        lines.append(f'set $header{number} "";\nif ($uri ~ "{folder}") {{ set $header{number} "{value}"; }}')
        lines.append(f"add_header {name} $header{number};")
    return "\n".join(lines) + "\n"


def for_caddy(headers: dict[str, str]) -> str:
    """Return a file for Caddy to import in a site block."""
    lines = ["header {", *(f'\t{name} "{value}"' for name, value in headers.items()), "}"]
    for number, (folder, (name, value)) in enumerate(BY_FOLDER.items()):
        lines.append(f'@folder{number} path *{folder}*\nheader @folder{number} {name} "{value}"')
    return "\n".join(lines) + "\n"
