"""Make a built site ready to publish: what is left out, what is offered, and which headers it is served with."""

import base64
import hashlib
import json
import re
import subprocess
import zipfile
import zlib
from pathlib import Path
from urllib.request import urlopen

import brotli
import pytest
from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer

from copies import headers_of, publish_site, rules, serve
from opedcheck.publish.policy import FRAMING, HASHED, HEADERS, SHARED, SHARED_PATHS, policy, script_hashes, with_policy
from opedcheck.publish.steps import (
    COPIES,
    OFFERED,
    OFFLINE,
    SIZES,
    THEME_PARTS,
    files,
    folded,
    offer_downloads,
    report,
    slim_styles,
    uncommented,
)
from project import ROOT, article_of, head_of
from servers import recipe

PAGE = '<!doctype html>\n<head>\n<meta charset="utf-8">\n</head>\n'


def test_white_space_is_folded_but_where_it_counts() -> None:
    html = "<p>\n\n    One\n  two</p>\n<pre>\n  a\n\n  b</pre>\n\n<script>\n\n x</script>\n\n\n<p>end"
    assert folded(html) == "<p>\nOne\ntwo</p>\n<pre>\n  a\n\n  b</pre>\n<script>\n\n x</script>\n<p>end"


def test_folding_changes_no_word_of_any_page(lighthouse: Path) -> None:
    for page in lighthouse.rglob("*.html"):
        before = page.read_text(encoding="utf-8")
        one, other = (BeautifulSoup(html, "html.parser") for html in (before, folded(before)))
        assert one.get_text().split() == other.get_text().split()
        assert [pre.get_text() for pre in one("pre")] == [pre.get_text() for pre in other("pre")]


def test_what_no_page_uses_is_not_published(published: Path) -> None:
    names = files(published)
    assert [name for name in names if name.endswith(".map") or "/lunr/" in name or "palette" in name] == []
    assert {"assets/print.css", "assets/theme.js", "assets/filter.js", "data/op-ed.txt", "404.html"} <= set(names)
    pages = "".join(path.read_text(encoding="utf-8") for path in published.rglob("*.html"))
    for name in names:
        assert not name.startswith("assets/") or Path(name.removesuffix(".gz").removesuffix(".br")).name in pages, name


@pytest.fixture
def styled(tmp_path: Path) -> Path:
    """Return a site with a theme's sheet and script and with a sheet of its own."""
    for name, text in {
        "stylesheets/main.00000000.min.css": """:root{--icon:url("data:a;b}c");--lost:1;--of-lost:var(--lost)}
            .seen,.gone{color:red}.gone{--of:var(--lost)}.added:not(.gone)::after{-webkit-mask:var(--icon);mask:var(--icon)}
            @media print{.gone{color:red}}@media screen{.kind--big{width:1px}.sought{width:2px}}.md-tooltip{width:3px}
            [dir=rtl] .seen{width:4px}[dir=ltr] .seen{width:5px}#top>p{width:6px}video{width:7px}
            @keyframes x{to{top:0}} .seen > p ~ p::before { content: " > 0.5, "; margin: 0.5px, calc(1px + 0.5px);
            mask: none }""",
        "op-ed.css": "/* No */ .seen {\n margin: 1px 2px !important;\n & p { top: 1px; }\n & .gone { top: 2px; }\n}",
        "javascripts/bundle.js": 'e.className="added";f(".sought");g(`kind--${n}`);h("md-tooltip")',
    }.items():
        (tmp_path / "assets" / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / "assets" / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("sign", ["", '{"features": ["content.tooltips"]}'])
def test_styles_that_match_no_page_and_nothing_that_a_script_adds_are_dropped(styled: Path, sign: str) -> None:
    old, new = slim_styles(
        styled, f'<body dir="ltr"><p class="seen" id="top" title="gone >">gone, sought, video</p>{sign}'
    )
    (sheet,) = (styled / "assets/stylesheets").iterdir()
    css = sheet.read_text(encoding="utf-8")
    assert old == "main.00000000.min.css"
    assert new == sheet.name == f"main.{hashlib.sha256(css.encode()).hexdigest()[:8]}.min.css"
    assert css == (
        ':root{--icon:url("data:a;b}c")}.seen{color:red}.added:not(.gone)::after{-webkit-mask:var(--icon)}'
        f"@media screen{{.kind--big{{width:1px}}}}{'.md-tooltip{width:3px}' if sign else ''}"
        "[dir=ltr] .seen{width:5px}#top>p{width:6px}@keyframes x{to{top:0}}"
        '.seen>p~p::before{content:" > 0.5, ";margin:.5px,calc(1px + .5px);mask:none}'
        ".seen{margin:1px 2px!important;& p{top:1px}}"
    )
    assert not (styled / "assets/op-ed.css").exists()


def test_the_published_sheet_has_what_scripts_add_and_nothing_of_what_no_page_has(published: Path) -> None:
    (sheet,) = (published / "assets/stylesheets").glob("*.css")
    assert f".{hashlib.sha256(sheet.read_bytes()).hexdigest()[:8]}.min.css" in sheet.name
    css = sheet.read_text(encoding="utf-8")
    for added in (
        ".md-search-result__item",
        ".md-dialog--active",
        ".md-header--shadow",
        ".focus-visible",
        ".quote-this",
    ):
        assert added in css, added
    for unused in (".admonition", ".md-version", ".md-typeset .tabbed-set", "--md-source-forks-icon", "[dir=rtl]"):
        assert unused not in css, unused


def test_the_signs_of_the_theme_s_parts_are_names_in_its_sheet(lighthouse: Path) -> None:
    (theme,) = (lighthouse / "assets/stylesheets").glob("main.*.css")
    css = theme.read_text(encoding="utf-8")
    assert [name for name in THEME_PARTS if name not in css] == []


def test_a_script_loses_its_comments_and_nothing_else() -> None:
    script = (
        '// One\n"use strict"\n\n  const a = `// ${"x"} /* y */`, b = /["/]\\/\\//.test(a) // two\n  /* three */\n  a\n'
    )
    assert uncommented(script) == '\n"use strict"\nconst a = `// ${"x"} /* y */`, b = /["/]\\/\\//.test(a) \n\na\n'


def test_every_file_that_a_page_loads_is_published(published: Path) -> None:
    for page in published.rglob("*.html"):
        if page.name == "404.html":
            continue
        loading = SoupStrainer(["script", "link"])
        for tag in BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser", parse_only=loading).select(
            "script[src], link[rel=stylesheet]"
        ):
            assert (page.parent / str(tag.get("src") or tag.get("href"))).resolve().is_file(), (page, tag)


