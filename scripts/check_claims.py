"""Check that the op-ed's text, its claims, their dates, figures and sources agree.

Reads docs/ and prints each finding as `path:line:col: CODE message`; the message says what to do. Nothing is fetched,
and nothing is written without --fix. Exit status: 0 clean (warnings may be printed), 1 findings, 2 the checker could
not work.
"""

import argparse
import gc
import io
import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from claims import Register, load
from permalinks import with_new_addresses
from reading import LARGEST_DATA, Place, read_text
from rules import RULES, Rule

ROOT = Path(__file__).resolve().parent.parent
PERMALINKS = "docs/data/permalinks.txt"


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """A fault that a rule found, with its place."""

    place: Place
    code: str
    message: str
    severity: str

    def __str__(self) -> str:
        """Give the line that is printed."""
        warning = "warning: " if self.severity == "warning" else ""
        return f"{self.place}: {self.code} {warning}{self.message}"


def check(register: Register, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """Run rules (all by default) over a register; give each finding once, ordered by place, then code.

    While a file of docs/data can't be read only that is found: all else would follow from it.
    """
    found = {
        Finding(place, rule.code, message, rule.severity)
        for rule in (RULES.values() if rules is None else rules)
        if register.complete or rule.code.endswith("001")
        for place, message in rule.check(register)
    }
    return sorted(found)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no date; write YYYY-MM-DD") from None


def _codes(text: str) -> list[str]:
    prefixes = [prefix.strip().upper() for prefix in text.split(",") if prefix.strip()]
    unknown = [prefix for prefix in prefixes if not any(code.startswith(prefix) for code in RULES)]
    if unknown or not prefixes:
        raise argparse.ArgumentTypeError(f"no rule's code begins with '{', '.join(unknown)}'; --list shows them")
    return [code for code in RULES if code.startswith(tuple(prefixes))]


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="check_claims.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("root", nargs="?", type=Path, default=ROOT, help="the project's folder (default: this one)")
    parser.add_argument("--today", type=_day, default=date.today(), help="check as on this day, YYYY-MM-DD")
    parser.add_argument("--select", type=_codes, metavar="CODES", help="only these rules: codes or groups, as C004,D")
    parser.add_argument("--output-format", choices=("text", "json", "github"), default="text")
    parser.add_argument("--fix", action="store_true", help="first add new addresses to permalinks.txt")
    parser.add_argument("--list", action="store_true", help="list the rules and stop")
    parser.add_argument("--explain", type=_codes, metavar="CODE", help="say what a rule demands and stop")
    return parser.parse_args(arguments)


def _list_new_addresses(register: Register) -> None:
    """Write the addresses that are new into permalinks.txt, and print each."""
    file = register.root / "docs" / "data" / "permalinks.txt"
    lines, new = with_new_addresses(read_text(register.root, PERMALINKS, LARGEST_DATA).splitlines(), register)
    if new:
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for address in new:
        print(f"{PERMALINKS}: added '{address}'")


def _formatted(findings: list[Finding], output_format: str) -> str:
    if output_format == "json":
        items = [{**asdict(f.place), "code": f.code, "severity": f.severity, "message": f.message} for f in findings]
        return json.dumps({"version": 1, "findings": items}, ensure_ascii=False, indent=1)
    if output_format == "github":
        return "\n".join(
            f"::{f.severity} file={f.place.path},line={f.place.line},col={f.place.col},title={f.code}::"
            + f.message.replace("%", "%25").replace("\n", "%0A")
            for f in findings
        )
    return "\n".join(map(str, findings))


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; give the exit status."""
    options = _arguments(arguments)
    if options.list or options.explain:
        for code in options.explain or RULES:
            print(f"{code}  {RULES[code].slug}  {RULES[code].severity}\n      {RULES[code].statement}")
        return 0
    if not (options.root / "docs" / "data").is_dir():
        print(f"check_claims.py: there is no folder docs/data in {options.root}; name the project's folder",
              file=sys.stderr)  # fmt: skip
        return 2
    # The register is one tree that lives to the end; looking for garbage in it would take a fifth of the time.
    gc.disable()
    register = load(options.root, options.today)
    if options.fix and register.complete:
        _list_new_addresses(register)
        register = load(options.root, options.today)
    findings = check(register, [RULES[code] for code in options.select] if options.select else None)
    if output := _formatted(findings, options.output_format):
        print(output)
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    counts = f"{len(register.claims)} claims, {len(register.sources)} sources, {len(register.resolutions)} resolutions"
    print(f"{counts}: {_count(errors, 'error')}, {_count(warnings, 'warning')}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    # A file's name may hold what the terminal can't show; a reader such as head may have seen enough.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 2
    sys.exit(status)
