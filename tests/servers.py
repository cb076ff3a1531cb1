"""Serve a published site with nginx and Caddy as docs/about/publish.md says, and try both: servers.py SITE.

Run by hand; needs nginx with its Brotli module, Caddy, and `ab` from apache2-utils. The recipes are taken from the
page, with another address and folder. Both servers listen on 127.0.0.1 and are stopped at the end. Prints what fails.
"""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

from copies import headers_of, rules  # noqa: E402

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "(text|application)/javascript; charset=utf-8",
    ".json": "application/json(; charset=utf-8)?",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".yml": "text/yaml; charset=utf-8",
    ".xml": "(text|application)/xml(; charset=utf-8)?",
    ".bib": "application/x-bibtex(; charset=utf-8)?",
    ".png": "image/png",
    ".svg": "image/svg[+]xml.*",
    ".pdf": "application/pdf",
    ".zip": "application/zip",
}
REQUESTS, AT_ONCE = 2000, 50


def recipe(start: str) -> str:
    """Return the page's code block that starts like this."""
    page = (ROOT / "docs/about/publish.md").read_text(encoding="utf-8")
    blocks = re.findall(r"(?m)(?:^(?: {4}.*)?\n)+", page)
    return next(block for block in map(dedent, blocks) if block.strip().startswith(start))


def free_port() -> int:
    """Return a free port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], port: int, folder: str) -> Iterator[None]:
    """Run a server until the context ends; raise `RuntimeError` with its output if it does not listen."""
    with Path(folder, "log").open("w", encoding="utf-8") as log:
        environment = os.environ | {"HOME": folder, "XDG_CONFIG_HOME": folder, "XDG_DATA_HOME": folder}
        server = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            for _ in range(100):
                time.sleep(0.1)
                with socket.socket() as tried:
                    if server.poll() is None and tried.connect_ex(("127.0.0.1", port)) == 0:
                        break
            else:
                raise RuntimeError(Path(folder, "log").read_text(encoding="utf-8"))
            yield
        finally:
            server.terminate()
            server.wait(10)


@contextmanager
def nginx(site: Path, port: int) -> Iterator[None]:
    """Serve with nginx."""
    server = recipe("map ").replace("/srv/op-ed", str(site)).replace("listen 80;", f"listen 127.0.0.1:{port};")
    with tempfile.TemporaryDirectory() as folder:
        temporary = "".join(
            f"{name}_temp_path {folder}/{name}; " for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        settings = f"""
            include /etc/nginx/modules-enabled/*.conf;
            {"user root;" if os.getuid() == 0 else ""}
            daemon off; pid {folder}/pid; error_log {folder}/errors;
            events {{}}
            http {{ access_log off; {temporary}
            {server} }}
        """
        Path(folder, "nginx.conf").write_text(
            settings.replace("include mime.types", "include /etc/nginx/mime.types"), encoding="utf-8"
        )
        with running(["nginx", "-e", f"{folder}/errors", "-c", f"{folder}/nginx.conf"], port, folder):
            yield


@contextmanager
def caddy(site: Path, port: int) -> Iterator[None]:
    """Serve with Caddy."""
    settings = recipe("op-ed.example {").replace("/srv/op-ed", str(site))
    settings = settings.replace("op-ed.example {", f"http://127.0.0.1:{port} {{\n    bind 127.0.0.1")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "Caddyfile").write_text("{\n    admin off\n}\n" + settings, encoding="utf-8")
        with running(["caddy", "run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"], port, folder):
            yield


Answer = tuple[int, dict[str, str], bytes]


def get(port: int, path: str, **headers: str) -> Answer:
    """Request an address, and return its status, headers with lower-case names, and content."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content


def faults(site: Path, port: int) -> Iterator[str]:
    """Request every file, and some that don't exist; yield everything that is wrong."""
    told = rules((site / "_headers").read_text(encoding="utf-8"))
    # Of the policy, the recipes have what the pages, which carry the rest, can't say of themselves.
    told = [(path, [(name, value.rpartition("; ")[2]) for name, value in headers]) for path, headers in told]
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    for name in names:
        if name == "_headers" or name.endswith((".gz", ".br")):
            continue
        path = "/" + name.removesuffix("index.html")
        content = (site / name).read_bytes()
        status, headers, body = get(port, path)
        if (status, body) != (200, content):
            yield f"{path}: {status}, {len(body)} bytes"
        for header, value in headers_of(told, path):
            if headers.get(header.lower()) != value:
                yield f"{path}: {header}: {headers.get(header.lower())}"
        kind = TYPES.get(Path(name).suffix, "text/plain; charset=utf-8")
        if not re.fullmatch(kind, headers.get("content-type", "")):
            yield f"{path}: Content-Type: {headers.get('content-type')}"
        status, _, body = get(port, path, Range="bytes=0-9")
        if (status, body) != (206, content[:10]):
            yield f"{path}: a range is answered by {status}"
        status, _, body = get(port, path, If_None_Match=headers.get("etag", "none"))
        if (status, body) != (304, b""):
            yield f"{path}: a condition is answered by {status}"
        for coding, suffix in (("gzip", ".gz"), ("br", ".br")):
            if name + suffix in names:
                status, headers, body = get(port, path, Accept_Encoding=coding)
                if headers.get("content-encoding") != coding or body != (site / (name + suffix)).read_bytes():
                    yield f"{path}: not sent as {coding}"
                if "accept-encoding" not in headers.get("vary", "").lower():
                    yield f"{path}: Vary: {headers.get('vary')}"
    for path in ("/none/", "/claims/none", "/assets/javascripts/none.js", "/_headers"):
        status, headers, body = get(port, path)
        if status != 404 or body != (site / "404.html").read_bytes():
            yield f"{path}: {status}, {len(body)} bytes; not the page for lost addresses"
        if "immutable" in headers.get("cache-control", ""):
            yield f"{path}: that it is missing would be kept for a year"
        for header, value in headers_of(told, "/none/"):
            if headers.get(header.lower()) != value:
                yield f"{path}: {header}: {headers.get(header.lower())}"

    # Behind a port or TLS that another server ends, only an address without scheme and host stays right.
    status, headers, _ = get(port, "/claims")
    if status not in (301, 308) or headers.get("location") not in ("/claims/", "claims/"):
        yield f"/claims: {status}, Location: {headers.get('location')}"


def load(port: int) -> Iterator[str]:
    """Request a page many times, many at once; print the figures and yield the failures."""
    command = ["ab", "-q", "-n", str(REQUESTS), "-c", str(AT_ONCE), f"http://127.0.0.1:{port}/op-ed/response/"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    figures = re.findall(
        r"^(?:Complete requests|Failed requests|Non-2xx responses|Requests per second): .*", done.stdout, re.M
    )
    print("  " + "; ".join(" ".join(line.split()) for line in figures))
    if done.returncode or "Non-2xx" in done.stdout or not re.search(r"^Failed requests: +0$", done.stdout, re.M):
        yield f"{done.stdout}{done.stderr}"


def main(site: Path) -> int:
    """Try both servers, and return the number of faults, at most 99."""
    found = []
    for server in (nginx, caddy):
        if not shutil.which(server.__name__):
            found.append(f"{server.__name__} is not installed")
            continue
        port = free_port()
        with server(site, port):
            print(f"{server.__name__}: every file asked for plain, in part, again and compressed")
            found += [f"{server.__name__}: {fault}" for check in (faults(site, port), load(port)) for fault in check]
    print("\n".join(found) or "No fault.")
    return min(len(found), 99)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
