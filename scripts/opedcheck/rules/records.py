"""E: every record has its fields, as they should be, and no two are of the same thing."""

import difflib
import re
from collections.abc import Iterator

from opedcheck.dates import first_day
from opedcheck.files import Mapping, Row, Sequence
from opedcheck.records import FORMULA, OF_STATES, RECORDS, STATE_VOTE, UNDATED, Field, Record, Source
from opedcheck.register import Register
from opedcheck.rules.rule import MOST_HINTS, Fault, did_you_mean, rule


def field_faults(item: Mapping | Row, record: Record, today: str) -> Iterator[Fault]:
    """Yield a fault for each field of a record that is missing, unknown, or not what the table says."""
    unknown = [name for name in item if name not in record.fields]
    misspelt = {name: difflib.get_close_matches(name, record.fields, 1) for name in unknown[:MOST_HINTS]}
    for name, field in record.fields.items():
        value = item.get(name)
        if value is None or (value == "" and isinstance(item, Row)):
            if not field.optional and [name] not in misspelt.values():
                yield item.at(name), f"'{name}' is missing", f"add it ({field.holds})"
        elif fault := _field_fault(item, name, field, today):
            yield item.at(name), *fault
        elif field.of and isinstance(value, Mapping):
            yield from field_faults(value, RECORDS[field.of], today)
        elif field.of and isinstance(value, Sequence):
            for part, place in zip(value, value.items_at, strict=True):
                if isinstance(part, Mapping):
                    yield from field_faults(part, RECORDS[field.of], today)
                else:
                    yield place, "this is not a record", f"write {', '.join(RECORDS[field.of].fields)} as 'key: value'"
    for name in unknown:
        near, place = misspelt.get(name), item.keys_at[name] if isinstance(item, Mapping) else item.at(name)
        yield place, f"'{name}' is not a field here", f"did you mean '{near[0]}'?" if near else "delete it"
    for one, other in record.apart:
        if item.get(one) and item.get(other):
            yield item.at(one), f"'{one}' and '{other}' exclude each other", "delete one of the two"
    for one, other in record.together:
        if bool(item.get(one)) != bool(item.get(other)):
            yield item.at(other), f"'{one}' and '{other}' go together", "add the other, or delete the one"


def _field_fault(item: Mapping | Row, name: str, field: Field, today: str) -> tuple[str, str] | None:
    """Return what is wrong with the value of a field, and what to do."""
    value = item.text(name) if field.date else item[name]  # a year alone is a number
    if not isinstance(value, field.kind) or (field.date and not value):
        return f"'{name}' must be {field.holds}", "change it, or put it in quotes where text is meant"
    if not isinstance(value, str):
        return None
    if not value.strip():
        return f"'{name}' is empty", "fill it in"
    if field.date and not (field.date == "issued" and value == UNDATED):
        day = first_day(value.removesuffix("~") if field.date == "issued" else value)
        if day is None or (field.date == "day" and len(value) < 10):
            forms = "YYYY-MM-DD" if field.date == "day" else "YYYY-MM-DD, YYYY-MM or YYYY"
            return f"{name} '{value}' is not a valid date", f"write {forms}"
        return (f"{name} '{value}' is in the future (today is {today})", "fix it") if str(day) > today else None
    if field.choices and value not in field.choices:
        advice = did_you_mean(value, field.choices, f"use one of {', '.join(field.choices)}")
        return f"{name} '{value}' is not known", advice
    if field.pattern and not re.fullmatch(field.pattern, value):
        return f"{name} '{value}' is not {field.holds}", "fix it"
    if field.most_words and (count := len(value.split())) > field.most_words:
        return f"'{name}' has {count} words, the limit is {field.most_words}", "shorten it"
    if isinstance(item, Mapping) and name in item.typed:
        return f"'{value}' is not text in YAML", "put it in quotes"
    if isinstance(item, Row) and value.startswith(FORMULA):
        return f"a spreadsheet would run '{name}' as a formula", f"begin it with another character than {value[0]!r}"
    return None


@rule("E002")
def record_ill_formed(register: Register) -> Iterator[Fault]:
    """Each page, claim, source, passage and row of a table has its fields, as they should be, and no other."""
    today = register.today.isoformat()
    claims = {claim.page.path for claim in register.claims.values()}
    for page in register.pages.values():
        yield from field_faults(page.fields, RECORDS["claims" if page.path in claims else "pages"], today)
    for name, tree in register.trees.items():
        yield from field_faults(tree, RECORDS[name], today)
    until = register.op_ed.text("compared-until")
    if until and until not in register.names:
        wrong = f"'{until}' is not a paragraph of the op-ed"
        yield register.op_ed.at("compared-until"), wrong, "name the one where the copy ends"
    for table, rows in register.tables.items():
        states = dict.fromkeys(register.states(table), STATE_VOTE) if table in OF_STATES else {}
        record = RECORDS[table]._replace(fields=RECORDS[table].fields | states)
        for row in rows:
            yield from field_faults(row, record, today)


@rule("E005")
def record_repeated(register: Register) -> Iterator[Fault]:
    """No two rows of a table or sources are of the same thing, and no two sources have the same short name."""
    lists: dict[str, list[Mapping] | list[Row]] = {"references": register.references, **register.tables}
    for name, items in lists.items():
        for fields in RECORDS[name].unique:
            seen: dict[tuple[str, ...], Mapping | Row] = {}
            for item in items:
                key = tuple(item.text(field) for field in fields)
                if (first := seen.setdefault(key, item)) is not item and any(key):
                    line = first.at(fields[0]).line
                    yield item.at(fields[0]), f"'{' '.join(key)}' is on line {line} already", "keep one"
    named: dict[str, Source] = {}
    for source in register.sources.values():
        other = named.setdefault(source.short.lower(), source)
        if other is not source:
            name = "number" if source.text("number") else "issued"
            letters = "write 'year-suffix: a' in the older and 'year-suffix: b' in the newer one"
            advice = "fix one of the two" if name == "number" else letters
            yield source.fields.at(name), f"'{source.short}' is the short name of '{other.id}' too", advice
