"""P: permalinks: no address is lost, one that moved leads on, and each is listed."""

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
    """Return every address of the site and its place, found once for the rules that ask."""
    return dict(permalinks(register, RULES))


@rule("P002")
def permalink_vanished(register: Register) -> Iterator[Fault]:
    """What was published once keeps its address, or leads on from it to where it is now.

    Why: somebody has linked to it, or printed it. A line `OLD -> NEW` keeps the old address alive: the site puts an
    anchor or a redirect page there.

    Bad, in docs/about/method.md:
        ## Verdicts { #the-verdicts }

    Good:
        ## Verdicts { #verdicts }
    """
    published = _published(register).keys()
    # What stood on a page that can't be read is not lost: the page is reported already.
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
            yield place, "behind an address stands nothing, or '-> ' and the address that it moved to; write it so"
        elif new is not None and address in published:
            yield place, f"'{address}' is still there; delete '-> {new}'"
        elif new is not None and new not in published:
            yield place, f"'{address}' moved to '{new}', which leads nowhere; give the place where it is now"
        elif new is None and address not in published:
            others = others if others is not None else renamed(register, published)
            other = f"'{others[address]}' is new; was it renamed? " if address in others else ""
            message = "bring its heading, paragraph, claim or source back, or write ' -> ' and its new place behind it"
            yield place, f"'{address}' leads nowhere any more; {other}{message}"


@rule("P003")
def permalink_unlisted(register: Register) -> Iterator[Fault]:
    """Every address of the site is listed, once.

    Why: the list is the promise; what is not on it could vanish unnoticed.

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
            yield place, f"{message}; write the old id again, or list this one and where the old one moved"
        elif address not in listed:
            yield place, f"'{address}' is not listed; add it to docs/data/permalinks.txt, as --fix does"
    seen: set[str] = set()
    for number, address in enumerate(register.permalinks, start=1):
        if address in seen:
            yield Place(_LIST, number), f"'{address}' is listed twice; delete this line"
        elif address:
            seen.add(address)


@rule("P008")
def permalink_out_of_order(register: Register) -> Iterator[Fault]:
    """The list of addresses stands in order.

    Why: a list in order shows a line that is missing.

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
            yield Place(_LIST, number), f"'{after}' stands behind '{before}'; run --fix to order"
