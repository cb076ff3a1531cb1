"""Reading files safely: how they are read, and the messages about files that can't be read."""

from pathlib import Path

import pytest

from reading import LARGEST_PAGE, Mapping, UnreadableError, parse_csv, parse_yaml, read_text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"one\ntwo\n", "one\ntwo\n"),
        (b"one\r\ntwo\r\n", "one\ntwo\n"),
        (b"one\rtwo", "one\ntwo"),
        (b"\xef\xbb\xbfone\n", "one\n"),
        ("“one” – two\n".encode(), "“one” – two\n"),
        (b"", ""),
    ],
)
def test_text_is_read_whatever_its_line_ends_and_mark(tmp_path: Path, content: bytes, text: str) -> None:
    (tmp_path / "page.md").write_bytes(content)
    assert read_text(tmp_path, "page.md") == text


def told(tmp_path: Path, path: str) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_text(tmp_path, path)
    return str(caught.value)


def test_a_file_that_is_not_utf8_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_bytes(b"first\nsec\xf6nd\n")
    assert told(tmp_path, "page.md") == "page.md:2:4: is not UTF-8 (byte 0xf6); save it as UTF-8"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, "page.md") == "page.md:1:1: can't be read (no such file or directory); restore it"


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "page.md").mkdir()
    assert told(tmp_path, "page.md") == "page.md:1:1: can't be read (is a directory); restore it"


def test_a_file_with_a_line_of_ten_megabytes_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_bytes(b"x" * 10_000_000)
    assert told(tmp_path, "page.md") == (
        f"page.md:1:1: has 10,000,000 bytes, but the limit is {LARGEST_PAGE:,}; split it"
    )


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("secret")
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "page.md").symlink_to(tmp_path / "outside.md")
    assert told(tmp_path / "project", "page.md") == (
        "page.md:1:1: links to a file outside the project; put the file itself here"
    )


def test_yaml_keeps_words_as_they_are_written() -> None:
    tree = parse_yaml('vote: no\nday: 2014-12-18\ncount: 116\nquoted: "116"\nnothing:\nlist: [yes, 12:30]\n', "a.yml")
    assert tree == {
        "vote": "no",
        "day": "2014-12-18",
        "count": 116,
        "quoted": "116",
        "nothing": None,
        "list": ["yes", "12:30"],
    }


def test_yaml_values_know_their_places() -> None:
    tree = parse_yaml("first: 1\nsecond:\n  inner: word\n", "page.md", first_line=2)
    assert isinstance(tree, Mapping)
    inner = tree["second"]
    assert isinstance(inner, Mapping)
    assert str(inner.at("inner")) == "page.md:4:10"
    assert str(tree.keys_at["second"]) == "page.md:3:1"


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2\n", "a.yml:2:1: YAML: the key 'a' appears twice (first on line 1); keep one"),
        (BOMB, "a.yml:1:4: YAML: anchors and aliases are not used here; write the value out"),
        ("a: *b\n", "a.yml:1:4: YAML: anchors and aliases are not used here; write the value out"),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            "a.yml:1:4: YAML: the tag 'tag:yaml.org,2002:python/object/apply:os.system' is not used here; "
            "write a plain value",
        ),
        ("[" * 200_000, "a.yml:1:9: YAML: nested more than 8 levels deep; flatten it"),
        ("- " * 50 + "x", "a.yml:1:17: YAML: nested more than 8 levels deep; flatten it"),
        ("a: 1\n---\nb: 2\n", "a.yml:2:1: YAML: a second document starts here; keep one per file"),
        ("? [x]\n: y\n", "a.yml:1:3: YAML: a key must be a word; write one"),
    ],
)
def test_yaml_that_is_no_plain_tree_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_yaml(text, "a.yml")
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text", ["a: [1, 2\nb: 3\n", "a: 'open\n", "a: b: c\n", "\tx: 1\n", "a: \x01\n", "%YAML\n", "&"]
)
def test_yaml_of_broken_syntax_is_told(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"^a\.yml:\d+:\d+: YAML: .*; (fix the syntax|delete it)$"):
        parse_yaml(text, "a.yml")


def test_csv_rows_know_where_their_fields_stand() -> None:
    rows = parse_csv('id,note\na,"one, two"\n\nb,three\n', "t.csv", ("id", "note"))
    assert rows == [{"id": "a", "note": "one, two"}, {"id": "b", "note": "three"}]
    assert [str(row.at("note")) for row in rows] == ["t.csv:2:3", "t.csv:4:3"]


def test_a_quotation_mark_within_a_field_quotes_nothing() -> None:
    (row,) = parse_csv('id,note\na "word,next\n', "t.csv", ("id", "note"))
    assert row == {"id": 'a "word', "note": "next"}
    assert str(row.at("note")) == "t.csv:2:9"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id\n1\n", "t.csv:1:1: CSV: the first line must be 'id,note'; restore it"),
        ("", "t.csv:1:1: CSV: the first line must be 'id,note'; restore it"),
        (
            "id,note\n1,2,3\n",
            "t.csv:2:1: CSV: this row has 3 fields, but the header has 2; quote any field that contains a comma",
        ),
        ('id,note\n1,"open\n', "t.csv:2:1: CSV: unexpected end of data; write each row on one line"),
        (
            "id,note\n1," + "x" * 200_000,
            "t.csv:2:1: CSV: field larger than field limit (131072); write each row on one line",
        ),
    ],
)
def test_csv_that_is_no_table_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_csv(text, "t.csv", ("id", "note"))
    assert str(caught.value) == message
