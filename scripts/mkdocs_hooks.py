"""The checker inside `mkdocs build` and `mkdocs serve`.

A finding is a warning of MkDocs: `mkdocs build --strict` fails on it, `mkdocs serve` shows it at each reload and serves
the page all the same. The site itself does not depend on this file: a builder that ignores hooks builds the same pages.
"""

import logging
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from claims_markdown import current_register
from findings import check

log = get_plugin_logger("claims")


def on_pre_build(config: MkDocsConfig) -> None:
    """Check the project that `config` builds, and log each finding."""
    # The register that the extension renders from, so that it is read once a build.
    for finding in check(current_register(Path(config.docs_dir).parent)):
        log.log(logging.WARNING if finding.severity == "error" else logging.INFO, "%s", finding)
