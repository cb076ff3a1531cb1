"""What each directive of a page expands to: Markdown made of the register, to be rendered like any other.

Links are relative to a page one folder below docs; the home page says so with `.` as the directive's argument.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

import op_ed
from assertions import FAILS, HOLDS, Answer, answers
from claims import BODIES, VERDICTS, Claim, Register, Source, dated, tally_of
from dates import in_words
from permalinks import slug
from rules import GROUPS, RULES
from votes_chart import votes_chart

VOTES = {"yes": "yes", "no": "no", "abstain": "abstained", "absent": "did not vote", "": "—"}
STANDINGS = {
    "confirmed": "two or more sources agree",
    "reported": "one source for it",
    "disputed": "sources differ",
    "to-confirm": "not traced yet",
}


def literal(text: str) -> str:
    """Write text of the data so that Markdown and HTML show it as it is."""
    return re.sub(r"[\\`*_{}\[\]<>#|&~^]", lambda match: f"&#{ord(match.group())};", " ".join(text.split()))


def name_of(verdict: str) -> str:
    """Give a verdict as readers see it: `partly-supported` is `Partly supported`."""
    return verdict.replace("-", " ").capitalize()


def source_links(names: Iterable[str], register: Register, root: str = "..") -> str:
    """Give links to sources by their short names, `;` between them; unknown ones are left out."""
    sources = [register.sources[name] for name in dict.fromkeys(names) if name in register.sources]
    return "; ".join(f"[{literal(source.short)}]({root}/evidence/sources.md#{source.id})" for source in sources)


def claims_in_order(register: Register) -> list[Claim]:
    """Give the claims in the order of their first words in the op-ed."""
    marked = (mark.claim for block in register.paragraphs() for mark in block.marks if mark.carries_id)
    return [register.claims[name] for name in dict.fromkeys(marked) if name in register.claims]


def header(register: Register, argument: str) -> str:
    """Head a claim's page: its words, verdict and finding, and what the evidence answers."""
    claim = register.claims.get(argument)
    if claim is None:
        return ""
    paragraph = claim.text("paragraph")
    part = op_ed.PART_OF.get(paragraph, "")
    place = f"paragraph {paragraph[1:]}" if paragraph[1:].isdigit() else paragraph
    lines = [
        f"# {literal(claim.text('title'))} {{ #{claim.id} }}",
        f"> {literal(claim.text('quote'))}\n>\n> — [the op-ed, {place}](../op-ed/{part}.md#{claim.id})",
    ]
    if claim.verdict in VERDICTS:
        verdict = f"[{VERDICTS[claim.verdict]} {name_of(claim.verdict)}](../about/method.md#{claim.verdict})"
        lines.append(f"{verdict}\n{{ .verdict .{claim.verdict} }}")
    lines.append(f"{literal(claim.text('description'))}\n{{ .finding }}")
    if found := answers(claim, register):
        outcomes = {HOLDS: "✓ holds", FAILS: "✗ fails"}
        table = ["| The op-ed says | The evidence says | Where from | Result |", "| --- | --- | --- | --- |"]
        for answer in found:
            links = source_links(answer.sources[:2], register) or "—"
            more = f"; {len(answer.sources) - 2} more" if len(answer.sources) > 2 else ""
            said, told = literal(_sentence(answer.asserted)), literal(_sentence(answer.found))
            table.append(f"| {said} | {told} | {links}{more} | {outcomes.get(answer.outcome, '? is open')} |")
        lines.append("\n".join(table))
        lines += [aligned(answer, register) for answer in found if answer.wordings]
    return "\n\n".join(lines)


def aligned(answer: Answer, register: Register) -> str:
    """Set two wordings below each other, the same words in the same column, what differs marked."""
    theirs = "; ".join(register.sources[name].short for name in answer.sources if name in register.sources)
    ours = "".join(_cell(pair.first, pair.same) for pair in answer.wordings)
    source = "".join(_cell(pair.second, pair.same) for pair in answer.wordings)
    rows = [("The op-ed", ours), (literal(theirs), source)]
    lines = "\n".join(f'<tr><th scope="row">{name}</th>{cells}</tr>' for name, cells in rows)
    return f'<table class="wordings">\n<caption>Word by word</caption>\n{lines}\n</table>'


