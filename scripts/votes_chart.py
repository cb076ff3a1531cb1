"""The chart of the General Assembly's votes, drawn as SVG that reads in both colour schemes and on paper."""

from html import escape

from claims import Register, Tally, tally_of
from reading import Row

BAR, STEP, HEIGHT, TOP, LEFT = 28, 40, 193, 40, 66  # one vote is one unit high
SERIES = {"yes": "in favour", "no": "against", "abstain": "abstaining"}
CAMBODIA = {"yes": "Y", "no": "N", "abstain": "A", "absent": "–"}


def hatching(name: str, width: int) -> str:
    """Give a pattern of slanting lines, for sheets: there colours are told apart by nothing else."""
    return (
        f'<defs><pattern id="{name}" width="{width}" height="{width}" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><path fill="#fff" d="M0 0H{width}V{width}H0z"/>'
        f'<path stroke="#000" d="M0 0V{width}"/></pattern></defs>'
    )


def votes_chart(register: Register) -> str:
    """Draw one column a year from the General Assembly's resolutions, as one `<svg>` without blank lines."""
    rows = [row for row in register.resolutions if row["body"] == "GA"]
    if not rows:
        return ""
    width = LEFT + STEP * len(rows) + 8
    bottom = TOP + HEIGHT
    years = escape(f"{rows[0]['date'][:4]} to {rows[-1]['date'][:4]}")
    parts = [
        f'<svg class="votes-chart" viewBox="0 0 {width} {bottom + 52}" width="{width}" height="{bottom + 52}"'
        ' role="img" aria-labelledby="votes-chart-title votes-chart-text">',
        f'<title id="votes-chart-title">Votes of the General Assembly, {years}</title>',
        hatching("votes-no", 4),
        f'<desc id="votes-chart-text">{escape(_description(rows))}</desc>',
    ]
    for value in (0, 50, 100, 150, 193):
        y = bottom - value
        parts.append(f'<path class="grid" d="M{LEFT} {y}H{width}"/>')
        parts.append(f'<text class="scale" x="{LEFT - 6}" y="{y + 4}" text-anchor="end">{value}</text>')
    for index, (name, words) in enumerate(SERIES.items()):
        x = LEFT + 110 * index
        parts.append(f'<rect class="{name}" x="{x}" y="4" width="12" height="12"/>')
        parts.append(f'<text class="legend" x="{x + 18}" y="14">{words}</text>')
    for index, row in enumerate(rows):
        parts += _column(row, LEFT + STEP * index + (STEP - BAR) // 2, bottom)
    parts.append(f'<text class="scale" x="{LEFT - 6}" y="{bottom + 42}" text-anchor="end">Cambodia</text></svg>')
    return "\n".join(parts)


def _column(row: Row, x: int, bottom: int) -> list[str]:
    middle = x + BAR // 2
    parts = []
    tally = tally_of(row)
    if tally:
        y = bottom
        for name in SERIES:
            votes = getattr(tally, name)
            y -= votes
            parts.append(f'<rect class="{name}" x="{x}" y="{y}" width="{BAR}" height="{votes}"/>')
            parts.append(f'<text class="figure {name}" x="{middle}" y="{y + votes / 2 + 4:g}">{votes}</text>')
        mark = CAMBODIA.get(row["cambodia"], "")
    else:
        parts.append(f'<path class="no-vote" d="M{x} {bottom - 1}h{BAR}"/>')
        parts.append(f'<text class="label" transform="translate({middle + 4} {bottom - 8}) rotate(-90)">no vote</text>')
        mark = ""
    doubtful = "*" if row["standing"] in ("disputed", "to-confirm") else ""
    parts.append(f'<text class="year" x="{middle}" y="{bottom + 18}">{escape(row["date"][:4])}{doubtful}</text>')
    parts.append(f'<text class="cambodia" x="{middle}" y="{bottom + 42}">{mark}</text>')
    return [part for part in parts if not part.endswith("></text>")]


def _description(rows: list[Row]) -> str:
    """Say in words what the columns show."""
    told: list[str] = []
    for row in rows:
        tally: Tally | None = tally_of(row)
        vote = f"{tally.yes} in favour, {tally.no} against, {tally.abstain} abstaining" if tally else "without a vote"
        cambodia = {"absent": "not voting"}.get(row["cambodia"], row["cambodia"])
        told.append(f"{row['date'][:4]}: {vote}" + (f"; Cambodia: {cambodia}" if cambodia else ""))
    return ". ".join(told) + "."