def test_the_policy_allows_the_scripts_of_a_page_by_their_hashes_and_no_other() -> None:
    html = (
        f'{PAGE}<script>let a = "<b>"</script><script src="x.js"></script><script type="application/json">{{}}</script>'
    )
    digest = base64.b64encode(hashlib.sha256(b'let a = "<b>"').digest()).decode()
    hashes = script_hashes(html, "index.html")
    assert hashes == {f"'sha256-{digest}'"}
    assert f"script-src 'self' 'sha256-{digest}';" in with_policy(html, hashes, "index.html")
    assert "unsafe" not in policy(hashes)


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ('<p style="color: red">', "a style within the page, on <p>"),
        ("<style>p {}</style>", "a style within the page, on <style>"),
        ('<p onclick="x()">', "a script in the attribute onclick of <p>"),
        ('<a href=" java\tscript:x()">', "a script in the attribute href of <a>"),
    ],
)
def test_a_page_with_what_the_policy_forbids_is_not_published(html: str, message: str) -> None:
    with pytest.raises(ValueError, match="index.html: ") as raised:
        script_hashes(PAGE + html, "index.html")
    assert message in str(raised.value)


def test_a_page_without_a_place_for_its_policy_is_named() -> None:
    with pytest.raises(ValueError, match="op-ed/index.html: there is no <meta charset>"):
        with_policy("<p>", set(), "op-ed/index.html")


def test_every_page_bears_its_policy_before_anything_is_loaded(published: Path) -> None:
    for path in published.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        told = head_of(path).select_one("meta[http-equiv='Content-Security-Policy']")
        assert told is not None
        assert "default-src 'none'" in str(told["content"])
        assert html.index("Content-Security-Policy") < min(html.index("<link"), html.index("<script"))


def test_the_headers_of_every_address_are_written(published: Path) -> None:
    told = rules((published / "_headers").read_text(encoding="utf-8"))
    everywhere = dict(headers_of(told, "/claims/"))
    assert everywhere.pop("Content-Security-Policy").endswith(f"; {FRAMING}")
    assert everywhere == HEADERS
    for path in ("/data/claims.csv", "/data/sources.bib", "/data/claims.json", "/data/op-ed.txt", "/feed.xml"):
        assert dict(headers_of(told, path))["Access-Control-Allow-Origin"] == "*"
    assert HEADERS["Cross-Origin-Resource-Policy"] == "cross-origin"
    for missing in ("/assets/javascripts/none.js", "/assets/stylesheets/none.css"):
        assert "Cache-Control" not in dict(headers_of(told, missing))  # nobody keeps for a year that a file is missing


