"""The chart of the General Assembly's votes, as SVG for both colour schemes and for print.

It has a row for each year: widths are percentages, so that it fits phones, paper and wide screens; all other sizes are
in em, so that they scale with the text.
"""

from html import escape

from claims import Register, Tally, tally_of
from reading import Row

MEMBERS = 193  # of the United Nations since 2011: the whole width
BAR, STEP, TOP, LETTER = 1.5, 2, 4, 1.1  # of a row: its bar, the whole row, the first one's top, and its baseline
LEFT, RIGHT = 3.7, 7.5  # space beside the bars for the years and Cambodia's votes, as in op-ed.css
SERIES = {"yes": "in favour", "no": "against", "abstain": "abstaining"}
CAMBODIA = {"yes": "yes", "no": "no", "abstain": "abstained", "absent": "did not vote"}


def hatching(name: str, width: int) -> str:
    """Return a pattern of slanting lines for print, where colours may be indistinguishable."""
    return (
        f'<defs><pattern id="{name}" width="{width}" height="{width}" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><path fill="#fff" d="M0 0H{width}V{width}H0z"/>'
        f'<path stroke="#000" d="M0 0V{width}"/></pattern></defs>'
    )


def votes_chart(register: Register) -> str:
    """Return a row for each year of the General Assembly's resolutions, as an `<svg>` without blank lines."""
    rows = [row for row in register.resolutions if row["body"] == "GA"]
    if not rows:
        return ""
    height = TOP + STEP * len(rows)
    years = escape(f"{rows[0]['date'][:4]} to {rows[-1]['date'][:4]}")
    parts = [
        f'<svg class="votes-chart" width="100%" height="{height}em" role="img"'
        ' aria-labelledby="votes-chart-title votes-chart-text">',
        f'<title id="votes-chart-title">Votes of the General Assembly, {years}</title>',
        hatching("votes-no", 4),
        f'<desc id="votes-chart-text">{escape(_description(rows))}</desc>',
    ]
    for index, (name, words) in enumerate(SERIES.items()):
        x = 7.5 * index - LEFT
        parts.append(f'<rect class="{name}" x="{x:g}em" y="0.1em" width="1em" height="1em"/>')
        parts.append(f'<text class="legend" x="{x + 1.5:g}em" y="1em">{words}</text>')
    parts.append(f'<text class="end" x="100%" dx="{RIGHT}em" y="{TOP - 0.8}em">Cambodia</text>')
    for value in (0, 50, 100, 150, MEMBERS):
        parts.append(f'<line class="grid" x1="{_share(value)}" x2="{_share(value)}" y1="{TOP - 0.5}em" y2="100%"/>')
        parts.append(f'<text class="scale" x="{_share(value)}" y="{TOP - 0.8}em">{value}</text>')
    for index, row in enumerate(rows):
        y = TOP + STEP * index
        doubtful = "*" if row["standing"] in ("disputed", "to-confirm") else ""
        parts.append(
            f'<text class="year" x="-{LEFT}em" y="{y + LETTER:g}em">{escape(row["date"][:4])}{doubtful}</text>'
        )
        if tally_of(row) and row["cambodia"] in CAMBODIA:
            cast = CAMBODIA[row["cambodia"]]
            parts.append(f'<text class="end cambodia" x="100%" dx="{RIGHT}em" y="{y + LETTER:g}em">{cast}</text>')
        parts += _bar(row, y)
    return "\n".join([*parts, "</svg>"])


def _share(votes: float) -> str:
    return f"{100 * votes / MEMBERS:.4g}%"


def _bar(row: Row, y: float) -> list[str]:
    tally = tally_of(row)
    if tally is None:
        return [f'<text class="label" x="0.5em" y="{y + LETTER:g}em">no vote</text>']
    parts, figures, before = [], [], 0
    for name in SERIES:
        votes = getattr(tally, name)
        middle = _share(before + votes / 2)
        parts.append(f'<rect class="{name}" x="{_share(before)}" y="{y}em" width="{_share(votes)}" height="{BAR}em"/>')
        figures.append(f'<text class="figure {name}" x="{middle}" y="{y + LETTER:g}em">{votes}</text>')
        before += votes
    return parts + figures  # in front of all bars, because in narrow charts a figure is wider than its bar


def _description(rows: list[Row]) -> str:
    """Return a description of the rows in words."""
    told: list[str] = []
    for row in rows:
        tally: Tally | None = tally_of(row)
        vote = f"{tally.yes} in favour, {tally.no} against, {tally.abstain} abstaining" if tally else "without a vote"
        cambodia = {"absent": "not voting"}.get(row["cambodia"], row["cambodia"])
        told.append(f"{row['date'][:4]}: {vote}" + (f"; Cambodia: {cambodia}" if cambodia else ""))
    return ". ".join(told) + "."
