"""The downloads: claims and sources as data, made from the register and documented in about/downloads.md."""

import csv
import io
import json
from typing import Any

import op_ed
from assertions import answers
from citations import Site, bibtex, source_item
from claim_pages import claims_in_order
from claims import VERDICTS, Claim, Register, text_of
from feed import atom
from markup import name_of, visible
from provenance import compared
from reading import Mapping, Sequence

VERSION = 2  # of claims.json: goes up when a key changes its meaning or goes away
_COLUMNS = (
    "id",
    "title",
    "quote",
    "paragraph",
    "part",
    "verdict",
    "finding",
    "sources",
    "checked",
    "recheck",
    "address",
)


def exports(register: Register, site: Site) -> dict[str, str]:
    """Return the text of every download by its path below the site's root."""
    return {
        "data/claims.json": claims_json(register, site),
        "data/claims.csv": claims_csv(register),
        "data/sources.json": sources_json(register),
        "data/sources.bib": sources_bib(register),
        "feed.xml": atom(register, site),
        "llms.txt": llms_txt(register, site),
    }


def claims_json(register: Register, site: Site) -> str:
    """Write claims.json, as docs/data/claims.schema.json describes it."""
    copy, until = compared(register)
    tree = {
        "$schema": "claims.schema.json",
        "version": VERSION,
        "site": {"name": site.name, "version": site.version, "address": site.address},
        "op_ed": {
            "byline": register.recorded("byline"),
            "date": register.op_ed_date,
            "compared_with": source_item(copy).get("container-title", "") if copy else "",
            "compared_at": copy.text("URL") if copy else "",
            "compared_until": until if copy else "",
        },
        "claims": [_claim(claim, register) for claim in claims_in_order(register)],
    }
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


def _claim(claim: Claim, register: Register) -> dict[str, Any]:
    evidence = [
        {"asserted": answer.asserted, "outcome": answer.outcome, "found": answer.found, "sources": list(answer.sources)}
        for answer in answers(claim, register)
    ]
    history = [
        {"date": row["date"], "verdict": row["verdict"], "reason": row["reason"]}
        for row in register.verdicts
        if row["claim"] == claim.id
    ]
    asserts = [{kind: _plain(values)} for kind, values in claim.assertions]
    return {**_fields(claim), "sources": claim.sources, "asserts": asserts, "evidence": evidence, "history": history}


def _fields(claim: Claim) -> dict[str, str]:
    """Return the fields of a claim that both formats have, in the order of the columns."""
    paragraph = claim.text("paragraph")
    values = {
        "id": claim.id,
        "part": op_ed.PART_OF.get(paragraph, ""),
        "finding": claim.text("description"),
        "sources": " ".join(claim.sources),
        "address": claim.page.address,
    }
    return {name: values[name] if name in values else claim.text(name) for name in _COLUMNS}


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, Sequence) else value


def claims_csv(register: Register) -> str:
    """Return the claims as CSV (RFC 4180 except for line ends), a row each; sources are separated by spaces."""
    out = io.StringIO()
    table = csv.DictWriter(out, _COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(_fields(claim) for claim in claims_in_order(register))
    return out.getvalue()


def sources_json(register: Register) -> str:
    """Return the sources as CSL-JSON."""
    return (
        json.dumps([source_item(source) for source in register.sources.values()], ensure_ascii=False, indent=1) + "\n"
    )


def sources_bib(register: Register) -> str:
    """Return the sources as BibTeX."""
    return "\n\n".join(bibtex(source_item(source)) for source in register.sources.values()) + "\n"


def llms_txt(register: Register, site: Site) -> str:
    """Return llms.txt (https://llmstxt.org): what the site is and what it contains, for programs that read it."""
    home = register.pages.get("docs/index.md")

    def line(path: str, more: str = "") -> str:
        page = register.pages[path]
        told = more or text_of(page.fields, "description")
        return visible(f"- [{text_of(page.fields, 'title')}]({site.at(page.address) or page.address}): {told}")

    def pages(folder: str) -> list[str]:
        return [line(path) for path in register.pages if path.startswith(f"docs/{folder}/")]

    parts = [line(f"docs/op-ed/{part}.md") for part in op_ed.PARTS if f"docs/op-ed/{part}.md" in register.pages]
    claims = [
        line(claim.page.path, f"{name_of(claim.verdict)}. {claim.text('description')}")
        for claim in claims_in_order(register)
        if claim.verdict in VERDICTS
    ]
    sections = {"The op-ed": parts, "Claims": claims, "Evidence": pages("evidence"), "About": pages("about")}
    told = "\n\n".join(f"## {name}\n\n" + "\n".join(lines) for name, lines in sections.items())
    summary = visible(text_of(home.fields, "description")) if home else ""
    return f"# {site.name}\n\n> {summary}\n\n{told}\n"
