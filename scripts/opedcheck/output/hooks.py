"""MkDocs hooks for the checker, the search index, running heads in print, downloads and redirects.

A finding is a MkDocs warning: `mkdocs build --strict` fails on it, and `mkdocs serve` shows it at each reload but still
serves the page. The words of the pages do not depend on this file: a builder that ignores hooks builds the same ones,
but without short addresses, downloads and the feed, running heads, the search for places, and the days of pages.
"""

import json
import logging
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from opedcheck.citations import site_of
from opedcheck.dates import calendar_day
from opedcheck.output.downloads import downloads, redirects
from opedcheck.output.search import WORKER, documents, separator
from opedcheck.register import Register
from opedcheck.render.extension import begin_build, current_register
from opedcheck.render.templates import COMPILED
from opedcheck.rules import check
from opedcheck.text import Page as SourcePage

log = get_plugin_logger("claims")
_SIZED = '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24"'


def on_config(config: MkDocsConfig) -> None:
    """If addresses are file names, as in a copy opened from a disk, let pages load what publish/steps.py adds."""
    if not config.use_directory_urls:
        config.extra["polyfills"] = [WORKER]


def _register(config: MkDocsConfig) -> Register:
    """Return the same register as the extension's, so that it is read only once per build."""
    return current_register(Path(config.docs_dir).parent)


def on_pre_build(config: MkDocsConfig) -> None:
    """Check the project that `config` builds, and log each finding."""
    for finding in check(begin_build(Path(config.docs_dir).parent)):
        log.log(logging.WARNING if finding.severity == "error" else logging.INFO, "%s", finding)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the downloads and the redirect pages, so that pages can link to them and `mkdocs serve` has them too."""
    register = _register(config)
    if not register.complete:
        return  # this is reported, and incomplete downloads would be wrong
    site = site_of(register.root, config.site_name, config.site_url, config.extra.get("publisher"))
    previewed = site.address.startswith(f"http://{config.dev_addr}/")  # by `mkdocs serve`, which makes it the address
    if site.address and not previewed and not (site.publisher and site.contact):
        missing = " and no ".join(name for name in ("publisher", "contact") if not getattr(site, name))
        log.info("this copy has an address, but no %s; see extra: publisher in mkdocs.yml", missing)
    made = downloads(register, site) | redirects(register, site, config.use_directory_urls)
    for path, text in made.items():
        files.append(File.generated(config, path, content=text))


def updated(page: SourcePage, register: Register) -> str:
    """Return the day of the newest check, verdict or correction on a page; of any claim, if the page is about none."""
    claims = [one for one in register.claims.values() if page in (one.page, register.parts.get(one.part))]
    days = [one.checked for one in claims] + [row["date"] for one in claims for row in one.history]
    days += [one.day for one in page.corrections()] + ([] if claims else [register.newest_day])
    return max(filter(calendar_day, days), default="")


def on_page_markdown(markdown: str, page: Page, **_others: Any) -> str:
    """Escape a page's title and description, which the theme's templates treat as HTML."""
    for name in ("title", "description"):
        if name in page.meta:
            page.meta[name] = escape(str(page.meta[name]))
    return markdown


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Date each page for the sitemap, and compile the theme's templates only if they have changed."""
    env.bytecode_cache = COMPILED
    register = _register(config)
    for file in files.documentation_pages():
        if file.page and (source := register.pages.get(f"docs/{file.src_uri}")):
            file.page.update_date = updated(source, register)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Add the text of print.css's running head and foot to the root element, and a size to the theme's icons."""
    told = {
        "site-title": config.site_name,
        "site-address": config.site_url or "",
        "page-title": page.title or "",
        "page-address": page.canonical_url or "",
    }
    attributes = "".join(f' data-{name}="{escape(words)}"' for name, words in told.items())
    # They come before the page says that it is UTF-8, which some parsers heed only from there on.
    attributes = attributes.encode("ascii", "xmlcharrefreplace").decode()
    # Without style sheets, an icon without a size would be as wide as the window.
    sized = output.replace('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"', _SIZED)
    return sized.replace("<html", f"<html{attributes}", 1)


def on_post_build(config: MkDocsConfig) -> None:
    """Make paragraphs, claims and evidence separate results in the theme's search index, if there is one."""
    path = Path(config.site_dir, "search", "search_index.json")
    if path.is_file():
        index = json.loads(path.read_text(encoding="utf-8"))
        index["config"]["separator"] = separator(index["config"]["separator"])
        index["docs"] = documents(_register(config), index["docs"], config.use_directory_urls)
        path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
