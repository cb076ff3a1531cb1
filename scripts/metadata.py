"""Machine-readable metadata in a page's head: Open Graph, reference managers' tags, and JSON-LD of schema.org.

Addresses are absolute; if the site has no address, they are left out.
"""

import re
from typing import Any, NamedTuple

from citations import Item, Site, day_of, name_in_order, op_ed_item
from claims import Claim, Register, text_of
from markup import name_of
from op_ed import PART_OF, PARTS
from pages import Page

Node = dict[str, Any]

CARD_SIZE = (1200, 630)  # of the picture shown with links to a page, in pixels
LONGEST_CLAIM = 74  # characters of `claimReviewed`: under 75, as services that show fact checks ask
# The verdicts that are grades on one scale. Opinions and unverified claims have no number.
RATINGS = {"contradicted": 1, "partly-supported": 2, "supported": 3}
# The page that represents a section in the breadcrumbs.
_SECTIONS = {"op-ed/": ("The op-ed", "op-ed/whole/"), "claims/": ("Claims", "claims/")}
_DATA = {
    "The claims, with verdict, finding and sources": {
        "data/claims.json": "application/json",
        "data/claims.csv": "text/csv",
    },
    "UN resolutions on human rights in North Korea": {"data/resolutions.csv": "text/csv"},
    "The sources": {
        "data/sources.json": "application/vnd.citationstyles.csl+json",
        "data/sources.bib": "text/x-bibtex",
    },
}
# What a shortened claim must not end with.
_DANGLING = re.compile(r"(?:[ ,;:–-]|\b(?:a|an|and|by|for|from|in|of|on|or|that|the|to|with))+$")
_LICENCE = "https://spdx.org/licenses/MIT"


class Head(NamedTuple):
    """The metadata of a page's head: `<meta>` tags as (attribute, name, content), and JSON-LD objects."""

    tags: list[tuple[str, str, str]]
    data: list[Node]


def head_of(address: str, register: Register, site: Site) -> Head:
    """Return the metadata of the page at `address`, empty if the register does not have the page."""
    page = next((page for page in register.pages.values() if page.address == address), None)
    if page is None:
        return Head([], [])
    claim = next((claim for claim in register.claims.values() if claim.page is page), None)
    item = op_ed_item(register, site) or {}
    return Head([*_open_graph(page, claim, register, site), *_citation(page, claim, item, site)],
                list(_json_ld(page, claim, register, site, item)))  # fmt: skip


def card_path(address: str) -> str:
    """Return the path of a page's card below the site's root: cards/claims-vote-2014.png for `claims/vote-2014/`."""
    return f"cards/{address.strip('/').replace('/', '-') or 'home'}.png"


def _open_graph(page: Page, claim: Claim | None, register: Register, site: Site) -> list[tuple[str, str, str]]:
    """Return the tags of the Open Graph protocol (https://ogp.me)."""
    title = text_of(page.fields, "title")
    told = {"og:site_name": site.name, "og:title": title, "og:description": text_of(page.fields, "description")}
    told["og:locale"] = "en_GB"
    is_article = claim is not None or page.address.startswith("op-ed/")
    told["og:type"] = "article" if is_article else "website"
    if claim is not None:
        told["article:published_time"] = _first_judged(claim, register)
        told["article:modified_time"] = claim.text("checked")
    elif is_article:
        told["article:published_time"] = register.op_ed_date
    if site.address:
        told["og:url"] = site.at(page.address)
        told["og:image"] = site.at(card_path(page.address))
        told |= {"og:image:width": str(CARD_SIZE[0]), "og:image:height": str(CARD_SIZE[1])}
        told["og:image:alt"] = f"{title}: {name_of(claim.verdict)}" if claim else title
    card = [("name", "twitter:card", "summary_large_image" if site.address else "summary")]
    return [("property", name, " ".join(content.split())) for name, content in told.items() if content] + card


def _citation(page: Page, claim: Claim | None, op_ed: Item, site: Site) -> list[tuple[str, str, str]]:
    """Give the tags that reference managers read: Highwire Press's, and for Zotero the type of item.

    A page of the op-ed is cited as the op-ed, a claim's page as one of this site.
    """
    if claim is not None:
        told = [
            ("citation_title", claim.text("title")),
            ("citation_publication_date", claim.text("checked").replace("-", "/")),
            ("citation_publisher", site.name),
        ]
        kind = "webpage"
    elif page.address.startswith("op-ed/") and op_ed:
        authors = [
            name.get("literal") or ", ".join(filter(None, [name.get("family"), name.get("given")]))
            for name in op_ed.get("author", [])
        ]
        told = [
            ("citation_title", op_ed.get("title", "")),
            *(("citation_author", author) for author in authors),
            ("citation_publication_date", day_of(op_ed, "issued").replace("-", "/")),
        ]
        kind = "newspaperArticle"
    else:
        return []
    told += [("citation_language", "en"), ("citation_public_url", site.at(page.address)), ("z:itemType", kind)]
    return [("name", name, content) for name, content in told if content]


