"""C: verdicts: none is stronger than the evidence allows, each tests what the words say, and each is in the ledger."""

import difflib
import re
from collections.abc import Iterator

from assertions import KINDS, answers, computed_verdict, stated, states, strength
from claims import VERDICTS, Claim, Register, text_of
from dates import calendar_day, find_dates, in_words
from op_ed import sentence_at
from reading import Mapping, Row, Sequence
from rules.registry import Fault, fields_fault, rule


@rule("C003", binding=True)
def verdict_unknown(register: Register) -> Iterator[Fault]:
    """Every verdict is one of the five.

    Why: the method page defines these five, and a sixth would have no definition.

    Bad, in docs/claims/vote-2014.md:
        verdict: false

    Good:
        verdict: contradicted
    """
    for claim in register.claims.values():
        if claim.verdict and claim.verdict not in VERDICTS:
            yield claim.fields.at("verdict"), f"'{claim.verdict}' is not a verdict; use one of {', '.join(VERDICTS)}"


@rule("C004", binding=True)
def verdict_stronger_than_computed(register: Register) -> Iterator[Fault]:
    """No verdict is stronger than the one computed from the evidence, and a weaker one says why.

    Why: a verdict must not go beyond what we can show, and one that falls short of it owes readers a reason.

    Bad, in docs/claims/vote-2014.md:
        verdict: supported

    Good:
        verdict: contradicted
    """
    for claim in register.claims.values():
        found = answers(claim, register)
        computed = computed_verdict(found)
        if computed is None or claim.verdict not in VERDICTS or claim.verdict == computed:
            continue
        reason = "; ".join(f"{answer.outcome}: {answer.found}" for answer in found)
        place = claim.fields.at("verdict")
        if strength(claim.verdict) >= strength(computed):
            yield place, f"the verdict is '{claim.verdict}', but the evidence gives '{computed}' ({reason}); change it"
        elif not claim.page.text[slice(*(claim.page.section("beyond") or (0, 0)))].strip():
            message = f"'{claim.verdict}' is weaker than '{computed}', which the evidence gives ({reason})"
            yield place, f"{message}; write '{computed}', or say why under '## Beyond the data {{ #beyond }}'"


@rule("C005", binding=True)
def assertion_ill_formed(register: Register) -> Iterator[Fault]:
    """Every assertion is of a known kind and has all its values.

    Why: the checker can't test an incomplete assertion.

    Bad, in docs/claims/vote-2014.md:
        - tally: {resolution: A/RES/69/188, yes: 123, no: 16}

    Good:
        - tally: {resolution: A/RES/69/188, yes: 123, no: 16, abstain: 51}
    """
    for claim in register.claims.values():
        value = claim.fields.get("asserts")
        for item, place in zip(value, value.items_at, strict=True) if isinstance(value, Sequence) else ():
            kind = next(iter(item)) if isinstance(item, Mapping) and len(item) == 1 else ""
            values = item.get(kind) if isinstance(item, Mapping) else None
            if kind not in KINDS:
                near = difflib.get_close_matches(
                    kind or next(iter(item), "") if isinstance(item, dict) else "", KINDS, 1
                )
                hint = f"did you mean '{near[0]}'?" if near else "rewrite it"
                yield place, f"an assertion must be one of {', '.join(KINDS)}, with its values; {hint}"
            elif not isinstance(values, Mapping):
                yield place, f"'{kind}' needs {', '.join(KINDS[kind].fields)}; add them"
            else:
                # A year alone is a date, but YAML reads it as a number.
                wanted = {
                    name: int if name == "date" and isinstance(values.get(name), int) else type_
                    for name, type_ in KINDS[kind].fields.items()
                }
                yield from fields_fault(values, wanted, KINDS[kind].optional)