def _cell(words: str, same: bool) -> str:
    text = literal(words.strip("“”\"'"))
    return f"<td>{text}</td>" if same or words in ("", "…") else f"<td><mark>{text}</mark></td>"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def claim_sources(register: Register, argument: str) -> str:
    """Close a claim's page: its sources in full, and when it was checked."""
    claim = register.claims.get(argument)
    if claim is None:
        return ""
    items = [
        f"- {reference(register.sources[name], f'../evidence/sources.md#{name}')}"
        for name in claim.sources
        if name in register.sources
    ]
    listed = "\n".join(items) or "No source was found that settles this claim."
    checked, recheck = in_words(claim.text("checked")), in_words(claim.text("recheck"))
    dates = f"Last compared with its sources on {checked}; to be compared again by {recheck}."
    return f"## Sources {{ #sources }}\n\n{listed}\n\n{dates}\n{{ .dates }}"


def reference(source: Source, entry: str = "") -> str:
    """Write a source as a reference: author, title, symbol, publisher, date, and a link to the document.

    `entry` is the way to the source's own entry; the title leads there, or to the document where it is empty.
    """
    authors = source.fields.get("author")
    names = [_author(author) for author in authors if isinstance(author, dict)] if isinstance(authors, list) else []
    by = f"{literal(', '.join(names))}. " if names else ""
    address = source.text("URL") if re.match(r"https?://[^\s<>]+$", source.text("URL")) else ""
    title = f"[{literal(source.text('title'))}](<{entry or address}>)"
    symbol = f" {literal(source.text('number'))}." if source.text("number") else ""
    link = f" [{literal(_host(address))}](<{address}>)" if entry and address else ""
    archived = source.text("archived")
    copy = f" [archived](<{archived}>)" if not entry and re.match(r"https?://[^\s<>]+$", archived) else ""
    issued = literal(dated(source.text("issued")))
    return f"{by}{title}.{symbol} {literal(source.text('publisher'))}, {issued}.{link}{copy}"


def _author(author: dict[str, Any]) -> str:
    literal_name = author.get("literal")
    return str(literal_name or " ".join(str(author[key]) for key in ("given", "family") if author.get(key)))


