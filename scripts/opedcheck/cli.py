"""The command line: options, what is printed, and what is written: new addresses, and the sums of the evidence."""

import argparse
import gc
import io
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from opedcheck.dates import calendar_day, today
from opedcheck.files import UnreadableError, read_text, write_text
from opedcheck.register import PERMALINKS, SEALED, SUMS, Register, load
from opedcheck.rules import RULES, Finding, Rule, check
from opedcheck.rules.pages import new_addresses

ALL = "all"  # what --seal without a name seals
JSON_VERSION = 1  # goes up when a key changes its meaning or goes away
ROOT = Path(__file__).resolve().parents[2]


class CannotWorkError(Exception):
    """The checker can't do what it was asked; the message says what to do."""


def list_addresses(register: Register) -> list[str]:
    """List the new addresses in permalinks.txt, in order and below its comments; none is taken out. Return them."""
    if new := new_addresses(register):
        lines = read_text(register.root, PERMALINKS).split("\n")
        head = [line for line in lines if line.startswith("# ")]
        listed = sorted({*filter(None, register.permalinks), *new})
        write_text(register.root, PERMALINKS, "\n".join([*head, *listed]) + "\n")
    return new


def seal(register: Register, names: Sequence[str]) -> list[str]:
    """Write the SHA-256 of the named files of evidence as they are now. Return the names of those that changed."""
    odd = next((number for number, line in enumerate(register.sums, 1) if line and not SEALED.fullmatch(line)), 0)
    if odd and names:
        raise CannotWorkError(f"{SUMS}:{odd}: this line is not a seal and would be lost; delete it or restore the file")
    listed = {line[66:]: line[:64] for line in register.sums if line}
    new = listed | {name: register.digests[name] for name in names}
    if new != listed:
        write_text(register.root, SUMS, "".join(f"{new[name]}  {name}\n" for name in sorted(new)))
    return [name for name in names if new[name] != listed.get(name)]


def _day(text: str) -> date:
    if day := calendar_day(text):
        return day
    raise argparse.ArgumentTypeError(f"'{text}' is not a date; write YYYY-MM-DD")


def _codes(text: str) -> list[str]:
    prefixes = [prefix.strip().upper() for prefix in text.split(",") if prefix.strip()]
    unknown = [prefix for prefix in prefixes if not any(code.startswith(prefix) for code in RULES)]
    if unknown or not prefixes:
        raise argparse.ArgumentTypeError(f"no rule's code begins with '{', '.join(unknown)}'; --list shows them")
    return [code for code in RULES if code.startswith(tuple(prefixes))]


def _options(arguments: Sequence[str] | None, description: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="check_claims.py", description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("root", nargs="?", type=Path, default=ROOT, help="the project's folder (default: this one)")
    parser.add_argument("--today", type=_day, default=today(), help="check as of this date, YYYY-MM-DD")
    parser.add_argument(
        "--select", type=_codes, action="extend", metavar="CODES", help="only these rules: codes or groups, as C004,D"
    )
    parser.add_argument("--output-format", choices=("text", "json"), default="text")
    parser.add_argument("--fix", action="store_true", help="add new addresses to permalinks.txt and print them")
    parser.add_argument(
        "--seal", action="append", nargs="?", const=ALL, default=[], metavar="FILE",
        help="record this file of evidence, or all but the text of record, as compared again with its sources",
    )  # fmt: skip
    parser.add_argument("--list", action="store_true", help="list the rules and stop")
    parser.add_argument("--explain", type=_codes, metavar="CODE", help="explain a rule, with an example, and stop")
    return parser.parse_args(arguments)


def _fix_and_seal(options: argparse.Namespace) -> Register:
    """Do what --fix and --seal ask for, and return the register as it is then."""
    if not os.path.isdir(options.root / "docs" / "data"):  # noqa: PTH112 - a Path's own raises
        raise CannotWorkError(f"there is no folder docs/data in {options.root}; name the project's folder")
    register = load(options.root, options.today)
    if options.seal and not register.complete:
        broken = next(one for one in register.problems if one.place.path.startswith("docs/data/"))
        raise CannotWorkError(f"nothing is sealed while a file of docs/data can't be read: {broken}")
    if ALL in options.seal:
        options.seal += [name for name in register.digests if name != "op-ed.txt"]
        options.seal = [name for name in dict.fromkeys(options.seal) if name != ALL]
    for name in options.seal:
        if name not in register.digests:
            raise CannotWorkError(
                f"'{name}' is not a file of evidence; use one of {', '.join(sorted(register.digests))}"
            )
    if options.fix and register.complete:
        for address in list_addresses(register):
            print(f"{PERMALINKS}: added '{address}'", file=sys.stderr)
    for name in seal(register, options.seal):
        print(f"{SUMS}: sealed {name}", file=sys.stderr)
    return load(options.root, options.today) if options.fix or options.seal else register


def as_json(findings: Iterable[Finding]) -> str:
    """Return the findings for machines; the page of rules says what each key is."""
    import json  # here, since lines need none

    items = [one.place._asdict() | {name: getattr(one, name) for name in one._fields[1:]} for one in findings]
    return json.dumps({"version": JSON_VERSION, "findings": items}, indent=1)


def explained(rule: Rule) -> str:
    """Return what a rule demands, why, and an example of a fault."""
    why, path, *words = rule.example
    good, bad = ("    " + text.replace("\n", "\n    ") for text in words)
    parts = [f"{rule.code}  {rule.slug}  {rule.severity}", rule.statement, f"Why: {why}"]
    return "\n\n".join([*parts, f"Wrong, in docs/{path}:", bad, "Right:", good])


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def main(arguments: Sequence[str] | None = None, description: str = "") -> int:
    """Run the command line; return the exit status."""
    options = _options(arguments, description)
    if options.list:
        print("\n".join(f"{one.code}  {one.slug}  {one.severity}\n      {one.statement}" for one in RULES.values()))
        return 0
    if options.explain:
        print("\n\n\n".join(explained(RULES[code]) for code in options.explain))
        return 0
    # The register is one tree that lives to the end; looking for garbage in it would take a fifth of the time.
    gc.disable()
    try:
        register = _fix_and_seal(options)
    except (CannotWorkError, UnreadableError) as error:
        print(f"check_claims.py: {error}", file=sys.stderr)
        return 2
    findings = check(register, [RULES[code] for code in options.select] if options.select else None)
    if output := as_json(findings) if options.output_format == "json" else "\n".join(map(str, findings)):
        print(output)
    errors = sum(finding.severity == "error" for finding in findings)
    read = ", ".join(_count(len(getattr(register, f"{name}s")), name) for name in ("claim", "source", "resolution"))
    print(f"{read}: {_count(errors, 'error')}, {_count(len(findings) - errors, 'warning')}", file=sys.stderr)
    return 1 if errors else 0


def run(description: str) -> int:
    """Run the command line on the process's own streams, whatever they can show; return the exit status."""
    # A file's name may hold what the terminal can't show; a reader such as head may have seen enough.
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115 - closed by the caller
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115 - which print would take for stdout
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = main(description=description)
        sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            print(f"check_claims.py: can't print ({(error.strerror or 'unknown').lower()})", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 2
    return status
