"""The evidence as pages show it: votes and events, as charts and lists, treaties, sources, and the checker's rules.

The charts are SVG for both colour schemes and for print. Their heights are in em, so that they scale with the text; the
widths of the chart of votes are percentages, so that it fits phones, paper and wide screens.
"""

import re
from datetime import date

from opedcheck.assertions import typeset
from opedcheck.dates import first_day, in_words
from opedcheck.files import Row
from opedcheck.records import NOT_A_MEMBER, SOURCE_GROUPS
from opedcheck.register import Claim, Register
from opedcheck.render.claims import hatching
from opedcheck.render.links import escaped, marked_claims, reference, sentence, source_links
from opedcheck.rules import GROUPS, RULES
from opedcheck.votes import BODIES, STANDINGS, Resolution

# What a member did in a recorded vote: in tables, and in a sentence.
CAST = {"yes": "yes", "no": "no", "abstain": "abstained", "absent": "did not vote"}
DID = {"yes": "supported", "no": "opposed", "abstain": "abstained in", "absent": "cast no vote in"}

# --- votes -----------------------------------------------------------------------------------------------------------

MEMBERS = 193  # of the United Nations since 2011: the whole width
BAR, STEP, HEAD, BASELINE = 1.5, 2, 4, 1.1  # of a row: its bar, the whole row, the first one's top, and its baseline
BEFORE, AFTER = 3.7, 7.5  # space beside the bars for the years and a state's votes, as in op-ed.css
SERIES = {"yes": "in favour", "no": "against", "abstain": "abstaining"}


def _for_svg(text: str) -> str:
    """Return text for a chart's words and attributes, in which neither a quotation mark nor a citation is one."""
    return escaped(text).replace('"', "&quot;")


def votes(register: Register, _argument: str) -> str:
    """Return a chart of the Assembly's votes and a table of all resolutions, by body."""
    states = register.states("readings")
    heads = ["Resolution", "Date", "Yes", "No", "Abstain", *states, "Reliability"]
    lines = [f'<figure class="votes">\n{_votes_chart(register)}\n</figure>']
    for body, name in BODIES.items():
        found = _resolutions(register, body)
        if not found:
            continue
        table = [
            f"| {' | '.join(map(escaped, heads))} |",
            f"| --- | --- | ---: | ---: | ---: | {'--- | ' * len(states)}--- |",
        ]
        for one in found:
            figures = " | ".join(map(str, one.tally)) if one.tally else "no\u00a0vote | |"
            known = "confirmed: the UN’s own record" if one.own_record else STANDINGS[one.standing]
            links = source_links(one.sources, register)
            known += (f". Sources: {links}" if links else "") + (f". {escaped(one.note)}" if one.note else "")
            cast = [(CAST | {NOT_A_MEMBER: "not a member"}).get(one.vote(state), "—") for state in states]
            symbol = f"{escaped(one.symbol)} {{ #{one.slug} }}"
            day = escaped(in_words(one.date)).replace(" ", "\u00a0")
            table.append(f"| {' | '.join([symbol, day, figures, *cast, known])} |")
        lines.append(f"## {name} {{ #{body.lower()} }}\n\n" + "\n".join(table))
    return "\n\n".join(lines)


def _resolutions(register: Register, body: str) -> list[Resolution]:
    return [one for one in register.resolutions.values() if one.body == body]


