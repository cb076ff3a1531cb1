"""Cards: the pictures shown with links to a page, drawn without a browser or network."""

import json
import re
import unicodedata
from html import unescape
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from metadata import CARD_SIZE, card_path

PAPER, INK, SOFT, RULE = "#fdfcf9", "#1d2328", "#4f5861", "#dcd8ce"
# As in docs/assets/op-ed.css.
COLOURS = {"Supported": "#1e6b3c", "Partly supported": "#7a5200", "Contradicted": "#a3201d",
           "Unverified": "#4d5761", "Opinion": "#5b4a86"}  # fmt: skip
_TAG = re.compile(r'<meta property="([\w:]+)" content="([^"]*)">')
_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>')
_MARGIN = 80
_SHADES = 6  # colours of the whole picture: paper, ink and the shades between
_FINER = 4  # symbols are drawn this much larger and then reduced, for smooth edges
_DASHES = str.maketrans("‐‑–—−", "-----")  # Pillow's own font has only one of them
_ELLIPSIS = "…"


def write_cards(site: Path) -> list[Path]:
    """Draw a card for every page of a built site that names one, and return their paths.

    A page names its card as `og:image` if the site has an address. The card shows what the page says about itself: its
    title, the site's name, and the verdict of its review. With the same version of Pillow, the same pages give the
    same bytes.
    """
    written = []
    for file in sorted(site.rglob("index.html")):
        text = file.read_text(encoding="utf-8")
        said = {name: unescape(content) for name, content in _TAG.findall(text)}
        if "og:image" not in said:
            continue
        address = file.parent.relative_to(site).as_posix()
        path = site / card_path("" if address == "." else address)
        path.parent.mkdir(parents=True, exist_ok=True)
        reviews = [data for data in map(json.loads, _DATA.findall(text)) if data["@type"] == "ClaimReview"]
        verdict = reviews[0]["reviewRating"]["alternateName"] if reviews else ""
        card(said.get("og:title", ""), verdict, said.get("og:site_name", "")).save(path, optimize=True)
        written.append(path)
    return written


def card(title: str, verdict: str, site_name: str) -> Image.Image:
    """Draw the card of a page: its title, a claim's verdict in words, and the site's name at the foot."""
    picture = Image.new("RGB", CARD_SIZE, PAPER)
    draw = ImageDraw.Draw(picture)
    width, height = CARD_SIZE[0] - 2 * _MARGIN, CARD_SIZE[1]
    y = _paragraph(draw, title, 64, 76, width, 3)
    if colour := COLOURS.get(verdict):
        picture.paste(colour, (_MARGIN, y + 36), _symbol(verdict, 64))
        draw.text((_MARGIN + 88, y + 30), verdict, colour, _font(64))
    draw.line((_MARGIN, height - 122, CARD_SIZE[0] - _MARGIN, height - 122), RULE, 2)
    draw.text((_MARGIN, height - 98), _drawable(site_name), SOFT, _font(36))
    return picture.quantize(_SHADES, dither=Image.Dither.NONE)


def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("this Pillow was built without FreeType; install one from its wheels, as scripts/install does")
    return font


def _paragraph(draw: ImageDraw.ImageDraw, text: str, y: int, size: int, width: int, most: int) -> int:
    """Draw a text in at most `most` lines, ending in an ellipsis if it is longer, and return where it ends."""
    font, step = _font(size), round(size * 1.2)
    lines: list[str] = [""]
    for word in _drawable(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = lines[:most]
        while " " in lines[-1] and font.getlength(f"{lines[-1]} {_ELLIPSIS}") > width:
            lines[-1] = lines[-1].rpartition(" ")[0]
        lines[-1] = re.sub(r"[\s,;:-]+$", "", lines[-1]) + f" {_ELLIPSIS}"
    for number, line in enumerate(lines):
        draw.text((_MARGIN, y + number * step), line, INK, font)
    return y + len(lines) * step


def _drawable(text: str) -> str:
    """Return a text in letters that the font has: hyphens for dashes, and no accents."""
    plain = unicodedata.normalize("NFKD", text.replace(_ELLIPSIS, "\0").translate(_DASHES)).replace("\0", _ELLIPSIS)
    return "".join(char for char in plain if not unicodedata.combining(char))


def _symbol(verdict: str, size: int) -> Image.Image:
    """Draw a verdict's symbol as a mask: a tick, a cross, a circle half filled, a question mark, a diamond."""
    side = size * _FINER
    mask = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(mask)
    line = side // 8

    def at(*points: float) -> list[float]:
        return [point * side for point in points]

    if verdict == "Supported":
        draw.line(at(0.1, 0.55, 0.4, 0.85, 0.92, 0.15), 255, line, joint="curve")
    elif verdict == "Contradicted":
        draw.line(at(0.14, 0.14, 0.86, 0.86), 255, line)
        draw.line(at(0.14, 0.86, 0.86, 0.14), 255, line)
    elif verdict == "Partly supported":
        draw.ellipse(at(0.06, 0.06, 0.94, 0.94), outline=255, width=line // 2)
        draw.pieslice(at(0.06, 0.06, 0.94, 0.94), 90, 270, 255)
    elif verdict == "Opinion":
        draw.line(at(0.5, 0.05, 0.95, 0.5, 0.5, 0.95, 0.05, 0.5, 0.5, 0.05, 0.95, 0.5), 255, line // 2, joint="curve")
    else:
        draw.text((side / 2, side / 2), "?", 255, _font(side), anchor="mm")
    return mask.resize((size, size), Image.Resampling.LANCZOS)
