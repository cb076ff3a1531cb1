"""What the directives of the evidence and of the checks expand to: votes, timeline, treaties, sources, rules."""

import re

from claim_pages import claims_in_order
from claims import BODIES, CAST, NOT_A_MEMBER, SOURCE_GROUPS, Claim, Register, tally_of
from dates import in_words
from markup import literal, reference, sentence, source_links
from permalinks import slug
from rules import GROUPS, RULES
from timeline_chart import dated_events, timeline_chart
from votes_chart import votes_chart
from wording import typeset

VOTES = {"yes": "yes", "no": "no", "abstain": "abstained", "absent": "did not vote", NOT_A_MEMBER: "not a member"}
RECORD = {"yes": "supported", "no": "opposed", "abstain": "abstained in", "absent": "cast no vote in"}
OWN_RECORD_STANDING = "confirmed: the UN’s own record"
STANDINGS = {
    "confirmed": "confirmed: two independent sources agree on the vote",
    "reported": "reported: one source for the vote",
    "disputed": "disputed: sources differ",
    "to-confirm": "unconfirmed: we have not traced the record",
}


def timeline(register: Register, _argument: str) -> str:
    """Return the events drawn to scale and listed, oldest first, and separately those we did not find."""
    items = [
        f"{number}. [**{in_words(row['date'])}**]{{ #{row['id']} }}: {literal(row['title'])} "
        f"({source_links(row['source'].split(), register)})"
        for number, row in enumerate(dated_events(register), start=1)
    ]
    sought = [f"- {literal(row['title'])}" for row in register.events if not row["date"]]
    absent = "## Looked for and not found { #not-found }\n\n" + "\n".join(sought) if sought else ""
    return "\n\n".join([f'<figure class="timeline">\n{timeline_chart(register)}\n</figure>', "\n".join(items), absent])


def sources(register: Register, _argument: str) -> str:
    """Return every source under its own heading, with its excerpt and the claims that cite it."""
    citing: dict[str, list[Claim]] = {}
    for claim in claims_in_order(register):
        for name in claim.sources:
            citing.setdefault(name, []).append(claim)
    entries: dict[str, list[str]] = {name: [] for name in SOURCE_GROUPS}
    for source in sorted(register.sources.values(), key=lambda source: (source.short.lower(), source.id)):
        lines = [
            f"### {literal(source.short)} {{ #{source.id} }}",
            f"{reference(source)} Accessed {literal(in_words(source.text('accessed')))}.",
        ]
        language = re.fullmatch(r"[\w-]+", source.text("language") or "en")
        for excerpt in source.excerpts:
            place = f"{literal(sentence(excerpt.at))}: " if excerpt.at else ""
            words = literal(typeset(excerpt.words))
            lines.append(f"> {place}[{words}]{{ lang={language[0] if language else 'und'} }}")
        if text := source.text("note"):
            lines.append(literal(text))
        links = ", ".join(
            f"[{literal(claim.text('title'))}](../claims/{claim.id}.md)" for claim in citing.get(source.id, [])
        )
        lines.append(
            f"Cited for: {links}." if links else "Cited in the tables of [votes](votes.md) or [events](timeline.md)."
        )
        entries[source.group].append("\n\n".join(lines))
    groups = [
        (f"## {title} {{ #{name} }}", entries[name]) for name, (title, _) in SOURCE_GROUPS.items() if entries[name]
    ]
    return "\n\n".join(block for head, items in groups for block in (head, *items))


