"""What each kind of record holds: the fields of a claim's page, of a source, a passage and each table's rows.

One table says for every field what it may hold and whether it may be left out; for every kind of record what no two of
them share, and how they are ordered. The fields of assertions are in assertions.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from opedcheck.dates import in_words
from opedcheck.files import Mapping, Sequence
from opedcheck.text import ID

FORMULA = ("=", "+", "-", "@", "\t")  # what begins a field that spreadsheet programs run as a formula
UNDATED = "n.d."  # what a source that carries no date has for `issued`


class Verdict(NamedTuple):
    """A verdict: its id, its symbol, and how much it says of a claim, from 0 (opinion) to 3."""

    id: str
    symbol: str
    strength: int

    @property
    def name(self) -> str:
        """Return the verdict as readers see it: `partly-supported` is `Partly supported`."""
        return self.id.replace("-", " ").capitalize()


# In the order of the scale; opinions are apart. The method page defines them.
VERDICTS = {
    verdict.id: verdict
    for verdict in (
        Verdict("supported", "✓", 3),
        Verdict("partly-supported", "◐", 2),
        Verdict("unverified", "?", 1),
        Verdict("contradicted", "✗", 3),
        Verdict("opinion", "◇", 0),
    )
}
PASSAGE_KINDS = ("opinion", "recommendation", "connective")
CSL_TYPES = (
    "article-journal", "article-magazine", "article-newspaper", "book", "broadcast", "chapter", "dataset", "hearing",
    "interview", "legal_case", "legislation", "motion_picture", "post", "post-weblog", "report", "speech", "thesis",
    "treaty", "webpage",
)  # fmt: skip
# https://research.un.org/en/docs/symbols
UN_SYMBOL = (
    r"(?:A/(?:HRC/)?(?:RES|DEC)/(?:ES-)?\d+/\d+|A/RES/\d+ \([IVXLC]+\)|A/(?:HRC/)?(?:S-)?\d+/\d+"
    r"|A/(?:HRC/)?\d+/(?:CRP|L)\.\d+|A/HRC/WG\.6/\d+/[A-Z]{3}/\d+|A/\d+/PV\.\d+|A/C\.3/\d+/(?:L|SR)\.\d+"
    r"|S/RES/\d+ \(\d{4}\)|S/PRST/\d{4}/\d+|S/\d{4}/\d+|S/PV\.\d+|E/CN\.4/RES/\d{4}/\d+|E/CN\.4/\d{4}/\d+"
    r"|E/CN\.4/\d{4}/SR\.\d+|C[A-Z]{1,4}/C/[A-Z]{3}/(?:CO/)?\d+|GA/\d+|SC/\d+|GA/SHC/\d+)"
    r"(?:/(?:Add|Corr|Rev)\.\d+)*"
)
RESOLUTION = r"A/RES/\d{1,3}/\d{1,4}|A/HRC/RES/\d{1,3}/\d{1,4}|E/CN\.4/RES/\d{4}/\d{1,4}"


class Field(NamedTuple):
    """A field: what it holds, in words; the pattern of its whole text; whether it may be left out.

    `date` is `day` for a whole day, `date` for one that may be a year or a month alone, and `issued` for one that may
    be approximate (EDTF `2016~`) or `n.d.` as well; `choices` are the values that it may have, and `most_words` how
    many words; the items of a list are of the kind `of`. Of an assertion's field, `names` is the evidence that its
    value names, and `said` how the op-ed's words must say the value, which `{}` stands for.
    """

    holds: str = "text"
    pattern: str = ""
    optional: bool = False
    kind: type = str
    date: str = ""
    choices: tuple[str, ...] = ()
    most_words: int = 0
    of: str = ""
    names: str = ""
    said: str = ""


class Record(NamedTuple):
    """A kind of record: its fields by name, the sets of fields that no two share, and the order of its records.

    Of two fields that are `apart` a record has one at most; of two that are `together`, both or neither.
    """

    fields: dict[str, Field]
    unique: tuple[tuple[str, ...], ...] = ()
    order: tuple[str, ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, str], ...] = ()


_TEXT = Field()
_MAY = Field(optional=True)
_LIST = Field("a list", kind=Sequence)
_ID = Field("an id of small letters, digits and hyphens", ID)
_DAY = Field("a day as YYYY-MM-DD", date="day")
_DATE = Field("a date as YYYY-MM-DD, YYYY-MM or YYYY", date="date")
_MAY_DATE = _DATE._replace(optional=True)
_TALLY = dict.fromkeys(("yes", "no", "abstain"), Field("a whole number", r"\d{1,4}", optional=True))
_SYMBOL = Field("a UN document symbol such as A/RES/69/188", UN_SYMBOL)
_RESOLUTION = Field("the symbol of a resolution such as A/RES/69/188", RESOLUTION)
# Menus, search and cards show them, and in the head of a page a straight quotation mark would end them.
_SHOWN = Field("text without straight quotation marks", '[^"]*')
_EXCERPT = Field(most_words=30)
NOT_A_MEMBER = "not-a-member"  # what a state's column says where the state had no vote in the body
STATE_VOTE = Field(optional=True, choices=("yes", "no", "abstain", "absent", NOT_A_MEMBER))


def _one_of(words: Iterable[str], optional: bool = False) -> Field:
    return Field("one of " + ", ".join(words), choices=tuple(words), optional=optional)


RECORDS = {
    "sources.yml": Record(
        {
            "op-ed": Field("keys with values", kind=Mapping, of="op-ed"),
            "http-only": Field("hosts with reasons", kind=Mapping, optional=True),
            "references": _LIST._replace(of="references"),
        }
    ),
    "passages.yml": Record({"passages": _LIST._replace(of="passages")}),
    "op-ed": Record(
        {
            "title": _TEXT,
            "author": _LIST._replace(of="author"),
            "note": _MAY,
            "compared-with": _MAY,
            "compared-until": _MAY,
        }
    ),
    "pages": Record(
        {
            "title": _SHOWN,
            "description": _SHOWN,
            "hide": _LIST._replace(optional=True),
            "search": Field("keys with values", kind=Mapping, optional=True),
        }
    ),
    "claims": Record(
        {
            "title": _SHOWN,
            "description": _SHOWN._replace(
                most_words=50
            ),  # about two sentences, what a note beside the text has room for
            "verdict": _one_of(VERDICTS),
            "asserts": _LIST,
            "counts": _one_of(("country-votes",), optional=True),  # the table that the page's counts are of
            "checked": _DAY,
        }
    ),
    "references": Record(
        {
            "id": _ID,
            "type": _one_of(CSL_TYPES),
            "title": _TEXT,
            "author": _LIST._replace(optional=True, of="author"),
            "publisher": _TEXT,
            "form": Field("“original”, or “copy of” and whose text it is", r"original|copy of \S.*"),
            "issued": _DATE._replace(date="issued"),
            "year-suffix": Field("a letter such as a, b or c", "[a-z]", optional=True),
            "URL": _TEXT,
            "number": _SYMBOL._replace(optional=True),
            "language": _MAY,
            "accessed": _DAY,
            "record": _one_of(("own",), optional=True),  # a body's own record of its votes
            "excerpt": _EXCERPT._replace(optional=True),
            "excerpts": _LIST._replace(optional=True, of="excerpts"),
            "archived": _MAY,
            "note": _MAY,
        },
        unique=(("id",), ("URL",)),
        apart=(("year-suffix", "number"), ("excerpt", "excerpts")),
    ),
    "author": Record({"family": _MAY, "given": _MAY, "literal": _MAY}),
    "excerpts": Record({"at": _TEXT, "words": _EXCERPT}),
    "passages": Record({"paragraph": _TEXT, "begins": _TEXT, "kind": _one_of(PASSAGE_KINDS)}),
    "readings": Record(
        {
            "symbol": _RESOLUTION,
            "source": _TEXT,
            "date": _MAY_DATE,
            "adoption": _one_of(("without-vote",), optional=True),
            **_TALLY,
            "note": _MAY,
        },
        unique=(("symbol", "source"),),
    ),
    "country-votes": Record(
        {
            "symbol": _RESOLUTION,
            "date": _DAY,
            "country": _TEXT,
            **_TALLY,
            "record_url": _TEXT,
        },
        unique=(("symbol",), ("record_url",)),
        order=("date",),
    ),
    "events": Record(
        {"id": _ID, "date": _MAY_DATE, "series": _MAY, "title": _TEXT, "source": _MAY, "note": _MAY},
        unique=(("id",),),
        order=("date",),
        together=(("date", "source"),),  # an event without them was looked for and not found
    ),
    "sanctions": Record(
        {"symbol": _SYMBOL, "date": _DATE, "grounds": _TEXT, "source": _TEXT}, unique=(("symbol",),), order=("date",)
    ),
    "parties": Record(
        {"state": _TEXT, "treaty": _TEXT, "status": _one_of(("party", "not-party")), "date": _DATE, "source": _TEXT},
        unique=(("state", "treaty"),),
        order=("state", "treaty"),
    ),
    "verdicts": Record(
        {
            "claim": _ID,
            "date": _DAY,
            "verdict": _one_of(VERDICTS),
            "computed": _one_of(VERDICTS, optional=True),  # what the evidence computed then
            "reason": _TEXT,
        },
        unique=(("date", "claim"),),  # by which the feed names its entries
        order=("date",),
    ),
}
OF_STATES = ("readings", "country-votes")  # the tables whose further columns are the votes of states
TABLES = ("readings", "country-votes", "events", "sanctions", "parties", "verdicts")


# The groups of sources by id, each with its heading and its types of CSL. What has a UN symbol or is a body's own
# record is of the first, what is of no other of the last.
SOURCE_GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "united-nations": ("Documents of the United Nations", ()),
    "press": ("Press", ("article-newspaper", "article-magazine")),
    "studies": ("Reports, studies and data", ("report", "book", "chapter", "article-journal", "dataset")),
    "other-pages": ("Other pages", ()),
}


class Excerpt(NamedTuple):
    """Exact words of a source; `at` says where in a document they are, `paragraph 11 (a)`, or is `""`."""

    at: str
    words: str


class Source:
    """A source: one reference of sources.yml in CSL-YAML."""

    def __init__(self, name: str, fields: Mapping) -> None:
        """Take the id and the reference."""
        self.id = name
        self.fields = fields
        self.text = fields.text
        # A body's own record of its votes settles what others report.
        self.is_own_record = fields.text("record") == "own"
        # The source's words: those of `excerpt`, or each of `excerpts`.
        self.excerpts = [Excerpt(item.text("at"), item.text("words")) for item in fields.mappings("excerpts")]
        if words := fields.text("excerpt"):
            self.excerpts = [Excerpt("", words)]
        self.excerpted = " […] ".join(excerpt.words for excerpt in self.excerpts)
        # The name used in running text: the document symbol, or the publisher and the year, `Yonhap 2009a`. What is
        # undated is named by the year in which we read it: `Light Trust, read in 2021`.
        undated = self.text("issued") == UNDATED
        year = self.text("accessed" if undated else "issued")[:4] + self.text("year-suffix")
        by = re.split(r", | [(]", self.text("publisher"))[0] + (", read in" if undated else "")
        self.short = self.text("number") or f"{by} {year}".strip()
        # The id of the group that it is listed in.
        is_first, kind = self.text("number") or self.is_own_record, self.text("type")
        fitting = (group for group, (_, kinds) in SOURCE_GROUPS.items() if is_first or kind in kinds)
        self.group = next(fitting, list(SOURCE_GROUPS)[-1])


def dated(iso: str) -> str:
    """Write a date of the data for readers; an approximate one (EDTF `2016~`) as `about 2016`, none as `undated`."""
    if iso == UNDATED:
        return "undated"
    return f"about {in_words(iso[:-1])}" if iso.endswith("~") else in_words(iso)
