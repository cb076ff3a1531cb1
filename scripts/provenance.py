"""Where the op-ed's text comes from, what it was compared with, and who answers for this site."""

import re
from typing import NamedTuple

from citations import Site, name_in_order, op_ed_item
from claims import Register, Source, text_of
from dates import in_words
from markup import literal, web_address

PUBLISHER = "<!-- claims/publisher -->"  # the place of what `Publisher.words` says


class Publisher(NamedTuple):
    """Who publishes this copy of the site, and the e-mail or web address for errors; both may be empty."""

    name: str = ""
    contact: str = ""

    def words(self) -> str:
        """Return, in Markdown, who publishes this copy and how to report an error."""
        if not (self.name or self.contact):
            return (
                "This copy of the site names no publisher and no address for errors. If you find one, tell whoever "
                "runs the website where you read this."
            )
        who = f"{literal(self.name)} publishes this copy of the site. " if self.name else ""
        return f"{who}To report an error, write to {self._link()}." if self.contact else who.strip()

    def _link(self) -> str:
        mail = re.fullmatch(r"[^\s<>@:]+@[^\s<>@:]+", self.contact)
        address = f"mailto:{self.contact}" if mail else web_address(self.contact)
        return f"[{literal(self.contact)}](<{address}>)" if address else literal(self.contact)


def publisher_of(setting: object) -> Publisher:
    """Return the publisher that mkdocs.yml names under `extra`."""
    fields = setting if isinstance(setting, dict) else {}
    return Publisher(*(str(fields.get(name) or "").strip() for name in Publisher._fields))


def compared(register: Register) -> tuple[Source | None, str]:
    """Return the copy that the text was compared with, and the paragraph within which the comparison ended."""
    copy, until = (text_of(register.op_ed, name) for name in ("compared-with", "compared-until"))
    return register.sources.get(copy), until


def byline(register: Register, _argument: str) -> str:
    """Say whose op-ed it is, and of which place and day."""
    item = op_ed_item(register, Site("")) or {}
    by = " and ".join(literal(name_in_order(name)) for name in item.get("author", []))
    place = register.recorded("p1").partition(" – ")[0].title()
    told = [f"An op-ed by {by}" if by else "An op-ed", literal(place), in_words(register.op_ed_date)]
    return f"{', '.join(filter(None, told))}\n{{ .byline }}"


def carried(register: Register, argument: str) -> str:
    """Say where the text comes from, what it was compared with, and what is not known."""
    told = ["The text was handed to this project as it is."]
    copy, until = compared(register)
    if copy:
        publisher = literal(copy.text("publisher"))
        carrier = f"[{publisher}](<{address}>)" if (address := web_address(copy.text("URL"))) else publisher
        entry = f"{argument or '..'}/evidence/sources.md#{copy.id}"
        told.append(
            f"We compared it, from its date to the beginning of paragraph {literal(until.removeprefix('p'))}, with the "
            f"copy that {carrier} carries ([source]({entry})), and found the same words. We could not read the rest of "
            "that copy."
        )
    told.append(
        "We do not know the op-ed’s original title or which newspaper published it first. The title here and the "
        "headings of the parts are ours."
    )
    return " ".join(told) + "\n{ .carried }"
