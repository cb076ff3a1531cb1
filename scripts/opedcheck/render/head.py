"""Metadata in a page's head: Open Graph, reference managers' tags, and JSON-LD of schema.org.

The extension puts it in a comment at the end of the page, and overrides/partials/head.html moves it into the head.
Addresses are absolute; if the site has no address, they are left out.
"""

import json
import re
from collections.abc import Iterable
from html import escape
from typing import Any

from opedcheck.citations import Item, Site, check_item, day_of, family_first, name_in_order, op_ed_item, whole_page
from opedcheck.register import Claim, Register
from opedcheck.text import Page

Node = dict[str, Any]

CARD_SIZE = (1200, 630)  # of the picture shown with links to a page, in pixels
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
_LICENCE = "https://spdx.org/licenses/MIT"


def card_path(address: str) -> str:
    """Return the path of a page's card below the site's root: cards/claims-vote-2019.png for `claims/vote-2019/`."""
    return f"cards/{address.strip('/').replace('/', '-') or 'home'}.png"


def head_of(page: Page, claim: Claim | None, register: Register, site: Site) -> str:
    """Return the HTML of a page's metadata, a claim's page or another: a line each, without `-->`."""
    item = op_ed_item(register, site) or {}
    lines = open_graph(page, claim, register, site) + _tags("name", _citation(page, claim, item, register, site))
    for node in _json_ld(page, claim, register, site, item):
        data = json.dumps({"@context": "https://schema.org", **node}, sort_keys=True)
        for char in "<>&":
            data = data.replace(char, f"\\u{ord(char):04x}")
        lines.append(f'<script type="application/ld+json">{data}</script>')
    return "\n".join(lines)


def _tags(attribute: str, tags: Iterable[tuple[str, str]]) -> list[str]:
    told = ((name, escape(" ".join(content.split()))) for name, content in tags)
    return [f'<meta {attribute}="{name}" content="{content}">' for name, content in told if content]


def open_graph(page: Page, claim: Claim | None, register: Register, site: Site) -> list[str]:
    """Return a page's tags of the Open Graph protocol (https://ogp.me), a line each."""
    is_article = claim is not None or page.address.startswith("op-ed/")
    title, described = page.title, page.fields.text("description")
    if verdict := claim and claim.verdict:
        title, described = f"{verdict.name}: {title}", f"{verdict.symbol} {verdict.name}. {described}"
    tags = {
        "og:site_name": site.name,
        "og:title": title,
        "og:description": described,
        "og:locale": "en_GB",
        "og:type": "article" if is_article else "website",
    }
    if claim is not None:
        tags["article:published_time"] = _first_judged(claim)
        tags["article:modified_time"] = claim.checked
    elif is_article:
        tags["article:published_time"] = register.op_ed_date
    if site.address:
        tags["og:url"] = site.at(page.address)
        tags["og:image"] = site.at(card_path(page.address))
        tags |= {"og:image:width": str(CARD_SIZE[0]), "og:image:height": str(CARD_SIZE[1])}
        tags["og:image:alt"] = title
    card = [("twitter:card", "summary_large_image" if site.address else "summary")]
    return _tags("property", tags.items()) + _tags("name", card)


def _citation(page: Page, claim: Claim | None, op_ed: Item, register: Register, site: Site) -> list[tuple[str, str]]:
    """Return the tags that reference managers read: Highwire Press's, and for Zotero the type of item.

    A page of the op-ed is cited as the op-ed, a claim's page as one of this site.
    """
    if claim is not None:
        check = check_item(register, claim, site)
        tags = [("citation_title", check["title"]), ("citation_publication_date", claim.checked.replace("-", "/"))]
        tags.append(("citation_publisher", site.publisher or site.name))
    elif page.address.startswith("op-ed/") and op_ed:
        tags = [("citation_title", op_ed.get("title", ""))]
        tags += [("citation_author", family_first(name)) for name in op_ed.get("author", [])]
        tags.append(("citation_publication_date", day_of(op_ed, "issued").replace("-", "/")))
    else:
        return []
    tags += [("citation_language", "en"), ("citation_public_url", site.at(page.address))]
    return [*tags, ("z:itemType", "webpage" if claim else "newspaperArticle")]


def _first_judged(claim: Claim) -> str:
    return claim.history[0]["date"] if claim.history else claim.checked


# --- JSON-LD ---------------------------------------------------------------------------------------------------------


