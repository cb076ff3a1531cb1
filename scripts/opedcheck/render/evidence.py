"""The tables and lists of pages: the register, votes and events, as charts too, treaties, sources, and rules.

The charts are SVG for both colour schemes and for print. Their heights are in em, so that they scale with the text; the
widths of the chart of votes are percentages, so that it fits phones, paper and wide screens.
"""

import re

from opedcheck.assertions import typeset
from opedcheck.dates import first_day, in_words
from opedcheck.files import Row
from opedcheck.records import NOT_A_MEMBER, SOURCE_GROUPS, Source
from opedcheck.register import Claim, Register
from opedcheck.render.claims import hatching, symbol_and_name, title_link
from opedcheck.render.links import escaped, marked_claims, reference, sentence, source_links, table, web_address
from opedcheck.rules import GROUPS, RULES
from opedcheck.text import series
from opedcheck.votes import BODIES, STANDINGS, Resolution

# What a member did in a recorded vote: in tables, and in a sentence.
CAST = {"yes": "yes", "no": "no", "abstain": "abstained", "absent": "did not vote"}
DID = {"yes": "supported", "no": "opposed", "abstain": "abstained in", "absent": "cast no vote in"}


def register_table(register: Register, _argument: str) -> str:
    """Return every claim with its words, place, verdict and finding, below the filter that filter.js makes."""
    rows = [
        (
            f"{title_link(claim, '')} [{escaped(claim.quote)}]{{ .quote }}",
            f"[{escaped(claim.paragraph)}](../op-ed/{claim.part}.md#{claim.id})",
            f"[{symbol_and_name(claim.verdict)}]{{ .{claim.verdict.id} }}" if claim.verdict else "",
            escaped(claim.finding),
        )
        for claim in marked_claims(register)
    ]
    heads = ("Claim, with the op-ed’s words", "Paragraph", "Verdict", "Finding")
    return f'<form class="filter" data-of="claim"></form>\n\n{table(heads, rows)}'


# --- votes -----------------------------------------------------------------------------------------------------------

MEMBERS = 193  # of the United Nations since 2011: the whole width
BAR, STEP, HEAD, BASELINE = 1.5, 2, 4, 1.1  # of a row: its bar, the whole row, the first one's top, and its baseline
LINE = 1.5  # of the words below the bar of a resolution that claims are about
BEFORE, AFTER = 3.7, 7.5  # space beside the bars for the years and a state's votes, as in op-ed.css
SERIES = {"yes": "in favour", "no": "against", "abstain": "abstaining"}


def _for_svg(text: str) -> str:
    """Return text for a chart's words and attributes, in which neither a quotation mark nor a citation is one."""
    return escaped(text).replace('"', "&quot;")


def votes(register: Register, _argument: str) -> str:
    """Return a table of all resolutions, by body."""
    states = register.states("readings")
    heads = ["Resolution", "Date", "Yes", "No", "Abstain", *map(escaped, states), "Reliability"]
    blocks = []
    for body, name in BODIES.items():
        rows = []
        for one in _resolutions(register, body):
            figures = map(str, one.tally) if one.tally else ["no\u00a0vote", "", ""]
            known = "confirmed: the UN’s own record" if one.own_record else STANDINGS[one.standing]
            links = source_links(one.sources, register)
            known += (f". Sources: {links}" if links else "") + (f". {escaped(one.note)}" if one.note else "")
            # On a telephone, where the table has no heads, each vote says whose it is.
            cast = [
                f"[{escaped(state)}: ]{{ .screen .whose }}{(CAST | {NOT_A_MEMBER: 'not a member'}).get(vote, '—')}"
                for state, vote in ((state, one.vote(state)) for state in states)
            ]
            day = escaped(in_words(one.date)).replace(" ", "\u00a0")
            rows.append([f"{escaped(one.symbol)} {{ #{one.slug} }}", day, *figures, *cast, known])
        if rows:
            blocks.append(f"## {name} {{ #{body.lower()} }}\n\n{table(heads, rows, (2, 3, 4))}")
    return "\n\n".join(blocks)


def _resolutions(register: Register, body: str) -> list[Resolution]:
    return [one for one in register.resolutions.values() if one.body == body]


