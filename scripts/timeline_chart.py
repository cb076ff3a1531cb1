"""The timeline drawn to scale as SVG: downwards, a dot for each event, with its number in the list."""

import re
from datetime import date
from html import escape

from claims import Register
from dates import first_day, in_words
from reading import Row

# In em, so that everything scales with the text: a year's height, top margin, first lane, half a dot, a lane.
YEAR, TOP, LEFT, DOT, LANE = 2.4, 1.2, 5.0, 1.0, 2.25
DAYS = {10: 0, 7: 30, 4: 365}  # days that an event may have lasted, by the length of its date


def dated_events(register: Register) -> list[Row]:
    """Return the events with a date and an id, oldest first."""
    found = (row for row in register.events if first_day(row["date"]) and re.fullmatch(r"[\w-]+", row["id"]))
    return sorted(found, key=lambda row: row["date"])


def timeline_chart(register: Register) -> str:
    """Return the dated events as an `<svg>` without blank lines; if two dots would touch, the later one moves aside."""
    rows = dated_events(register)
    if not rows:
        return ""
    first, last = int(rows[0]["date"][:4]), int(rows[-1]["date"][:4]) + 1

    def y(day: date) -> float:
        return round(TOP + YEAR * (day - date(first, 1, 1)).days / 365.25, 2)

    ends: list[float] = []  # where the last dot of each lane ends
    dots = []
    for number, row in enumerate(rows, start=1):
        begin = y(first_day(row["date"]) or date(first, 1, 1))
        end = round(begin + YEAR * DAYS[len(row["date"])] / 365.25, 2)
        lane = next((lane for lane, taken in enumerate(ends) if taken < begin - DOT), len(ends))
        ends[lane : lane + 1] = [max(end, begin + DOT)]
        x = LEFT + LANE * lane
        span = (
            f'<line class="span" x1="{x:g}em" x2="{x:g}em" y1="{begin}em" y2="{end}em"/>' if end > begin + DOT else ""
        )
        told = escape(f"{in_words(row['date'])}: {row['title']}", quote=True)
        dots.append(
            f'<a href="#{escape(row["id"])}" aria-label="{number}. {told}"><title>{told}</title>{span}'
            f'<circle cx="{x:g}em" cy="{begin}em" r="{DOT}em"/>'
            f'<text x="{x:g}em" y="{begin + 0.35:.4g}em">{number}</text></a>'
        )
    width, height = LEFT + LANE * len(ends), round(y(date(last, 1, 1)) + TOP, 1)
    years = [
        f'<line class="grid" x1="3.4em" x2="100%" y1="{y(date(year, 1, 1))}em" y2="{y(date(year, 1, 1))}em"/>'
        f'<text class="year" y="{y(date(year, 1, 1)) + 0.35:.4g}em">{year}</text>'
        for year in range(first, last + 1)
    ]
    head = (
        f'<svg class="timeline-chart" width="{width}em" height="{height}em" role="group"'
        f' aria-label="The events to scale, {first} to {last}">'
    )
    return "\n".join([head, *years, *dots, "</svg>"])
