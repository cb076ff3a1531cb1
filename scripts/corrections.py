"""Read this site's corrections from their page, where each has a heading that starts with its date."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from claims import Register
from dates import calendar_day, find_dates
from reading import Place

PAGE = "docs/about/corrections.md"


class Correction(NamedTuple):
    """A correction: its heading's id, its date as YYYY-MM-DD or empty, what was corrected, and the text below."""

    id: str
    day: str
    title: str
    text: str
    place: Place


def corrections(register: Register) -> Iterator[Correction]:
    """Yield the corrections in page order: `## 1 December 2026: the date of … { #id }` and the text below."""
    page = register.pages.get(PAGE)
    for heading in page.headings if page else ():
        words = page.text[heading.start : heading.end].rpartition("{")[0].strip() if page else ""
        if page is None or not words.startswith("## "):
            continue
        words = words.removeprefix("## ")
        written = next(find_dates(words), None)
        day = written.iso if written and written.start == 0 and calendar_day(written.iso) else ""
        title = words[written.end :].lstrip(" :–—") if written and day else words
        start, end = page.section(heading.id) or (0, 0)
        text = re.sub(r"<!--.*?-->", "", page.text[start:end], flags=re.DOTALL)
        yield Correction(heading.id, day, title, " ".join(text.split()), page.at(heading.start))