def votes_chart(register: Register, _argument: str) -> str:
    """Return a row for each of the Assembly's resolutions, with the first state's vote and the claims about it."""
    if not (found := _resolutions(register, "GA")):
        return ""
    state = next(iter(register.states("readings")), "")
    years = _for_svg(f"{found[0].date[:4]} to {found[-1].date[:4]}")
    about = {one.symbol: claims for one in found if (claims := _claims_about(one, register))}
    said = {symbol: f"the op-ed’s {_numbered(claims)}" for symbol, claims in about.items()}
    parts = [
        f'<svg class="votes-chart" width="100%" height="{HEAD + STEP * len(found) + LINE * len(said):g}em" role="img"'
        ' aria-labelledby="votes-chart-title votes-chart-text">',
        f'<title id="votes-chart-title">Votes of the General Assembly, {years}</title>',
        hatching("votes-no", 4),
        f'<desc id="votes-chart-text">{_for_svg(_description(found, state, said))}</desc>',
    ]
    for index, (name, words) in enumerate(SERIES.items()):
        x = 7.5 * index - BEFORE
        parts.append(f'<rect class="{name}" x="{x:g}em" y="0.1em" width="1em" height="1em"/>')
        parts.append(f'<text class="legend" x="{x + 1.5:g}em" y="1em">{words}</text>')
    if state:
        parts.append(f'<text class="end" x="100%" dx="{AFTER}em" y="{HEAD - 0.8}em">{_for_svg(state)}</text>')
    for value in (0, 50, 100, 150, MEMBERS):
        parts.append(f'<line class="grid" x1="{_share(value)}" x2="{_share(value)}" y1="{HEAD - 0.5}em" y2="100%"/>')
        parts.append(f'<text class="scale" x="{_share(value)}" y="{HEAD - 0.8}em">{value}</text>')
    y: float = HEAD
    for one in found:
        year = _for_svg(one.date[:4]) + ("" if one.answers else "*")
        parts.append(f'<text class="year" x="-{BEFORE}em" y="{y + BASELINE:.4g}em">{year}</text>')
        if one.tally and (cast := CAST.get(one.vote(state))):
            parts.append(f'<text class="end state" x="100%" dx="{AFTER}em" y="{y + BASELINE:.4g}em">{cast}</text>')
        parts += _bar(one, round(y, 1))
        if one.symbol in said:
            y += LINE
            parts.append(f'<text class="about" x="0" y="{y + BASELINE:.4g}em">↑ {sentence(said[one.symbol])}</text>')
        y += STEP
    lines = ['<figure class="votes">', *parts, "</svg>\n</figure>\n"]
    if about:
        lines.append("The op-ed’s claims are about the resolutions of these years, or give their figures:\n")
    for symbol, claims in about.items():
        links = "; ".join(title_link(claim, "../claims/") for claim in claims)
        lines.append(f"- {escaped(register.resolutions[symbol].date[:4])}: {links}")
    return "\n".join(lines)


def _numbered(claims: list[Claim]) -> str:
    return f"claim{'s' if len(claims) > 1 else ''} {series(str(claim.number) for claim in claims)}"


def _claims_about(one: Resolution, register: Register) -> list[Claim]:
    """Return the claims that assert something of a resolution, quote its text, or give its tally."""
    texts = {source.id for source in register.sources.values() if source.text("number") == one.symbol}
    return [
        claim
        for claim in marked_claims(register)
        if any(
            values.text("resolution") == one.symbol
            or values.text("source") in texts
            or tuple(values.get(name) for name in SERIES) == one.tally
            for _, values in claim.assertions
        )
    ]


def _share(count: float) -> str:
    return f"{100 * count / MEMBERS:.4g}%"


def _bar(one: Resolution, y: float) -> list[str]:
    if one.tally is None:
        return [f'<text class="no-vote" x="0.5em" y="{y + BASELINE:g}em">no vote</text>']
    bars, figures, before = [], [], 0
    for name, count in one.tally._asdict().items():
        x, width, middle = _share(before), _share(count), _share(before + count / 2)
        bars.append(f'<rect class="{name}" x="{x}" y="{y}em" width="{width}" height="{BAR}em"/>')
        figures.append(f'<text class="figure {name}" x="{middle}" y="{y + BASELINE:g}em">{count}</text>')
        before += count
    return bars + figures  # in front of all bars, because in narrow charts a figure is wider than its bar


def _description(found: list[Resolution], state: str, said: dict[str, str]) -> str:
    """Return a description of the chart in words."""
    rows: list[str] = []
    for one in found:
        counts = one.tally._asdict().items() if one.tally else ()
        vote = ", ".join(f"{count} {SERIES[name]}" for name, count in counts) or "without a vote"
        cast = one.vote(state).replace("absent", "not voting")
        about = f"; {said[one.symbol]}" if one.symbol in said else ""
        rows.append(f"{one.date[:4]}: {vote}" + (f"; {state}: {cast}" if cast else "") + about)
    return ". ".join(rows) + "."


