"""References: a source, the op-ed, or this site's check of it, in the formats that writers and their programs use.

Each starts as a CSL-JSON item (the format of citation managers, https://citeproc-js.readthedocs.io/en/latest/csl-json),
from which it is written as a note in the style of the Chicago Manual of Style, in that of the American Psychological
Association, as BibTeX, and as RIS.
"""

import re
import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from opedcheck.dates import MONTHS, first_day, in_words
from opedcheck.records import Source
from opedcheck.register import Claim, Register
from opedcheck.text import Page, series, visible

Item = dict[str, Any]

_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")  # where names have no space
_PRESS = ("article-newspaper", "article-magazine", "article-journal", "webpage", "post-weblog")


class Site(NamedTuple):
    """The site's name, its address (ending in a slash, or empty), its version, and who publishes it, if known.

    `contact` is the publisher's e-mail or web address for errors.
    """

    name: str
    address: str = ""
    version: str = ""
    publisher: str = ""
    contact: str = ""

    @property
    def editors(self) -> str:
        """Return who answers for the site's checks."""
        return self.publisher or f"The editors of {self.name}"

    def url(self, address: str) -> str:
        """Return a page's full address, or an empty string if the site has no address of its own."""
        return self.address + address if self.address else ""


NO_SITE = Site("")


def site_of(root: Path, name: str, address: str | None, publisher: object = None) -> Site:
    """Return what mkdocs.yml says of the site; `publisher` is what it names under `extra`."""
    fields = publisher if isinstance(publisher, dict) else {}
    who, contact = (str(fields.get(field) or "").strip() for field in ("name", "contact"))
    return Site(name, address.rstrip("/") + "/" if address else "", version_of(root), who, contact)


@lru_cache(maxsize=2)
def version_of(root: Path) -> str:
    """Return the version in `root`'s pyproject.toml, or an empty string."""
    file = root / "pyproject.toml"
    return str(tomllib.loads(file.read_text(encoding="utf-8"))["project"]["version"]) if file.is_file() else ""


def whole_page(register: Register, edition: str = "") -> Page | None:
    """Return the page that has the whole op-ed, at which it is cited, or its short edition; None without one."""
    pages = register.pages_below("docs/op-ed/").values()
    return next((page for page in pages if ("op-ed", edition) in page.directives()), None)


def source_item(source: Source) -> Item:
    """Return a source as a CSL-JSON item.

    `publisher` may include where the document was read: `Associated Press, in Newshub`. For the press that is the
    container's title; for a document it is CSL's `source`.
    """
    kind = source.text("type")
    by, _, within = source.text("publisher").partition(", in ")
    title = source.text("title").replace("; title not read]", "]")  # a description without the reason for it
    item: Item = {"id": source.id, "type": kind, "title": title, "author": names_of(source)}
    if kind in _PRESS:
        item |= {"container-title": within or by, "publisher": by if within else ""}
    else:
        item |= {"publisher": by, "source": within}
    item["issued"] = _date(source.text("issued"))
    item |= {name: source.text(name) for name in ("number", "URL", "language")}
    item["accessed"] = _date(source.text("accessed"))
    return _shown(item)


@lru_cache(maxsize=2)
def op_ed_item(register: Register, site: Site) -> Item | None:
    """Return the op-ed as this site has it; None where it is not described.

    It is cited from here: a copy that was read in part is no place to find words that were not read there. Where the
    byline has the family name first, CSL's `static-ordering` keeps it so.
    """
    if not register.op_ed:
        return None
    item = source_item(Source("op-ed", register.op_ed)) | {"type": "article-newspaper"}
    for name in item.get("author", []):
        if f"{name.get('family')} {name.get('given')}" in register.recorded("byline"):
            name["static-ordering"] = True
    page = whole_page(register)
    item |= {"issued": _date(register.op_ed_date), "source": site.name, "URL": site.url(page.address) if page else ""}
    return _shown(item | {"note": register.op_ed.text("note")})