@pytest.mark.parametrize("start", ["map ", "op-ed.example {"], ids=["nginx", "Caddy"])
def test_the_recipes_send_every_header(start: str) -> None:
    lines = recipe(start).replace('"', "").replace(";", "").splitlines()
    words = [line.split(maxsplit=1) for line in lines if len(line.split()) > 1]
    sent = {}
    for first, rest in words:
        name, _, value = rest.partition(" ") if first == "add_header" else (first, "", rest)
        sent[name] = value.removesuffix(" always").strip()
    wanted = {"Content-Security-Policy": FRAMING, **HEADERS}
    assert {name: sent.get(name) for name in wanted} == wanted
    for _, value in (HASHED, SHARED):
        assert any(line.strip().endswith(f" {value}") for line in lines), value
    shared = next(line for line in lines if "/data/" in line)
    assert [path for path in SHARED_PATHS if path.strip("*") not in shared.replace("\\", "")] == []
    # Behind a port or TLS that another server ends, addresses without scheme and host stay right.
    assert start != "map " or "absolute_redirect off" in map(str.strip, lines)
    # Caddy sends headers with a 404 page, too, unless they are of existing files only.
    assert start == "map " or "file" in map(str.strip, lines)


def test_what_is_kept_for_a_year_bears_a_hash_of_its_content_in_its_name(published: Path) -> None:
    told = rules((published / "_headers").read_text(encoding="utf-8"))
    kept = [
        name for name in files(published) if "immutable" in dict(headers_of(told, f"/{name}")).get("Cache-Control", "")
    ]
    assert len(kept) >= 3
    assert [name for name in kept if not re.search(r"\.[0-9a-f]{8}\.min\.", name)] == []


def test_no_two_rules_say_the_same_header_of_one_address(published: Path) -> None:
    told = rules((published / "_headers").read_text(encoding="utf-8"))
    for name in files(published):
        headers = [header for header, _ in headers_of(told, f"/{name}")]
        assert len(headers) == len(set(headers)), name


def test_downloads_are_offered_where_they_are_and_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "op-ed/whole").mkdir(parents=True)
    for name in ("index.html", "op-ed/whole/index.html"):
        place = "<!-- publish/downloads op-ed/whole/ -->" if "/" in name else "<!-- publish/downloads -->"
        (tmp_path / name).write_text(f'{place}\n<p class="no-downloads" id="a">None.</p>', encoding="utf-8")
    offer_downloads(tmp_path)
    assert (tmp_path / "index.html").read_text(encoding="utf-8").strip() == '<p class="no-downloads" id="a">None.</p>'
    for name in ("index.html", "op-ed/whole/index.html"):
        place = "<!-- publish/downloads op-ed/whole/ -->" if "/" in name else "<!-- publish/downloads -->"
        (tmp_path / name).write_text(f'{place}\n<p class="no-downloads" id="a">None.</p>', encoding="utf-8")
    (tmp_path / "op-ed-offline.zip").write_bytes(b"x" * 2000)
    (tmp_path / "op-ed/whole/op-ed-a4.pdf").write_bytes(b"x" * 3000)
    offer_downloads(tmp_path)
    home, whole = ((tmp_path / name).read_text(encoding="utf-8") for name in ("index.html", "op-ed/whole/index.html"))
    assert 'href="op-ed-offline.zip" download>The whole site, to read offline</a> (2 kB)' in home
    assert 'href="op-ed/whole/op-ed-a4.pdf"' in home
    assert 'href="op-ed-a4.pdf" download>The whole op-ed, PDF on A4</a> (3 kB)' in whole
    assert "offline" not in whole
    assert "None." not in home + whole


def test_every_file_that_is_made_to_download_is_offered() -> None:
    printed = {f"{copy}-{size.lower()}.pdf" for copy in COPIES for size in SIZES}
    assert set(OFFERED) == printed | {f"{OFFLINE}.zip"}


def test_the_home_page_offers_the_offline_copy(published: Path, lighthouse: Path) -> None:
    assert 'href="op-ed-offline.zip"' in (published / "index.html").read_text(encoding="utf-8")
    assert 'href="op-ed-offline.zip"' not in (lighthouse / "index.html").read_text(encoding="utf-8")


def test_the_offline_index_has_the_places_of_the_index_that_is_served(published: Path, unpacked: Path) -> None:
    served = json.loads((published / "search/search_index.json").read_text(encoding="utf-8"))["docs"]
    script = (unpacked / "search/search_index.js").read_text(encoding="utf-8")
    offline = json.loads(script.removeprefix("var __index = "))["docs"]

    def file(location: str) -> str:
        page, mark, name = location.partition("#")
        detour, way, page = page.rpartition("/../")
        page = f"{page}index.html" if page in ("", "claims/") else f"{page.rstrip('/')}.html"
        return f"{detour}{way}{page}{mark}{name}"

    assert len(served) > 60
    assert [document["location"] for document in offline] == [file(document["location"]) for document in served]
    assert [document.get("title") for document in offline] == [document.get("title") for document in served]