def record(register: Register, _argument: str) -> str:
    """Return each state's votes in the recorded votes of the Assembly, in a sentence, what it did most often first."""
    sentences = []
    for state in register.states("readings"):
        found = [one for one in _resolutions(register, "GA") if one.tally and one.vote(state) in CAST]
        years = {words: [one.date[:4] for one in found if one.vote(state) == cast] for cast, words in DID.items()}
        told: list[str] = []
        for words, which in sorted(years.items(), key=lambda item: -len(item[1])):
            rest = f"({', '.join(which)})" if told else f"of the Assembly’s {len(found)} recorded votes"
            told += [f"{words} {len(which)} {escaped(rest)}"] if which else []
        sentences += [f"{escaped(state)} {series(told)}."] if told else []
    return " ".join(sentences)


def country_votes(register: Register, _argument: str) -> str:
    """Return a table of each state's votes on single countries, by country, and their sums."""
    rows, tables = register.tables["country-votes"], []
    heads = ("Country or territory", "Years", "Votes", "Yes", "No", "Abstained", "Did not vote")
    names = sorted({row["country"] for row in rows})
    groups = {name: [row for row in rows if row["country"] == name] for name in names} | {"All": rows}
    for state in register.states("country-votes"):
        cells = []
        for name, group in groups.items():
            years = sorted({row["date"][:4] for row in group})
            span = escaped("–".join(dict.fromkeys([years[0], years[-1]])))
            counts = [len(group), *(sum(row[state] == cast for row in group) for cast in CAST)]
            cells.append([escaped(name), span, *map(str, counts)])
        tables.append(table(heads, cells, range(2, 7)))
    return "\n\n".join(tables)


# --- events ----------------------------------------------------------------------------------------------------------

YEAR, LEFT, DOT, LANE = 2.4, 4.8, 1.0, 2.25  # in em: a year's height, the middle of its first dot, half a dot, a lane


def timeline(register: Register, _argument: str) -> str:
    """Return the events drawn to scale and listed, oldest first, and separately those that we did not find."""
    events = register.tables["events"]
    dated = [row for row in events if first_day(row["date"]) and re.fullmatch(r"[\w-]+", row["id"])]
    dated.sort(key=lambda row: row["date"])
    items = [
        f"{number}. [**{in_words(row['date'])}**]{{ #{row['id']} }}: {escaped(row['title'])} "
        f"({source_links(row['source'].split(), register)}). {escaped(row['note'])} {_borne_on(row, register)}"
        for number, row in enumerate(dated, start=1)
    ]
    sought = [f"- {escaped(row['title'])}. {_borne_on(row, register)}" for row in events if not row["date"]]
    absent = "## Looked for and not found { #not-found }\n\n" + "\n".join(sought) if sought else ""
    chart = _timeline_chart(dated) if dated else ""
    return "\n\n".join(["\n".join(items), f'<figure class="timeline">\n{chart}\n</figure>', absent])


def _borne_on(row: Row, register: Register) -> str:
    """Return links to the claims that an event bears on: those that assert something of it, or cite its sources."""
    found = [
        title_link(claim, "../claims/")
        for claim in marked_claims(register)
        if {*claim.sources} & {*row["source"].split()}
        or any(row["id"] in (values.text(name) for name in ("event", "from", "to")) for _, values in claim.assertions)
    ]
    return f"[Bears on: {'; '.join(found)}]{{ .bears-on }}" if found else ""


def _timeline_chart(rows: list[Row]) -> str:
    """Return the years downwards as an `<svg>`, each with its events side by side between two lines."""
    first, last = int(rows[0]["date"][:4]), int(rows[-1]["date"][:4])
    dots, taken = [], dict.fromkeys(range(first, last + 1), 0)
    for number, row in enumerate(rows, start=1):
        year = int(row["date"][:4])
        x, y = f"{LEFT + LANE * taken[year]:g}em", YEAR * (year - first + 0.5)
        taken[year] += 1
        title = _for_svg(f"{number}. {in_words(row['date'])}: {row['title']}")
        dots.append(
            f'<a href="#{_for_svg(row["id"])}" aria-label="{title}"><circle cx="{x}" cy="{y:.5g}em" r="{DOT}em"/>'
            f'<text x="{x}" y="{y + 0.35:.5g}em">{number}</text></a>'
        )
    width, height = LEFT + LANE * max(taken.values()), YEAR * len(taken)
    years = [
        f'<line class="grid" x1="0" x2="100%" y1="{YEAR * place:.5g}em" y2="{YEAR * place:.5g}em"/>'
        f'<text class="year" y="{YEAR * (place + 0.5) + 0.35:.5g}em">{year}</text>'
        for place, year in enumerate(taken)
    ]
    head = (
        f'<svg class="timeline-chart" width="{width:g}em" height="{height:g}em" role="group"'
        f' aria-label="The events by year, {first} to {last}">'
    )
    return "\n".join([head, *years, *dots, "</svg>"])


