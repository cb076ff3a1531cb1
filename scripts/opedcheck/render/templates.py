"""The templates of what directives expand to, a file each in templates/: Markdown, HTML and SVG with Jinja.

Their filters show a text as it is (`e`), also in an attribute or a chart (`quoted`), a date in `words`, or as a `day`
that stays on one line, and a `verdict` by its id with symbol and name. `e`, `quoted` and `xml` make one line of a text,
without spaces at its ends.
"""

import os
import re
import sys
from functools import lru_cache
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from opedcheck import citations, records, text, votes
from opedcheck.assertions import typeset
from opedcheck.citations import NO_SITE, name_in_order, op_ed_item, version_of
from opedcheck.dates import in_words
from opedcheck.records import VERDICTS
from opedcheck.register import Claim, Register
from opedcheck.render import links
from opedcheck.render.links import escaped, marked_claims, sentence
from opedcheck.rules import GROUPS, RULES
from opedcheck.text import series, visible

# What a member did in a recorded vote.
CAST = {"yes": "yes", "no": "no", "abstain": "abstained", "absent": "did not vote"}
# Where compiled templates are kept, as Python keeps its modules; None where nothing may be written.
_FOLDER = Path(__file__).with_name("__pycache__")
COMPILED = (
    FileSystemBytecodeCache(str(_FOLDER)) if os.access(_FOLDER, os.W_OK) and not sys.dont_write_bytecode else None
)
_TEMPLATES = Environment(  # noqa: S701 - these are Markdown, in which `e` escapes more than HTML has
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,  # what a template names and is not there stops the build
    bytecode_cache=COMPILED,
)


def filled(name: str, register: Register, argument: str = "", /, **values: object) -> str:
    """Return the template `name`, filled in from the register, the directive's argument and other values."""
    values |= {"register": register, "claims": marked_claims(register), "argument": argument}
    return _TEMPLATES.get_template(name).render(values).strip("\n")


def title_link(claim: Claim, folder: str) -> str:
    """Return a claim's title as a link to its page in `folder`, with its number."""
    return f"[{escaped(claim.title)}]({folder}{claim.id}.md){{ data-claim-number={claim.number} }}"


@lru_cache
def authors(register: Register, here: str = "") -> str:
    """Return the names of the op-ed's authors, as a link to the claim of the byline, unless that claim is `here`."""
    item = op_ed_item(register, NO_SITE) or {}
    names = series(escaped(name_in_order(name)) for name in item.get("author", []))
    about = next((claim.id for claim in marked_claims(register) if claim.paragraph == "byline"), here)
    return f"[{names}](../claims/{about}.md)" if names and about != here else names


def first_judged(claim: Claim) -> str:
    """Return the day of a claim's first verdict."""
    return claim.history[0]["date"] if claim.history else claim.checked


def own_title(register: Register) -> str:
    """Return the title that this site gives the op-ed: that of the home page."""
    home = register.pages.get("docs/index.md")
    return escaped(home.title) if home else "The op-ed"


def site_version(register: Register) -> str:
    """Return the site's version, and the day of its newest check, verdict or correction."""
    newest, number = register.newest_day, version_of(register.root)
    version = f"version {escaped(number)}" if number else ""
    day = f'<time datetime="{newest}">{in_words(newest)}</time>' if newest else ""
    return " of ".join(filter(None, [version, day]))


def _code(text: str) -> str:
    """Return lines of a file as code, so that none of its marks and directives takes effect on this page."""
    shown = re.sub(r"\S+", lambda word: escaped(word[0]), text)
    return f"<pre data-search-exclude><code>{shown}</code></pre>"


_TEMPLATES.filters |= {
    "code": _code,
    "in_order": name_in_order,
    "day": lambda iso: escaped(in_words(iso)).replace(" ", "\u00a0"),
    "e": escaped,
    "quoted": lambda text: escaped(text).replace('"', "&quot;"),
    "sentence": sentence,
    "series": series,
    "typeset": typeset,
    "verdict": lambda name: f"{VERDICTS[name].symbol}\u00a0{VERDICTS[name].name}" if name in VERDICTS else "",
    "visible": visible,
    "words": in_words,
    "xml": lambda text: escape(visible(text), quote=False),
}
# Templates may use what these modules have, besides what is defined here.
_TEMPLATES.globals |= {**vars(citations), **vars(links), **vars(records), **vars(text), **vars(votes)}
_TEMPLATES.globals |= {"CAST": CAST, "GROUPS": GROUPS, "RULES": RULES}
_TEMPLATES.globals |= {
    helper.__name__: helper for helper in (authors, site_version, first_judged, own_title, title_link)
}