def votes(register: Register, _argument: str) -> str:
    """Return a chart of the Assembly's votes and a table of all resolutions, by body."""
    lines = [f'<figure class="votes">\n{votes_chart(register)}\n</figure>']
    for body, name in BODIES.items():
        rows = [row for row in register.resolutions if row["body"] == body]
        heads = ("Resolution", "Date", "Yes", "No", "Abstain", "Cambodia", "Reliability")
        table = [f"| {' | '.join(heads)} |", "| --- | --- | ---: | ---: | ---: | --- | --- |"]
        for row in rows:
            tally = tally_of(row)
            figures = f"{tally.yes} | {tally.no} | {tally.abstain}" if tally else "no\u00a0vote | |"
            links = source_links(row["sources"].split(), register)
            listed = [register.sources[source] for source in row["sources"].split() if source in register.sources]
            confirmed = row["standing"] == "confirmed" and any(source.is_own_record for source in listed)
            known = OWN_RECORD_STANDING if confirmed else STANDINGS.get(row["standing"], "")
            known += f". Sources: {links}" if links else ""
            known += f". {literal(row['note'])}" if row["note"] else ""
            cambodia = VOTES.get(row["cambodia"], "—")
            symbol = f"{literal(row['symbol'])} {{ #{slug(row['symbol'])} }}"
            day = literal(in_words(row["date"])).replace(" ", "\u00a0")
            table.append(f"| {symbol} | {day} | {figures} | {cambodia} | {known} |")
        lines.append(f"## {name} {{ #{body.lower()} }}\n\n" + "\n".join(table))
    return "\n\n".join(lines)


def record(register: Register, _argument: str) -> str:
    """Return Cambodia’s votes on the recorded votes of the Assembly, in a sentence."""
    rows = [row for row in register.resolutions if row["body"] == "GA" and tally_of(row) and row["cambodia"] in CAST]
    told = []
    for cast, words in RECORD.items():
        years = [row["date"][:4] for row in rows if row["cambodia"] == cast]
        if years:
            told.append(f"{words} {len(years)} ({', '.join(years)})")
    if not told:
        return ""
    series = f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]
    return f"Of the General Assembly’s {len(rows)} recorded votes listed here, Cambodia {series}."


def country_votes(register: Register, _argument: str) -> str:
    """Return a table of Cambodia’s votes on the human rights situation in one country, by country, and their sums."""
    rows = register.cambodia_votes
    if not rows:
        return ""
    heads = ["Country or territory", "Years", "Votes", "Yes", "No", "Abstained", "Did not vote"]
    table = [f"| {' | '.join(heads)} |", "| --- | --- | ---: | ---: | ---: | ---: | ---: |"]
    groups = {
        country: [row for row in rows if row["country"] == country] for country in {row["country"] for row in rows}
    }
    for country, group in [*sorted(groups.items()), ("All", rows)]:
        years = sorted({row["date"][:4] for row in group})
        span = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"
        counts = [sum(row["cambodia"] == cast for row in group) for cast in CAST]
        table.append(f"| {literal(country)} | {span} | {' | '.join(map(str, [len(group), *counts]))} |")
    return "\n".join(table)


def parties(register: Register, _argument: str) -> str:
    """Return a table of which states are parties to which treaties, since or as of when."""
    rows = ["| State | Treaty | Status | Sources |", "| --- | --- | --- | --- |"]
    for row in register.parties:
        since = "party since" if row["status"] == "party" else "not a party as of"
        links = source_links(row["source"].split(), register)
        day = literal(in_words(row["date"]))
        rows.append(f"| {literal(row['state'])} | {literal(row['treaty'])} | {since} {day} | {links} |")
    return "\n".join(rows)


def checks(_register: Register, _argument: str) -> str:
    """Return an explanation of every rule of the checker, by group: statement, reason, and a bad and a good example."""
    lines = []
    group = ""
    for rule in RULES.values():
        if rule.code[0] != group:
            group = rule.code[0]
            lines.append(f"## {group}: {GROUPS[group]} {{ #{group.lower()} }}")
        why, where, bad, good = rule.explanation
        level = "" if rule.severity == "error" else f" ({rule.severity})"
        lines.append(f"### {rule.code} {rule.slug}{level} {{ #{rule.code.lower()} }}")
        lines.append(f"**{literal(rule.statement)}** {sentence(literal(why))}")
        lines.append(f"Bad, in `{where}`:\n\n{_example(bad)}\n\nGood:\n\n{_example(good)}")
    return "\n\n".join(lines)


def _example(text: str) -> str:
    """Return lines of a file as code, so that none of its marks and directives takes effect on this page."""
    shown = "\n".join(re.sub(r"\S+", lambda word: literal(word.group()), line) for line in text.split("\n"))
    return f"<pre data-search-exclude><code>{shown}</code></pre>"
