"""P: permalinks: no address is lost, one that moved redirects, and each is listed."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from claims import Register
from op_ed import PARTS
from pages import page_address
from permalinks import permalinks, renamed
from reading import Place
from rules.registry import RULES, Fault, rule

_LIST = "docs/data/permalinks.txt"


@lru_cache(maxsize=1)
def _published(register: Register) -> dict[str, Place]:
    """Return every address of the site with its place, computed once for all rules that need it."""
    return dict(permalinks(register, RULES))


@rule("P002")
def permalink_vanished(register: Register) -> Iterator[Fault]:
    """Every published address stays, or redirects to its new place.

    Why: somebody may have linked to it or printed it. A line `OLD -> NEW` keeps the old address working: the site puts
    an anchor or a redirect page there.

    Bad, in docs/about/method.md:
        ## Verdicts { #the-verdicts }

    Good:
        ## Verdicts { #verdicts }
    """
    published = _published(register).keys()
    # Addresses on a page that can't be read are not lost: the page is reported already.
    hidden = [page_address(problem.place.path) + "#" for problem in register.problems]
    if any(problem.place.path.startswith("docs/claims/") for problem in register.problems):
        hidden.append(page_address("docs/claims/all.md") + "#")
    if len(register.parts) < len(PARTS):
        hidden.append(page_address("docs/op-ed/whole.md") + "#")
    others: dict[str, str] | None = None
    for number, address in enumerate(register.permalinks, start=1):
        new = register.moved.get(address)
        place = Place(_LIST, number, 1 if new is None else len(address) + 2)
        if not address or address.startswith(tuple(hidden)) or (new or "").startswith(tuple(hidden)):
            continue
        if new == "":
            yield place, "after an address comes either nothing or ' -> ' and its new address; rewrite the line"
        elif new is not None and address in published:
            yield place, f"'{address}' still exists; delete '-> {new}'"
        elif new is not None and new not in published:
            yield place, f"'{address}' moved to '{new}', which doesn't exist; give its current address"
        elif new is None and address not in published:
            others = others if others is not None else renamed(register, published)
            other = f"perhaps it was renamed to '{others[address]}'; " if address in others else ""
            message = "restore its heading, paragraph, claim or source, or add ' -> ' and its new address"
            yield place, f"'{address}' no longer exists; {other}{message}"


@rule("P003")
def permalink_unlisted(register: Register) -> Iterator[Fault]:
    """Every address of the site is listed exactly once.

    Why: the list is our promise, and an address that isn't on it could vanish unnoticed.

    Bad, in docs/about/method.md:
        ## The sources { #read }

        ## Evidence { #evidence }

    Good:
        ## Evidence { #evidence }
    """
    listed = set(register.permalinks)
    published = _published(register)
    others = renamed(register, published.keys()) if published.keys() - listed else {}
    before = {new: old for old, new in others.items()}
    for address, place in published.items():
        if address in before:
            message = f"'{address}' is not listed, and '{before[address]}' is gone from this page"
            yield place, f"{message}; restore the old id, or list this one and where the old one moved"
        elif address not in listed:
            yield place, f"'{address}' is not listed; add it to docs/data/permalinks.txt, or run --fix"
    seen: set[str] = set()
    for number, address in enumerate(register.permalinks, start=1):
        if address in seen:
            yield Place(_LIST, number), f"'{address}' is listed twice; delete this line"
        elif address:
            seen.add(address)


@rule("P008")
def permalink_out_of_order(register: Register) -> Iterator[Fault]:
    """The list of addresses is sorted.

    Why: in a sorted list a missing line is easy to see.

    Bad, in docs/data/permalinks.txt:
        #most
        #coverage

    Good:
        #coverage
        #most
    """
    listed = [(address, number) for number, address in enumerate(register.permalinks, start=1) if address]
    for (before, _), (after, number) in pairwise(listed):
        if after < before:
            yield Place(_LIST, number), f"'{after}' is out of order (after '{before}'); run --fix to sort the list"
