"""The block "Cite" at the end of the pages of the op-ed and of claims, with references in each format to copy."""

from html import escape

from citations import FORMS, Item, Site, check_item, op_ed_item
from claims import Register
from pages import Page


def cite_block(page: Page, register: Register, site: Site) -> str:
    """Return the block's HTML for a page; nothing where the page is neither of the op-ed nor of a claim.

    It cites the op-ed and, separately, this site's check: of the claim on a claim's page, else of the whole op-ed.
    """
    claim = next((claim for claim in register.claims.values() if claim.page is page), None)
    op_ed = op_ed_item(register, site)
    if op_ed is None or (claim is None and not page.address.startswith("op-ed/")):
        return ""
    what = "this check of it" if claim is None else "this check of the claim"
    parts = [_forms("the op-ed", op_ed), _forms(what, check_item(register, claim, site))]
    return f'<div class="cite" data-search-exclude><details><summary>Cite</summary>\n{"".join(parts)}</details></div>\n'


def _forms(name: str, item: Item) -> str:
    blocks = "".join(
        f'<dt>{form}</dt>\n<dd><pre data-name="{name}, {form}">{escape(write(item))}</pre></dd>\n'
        for form, write in FORMS.items()
    )
    return f"<p><strong>{name.capitalize()}</strong></p>\n<dl>\n{blocks}</dl>\n"
