"""Comparing two builds of the site: which differences are found, and what to do about them."""

from compare_builds import article, differences, judged, listed_for

ONE = """<article><h1 id="top">Home</h1><p id="p1">A word<sup id="fnref:a">1</sup>.</p>
<li id="fn:a">So it is.</li></article>"""


def found(other: str) -> list[str]:
    return list(differences({"index.html": article(ONE)}, {"index.html": article(other)}))


def test_the_same_article_in_other_surroundings_does_not_differ() -> None:
    assert found(f"<nav id='menu'>Menu</nav><script>let a</script>{ONE}<footer>Made by</footer>") == []


def test_an_id_that_is_lost_differs() -> None:
    assert found(ONE.replace(' id="p1"', "")) == ["index.html ids: -p1"]


def test_a_word_that_changed_differs() -> None:
    assert found(ONE.replace("A word", "A term")) == ["index.html words: -word +term"]


def test_a_note_that_says_something_else_differs_as_words_and_as_a_note() -> None:
    told = found(ONE.replace("So it is.", "So it was."))
    assert told == ["index.html words: -is. +was.", "index.html note fn:a: -is. +was."]


def test_a_page_that_is_not_there_or_too_many_differs() -> None:
    page = article(ONE)
    assert list(differences({"a": page}, {"b": page})) == ["a page: -", "b page: +"]


def test_only_what_is_listed_for_a_builder_may_differ_and_what_is_listed_must() -> None:
    listed = listed_for("zensical", "# The reason.\nzensical: * ids: +__skip\nproperdocs: * ids: +x\n")
    assert listed == ["* ids: +__skip"]
    assert list(judged(["a ids: +__skip"], listed)) == []
    assert list(judged(["a ids: +__skip", "a ids: -p1"], listed)) == ["a ids: -p1; fix it, or list it with the reason"]
    assert list(judged([], listed)) == ["* ids: +__skip: this no longer differs; remove it from the list"]
