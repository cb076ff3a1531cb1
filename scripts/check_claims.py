"""Check that the op-ed's text, its claims, and their dates, figures and sources agree.

Reads docs/ and prints each finding as `path:line:col: CODE message`; the message says what is wrong and what to do.
Fetches nothing, and writes nothing without --fix or --seal. Exit status: 0 no errors (there may be warnings), 1 errors,
2 the checker could not run.
"""

import argparse
import gc
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

if sys.version_info < (3, 11, 5) or find_spec("yaml") is None:
    print("check_claims.py: Python 3.11.5 or newer with PyYAML is needed; run sh scripts/check", file=sys.stderr)
    sys.exit(2)

import report
from claims import Register, load
from findings import Finding, check
from fixes import FIXES, Change, evidence_sealed
from reading import LARGEST_DATA, Place, UnreadableError, read_text, write_text
from rules import RULES
from seals import evidence

ROOT = Path(__file__).resolve().parent.parent


class CannotWorkError(Exception):
    """The checker can't do what it was asked to; the message says what to do."""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a valid date; write YYYY-MM-DD") from None


def _codes(text: str) -> list[str]:
    prefixes = [prefix.strip().upper() for prefix in text.split(",") if prefix.strip()]
    unknown = [prefix for prefix in prefixes if not any(code.startswith(prefix) for code in RULES)]
    if unknown or not prefixes:
        raise argparse.ArgumentTypeError(f"no rule code starts with '{', '.join(unknown)}'; run --list to see them")
    return [code for code in RULES if code.startswith(tuple(prefixes))]


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="check_claims.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("root", nargs="?", type=Path, default=ROOT, help="the project folder (default: this one)")
    parser.add_argument("--today", type=_day, default=date.today(), help="check as of this date, YYYY-MM-DD")
    parser.add_argument("--select", type=_codes, metavar="CODES", help="run only these rules or groups, such as C004,D")
    parser.add_argument("--output-format", choices=("text", "json", "github"), default="text")
    parser.add_argument("--fix", action="store_true", help="apply safe fixes first, and report each")
    parser.add_argument("--seal", action="append", default=[], metavar="NAME", help="first reseal this evidence")
    parser.add_argument("--list", action="store_true", help="list the rules and exit")
    parser.add_argument("--explain", type=_codes, metavar="CODE", help="explain a rule, with examples, and exit")
    return parser.parse_args(arguments)


def _write(register: Register, changes: Iterable[Change]) -> None:
    """Write the changed files and print the changes to stderr, apart from the findings."""
    for path, text, messages in changes:
        write_text(register.root, path, text)
        print("\n".join(messages), file=sys.stderr)


def _prepared(options: argparse.Namespace) -> Register:
    """Apply --seal and --fix, and reload the project after each step."""
    register = load(options.root, options.today)
    known = (piece.name for piece in evidence(register)) if options.seal else ()
    unknown = set(options.seal).difference(known)
    if options.seal and not register.complete:
        raise CannotWorkError("a file in docs/data can't be read, so nothing was sealed; fix that file first")
    if unknown:
        name = min(unknown)
        raise CannotWorkError(f"no evidence is named '{name}'; findings of E011 show the names")
    steps: list[Callable[[Register], Iterable[Change]]] = []
    if options.seal:
        steps.append(lambda read: evidence_sealed(read, tuple(options.seal)))
    if options.fix:
        steps += FIXES
    for step in steps:
        if register.complete:
            _write(register, step(register))
            register = load(options.root, options.today)
    return register


def _formatted(findings: list[Finding], output_format: str, root: Path) -> str:
    if output_format != "text":
        return report.as_json(findings) if output_format == "json" else report.as_github(findings)
    colour = report.wants_colour(sys.stdout.isatty())
    if not colour and not sys.stdout.isatty():
        return report.as_text(findings)

    @lru_cache
    def lines(path: str) -> list[str]:
        try:
            return read_text(root, path, LARGEST_DATA).split("\n")
        except UnreadableError:
            return []

    def line_at(place: Place) -> str:
        return lines(place.path)[place.line - 1] if place.line <= len(lines(place.path)) else ""

    return report.as_text_for_eyes(findings, line_at, shutil.get_terminal_size().columns, colour)


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    options = _arguments(arguments)
    if options.list:
        print(report.listed(RULES.values()))
        return 0
    if options.explain:
        print("\n\n\n".join(report.explained(RULES[code]) for code in options.explain))
        return 0
    # The register is one tree that lives until the end; garbage collection would take a fifth of the time.
    gc.disable()
    try:
        if not os.path.isdir(options.root / "docs" / "data"):  # noqa: PTH112 - a Path's own raises
            raise CannotWorkError(f"{options.root} has no folder docs/data; give the project folder")
        register = _prepared(options)
    except (CannotWorkError, UnreadableError) as error:
        print(f"check_claims.py: {error}", file=sys.stderr)
        return 2
    findings = check(register, [RULES[code] for code in options.select] if options.select else None)
    if output := _formatted(findings, options.output_format, options.root):
        print(output)
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    counts = f"{len(register.claims)} claims, {len(register.sources)} sources, {len(register.resolutions)} resolutions"
    print(f"{counts}: {_count(errors, 'error')}, {_count(warnings, 'warning')}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    # A file name may contain characters the terminal can't show, and a reader such as `head` may close the pipe early.
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115 - stdout may be closed
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = main()
        sys.stdout.flush()
    except OSError as error:
        if not isinstance(error, BrokenPipeError):
            print(f"check_claims.py: can't print ({(error.strerror or 'unknown').lower()})", file=sys.stderr)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 2
    sys.exit(status)
