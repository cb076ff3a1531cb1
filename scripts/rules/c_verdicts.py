"""C: verdicts: each is judged no stronger than the evidence bears, asserts what the words say, and is on the ledger."""

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
    """A verdict is one of the five.

    Why: each of the five is defined on the method page, and a sixth would be defined nowhere.

    Bad, in docs/claims/vote-2014.md:
        verdict: false

    Good:
        verdict: contradicted
    """
    for claim in register.claims.values():
        if claim.verdict and claim.verdict not in VERDICTS:
            yield claim.fields.at("verdict"), f"'{claim.verdict}' is no verdict; use one of {', '.join(VERDICTS)}"


@rule("C004", binding=True)
def verdict_stronger_than_computed(register: Register) -> Iterator[Fault]:
    """No verdict is stronger than the one that the evidence computes, and a weaker one says why.

    Why: a judgement must not outrun what can be shown, and one that stops short of it owes the reader a reason.

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
            yield place, f"'{claim.verdict}', but the evidence computes '{computed}' ({reason}); change the verdict"
        elif not claim.page.text[slice(*(claim.page.section("beyond") or (0, 0)))].strip():
            message = f"'{claim.verdict}' says less than the computed '{computed}' ({reason})"
            yield place, f"{message}; write '{computed}', or say why under '## Beyond the data {{ #beyond }}'"


@rule("C005", binding=True)
def assertion_ill_formed(register: Register) -> Iterator[Fault]:
    """An assertion is of a known kind, with each of its values.

    Why: an assertion that can't be asked is no check.

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
                hint = f"did you mean '{near[0]}'?" if near else "write it so"
                yield place, f"an assertion is one of {', '.join(KINDS)}, with its values; {hint}"
            elif not isinstance(values, Mapping):
                yield place, f"'{kind}' needs {', '.join(KINDS[kind].fields)}; add them"
            else:
                # A year alone is a date, and YAML takes it for a number.
                wanted = {
                    name: int if name == "date" and isinstance(values.get(name), int) else type_
                    for name, type_ in KINDS[kind].fields.items()
                }
                yield from fields_fault(values, wanted, KINDS[kind].optional)


@rule("C006", binding=True)
def assertion_not_in_words(register: Register) -> Iterator[Fault]:
    """What an assertion says stands in the claim's words, and the resolution it names is the one they date.

    Why: what is tested must be what the op-ed says, not what would be easy to test.

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
                    f"{kind}: the quote does not put '{words}' in quotation marks, whole; assert all of them",
                )
            if text_of(values, "first") and "first" not in quote:
                yield values.at("first"), f"{kind}: the quote does not say 'first'; assert what the words say"
            yield from _faults_of_a_status(kind, values, claim, register)
            row = register.resolution(text_of(values, "resolution"))
            written = {date.iso for date in find_dates(_sentence_of(claim, register)) if date.day} if row else set()
            if row and written and row["date"] not in written:
                message = f"{kind}: {row['symbol']} is of {in_words(row['date'])}, the sentence names another day"
                yield values.at("resolution"), f"{message}; name the resolution of that day"


def _faults_of_a_status(kind: str, values: Mapping, claim: Claim, register: Register) -> Iterator[Fault]:
    """Find whether the sentence names the state whose status is asserted, and the day is the op-ed's own or stated."""
    state, day = text_of(values, "state"), text_of(values, "date")
    if state and state not in _sentence_of(claim, register):
        yield values.at("state"), f"{kind}: the sentence does not name '{state}'; assert what it says"
    if state and day != register.op_ed_date and not states(claim.text("quote"), day):
        message = f"{kind}: the quote does not say '{day}'; ask for the op-ed's own day"
        yield values.at("date"), f"{message}, {register.op_ed_date}"


def _sentence_of(claim: Claim, register: Register) -> str:
    words = register.recorded(claim.text("paragraph"))
    sentence = sentence_at(words, words.find(claim.text("quote")))
    return sentence.words if sentence else ""


@rule("C015", binding=True)
def verdict_not_on_ledger(register: Register) -> Iterator[Fault]:
    """The verdict of a claim is the last that the ledger has for it, given by the day the claim was checked.

    Why: readers who cite a verdict must be able to see that it changed, when, and why.

    Bad, in docs/data/verdicts.csv:
        vote-2014,2026-11-23,partly-supported,

    Good:
        vote-2014,2026-11-23,contradicted,
    """
    last: dict[str, Row] = {}
    for row in register.verdicts:
        before = last.get(row["claim"])
        if row["claim"] not in register.claims and not _is_broken(row["claim"], register):
            yield row.at("claim"), f"'{row['claim']}' is no claim; mend the name"
        if row["verdict"] not in VERDICTS:
            yield row.at("verdict"), f"'{row['verdict']}' is no verdict; use one of {', '.join(VERDICTS)}"
        if calendar_day(row["date"]) is None or row["date"] > register.today.isoformat():
            yield row.at("date"), f"'{row['date']}' is no day of the past; write it as YYYY-MM-DD"
        if not row["reason"].strip():
            yield row.at("reason"), "a verdict is given or changed for a reason; write it"
        if before and before["date"] > row["date"]:
            yield row.at("date"), f"this line is older than line {before.line}; add new verdicts at the end"
        if before and before["verdict"] == row["verdict"]:
            yield row.at("verdict"), f"line {before.line} has this verdict already; delete this line"
        last[row["claim"]] = row
    for claim in register.claims.values():
        given = last.get(claim.id)
        if claim.verdict not in VERDICTS:
            continue
        if given is None:
            line = f"{claim.id},{claim.text('checked')},{claim.verdict},first judged"
            message = "this verdict is not on the ledger"
            yield claim.fields.at("verdict"), f"{message}; add '{line}' to docs/data/verdicts.csv"
        elif given["verdict"] != claim.verdict:
            message = f"'{claim.verdict}', but the ledger has '{given['verdict']}' for {claim.id} since {given['date']}"
            line = f"{claim.id},{register.today},{claim.verdict},the reason"
            advice = f"restore it, or add '{line}' to docs/data/verdicts.csv and give 'checked' that day"
            yield claim.fields.at("verdict"), f"{message}; {advice}"
        elif given["date"] > claim.text("checked"):
            message = f"the ledger has this verdict from {given['date']}, after the claim was checked"
            yield claim.fields.at("checked"), f"{message}; mend the one or the other"


def _is_broken(claim: str, register: Register) -> bool:
    return any(problem.place.path == f"docs/claims/{claim}.md" for problem in register.problems)
