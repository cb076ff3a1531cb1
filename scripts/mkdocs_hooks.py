"""The checker, the search index and the running heads of paper inside `mkdocs build` and `mkdocs serve`.

A finding is a warning of MkDocs: `mkdocs build --strict` fails on it, `mkdocs serve` shows it at each reload and serves
the page all the same. The site itself does not depend on this file: a builder that ignores hooks builds the same pages.
"""

import json
import logging
from pathlib import Path

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


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Tell print.css what the running head and foot say of a page: they know of the root element only."""
    told = {
        "site-title": config.site_name,
        "site-address": config.site_url or "",
        "page-title": page.title or "",
        "page-address": page.canonical_url or page.url,
    }
    attributes = "".join(f' data-{name}="{escape(words)}"' for name, words in told.items())
    return output.replace("<html", f"<html{attributes}", 1)


def on_post_build(config: MkDocsConfig) -> None:
    """Make paragraphs, claims and evidence results of their own in the theme's search index, if there is one."""
    path = Path(config.site_dir, "search", "search_index.json")
    if path.is_file():
        index = json.loads(path.read_text(encoding="utf-8"))
        index["config"]["separator"] = separator(index["config"]["separator"])
        index["docs"] = documents(current_register(Path(config.docs_dir).parent), index["docs"])
        path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
