"""The checker and the search index inside `mkdocs build` and `mkdocs serve`.

A finding is a warning of MkDocs: `mkdocs build --strict` fails on it, `mkdocs serve` shows it at each reload and serves
the page all the same. The site itself does not depend on this file: a builder that ignores hooks builds the same pages.
"""

import json
import logging
from pathlib import Path
from typing import Any

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.pages import Page

from claims_markdown import current_register
from findings import check
from search_index import documents
from word_forms import separator

log = get_plugin_logger("claims")


def on_pre_build(config: MkDocsConfig) -> None:
    """Check the project that `config` builds, and log each finding."""
    # The register that the extension renders from, so that it is read once a build.
    for finding in check(current_register(Path(config.docs_dir).parent)):
        log.log(logging.WARNING if finding.severity == "error" else logging.INFO, "%s", finding)


def on_page_markdown(markdown: str, page: Page, **_others: Any) -> str:
    """Escape a page's title and description, which the theme's templates take for HTML."""
    for name in ("title", "description"):
        if name in page.meta:
            page.meta[name] = escape(str(page.meta[name]))
    return markdown


def on_post_build(config: MkDocsConfig) -> None:
    """Make paragraphs, claims and evidence results of their own in the theme's search index, if there is one."""
    path = Path(config.site_dir, "search", "search_index.json")
    if path.is_file():
        index = json.loads(path.read_text(encoding="utf-8"))
        index["config"]["separator"] = separator(index["config"]["separator"])
        index["docs"] = documents(current_register(Path(config.docs_dir).parent), index["docs"])
        path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