# --- treaties, sources, rules ----------------------------------------------------------------------------------------


ARCHIVE = "https://web.archive.org/web/"


def parties(register: Register, _argument: str) -> str:
    """Return a table of which states are parties to which treaties, since or as of when."""
    rows = []
    for row in register.tables["parties"]:
        since = "party since" if row["status"] == "party" else "not a party as of"
        links = source_links(row["source"].split(), register)
        rows.append([escaped(row["state"]), escaped(row["treaty"]), f"{since} {escaped(in_words(row['date']))}", links])
    return table(("State", "Treaty", "Status", "Sources"), rows)


def sources(register: Register, _argument: str) -> str:
    """Return every source under its own heading, below the filter, with its excerpts and the claims that cite it."""
    citing: dict[str, list[Claim]] = {}
    for claim in marked_claims(register):
        for name in claim.sources:
            citing.setdefault(name, []).append(claim)
    entries: dict[str, list[str]] = {name: [] for name in SOURCE_GROUPS}
    for source in sorted(register.sources.values(), key=lambda source: (source.short.lower(), source.id)):
        entry = entries[source.group]
        entry.append(f"### {escaped(source.short)} {{ #{source.id} }}")
        form, accessed = escaped(sentence(source.text("form"))), escaped(in_words(source.text("accessed")))
        entry.append(f"{form}. {reference(source)} Accessed {accessed}.{_search(source)}")
        language = re.fullmatch(r"[\w-]+", source.text("language") or "en")
        for excerpt in source.excerpts:
            place = f"{escaped(sentence(excerpt.at))}: " if excerpt.at else ""
            words = escaped(typeset(excerpt.words))
            entry.append(f"> {place}[{words}]{{ lang={language[0] if language else 'und'} }}")
        if note := source.text("note"):
            entry.append(escaped(note))
        links = [f"[{escaped(claim.title)}](../claims/{claim.id}.md)" for claim in citing.get(source.id, [])]
        elsewhere = "Cited in the tables of [votes](votes.md) or [events](timeline.md)."
        entry.append(f"Cited for: {', '.join(links)}." if links else elsewhere)
    heads = {name: f"## {title} {{ #{name} }}" for name, (title, _) in SOURCE_GROUPS.items()}
    blocks = [block for name, entry in entries.items() if entry for block in (heads[name], *entry)]
    return "\n\n".join(['<form class="filter" data-of="source"></form>', *blocks])


def _search(source: Source) -> str:
    """Return a link that looks for archived copies of a source, unless its entry has the address of one."""
    address = web_address(source.text("URL"))
    if not address or source.text("archived") or address.startswith(ARCHIVE):
        return ""
    return f'<span class="screen"> [Search for an archived copy](<{ARCHIVE}*/{address}>).</span>'


def checks(_register: Register, _argument: str) -> str:
    """Return an explanation of every rule of the checker, by group: statement, reason, and a bad and a good example."""
    lines = []
    group = ""
    for rule in RULES.values():
        if rule.code[0] != group:
            group = rule.code[0]
            lines.append(f"## {group}: {GROUPS[group]} {{ #{group.lower()} }}")
        level = "" if rule.severity == "error" else f" ({rule.severity})"
        lines.append(f"### {rule.code} {rule.slug}{level} {{ #{rule.code.lower()} }}")
        lines.append(f"**{escaped(rule.statement)}** {escaped(sentence(rule.why))}")
        lines.append(f"Bad, in `docs/{rule.example.path}`:\n\n{_code(rule.example.bad)}")
        if rule.example.good:
            lines.append(f"Good:\n\n{_code(rule.example.good)}")
    return "\n\n".join(lines)


def _code(text: str) -> str:
    """Return lines of a file as code, so that none of its marks and directives takes effect on this page."""
    shown = "\n".join(re.sub(r"\S+", lambda word: escaped(word.group()), line) for line in text.split("\n"))
    return f"<pre data-search-exclude><code>{shown}</code></pre>"
