"""Redirects: the short addresses for paper and speech, and the old addresses of pages that have moved.

Each works from any folder, without a script, and names its target. With a script (docs/assets/links.js) it keeps the
fragment of the address.
"""

from collections import Counter
from collections.abc import Callable
from html import escape
from posixpath import relpath

import op_ed
from claims import Register

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{canonical}">
<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>
<script src="{script}" defer></script>
</head>
<body>
<p>{title}. Go to <a data-moved href="{target}">{name}</a>.</p>
{places}</body>
</html>
"""


def redirects(register: Register, site_address: str, folders: bool = True) -> dict[str, str]:
    """Return each redirect: its path below the site's root, and its HTML.

    `site_address` is where the site is published, ending in a slash; without it canonical links are relative. Without
    `folders`, addresses are file names, as in a copy opened from a disk.
    """
    there = {page.address for page in register.pages.values()}
    leading = {f"{name}/": f"op-ed/{part}/#{name}" for name, part in op_ed.PART_OF.items() if name[1:].isdigit()}
    leading |= {f"c/{claim}/": f"claims/{claim}/" for claim in register.claims}
    moved: dict[str, dict[str, str]] = {}
    for old, new in register.moved.items():
        page, _, name = old.partition("#")
        if new and page not in there:
            moved.setdefault(page, {})[name] = new
    for page, names in moved.items():
        new = Counter(target.partition("#")[0] for target in names.values()).most_common(1)[0][0]
        leading[page] = new
        if page.startswith("claims/"):  # its short address was published as well
            leading["c/" + page.removeprefix("claims/")] = new

    def file_of(address: str) -> str:
        is_index = f"docs/{address}index.md" in register.pages
        return f"{address}index.html" if is_index else f"{address.rstrip('/')}.html"

    def link(page: str, address: str) -> str:
        path, gap, fragment = address.partition("#")
        # relpath removes the slash at the end, and returns "." for a page's own folder
        way = f"{relpath(path or '.', page)}/" if folders else relpath(file_of(path), page)
        return escape(f"{way}{gap}{fragment}")

    return {
        f"{page}index.html": _page(page, target, moved.get(page, {}), site_address, link)
        for page, target in leading.items()
    }


def _page(
    page: str, target: str, names: dict[str, str], site_address: str, link_from: Callable[[str, str], str]
) -> str:
    def link(address: str) -> str:
        return link_from(page, address)

    places = "".join(
        f'<p id="{escape(name)}" class="moved"><a href="{link(new)}">{escape(new)}</a></p>\n'
        for name, new in names.items()
    )
    return _PAGE.format(
        title="This page has moved",
        canonical=escape(site_address + target.partition("#")[0]) if site_address else link(target.partition("#")[0]),
        target=link(target),
        name=escape(target),
        script=relpath("assets/links.js", page),
        places=places,
    )