def check_item(register: Register, claim: Claim | None, site: Site) -> Item:
    """Return this site's check of a claim, dated by its last comparison with sources, or of the whole op-ed.

    The title says the verdict on a claim, and `genre` what was checked. The check of the whole op-ed is dated by the
    newest check, verdict or correction.
    """
    op_ed = op_ed_item(register, site) or {}
    by = series(map(name_in_order, op_ed.get("author", [])))
    named = "an op-ed" if op_ed.get("title", "[")[0] == "[" else f"“{op_ed['title']}”"
    checked = f"{named} by {by}" if by else named
    checked += f", {in_words(register.op_ed_date)}"
    item: Item = {"type": "webpage", "author": [{"literal": site.editors}], "container-title": site.name}
    item |= {"version": site.version, "language": "en"}
    if claim is None:
        item |= {"id": "check", "title": f"Fact-check of {checked}", "URL": site.address}
    else:
        title = f"{claim.title}: {claim.verdict.name.lower()}" if claim.verdict else claim.title
        item |= {"id": f"check-{claim.id}", "title": title, "URL": site.url(claim.page.address)}
        item["genre"] = f"fact-check of claim {claim.number} in {checked}"
    return _shown(item | {"issued": _date(claim.checked if claim else register.newest_day)})


def _shown(item: Item) -> Item:
    """Return an item without empty fields and invisible characters."""
    shown = {name: visible(value) if isinstance(value, str) else value for name, value in item.items()}
    return {name: value for name, value in shown.items() if value}


def names_of(source: Source) -> list[dict[str, Any]]:
    """Return the names of a source's authors in CSL's form."""
    return [
        {key: words for key, part in author.items() if part and (words := visible(str(part)))}
        for author in source.fields.mappings("author")
    ]


def _date(iso: str) -> Item | None:
    """Return a date of the data in CSL's form, or None; `2016~` means about 2016, and `n.d.` means no date."""
    day = iso.removesuffix("~")
    if first_day(day) is None:
        return None
    return {"date-parts": [[int(part) for part in day.split("-")]]} | ({"circa": True} if day != iso else {})


def day_of(item: Item, name: str) -> str:
    """Return an item's date as far as it is known, like `2024-01-02`, or an empty string."""
    return "-".join(f"{part:02}" for part in item[name]["date-parts"][0]) if name in item else ""


def _approximate(item: Item, words: str) -> str:
    """Return words if the item's date is approximate."""
    return words if item.get("issued", {}).get("circa") else ""


# --- Chicago ---------------------------------------------------------------------------------------------------------


def chicago_note(item: Item) -> str:
    """Return a full note in the style of the Chicago Manual of Style (17th edition, 14.19 ff.), as plain text.

    A title in brackets is a description and gets no quotation marks. Without a date, that of access takes its place.
    """
    title = item.get("title", "")
    within = item.get("container-title", "")
    if title[:1] != "[" and (within or _cited_from_here(item)):
        title = in_quotation_marks(f"{title},")
    else:
        title += ","
    when = _approximate(item, "ca. ") + _chicago_date(item, "issued")
    if not when:
        when = f"accessed {_chicago_date(item, 'accessed')}" if "accessed" in item else "n.d."
    version = f"version {item['version']}" if "version" in item else ""
    where = f"as published on {item['source']}" if _cited_from_here(item) else ""
    genre, publisher, number, note = (item.get(name, "") for name in ("genre", "publisher", "number", "note"))
    rest = [genre, within, publisher, number, version, when, note.rstrip("."), where, item.get("URL", "")]
    by = series(map(name_in_order, item.get("author", [])))
    return _listed(by and f"{by},", title, _listed(*rest), joint=" ") + "."


def in_quotation_marks(words: str) -> str:
    """Return words in double quotation marks, with single ones in place of double ones within."""
    return f"“{words.replace('“', '‘').replace('”', '’')}”"


def _cited_from_here(item: Item) -> bool:
    """Tell whether this is an article of the press whose newspaper is not known."""
    return item["type"] in _PRESS and "source" in item