def _votes_chart(register: Register) -> str:
    """Return a row for each of the Assembly's resolutions, with the first state's vote, as an `<svg>`."""
    found = _resolutions(register, "GA")
    if not found:
        return ""
    state = next(iter(register.states("readings")), "")
    years = _for_svg(f"{found[0].date[:4]} to {found[-1].date[:4]}")
    parts = [
        f'<svg class="votes-chart" width="100%" height="{HEAD + STEP * len(found)}em" role="img"'
        ' aria-labelledby="votes-chart-title votes-chart-text">',
        f'<title id="votes-chart-title">Votes of the General Assembly, {years}</title>',
        hatching("votes-no", 4),
        f'<desc id="votes-chart-text">{_for_svg(_description(found, state))}</desc>',
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
    for index, one in enumerate(found):
        y = HEAD + STEP * index
        year = _for_svg(one.date[:4]) + ("" if one.answers else "*")
        parts.append(f'<text class="year" x="-{BEFORE}em" y="{y + BASELINE:g}em">{year}</text>')
        if one.tally and (cast := CAST.get(one.vote(state))):
            parts.append(f'<text class="end state" x="100%" dx="{AFTER}em" y="{y + BASELINE:g}em">{cast}</text>')
        parts += _bar(one, y)
    return "\n".join([*parts, "</svg>"])


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


def _description(found: list[Resolution], state: str) -> str:
    """Return a description of the chart in words."""
    rows: list[str] = []
    for one in found:
        counts = one.tally._asdict().items() if one.tally else ()
        vote = ", ".join(f"{count} {SERIES[name]}" for name, count in counts) or "without a vote"
        cast = one.vote(state).replace("absent", "not voting")
        rows.append(f"{one.date[:4]}: {vote}" + (f"; {state}: {cast}" if cast else ""))
    return ". ".join(rows) + "."


def record(register: Register, _argument: str) -> str:
    """Return each state's votes in the recorded votes of the Assembly, in a sentence."""
    sentences = []
    for state in register.states("readings"):
        found = [one for one in _resolutions(register, "GA") if one.tally and one.vote(state) in CAST]
        years = {cast: [one.date[:4] for one in found if one.vote(state) == cast] for cast in CAST}
        told = [
            f"{words} {len(years[cast])} ({escaped(', '.join(years[cast]))})"
            for cast, words in DID.items()
            if years[cast]
        ]
        series = " and ".join(filter(None, [", ".join(told[:-1]), *told[-1:]]))
        of = f"Of the General Assembly’s {len(found)} recorded votes listed here"
        sentences += [f"{of}, {escaped(state)} {series}."] if told else []
    return " ".join(sentences)


def country_votes(register: Register, _argument: str) -> str:
    """Return a table of each state's votes on single countries, by country, and their sums."""
    rows, tables = register.tables["country-votes"], []
    for state in register.states("country-votes"):
        heads = ["Country or territory", "Years", "Votes", "Yes", "No", "Abstained", "Did not vote"]
        table = [f"| {' | '.join(heads)} |", "| --- | --- | ---: | ---: | ---: | ---: | ---: |"]
        groups = {
            name: [row for row in rows if row["country"] == name] for name in sorted({r["country"] for r in rows})
        }
        for name, group in (groups | {"All": rows}).items():
            years = sorted({row["date"][:4] for row in group})
            span = escaped("–".join(dict.fromkeys([years[0], years[-1]])))
            counts = [len(group), *(sum(row[state] == cast for row in group) for cast in CAST)]
            table.append(f"| {escaped(name)} | {span} | {' | '.join(map(str, counts))} |")
        tables.append("\n".join(table))
    return "\n\n".join(tables)


# --- events ----------------------------------------------------------------------------------------------------------

# In em: a year's height, top margin, first lane, half a dot, a lane.
YEAR, TOP, LEFT, DOT, LANE = 2.4, 1.2, 5.0, 1.0, 2.25
DAYS = {10: 0, 7: 30, 4: 365}  # days that an event may have lasted, by the length of its date


def timeline(register: Register, _argument: str) -> str:
    """Return the events drawn to scale and listed, oldest first, and separately those that we did not find."""
    events = register.tables["events"]
    dated = [row for row in events if first_day(row["date"]) and re.fullmatch(r"[\w-]+", row["id"])]
    dated.sort(key=lambda row: row["date"])
    items = [
        f"{number}. [**{in_words(row['date'])}**]{{ #{row['id']} }}: {escaped(row['title'])} "
        f"({source_links(row['source'].split(), register)})"
        for number, row in enumerate(dated, start=1)
    ]
    sought = [f"- {escaped(row['title'])}" for row in events if not row["date"]]
    absent = "## Looked for and not found { #not-found }\n\n" + "\n".join(sought) if sought else ""
    chart = _timeline_chart(dated) if dated else ""
    return "\n\n".join([f'<figure class="timeline">\n{chart}\n</figure>', "\n".join(items), absent])


def _timeline_chart(rows: list[Row]) -> str:
    """Return the events downwards as an `<svg>`; if two dots would touch, the later one moves aside."""
    first, last = int(rows[0]["date"][:4]), int(rows[-1]["date"][:4]) + 1

    def y(day: date) -> float:
        return round(TOP + YEAR * (day - date(first, 1, 1)).days / 365.25, 2)

    ends: list[float] = []  # where the last dot of each lane ends
    dots = []
    for number, row in enumerate(rows, start=1):
        begin = y(first_day(row["date"]) or date(first, 1, 1))
        end = round(begin + YEAR * DAYS[len(row["date"])] / 365.25, 2)
        lane = next((lane for lane, taken in enumerate(ends) if taken < begin - DOT), len(ends))
        ends[lane : lane + 1] = [max(end, begin + DOT)]
        x = f"{LEFT + LANE * lane:g}em"
        span = f'<line class="span" x1="{x}" x2="{x}" y1="{begin}em" y2="{end}em"/>' if end > begin + DOT else ""
        title = _for_svg(f"{in_words(row['date'])}: {row['title']}")
        dots.append(
            f'<a href="#{_for_svg(row["id"])}" aria-label="{number}. {title}"><title>{title}</title>{span}'
            f'<circle cx="{x}" cy="{begin}em" r="{DOT}em"/><text x="{x}" y="{begin + 0.35:.4g}em">{number}</text></a>'
        )
    width, height = LEFT + LANE * len(ends), round(y(date(last, 1, 1)) + TOP, 1)
    years = [
        f'<line class="grid" x1="3.4em" x2="100%" y1="{y(date(year, 1, 1))}em" y2="{y(date(year, 1, 1))}em"/>'
        f'<text class="year" y="{y(date(year, 1, 1)) + 0.35:.4g}em">{year}</text>'
        for year in range(first, last + 1)
    ]
    head = (
        f'<svg class="timeline-chart" width="{width}em" height="{height}em" role="group"'
        f' aria-label="The events to scale, {first} to {last}">'
    )
    return "\n".join([head, *years, *dots, "</svg>"])


# --- treaties, sources, rules ----------------------------------------------------------------------------------------


def parties(register: Register, _argument: str) -> str:
    """Return a table of which states are parties to which treaties, since or as of when."""
    rows = ["| State | Treaty | Status | Sources |", "| --- | --- | --- | --- |"]
    for row in register.tables["parties"]:
        since = "party since" if row["status"] == "party" else "not a party as of"
        links = source_links(row["source"].split(), register)
        day = escaped(in_words(row["date"]))
        rows.append(f"| {escaped(row['state'])} | {escaped(row['treaty'])} | {since} {day} | {links} |")
    return "\n".join(rows)


def sources(register: Register, _argument: str) -> str:
    """Return every source under its own heading, with its excerpts and the claims that cite it."""
    citing: dict[str, list[Claim]] = {}
    for claim in marked_claims(register):
        for name in claim.sources:
            citing.setdefault(name, []).append(claim)
    entries: dict[str, list[str]] = {name: [] for name in SOURCE_GROUPS}
    for source in sorted(register.sources.values(), key=lambda source: (source.short.lower(), source.id)):
        entry = entries[source.group]
        entry.append(f"### {escaped(source.short)} {{ #{source.id} }}")
        entry.append(f"{reference(source)} Accessed {escaped(in_words(source.text('accessed')))}.")
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
    return "\n\n".join(block for name, entry in entries.items() if entry for block in (heads[name], *entry))


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
