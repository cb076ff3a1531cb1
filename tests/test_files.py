"""Reading and writing files safely: text, YAML and CSV with places, and the messages about what can't be read."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from opedcheck import files
from opedcheck.files import (
    LARGEST_PAGE,
    Mapping,
    Sequence,
    UnreadableError,
    parse_csv,
    parse_yaml,
    read_text,
    write_text,
)


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


def a_folder(file: Path) -> None:
    file.mkdir()


def a_link_to_itself(file: Path) -> None:
    file.symlink_to(file.name)


def a_link_out_of_the_project(file: Path) -> None:
    outside = file.parent.parent / "outside.md"
    outside.write_text("secret")
    file.symlink_to(outside)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (lambda _: None, "1:1: can't be read (no such file or directory); restore it"),
        (a_folder, "1:1: can't be read (is a directory); restore it"),
        (os.mkfifo, "1:1: is a pipe or a device; put a file here"),
        (a_link_to_itself, "1:1: can't be read (a link leads to itself); restore it"),
        (a_link_out_of_the_project, "1:1: links to a file outside the project; replace the link with the file"),
        (lambda file: file.write_bytes(b"first\nsec\xf6nd\n"), "2:4: is not UTF-8 (byte 0xf6); save it as UTF-8"),
        (
            lambda file: file.write_bytes(b"x" * 10_000_000),
            f"1:1: has 10,000,000 bytes, the limit is {LARGEST_PAGE:,}; split it",
        ),
    ],
)
def test_what_can_not_be_read_is_reported_with_its_place(
    made: Callable[[Path], object], message: str, tmp_path: Path
) -> None:
    (tmp_path / "project").mkdir()
    made(tmp_path / "project" / "page.md")
    with pytest.raises(UnreadableError) as caught:
        read_text(tmp_path / "project", "page.md")
    assert str(caught.value) == f"page.md:{message}"


@pytest.mark.parametrize("before", [b"one\n", b"one\r\n", b"\xef\xbb\xbfone\n"])
def test_a_file_is_written_with_the_line_ends_and_the_mark_that_it_had(before: bytes, tmp_path: Path) -> None:
    (tmp_path / "page.md").write_bytes(before)
    write_text(tmp_path, "page.md", "two\n")
    assert (tmp_path / "page.md").read_bytes() == before.replace(b"one", b"two")
    assert [file.name for file in tmp_path.iterdir()] == ["page.md"]


def test_through_a_link_no_other_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("one")
    (tmp_path / "page.md").symlink_to("real.md")
    with pytest.raises(UnreadableError, match=r"^page\.md:1:1: is a link; put the file itself here$"):
        write_text(tmp_path, "page.md", "two")
    assert (tmp_path / "page.md").is_symlink()
    assert (tmp_path / "real.md").read_text() == "one"


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.md"
    page.write_text("one")
    page.chmod(0o640)
    write = Path.write_bytes

    def fill(self: Path, data: bytes) -> int:
        write(self, data[:1])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", fill)
    with pytest.raises(UnreadableError, match=r"can't be written \(no space left on device\)"):
        write_text(tmp_path, "page.md", "two")
    assert (page.read_text(), [*tmp_path.iterdir()]) == ("one", [page])
    monkeypatch.setattr(Path, "write_bytes", write)
    write_text(tmp_path, "page.md", "two")
    assert (page.read_text(), page.stat().st_mode & 0o777, [*tmp_path.iterdir()]) == ("two", 0o640, [page])


def test_a_file_that_may_not_be_written_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("one")
    (tmp_path / "page.md").chmod(0o444)
    with pytest.raises(UnreadableError, match=r"^page\.md:1:1: can't be written \(read-only\); make it writable$"):
        write_text(tmp_path, "page.md", "two")
    assert (tmp_path / "page.md").read_text() == "one"


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
    assert str(inner.at("other")) == "page.md:4:3"
    assert str(tree.keys_at["second"]) == "page.md:3:1"


def test_yaml_items_know_their_places() -> None:
    tree = parse_yaml("list:\n- {a: 1}\n- word\n", "a.yml")
    assert isinstance(tree, Mapping)
    items = tree["list"]
    assert isinstance(items, Sequence)
    assert list(map(str, items.items_at)) == ["a.yml:2:3", "a.yml:3:3"]
    assert tree.mappings("list") == [{"a": 1}]
    assert tree.mappings("other") == []


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\na: 2\n", "a.yml:2:1: YAML: the key 'a' is repeated (first on line 1); keep one"),
        (BOMB, "a.yml:1:4: YAML: an alias leads here, which is not allowed; write it out"),
        ("a: *b\n", "a.yml:1:4: YAML: found undefined alias; fix the syntax"),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            "a.yml:1:4: YAML: the tag 'tag:yaml.org,2002:python/object/apply:os.system' is not allowed; "
            "write a plain value",
        ),
        ("[" * 20 + "]" * 20, "a.yml:1:9: YAML: nested deeper than 8 levels; make it flatter"),
        ("- " * 50 + "x", "a.yml:1:17: YAML: nested deeper than 8 levels; make it flatter"),
        (
            "a: 1\n---\nb: 2\n",
            "a.yml:2:1: YAML: expected a single document in the stream but found another document; fix the syntax",
        ),
        ("? [x]\n: y\n", "a.yml:1:3: YAML: a key must be a word; write one"),
    ],
)
def test_yaml_that_is_no_plain_tree_is_reported_with_its_place(text: str, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_yaml(text, "a.yml")
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text", ["a: [1, 2\nb: 3\n", "a: 'open\n", "a: b: c\n", "\tx: 1\n", "a: \x01\n", "%YAML\n", "&"]
)
def test_yaml_of_broken_syntax_is_reported(text: str) -> None:
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


def test_csv_may_have_further_columns_where_it_is_said() -> None:
    (row,) = parse_csv("id,note,Esteria\na,one,yes\n", "t.csv", ("id", "note"), more=True)
    assert row == {"id": "a", "note": "one", "Esteria": "yes"}
    with pytest.raises(UnreadableError, match="the first line must be 'id,note'"):
        parse_csv("id,note,note\na,one,two\n", "t.csv", ("id", "note"), more=True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id\n1\n", "t.csv:1:1: CSV: the first line must be 'id,note'; restore it"),
        ("", "t.csv:1:1: CSV: the first line must be 'id,note'; restore it"),
        (
            "id,note\n1,2,3\n",
            "t.csv:2:1: CSV: this row has 3 fields, the header has 2; quote a field that holds a comma",
        ),
        ('id,note\n1,"open\n', "t.csv:2:1: CSV: unexpected end of data; write a row on one line"),
        (
            "id,note\n1," + "x" * 200_000,
            "t.csv:2:1: CSV: field larger than field limit (131072); write a row on one line",
        ),
    ],
)
def test_csv_that_is_no_table_is_reported_with_its_place(text: str, message: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        parse_csv(text, "t.csv", ("id", "note"))
    assert str(caught.value) == message


@pytest.mark.parametrize("loader", [yaml.SafeLoader, files.Loader])
def test_yaml_as_deep_as_it_is_long_is_refused_by_either_parser(loader: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "Loader", loader)
    for text in ("[" * 5000, "- " * 5000 + "x"):
        with pytest.raises(UnreadableError, match="nest"):
            parse_yaml(text, "a.yml")


def test_nothing_is_written_over_another_file_or_through_a_link(tmp_path: Path) -> None:
    page, other = tmp_path / "page.md", tmp_path / "other.md"
    page.write_text("one")
    other.write_text("other")
    new = tmp_path / f"page.md.{os.getpid()}.new"
    new.symlink_to(other)
    with pytest.raises(UnreadableError, match=r"can't be written \(file exists\)"):
        write_text(tmp_path, "page.md", "two")
    assert (page.read_text(), other.read_text(), new.is_symlink()) == ("one", "other", True)