def test_the_offline_copy_has_nothing_that_only_a_server_needs(unpacked: Path) -> None:
    names = files(unpacked)
    assert not {"404.html", "search/search_index.json", "_headers"} & {*names}
    assert "assets/worker.js" in names
    for page in unpacked.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert ("assets/worker.js" in html) == ("data-moved" not in html), page


def test_every_link_of_the_offline_copy_leads_to_a_file_in_it(published: Path) -> None:
    with zipfile.ZipFile(published / "op-ed-offline.zip") as archive:
        names = set(archive.namelist())
        pages = {name: archive.read(name).decode() for name in names if name.endswith(".html")}
        index = json.loads(archive.read("op-ed-offline/search/search_index.js").decode().removeprefix("var __index = "))
    assert len(pages) > 25
    lost = []
    for name, html in pages.items():
        linking = SoupStrainer(["a", "link", "script", "img", "source", "iframe"])
        for tag in BeautifulSoup(html, "html.parser", parse_only=linking).select("[href], [src]"):
            address = str(tag.get("href") or tag.get("src")).partition("#")[0].partition("?")[0]
            if (
                address
                and "://" not in address
                and str(Path("/", Path(name).parent, address).resolve())[1:] not in names
            ):
                lost.append(f"{name}: {address}")
    for document in index["docs"]:
        place = document["location"].rpartition("/../")[2].partition("#")[0]
        if f"op-ed-offline/{place}" not in names:
            lost.append(f"the search: {place}")
    assert lost == []


def test_compressed_files_are_what_they_stand_beside(published: Path) -> None:
    compressed = [name for name in files(published) if name.endswith((".gz", ".br"))]
    assert {"index.html.gz", "index.html.br", "search/search_index.json.br"} <= set(compressed)
    for name in compressed:
        content = (published / name).read_bytes()
        told = zlib.decompress(content, wbits=31) if name.endswith(".gz") else brotli.decompress(content)
        assert told == (published / name[:-3]).read_bytes(), name


def test_the_report_says_how_large_the_site_is(tmp_path: Path) -> None:
    for name, size in (("index.html", 3000), ("a/b.css", 2000), ("a/b.css.gz", 700), ("SHA256SUMS", 100)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(bytes(size))
    assert report(tmp_path) == f"{tmp_path}: 2 files, 5 kB"


@pytest.mark.parametrize("below", ["", "/fact-check", "/a/b"])
def test_pages_are_the_same_at_the_root_and_below_any_path(published: Path, below: str) -> None:
    with serve(published, below) as root, urlopen(f"{root}/claims/vote-2019/") as answer:  # noqa: S310 - our own
        html = answer.read()
    assert html == (published / "claims/vote-2019/index.html").read_bytes()
    absolute = BeautifulSoup(html, "html.parser").select("[href^='/'], [src^='/']")
    assert absolute == []


def test_below_a_path_only_the_addresses_of_the_site_itself_differ(
    lighthouse: Path, lighthouse_addressed: Path
) -> None:
    lost = BeautifulSoup((lighthouse_addressed / "404.html").read_text(encoding="utf-8"), "html.parser")
    addresses = [str(tag.get("href") or tag.get("src")) for tag in lost.select("[href], [src]")]
    assert [address for address in addresses if not address.startswith(("/fact-check/", "#", "https://"))] == []
    for name in ("index.html", "claims/vote-2019/index.html", "op-ed/light/index.html"):
        articles = [article_of(root / name) for root in (lighthouse, lighthouse_addressed)]
        for article in articles:
            for block in article.select(".cite"):  # which cites the page by its address
                block.decompose()
            for tag in article.select("[data-site-address]"):  # which paper shows
                del tag["data-site-address"]
        assert str(articles[0]).split() == str(articles[1]).split()


def test_a_folder_that_is_no_site_is_told(tmp_path: Path) -> None:
    done = publish_site(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"publish: {tmp_path} is not a built site; run scripts/build" in done.stderr


def test_a_site_that_was_prepared_is_not_prepared_again(published: Path) -> None:
    before = (published / "SHA256SUMS").read_bytes()
    done = publish_site(published)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"publish: {published} was prepared before; build it again with scripts/build\n"
    assert (published / "SHA256SUMS").read_bytes() == before


def test_a_folder_that_holds_something_else_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear", encoding="utf-8")
    done = subprocess.run(["sh", "scripts/build", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is not empty and is not a previous build" in done.stderr
    assert (tmp_path / "letter.txt").is_file()


def test_an_option_that_is_none_is_answered_by_the_usage() -> None:
    done = subprocess.run(["sh", "scripts/build", "--zip"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Usage: sh scripts/build [--pdf] [--offline] [--compress] [FOLDER]" in done.stderr