@rule("C006", binding=True)
def assertion_not_in_words(register: Register) -> Iterator[Fault]:
    """The claim's words say what an assertion says, and give the date of the resolution that it names.

    Why: we must test what the op-ed says, not what would be easy to test.

    Bad, in docs/claims/vote-2014.md:
        - tally: {resolution: A/RES/69/188, yes: 124, no: 16, abstain: 51}

    Good:
        - tally: {resolution: A/RES/69/188, yes: 123, no: 16, abstain: 51}
    """
    for claim in register.claims.values():
        quote = claim.text("quote")
        for kind, values in claim.assertions:
            if kind not in KINDS or not quote:
                continue
            for value in stated(kind, values):
                if value and not states(quote, value):
                    yield values.place, f"{kind}: the quote does not say '{value}'; assert what the words say"
            words = text_of(values, "words")
            if kind == "quotation" and words and not re.search(f'[“"]{re.escape(words)}[”"]', quote):
                yield (
                    values.at("words"),
                    f"{kind}: '{words}' is not a complete quotation in the quote; assert all of it",
                )
            if text_of(values, "first") and "first" not in quote:
                yield values.at("first"), f"{kind}: the quote does not say 'first'; assert what the words say"
            yield from _faults_of_a_status(kind, values, claim, register)
            row = register.resolution(text_of(values, "resolution"))
            written = {date.iso for date in find_dates(_sentence_of(claim, register)) if date.day} if row else set()
            if row and written and row["date"] not in written:
                message = f"{kind}: {row['symbol']} is of {in_words(row['date'])}, but the sentence gives another date"
                yield values.at("resolution"), f"{message}; name the resolution of that date"


def _faults_of_a_status(kind: str, values: Mapping, claim: Claim, register: Register) -> Iterator[Fault]:
    """Check that the sentence names the state asserted, and that the quote states the date unless it is the op-ed's."""
    state, day = text_of(values, "state"), text_of(values, "date")
    if state and state not in _sentence_of(claim, register):
        yield values.at("state"), f"{kind}: the sentence does not name '{state}'; assert what it says"
    if state and day != register.op_ed_date and not states(claim.text("quote"), day):
        message = f"{kind}: the quote does not say '{day}'; use the op-ed's own date"
        yield values.at("date"), f"{message}, {register.op_ed_date}"


def _sentence_of(claim: Claim, register: Register) -> str:
    words = register.recorded(claim.text("paragraph"))
    sentence = sentence_at(words, words.find(claim.text("quote")))
    return sentence.words if sentence else ""


@rule("C015", binding=True)
def verdict_not_on_ledger(register: Register) -> Iterator[Fault]:
    """A claim's verdict is the last one in the ledger, dated no later than the claim's last check.

    Why: readers who cite a verdict must be able to see whether it changed, when, and why.

    Bad, in docs/data/verdicts.csv:
        vote-2014,2026-11-23,partly-supported,

    Good:
        vote-2014,2026-11-23,contradicted,
    """
    last: dict[str, Row] = {}
    for row in register.verdicts:
        before = last.get(row["claim"])
        if row["claim"] not in register.claims and not _is_broken(row["claim"], register):
            yield row.at("claim"), f"'{row['claim']}' is not a claim; fix the name"
        if row["verdict"] not in VERDICTS:
            yield row.at("verdict"), f"'{row['verdict']}' is not a verdict; use one of {', '.join(VERDICTS)}"
        if calendar_day(row["date"]) is None or row["date"] > register.today.isoformat():
            yield row.at("date"), f"'{row['date']}' is not a valid date, or is in the future; write YYYY-MM-DD"
        if not row["reason"].strip():
            yield row.at("reason"), "the reason is missing; say why the verdict was given or changed"
        if before and before["date"] > row["date"]:
            yield row.at("date"), f"out of order (older than line {before.line}); add new verdicts at the end"
        if before and before["verdict"] == row["verdict"]:
            yield row.at("verdict"), f"line {before.line} already has this verdict; delete this line"
        last[row["claim"]] = row
    for claim in register.claims.values():
        given = last.get(claim.id)
        if claim.verdict not in VERDICTS:
            continue
        if given is None:
            line = f"{claim.id},{claim.text('checked')},{claim.verdict},first judged"
            message = "this verdict is not in the ledger"
            yield claim.fields.at("verdict"), f"{message}; add '{line}' to docs/data/verdicts.csv"
        elif given["verdict"] != claim.verdict:
            message = f"'{claim.verdict}', but the ledger says '{given['verdict']}' for {claim.id} from {given['date']}"
            line = f"{claim.id},{register.today},{claim.verdict},the reason"
            advice = f"restore it, or add '{line}' to docs/data/verdicts.csv and set 'checked' to that date"
            yield claim.fields.at("verdict"), f"{message}; {advice}"
        elif given["date"] > claim.text("checked"):
            message = f"the ledger dates this verdict {given['date']}, after the claim was checked"
            yield claim.fields.at("checked"), f"{message}; fix one of the dates"


def _is_broken(claim: str, register: Register) -> bool:
    return any(problem.place.path == f"docs/claims/{claim}.md" for problem in register.problems)
