"""The timeline drawn to scale as SVG: a dot for each event, numbered as in the list below it."""

import re
from datetime import date
from html import escape

from claims import Register
from dates import first_day, in_words
from reading import Row

WIDTH, MARGIN, AXIS, DOT, ROW = 920, 20, 16, 8, 22
DAYS = {10: 0, 7: 30, 4: 365}  # how long an event may have been, by the length of its date


def dated_events(register: Register) -> list[Row]:
    """Give the events that have a date, and an id to be found by, oldest first."""
    found = (row for row in register.events if first_day(row["date"]) and re.fullmatch(r"[\w-]+", row["id"]))
    return sorted(found, key=lambda row: row["date"])


def timeline_chart(register: Register) -> str:
    """Draw the dated events, as one `<svg>` without blank lines; where two would touch, the later one stands lower."""
    rows = dated_events(register)
    if not rows:
        return ""
    first, last = (date(int(rows[index]["date"][:4]) + index % 2, 1, 1) for index in (0, -1))
    last = max(last, date(first.year + 1, 1, 1))

    def x(day: date) -> float:
        return round(MARGIN + (WIDTH - 2 * MARGIN) * (day - first).days / (last - first).days, 1)

    ends: list[float] = []  # where the last dot of each row ends
    dots = []
    for number, row in enumerate(rows, start=1):
        day = first_day(row["date"]) or first
        begin = x(day)
        end = round(begin + (WIDTH - 2 * MARGIN) * DAYS[len(row["date"])] / (last - first).days, 1)
        level = next((level for level, taken in enumerate(ends) if taken < begin - DOT), len(ends))
        ends[level : level + 1] = [max(end, begin + 2 * DOT)]
        y = AXIS + ROW * (level + 1)
        span = f'<path class="span" d="M{begin} {y}H{end}"/>' if end > begin + DOT else ""
        told = escape(f"{in_words(row['date'])}: {row['title']}", quote=True)
        dots.append(
            f'<a href="#{escape(row["id"])}" aria-label="{told}"><title>{told}</title>{span}'
            f'<circle cx="{begin}" cy="{y}" r="{DOT}"/><text class="number" x="{begin}" y="{y + 4}">{number}</text></a>'
        )
    height = AXIS + ROW * (len(ends) + 1)
    years = [
        f'<path class="grid" d="M{x(date(year, 1, 1))} {AXIS}V{height}"/>'
        + (f'<text x="{x(date(year, 1, 1))}" y="{AXIS - 4}">{year}</text>' if (year - first.year) % 2 == 0 else "")
        for year in range(first.year, last.year + 1)
    ]
    head = (
        f'<svg class="timeline-chart" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="group"'
        f' aria-label="The events to scale, {first.year} to {last.year}">'
    )
    return "\n".join([head, *years, *dots, "</svg>"])