def _json_ld(page: Page, claim: Claim | None, register: Register, site: Site, op_ed: Item) -> list[Node]:
    """Return a page's description in the vocabulary of schema.org."""
    if not page.address:
        return [_node("WebSite", site, "", name=site.name, description=page.fields.text("description"))]
    whole = whole_page(register)
    article = _article(whole, site, op_ed)
    nodes = []
    if claim is not None:
        nodes.append(_claim_review(claim, site, article))
    elif page is whole:
        pages = list(register.parts.values())
        nodes.append(article | {"hasPart": [_part(part, pages, site) for part in pages]})
    elif page in register.parts.values():
        nodes.append(_part(page, list(register.parts.values()), site) | {"isPartOf": article})
    elif page.address == "about/downloads/":
        nodes += [_dataset(name, files, site) for name, files in _DATA.items()]
    return [*nodes, _breadcrumbs(page, whole, site)]


def _node(kind: str, site: Site, address: str | None = None, **properties: object) -> Node:
    """Return a node; with an `address` it has a `url`, if the site has an address."""
    if address is not None and site.address:
        properties["url"] = site.at(address)
    return {"@type": kind} | {name: value for name, value in properties.items() if value not in ("", None, [])}


def _article(whole: Page | None, site: Site, op_ed: Item) -> Node:
    """Return the op-ed itself: who wrote it, and when."""
    authors = [
        _node("Person", site, name=name_in_order(name), familyName=name.get("family"), givenName=name.get("given"))
        for name in op_ed.get("author", [])
    ]
    address = whole.address if whole else ""
    top = whole.headings[0].id if whole and whole.headings else ""
    return _node(
        "OpinionNewsArticle",
        site,
        address,
        **{"@id": site.at(f"{address}#{top}")},
        name=op_ed.get("title"),
        author=authors,
        datePublished=day_of(op_ed, "issued"),
        inLanguage="en",
    )


def _part(page: Page, pages: list[Page], site: Site) -> Node:
    number = pages.index(page) + 1
    return _node("Article", site, page.address, name=page.title, position=number, inLanguage="en")


def _claim_review(claim: Claim, site: Site, article: Node) -> Node:
    """Return the review of a claim (https://schema.org/ClaimReview)."""
    number = RATINGS.get(claim.verdict.id) if claim.verdict else None
    rating = _node("Rating", site, alternateName=claim.verdict and claim.verdict.name, ratingValue=number)
    if number:
        rating |= {"bestRating": max(RATINGS.values()), "worstRating": min(RATINGS.values())}
    # Date and byline are an editor's words rather than the author's; whose, is not known.
    author = article.get("author") if claim.paragraph[1:].isdigit() else None
    reviewed = _node(
        "Claim",
        site,
        f"op-ed/{claim.part}/#{claim.id}",
        text=claim.quote,
        author=author,
        datePublished=article.get("datePublished"),
        appearance=article,
    )
    return _node(
        "ClaimReview",
        site,
        claim.page.address,
        name=claim.title,
        claimReviewed=shortened(claim.quote),
        itemReviewed=reviewed,
        author=_node("Organization", site, "", name=site.publisher or site.name),
        datePublished=_first_judged(claim),
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
    sections = {"op-ed": ("The op-ed", whole.address if whole else ""), "claims": ("Claims", "claims/")}
    section = sections.get(page.address.split("/")[0])
    trail = [(site.name, ""), (page.title, page.address)]
    if section and section[1] != page.address:
        trail.insert(1, section)
    items = []
    for number, (name, address) in enumerate(trail, start=1):
        item = _node("ListItem", site, name=name, position=number)
        items.append(item | ({"item": {"@type": "WebPage", "@id": site.at(address)}} if site.address else {}))
    return _node("BreadcrumbList", site, itemListElement=items)


def _dataset(name: str, files: dict[str, str], site: Site) -> Node:
    distribution = [
        _node("DataDownload", site, name=path, encodingFormat=kind, contentUrl=site.at(path))
        for path, kind in files.items()
    ]
    return _node(
        "Dataset",
        site,
        "about/downloads/",
        name=name,
        description=f"{name}: what the pages of {site.name} are made of, or what is made with them.",
        creator=_node("Organization", site, "", name=site.publisher or site.name),
        license=_LICENCE,
        isAccessibleForFree=True,
        version=site.version,
        distribution=distribution,
    )