def _host(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?([^/]+).*$", r"\1", address)


def register_table(register: Register, _argument: str) -> str:
    """List every claim with its place, verdict and finding."""
    rows = ["| Claim | Where | Verdict | Finding |", "| --- | --- | --- | --- |"]
    for claim in claims_in_order(register):
        paragraph = claim.text("paragraph")
        place = f"[{paragraph}](../op-ed/{op_ed.PART_OF.get(paragraph, '')}.md#{claim.id})"
        verdict = f"{VERDICTS.get(claim.verdict, '')} {name_of(claim.verdict)}"
        finding = literal(claim.text("description"))
        rows.append(f"| [{literal(claim.text('title'))}]({claim.id}.md) | {place} | {verdict} | {finding} |")
    return "\n".join(rows)


def coverage(register: Register, argument: str) -> str:
    """Say how the op-ed fares: claims by verdict, as a bar and a list, and that no sentence was left out."""
    root = argument or ".."
    claims = claims_in_order(register)
    counts = {verdict: sum(claim.verdict == verdict for claim in claims) for verdict in reversed(VERDICTS)}
    total = sum(counts.values()) or 1
    bar, x = "", 0.0
    for verdict, count in counts.items():
        width = 100 * count / total
        bar += f'<rect class="{verdict}" x="{x:.2f}%" width="{width:.2f}%" height="100%"/>'
        x += width
    words = ", ".join(f"{count} {name_of(verdict).lower()}" for verdict, count in counts.items())
    label = f"{total} claims: {words}"
    lines = [
        f'<div class="coverage"><svg role="img" aria-label="{label}" width="100%" height="12">{bar}</svg></div>',
        "\n".join(
            f"- {VERDICTS[verdict]} [{name_of(verdict)}]({root}/about/method.md#{verdict}): {count}"
            for verdict, count in counts.items()
        ),
    ]
    kinds: dict[str, int] = {}
    for block in register.paragraphs():
        for _, entry in register.passages_of(block):
            kind = str(entry.get("kind")) if entry else "claims"
            kinds[kind] = kinds.get(kind, 0) + 1
    told = ", ".join(f"{kinds[kind]} hold only {kind}" for kind in ("opinion", "recommendation") if kind in kinds)
    lines.append(
        f"Of the op-ed’s {sum(kinds.values())} sentences, its date and byline counted, {kinds.get('claims', 0)} "
        f"hold the {total} [claims]({root}/claims/index.md) that were checked; {told}."
    )
    return "\n\n".join(lines)


def finding(register: Register, argument: str) -> str:
    """Give a claim's finding with a link to its page, as an item of the home page's list."""
    claim = register.claims.get(argument)
    if claim is None:
        return ""
    return f"- {literal(claim.text('description'))} [{literal(claim.text('title'))}](claims/{claim.id}.md)"


def byline(register: Register, argument: str) -> str:
    """Give the byline of the text of record with the verdict on it, and where the op-ed was carried."""
    root = argument or ".."
    judged = [claim for claim in register.claims.values() if claim.text("paragraph") == "byline"]
    verdicts = [
        f" [{VERDICTS.get(claim.verdict, '')} {name_of(claim.verdict)}]({root}/claims/{claim.id}.md)"
        for claim in judged
    ]
    words = literal(register.recorded("byline")) + "".join(verdicts)
    return f"{words}\n{{ .byline }}\n\n{carried(register, argument)}"


def carried(register: Register, argument: str) -> str:
    """Give dateline and date of the text of record, and who carried it."""
    place = register.recorded("p1").partition(" – ")[0]
    lines = [f"{literal(place)}, {literal(register.recorded('date'))}."]
    source = register.sources.get("ann-op-ed")
    if source:
        entry = f"{argument or '..'}/evidence/sources.md#{source.id}"
        lines.append(f"Carried by [{literal(source.text('publisher'))}](<{source.text('URL')}>) ([source]({entry})).")
    lines.append("Its original title is not known to us; the title and the headings of the parts are the editors’.")
    return "\n".join(lines) + "\n{ .carried }"


def timeline(register: Register, _argument: str) -> str:
    """List the events, oldest first, and apart what was looked for and not found."""
    found = sorted((row for row in register.events if row["date"]), key=lambda row: row["date"])
    items = [
        f"- [**{in_words(row['date'])}**]{{ #{row['id']} }}: {literal(row['title'])} "
        f"({source_links(row['source'].split(), register)})"
        for row in found
    ]
    sought = [f"- {literal(row['title'])}" for row in register.events if not row["date"]]
    absent = "## Looked for and not found { #not-found }\n\n" + "\n".join(sought) if sought else ""
    return "\n".join(items) + "\n\n" + absent


def sources(register: Register, _argument: str) -> str:
    """List every source under a heading of its own, with its excerpt and the claims that cite it."""
    citing: dict[str, list[Claim]] = {}
    for claim in claims_in_order(register):
        for name in claim.sources:
            citing.setdefault(name, []).append(claim)
    entries = []
    for source in sorted(register.sources.values(), key=lambda source: (source.short.lower(), source.id)):
        lines = [
            f"### {literal(source.short)} {{ #{source.id} }}",
            f"{reference(source)} Read on {in_words(source.text('accessed'))}.",
        ]
        if excerpt := source.text("excerpt"):
            language = source.text("language") or "en"
            lines.append(f"> [{literal(excerpt)}]{{ lang={language} }}")
        if text := source.text("note"):
            lines.append(literal(text))
        links = ", ".join(
            f"[{literal(claim.text('title'))}](../claims/{claim.id}.md)" for claim in citing.get(source.id, [])
        )
        lines.append(
            f"Cited for: {links}." if links else "Cited in the tables of [votes](votes.md) or [events](timeline.md)."
        )
        entries.append("\n\n".join(lines))
    return "\n\n".join(entries)


def votes(register: Register, _argument: str) -> str:
    """Draw the Assembly's votes and list every resolution on record, by body."""
    lines = [f'<figure class="votes" tabindex="0" aria-label="Chart of the votes">\n{votes_chart(register)}\n</figure>']
    for body, name in BODIES.items():
        rows = [row for row in register.resolutions if row["body"] == body]
        heads = ("Resolution", "Date", "Yes", "No", "Abstain", "Cambodia", "How well known")
        table = [f"| {' | '.join(heads)} |", "| --- | --- | ---: | ---: | ---: | --- | --- |"]
        for row in rows:
            tally = tally_of(row)
            figures = f"{tally.yes} | {tally.no} | {tally.abstain}" if tally else "without a vote | |"
            links = source_links(row["sources"].split(), register)
            known = STANDINGS.get(row["standing"], "") + (f": {links}" if links else "")
            known += f". {literal(row['note'])}" if row["note"] else ""
            cambodia = VOTES.get(row["cambodia"], "") if tally else "—"
            symbol = f"{literal(row['symbol'])} {{ #{slug(row['symbol'])} }}"
            day = in_words(row["date"]).replace(" ", "\u00a0")
            table.append(f"| {symbol} | {day} | {figures} | {cambodia} | {known} |")
        lines.append(f"## {name} {{ #{body.lower()} }}\n\n" + "\n".join(table))
    return "\n\n".join(lines)


def whole(register: Register, _argument: str) -> str:
    """Put the six parts one after the other, their headings one level lower."""
    pages = [register.pages[path] for part in op_ed.PARTS if (path := f"docs/op-ed/{part}.md") in register.pages]
    return "\n\n".join(
        re.sub(r"^# ", "## ", op_ed.DIRECTIVE.sub("", page.body), flags=re.MULTILINE).strip() for page in pages
    )


def checks(_register: Register, _argument: str) -> str:
    """Explain every rule of the checker, by group: statement, reason, and a bad and a good example."""
    lines = []
    group = ""
    for rule in RULES.values():
        if rule.code[0] != group:
            group = rule.code[0]
            lines.append(f"## {group}: {GROUPS[group]} {{ #{group.lower()} }}")
        why, where, bad, good = rule.explanation
        level = "" if rule.severity == "error" else f" ({rule.severity})"
        lines.append(f"### {rule.code} {rule.slug}{level} {{ #{rule.code.lower()} }}")
        lines.append(f"**{literal(rule.statement)}** {_sentence(literal(why))}")
        lines.append(f"Bad, in `{where}`:\n\n{_example(bad)}\n\nGood:\n\n{_example(good)}")
    return "\n\n".join(lines)


def _example(text: str) -> str:
    """Show lines of a file as they are; none of its marks and directives is one of this page."""
    shown = "\n".join(re.sub(r"\S+", lambda word: literal(word.group()), line) for line in text.split("\n"))
    return f"<pre data-search-exclude><code>{shown}</code></pre>"


def parties(register: Register, _argument: str) -> str:
    """List which state is a party to which treaty, since when or as of when."""
    rows = ["| State | Treaty | Status | Sources |", "| --- | --- | --- | --- |"]
    for row in register.parties:
        since = "party since" if row["status"] == "party" else "no party as of"
        links = source_links(row["source"].split(), register)
        rows.append(
            f"| {literal(row['state'])} | {literal(row['treaty'])} | {since} {in_words(row['date'])} | {links} |"
        )
    return "\n".join(rows)


DIRECTIVES: dict[str, Callable[[Register, str], str]] = {
    "byline": byline,
    "carried": carried,
    "checks": checks,
    "coverage": coverage,
    "finding": finding,
    "header": header,
    "op-ed": whole,
    "parties": parties,
    "register": register_table,
    "sources": sources,
    "timeline": timeline,
    "votes": votes,
}