def name_in_order(name: dict[str, Any]) -> str:
    """Return a person's name in the order in which they write it."""
    if _EASTERN.fullmatch(written := f"{name.get('family', '')}{name.get('given', '')}"):
        return written
    order = ("family", "given") if name.get("static-ordering") else ("given", "family")
    return str(name.get("literal") or " ".join(name[part] for part in order if name.get(part)))


def family_first(name: dict[str, Any], initials: bool = False) -> str:
    """Return a person's name as lists are ordered by: `Quill, Ada-Lou`, or `Quill, A.-L.` with `initials`."""
    given = str(name.get("given", ""))
    if initials and not _EASTERN.fullmatch(given):
        given = re.sub(r"([^\s-])[^\s-]*", r"\1.", given)
    return str(name.get("literal") or _listed(str(name.get("family", "")), given))


def _chicago_date(item: Item, name: str) -> str:
    year, day = _year_and_day(item, name)
    return _listed(day, year, joint=", " if " " in day else " ")


def _year_and_day(item: Item, name: str) -> tuple[str, str]:
    """Return an item's year, and its month and day like `January 2`; `""` for what is not known."""
    year, month, day = [*day_of(item, name).split("-"), "", ""][:3]
    return year, f"{MONTHS[int(month) - 1]} {day.lstrip('0')}".strip() if month else ""


# --- APA -------------------------------------------------------------------------------------------------------------


def apa(item: Item) -> str:
    """Return an entry of a list of references in the style of the APA (Publication Manual, 7th edition), as plain text.

    Of a given name it has the initials; without an author the title comes first, and `n.d.` means no date.
    """
    by = series((family_first(name, initials=True) for name in item.get("author", [])), ", & ")
    year, day = _year_and_day(item, "issued")
    version = f" (Version {item['version']})" if "version" in item else ""
    genre = f" [{item['genre'][0].upper()}{item['genre'][1:]}]" if "genre" in item else ""
    when, title = f"({_listed(year or 'n.d.', day)})", item.get("title", "") + version + genre
    within = item.get("container-title") or item.get("source") or item.get("publisher", "")
    told = [by.rstrip("."), when, title, within] if by else [title, when, within]
    ended = (words if words.endswith(("?", "!")) else f"{words}." for words in told if words)
    return " ".join([*ended, item.get("URL", "")]).strip()


# --- BibTeX ----------------------------------------------------------------------------------------------------------

_ENTRIES = {"article-newspaper": "article", "article-magazine": "article", "article-journal": "article",
            "report": "techreport", "legislation": "techreport", "hearing": "techreport",
            "book": "book", "chapter": "incollection"}  # fmt: skip
_CONTAINERS = {"article": "journal", "incollection": "booktitle"}
_PUBLISHERS = {"techreport": "institution", "misc": "howpublished"}
# Characters with a meaning in LaTeX, and how to escape them.
_LATEX = str.maketrans({
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "{}$&#%_"},
})  # fmt: skip