def _first_judged(claim: Claim, register: Register) -> str:
    return next((row["date"] for row in register.verdicts if row["claim"] == claim.id), claim.text("checked"))


# --- JSON-LD ---------------------------------------------------------------------------------------------------------


def _json_ld(page: Page, claim: Claim | None, register: Register, site: Site, op_ed: Item) -> list[Node]:
    """Return a page's description in the vocabulary of schema.org."""
    nodes = []
    if not page.address:
        nodes.append(_node("WebSite", site, "", name=site.name, description=text_of(page.fields, "description")))
    if claim is not None:
        nodes.append(_claim_review(claim, register, site, op_ed))
    elif page.address == "op-ed/whole/":
        nodes.append(_whole(register, site, op_ed))
    elif page.address.startswith("op-ed/"):
        nodes.append(_part(page, site) | {"isPartOf": _article(site, op_ed)})
    elif page.address == "about/downloads/":
        nodes += [_dataset(name, files, site) for name, files in _DATA.items()]
    if page.address:
        nodes.append(_breadcrumbs(page, site))
    return [{"@context": "https://schema.org", **node} for node in nodes]


def _node(kind: str, site: Site, address: str | None = None, **properties: object) -> Node:
    """Return a node; with an `address` it has a `url`, if the site has an address."""
    if address is not None and site.address:
        properties["url"] = site.at(address)
    return {"@type": kind} | {name: value for name, value in properties.items() if value not in ("", None, [])}


def _article(site: Site, op_ed: Item) -> Node:
    """Return the op-ed itself: who wrote it, and when."""
    authors = [
        _node("Person", site, name=name_in_order(name), familyName=name.get("family"), givenName=name.get("given"))
        for name in op_ed.get("author", [])
    ]
    node = _node(
        "OpinionNewsArticle",
        site,
        "op-ed/whole/",
        name=op_ed.get("title"),
        author=authors,
        datePublished=day_of(op_ed, "issued"),
        inLanguage="en",
    )
    return node | ({"@id": site.at("op-ed/whole/#whole")} if site.address else {})


def _whole(register: Register, site: Site, op_ed: Item) -> Node:
    pages = [register.pages[path] for part in PARTS if (path := f"docs/op-ed/{part}.md") in register.pages]
    return _article(site, op_ed) | {"hasPart": [_part(page, site) for page in pages]}


def _part(page: Page, site: Site) -> Node:
    number = list(PARTS).index(page.address.split("/")[1]) + 1
    name = text_of(page.fields, "title")
    return _node("Article", site, page.address, name=name, position=number, inLanguage="en")


def _claim_review(claim: Claim, register: Register, site: Site, op_ed: Item) -> Node:
    """Return the review of a claim (https://schema.org/ClaimReview)."""
    article = _article(site, op_ed)
    paragraph = claim.text("paragraph")
    part = PART_OF.get(paragraph, "")
    number = RATINGS.get(claim.verdict)
    rating = _node("Rating", site, alternateName=name_of(claim.verdict), ratingValue=number)
    if number:
        rating |= {"bestRating": max(RATINGS.values()), "worstRating": min(RATINGS.values())}
    # Date and byline are an editor's words rather than the author's; whose, is not known.
    author = article.get("author") if paragraph[1:].isdigit() else None
    reviewed = _node(
        "Claim",
        site,
        f"op-ed/{part}/#{claim.id}",
        text=claim.text("quote"),
        author=author,
        datePublished=article.get("datePublished"),
        appearance=article,
    )
    return _node(
        "ClaimReview",
        site,
        claim.page.address,
        name=claim.text("title"),
        claimReviewed=shortened(claim.text("quote")),
        itemReviewed=reviewed,
        author=_node("Organization", site, "", name=site.name),
        datePublished=_first_judged(claim, register),
        dateModified=claim.text("checked"),
        reviewBody=" ".join(claim.text("description").split()),
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


def _breadcrumbs(page: Page, site: Site) -> Node:
    trail = [(site.name, "")]
    folder = page.address.split("/")[0] + "/"
    if folder in _SECTIONS and _SECTIONS[folder][1] != page.address:
        trail.append(_SECTIONS[folder])
    trail.append((text_of(page.fields, "title"), page.address))
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
        creator=_node("Organization", site, "", name=site.name),
        license=_LICENCE,
        isAccessibleForFree=True,
        version=site.version,
        distribution=distribution,
    )
