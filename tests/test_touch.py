"""On a phone with a touch screen: notes and the register."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from copies import window


@pytest.fixture
def telephone(browser: Browser) -> Iterator[Page]:
    """Open a page on a phone with a touch screen."""
    with window(browser, width=360, height=740, has_touch=True, is_mobile=True) as page:
        yield page


def test_a_page_begins_below_the_head_and_says_where_the_text_comes_from_as_plainly_as_the_rest(
    telephone: Page, small: str
) -> None:
    telephone.goto(f"{small}/about/method/")
    head, first = (telephone.locator(at).bounding_box() for at in (".md-header", "article h1"))
    assert head is not None
    assert first is not None
    assert first["y"] - head["height"] < 30
    looks = "all => all.map(one => { const { color, font } = getComputedStyle(one); return [color, font] })"
    told, rest = telephone.locator(".carried, .carried + p").evaluate_all(looks)
    assert told == rest


@pytest.mark.parametrize("place", ["#vote-2014 + sup a", "#vote-2014"])
def test_on_touch_a_tap_opens_the_note_off_the_words_and_a_second_one_closes_it(
    telephone: Page, address: str, place: str
) -> None:
    telephone.goto(f"{address}/op-ed/response/")
    telephone.locator(place).tap()
    note = telephone.locator(".note")
    note.get_by_text("Resolution 69/188 passed by 116 votes to 20").wait_for()
    expect(telephone).to_have_url(f"{address}/op-ed/response/")
    words, shown = telephone.locator("#vote-2014").bounding_box(), note.bounding_box()
    assert words is not None
    assert shown is not None
    assert words["y"] > 0
    assert words["y"] + words["height"] <= shown["y"]
    telephone.locator(place).tap()
    expect(note).to_be_hidden()


def test_software_that_clicks_without_a_finger_opens_and_closes_the_note(telephone: Page, address: str) -> None:
    telephone.goto(f"{address}/op-ed/response/")
    number = telephone.locator("#vote-2014 + sup a")
    for _ in range(2):
        number.evaluate("e => e.click()")
        expect(number).to_have_attribute("aria-expanded", "true")
        number.evaluate("e => e.click()")
        expect(number).to_have_attribute("aria-expanded", "false")
        expect(number).to_be_focused()
    number.tap()
    expect(number).to_have_attribute("aria-expanded", "true")


def test_on_touch_a_note_at_the_foot_of_the_window_pushes_its_words_up(telephone: Page, address: str) -> None:
    telephone.goto(f"{address}/op-ed/responsibility/")
    claim = telephone.locator("#un-hr-sanctions")
    claim.evaluate("e => scrollBy(0, e.getBoundingClientRect().bottom - innerHeight + 4)")
    telephone.locator("#un-hr-sanctions + sup a").tap()
    note = telephone.locator(".note")
    expect(note).to_be_visible()
    words, shown = claim.bounding_box(), note.bounding_box()
    assert words is not None
    assert shown is not None
    assert words["y"] + words["height"] <= shown["y"]


def test_on_touch_a_tap_elsewhere_closes_the_note(telephone: Page, address: str) -> None:
    telephone.goto(f"{address}/op-ed/response/")
    telephone.locator("#vote-2014 + sup a").tap()
    note = telephone.locator(".note")
    expect(note).to_be_visible()
    telephone.locator("h1").tap()
    expect(note).to_be_hidden()


def test_on_touch_the_numbers_of_notes_are_no_smaller_than_a_target_may_be(telephone: Page, address: str) -> None:
    telephone.goto(f"{address}/op-ed/response/")
    boxes = [link.bounding_box() for link in telephone.locator("a.footnote-ref").all()]
    assert len(boxes) == 6
    assert all(box and box["height"] >= 24 for box in boxes)


def test_on_a_telephone_the_register_is_sorted_as_well(telephone: Page, address: str) -> None:
    telephone.goto(f"{address}/claims/")
    telephone.get_by_role("button", name="Claim").tap()
    first = telephone.locator("tbody tr").first.locator("td").first.locator("a")
    expect(first).to_have_text("“The UN report in 2022”")


def test_on_touch_the_menu_opens_where_the_page_is_in_it_and_a_tap_beside_it_closes_it(
    telephone: Page, address: str
) -> None:
    telephone.goto(f"{address}/claims/vote-2014/")
    button = telephone.get_by_role("button", name="Navigation")
    here = telephone.locator(".md-sidebar--primary").get_by_role("link", name="The vote of 18 December 2014")
    button.tap()
    expect(here).to_be_in_viewport(ratio=1)
    telephone.touchscreen.tap(180, 700)
    expect(here).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")


def test_on_touch_the_sites_name_leads_home(telephone: Page, small: str) -> None:
    telephone.goto(f"{small}/about/method/")
    telephone.get_by_role("banner").get_by_text("The light at Cape Orrin, checked").tap(force=True)
    expect(telephone).to_have_url(f"{small}/")


# Of each cell that has a name on a telephone: that name, and the head of its column.
NAMED = """() => [...document.querySelectorAll("td")].map(cell => [
  getComputedStyle(cell, "::before").content.replace(/^"|:? ?"$/g, "").replace("none", ""),
  cell.closest("table").tHead.rows[0].cells[cell.cellIndex].innerText.trim(),
]).filter(([name]) => name)"""


@pytest.mark.parametrize("path", ["claims/vote-2019/", "evidence/timeline/", "evidence/votes/"])
def test_on_a_telephone_a_value_has_the_name_of_its_column(telephone: Page, small: str, path: str) -> None:
    telephone.goto(f"{small}/{path}")
    named: list[tuple[str, str]] = telephone.evaluate(NAMED)
    assert len(named) > 2
    assert [(name, head) for name, head in named if not name.startswith(head)] == []