def bibtex(item: Item) -> str:
    """Write an entry for BibTeX and biblatex, with letters of any script in UTF-8.

    `date` is biblatex's, `year` and `month` are BibTeX's. `langid`, unlike `language`, is not printed. A number or
    publisher that an entry of its kind does not print is in `howpublished` or `note`, which all styles print.
    """
    day, language = day_of(item, "issued"), item.get("language", "")
    # Both programs warn of an article or a report without a date.
    kind = _ENTRIES.get(item["type"], "misc") if day and not _cited_from_here(item) else "misc"
    container, publisher = _CONTAINERS.get(kind, ""), _PUBLISHERS.get(kind, "publisher")
    within, by, number = (item.get(name, "") for name in ("container-title", "publisher", "number"))
    if not container:  # what has no container in BibTeX is published there
        by = _listed(by, within or (item["source"] if _cited_from_here(item) else ""))
    if kind == "misc":
        by = _listed(by, number)
    what = "Resolution" if "RES/" in number else "Report" if item["type"] == "report" else "Document"
    by = _listed(item.get("genre", ""), by, f"version {item['version']}" if "version" in item else "")
    unprinted = _listed(by if kind == "article" else "", number if kind not in ("misc", "techreport") else "")
    fields = {
        "entrysubtype": item["type"].partition("-")[2] if kind == "article" else "",  # by which pandoc knows newspapers
        "author": " and ".join(_whole(family_first(name), "literal" in name) for name in item.get("author", [])),
        "title": _whole(item.get("title", ""), True),
        "key": "" if item.get("author") else _whole(item.get("title", ""), True),  # to sort by; a bracket would end it
        container: _latex(within) if container else "",
        publisher: _whole(by) if kind != "article" else "",
        "type": what if kind == "techreport" else "",  # in place of "Technical Report"
        "number": _latex(number) if kind == "techreport" else "",
        "date": day + _approximate(item, "~"),
        "year": day[:4],
        "month": MONTHS[int(day[5:7]) - 1][:3].lower() if day[5:7] else "",
        "note": _latex(_listed(unprinted, _approximate(item, "date approximate"), item.get("note", ""), joint="; ")),
        "langid": language if language != "en" else "",  # of an English title pandoc would change the capitals
        # biblatex and the package url read it literally.
        "url": item.get("URL", "").replace("{", "%7B").replace("}", "%7D"),
        "urldate": day_of(item, "accessed"),
    }
    lines = [f"  {name} = {value if name == 'month' else '{' + value + '}'}" for name, value in fields.items() if value]
    return f"@{kind}{{{item['id']},\n" + ",\n".join(lines) + "\n}"


def _listed(*words: str, joint: str = ", ") -> str:
    return joint.join(filter(None, words))


def _whole(words: str, always: bool = False) -> str:
    """Return words in braces if an `and` in them would make them two names; `always`, to keep them as they are."""
    return "{" + _latex(words) + "}" if always or re.search(r"\sand\s", words, re.IGNORECASE) else _latex(words)


def _latex(text: str) -> str:
    return text.translate(_LATEX)


# --- RIS -------------------------------------------------------------------------------------------------------------

_RIS_TYPES = {"article-newspaper": "NEWS", "article-magazine": "MGZN", "article-journal": "JOUR", "report": "RPRT",
              "book": "BOOK", "chapter": "CHAP", "dataset": "DATA", "hearing": "HEAR", "legislation": "GOVDOC",
              "post-weblog": "BLOG", "webpage": "ELEC"}  # fmt: skip


def ris(item: Item) -> str:
    """Return a reference in RIS, from TY to ER. A comma ends a family name, so a name that has none gets no comma."""
    lines = [("TY", _RIS_TYPES.get(item["type"], "GEN")), ("ID", item["id"])]
    lines += [("AU", name.get("literal", "").replace(",", "") or family_first(name)) for name in item.get("author", [])]
    issued = day_of(item, "issued")
    lines += [
        ("TI", item.get("title", "")),
        ("T2", item.get("container-title", "")),
        ("PB", item.get("publisher", "")),
        ("DP", item.get("source", "")),
        ("M1", item.get("number", "")),
        ("M3", item.get("genre", "")),
        ("ET", item.get("version", "")),
        ("PY", issued[:4]),
        ("DA", _ris_date(issued)),
        ("N1", _listed(_approximate(item, "Date approximate"), item.get("note", ""), joint="; ")),
        ("LA", item.get("language", "")),
        ("UR", item.get("URL", "")),
        ("Y2", _ris_date(day_of(item, "accessed"))),
    ]
    return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value) + "\nER  - "


def _ris_date(day: str) -> str:
    """Return a date as YYYY/MM/DD; unknown parts are empty but keep their slash."""
    return "/".join([*day.split("-"), "", ""][:3]) if day else ""


FORMS: dict[str, Callable[[Item], str]] = {"Chicago (note)": chicago_note, "APA": apa, "BibTeX": bibtex, "RIS": ris}
