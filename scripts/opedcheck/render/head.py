"""Metadata in a page's head: Open Graph, reference managers' tags, and JSON-LD of schema.org.

The extension puts it in a comment at the end of the page, and overrides/partials/head.html moves it into the head.
Addresses are absolute; if the site has no address, they are left out.
"""

import re
from typing import Any

from opedcheck.citations import Item, Site, check_item, day_of, name_in_order, op_ed_item, whole_page
from opedcheck.register import Claim, Register
from opedcheck.render.templates import filled, first_judged
from opedcheck.text import Page

Node = dict[str, Any]

CARD_SIZE = (1200, 630)  # of the picture shown with links to a page, in pixels; templates/open-graph.html says it
LONGEST_CLAIM = 74  # characters of `claimReviewed`: under 75, as services that show fact checks ask
# The verdicts that are grades on one scale. Opinions and unverified claims have no number.
RATINGS = {"contradicted": 1, "partly-supported": 2, "supported": 3}
_DATA = {
    "The claims, with verdict, finding and sources": {
        "data/claims.json": "application/json",
        "data/claims.csv": "text/csv",
    },
    "The resolutions, with their votes": {"data/resolutions.csv": "text/csv"},
    "The sources": {
        "data/sources.json": "application/vnd.citationstyles.csl+json",
        "data/sources.bib": "text/x-bibtex",
    },
}
# What a shortened claim must not end with.
_DANGLING = re.compile(r"(?:[ ,;:–-]|\b(?:a|an|and|by|for|from|in|of|on|or|that|the|to|with))+$")


def head_of(page: Page, claim: Claim | None, register: Register, site: Site) -> str:
    """Return the HTML of a page's metadata, a claim's page or another: a line each, without `-->`."""
    op_ed = op_ed_item(register, site) or {}
    check = check_item(register, claim, site) if claim else None
    nodes = _json_ld(page, claim, register, site, op_ed)
    return filled("head.html", register, page=page, claim=claim, site=site, op_ed=op_ed, check=check, nodes=nodes)


def _json_ld(page: Page, claim: Claim | None, register: Register, site: Site, op_ed: Item) -> list[Node]:
    """Return a page's description in the vocabulary of schema.org."""
    if not page.address:
        description = page.fields.text("description")
        return [_node("WebSite", url=site.url(""), name=site.name, description=description)]
    whole = whole_page(register)
    article = _article(whole, site, op_ed)
    parts = {
        part: _node("Article", url=site.url(part.address), name=part.title, position=number, inLanguage="en")
        for number, part in enumerate(register.parts.values(), start=1)
    }
    nodes = []
    if claim is not None:
        nodes.append(_claim_review(claim, site, article))
    elif page is whole:
        nodes.append(article | {"hasPart": list(parts.values())})
    elif page in parts:
        nodes.append(parts[page] | {"isPartOf": article})
    elif page.address == "about/downloads/":
        nodes += [_dataset(name, files, site) for name, files in _DATA.items()]
    return [*nodes, _breadcrumbs(page, whole, site)]


def _node(kind: str, **properties: object) -> Node:
    """Return a node without empty properties, such as the `url` of a site that has no address."""
    return {"@type": kind} | {name: value for name, value in properties.items() if value not in ("", None, [])}


def _article(whole: Page | None, site: Site, op_ed: Item) -> Node:
    """Return the op-ed itself: who wrote it, and when."""
    authors = [
        _node("Person", name=name_in_order(name), familyName=name.get("family"), givenName=name.get("given"))
        for name in op_ed.get("author", [])
    ]
    address = whole.address if whole else ""
    top = whole.headings[0].id if whole and whole.headings else ""
    return _node(
        "OpinionNewsArticle",
        **{"@id": site.url(f"{address}#{top}")},
        url=site.url(address),
        name=op_ed.get("title"),
        author=authors,
        datePublished=day_of(op_ed, "issued"),
        inLanguage="en",
    )


def _claim_review(claim: Claim, site: Site, article: Node) -> Node:
    """Return the review of a claim (https://schema.org/ClaimReview)."""
    number = RATINGS.get(claim.verdict.id) if claim.verdict else None
    rating = _node("Rating", alternateName=claim.verdict and claim.verdict.name, ratingValue=number)
    if number:
        rating |= {"bestRating": max(RATINGS.values()), "worstRating": min(RATINGS.values())}
    # Date and byline are an editor's words rather than the author's; whose, is not known.
    author = article.get("author") if claim.paragraph[1:].isdigit() else None
    reviewed = _node(
        "Claim",
        url=site.url(f"op-ed/{claim.part}/#{claim.id}"),
        text=claim.quote,
        author=author,
        datePublished=article.get("datePublished"),
        appearance=article,
    )
    return _node(
        "ClaimReview",
        url=site.url(claim.page.address),
        name=claim.title,
        claimReviewed=shortened(claim.quote),
        itemReviewed=reviewed,
        author=_node("Organization", url=site.url(""), name=site.publisher or site.name),
        datePublished=first_judged(claim),
        dateModified=claim.checked,
        reviewBody=" ".join(claim.finding.split()),
        reviewRating=rating,
        inLanguage="en",
        version=site.version,
    )


def shortened(words: str) -> str:
    """Return a claim's words, shortened to whole words and an ellipsis if longer than `LONGEST_CLAIM`."""
    words = " ".join(words.split())
    if len(words) <= LONGEST_CLAIM:
        return words
    kept = words[: LONGEST_CLAIM - 1].rpartition(" ")[0]
    return _DANGLING.sub("", kept) + " …"


def _breadcrumbs(page: Page, whole: Page | None, site: Site) -> Node:
    sections = {"op-ed": {whole.address: "The op-ed"} if whole else {}, "claims": {"claims/": "Claims"}}
    trail = {"": site.name} | sections.get(page.address.split("/")[0], {}) | {page.address: page.title}
    items = [
        _node(
            "ListItem", name=name, position=number, item=site.address and {"@type": "WebPage", "@id": site.url(address)}
        )
        for number, (address, name) in enumerate(trail.items(), start=1)
    ]
    return _node("BreadcrumbList", itemListElement=items)


def _dataset(name: str, files: dict[str, str], site: Site) -> Node:
    distribution = [
        _node("DataDownload", name=path, encodingFormat=kind, contentUrl=site.url(path)) for path, kind in files.items()
    ]
    return _node(
        "Dataset",
        url=site.url("about/downloads/"),
        name=name,
        description=f"{name}: what the pages of {site.name} are made of, or what is made with them.",
        creator=_node("Organization", url=site.url(""), name=site.publisher or site.name),
        license="https://spdx.org/licenses/MIT",
        isAccessibleForFree=True,
        version=site.version,
        distribution=distribution,
    )
