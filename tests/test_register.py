"""What the register derives: each fact is written once, and the rest follows from it."""

from datetime import date

import pytest

from opedcheck.records import Source, dated
from opedcheck.register import Register
from opedcheck.rules.rule import did_you_mean
from opedcheck.text import Block
from opedcheck.votes import Tally
from project import Project


@pytest.fixture
def register(project: Project) -> Register:
    return project.register()


def test_claims_are_numbered_in_the_order_of_the_op_ed(register: Register) -> None:
    assert [(claim.number, claim.id, claim.paragraph, claim.part) for claim in register.claims.values()] == [
        (1, "lit-1887", "p1", "light"),
        (2, "service-130", "p1", "light"),
        (3, "log-words", "p1", "light"),
        (4, "finest", "p1", "light"),
        (5, "since-2018", "p2", "light"),
        (6, "adopted-2019", "p2", "light"),
        (7, "vote-2019", "p2", "light"),
        (8, "convention", "p2", "light"),
        (9, "sanctions", "p2", "light"),
        (10, "meeting-2020", "p3", "keepers"),
        (11, "ships-pass", "p3", "keepers"),
        (12, "author", "byline", "keepers"),
    ]


def test_a_claim_has_the_words_that_it_marks_and_their_sentence(register: Register) -> None:
    claim = register.claims["vote-2019"]
    assert claim.quote == "with a vote of 120-10 and 40 abstentions"
    assert claim.sentence is not None
    assert claim.sentence.words.startswith("The resolution adopted on November 29, 2019, with a vote of")
    assert str(claim.mark and claim.mark.place) == "docs/op-ed/light.md:16:72"


def test_a_claim_has_the_sources_that_its_page_cites_each_once_in_order(register: Register) -> None:
    assert register.claims["vote-2019"].sources == ("un-votes", "gazette-2019")
    assert register.claims["ships-pass"].sources == ()


def test_a_claim_has_its_fields_and_what_the_ledger_says_of_it(register: Register) -> None:
    claim = register.claims["log-words"]
    assert (claim.title, claim.verdict and claim.verdict.name) == ("The words of the log", "Contradicted")
    assert claim.finding == "The log calls the light a lamp, not a light. The other words of the quotation are exact."
    assert [(row["date"], row["verdict"]) for row in claim.history] == [
        ("2021-05-31", "unverified"),
        ("2021-06-01", "contradicted"),
    ]
    ((kind, values),) = claim.assertions
    assert (kind, dict(values)) == ("quotation", {"words": "a plain and steady light", "source": "log"})


@pytest.mark.parametrize(
    ("checked", "recheck"),
    [("2021-06-01", "2022-06-01"), ("2020-02-29", "2021-02-28"), ("2021-02-30", ""), ("soon", ""), ("9999-01-01", "")],
)
def test_a_claim_is_checked_again_a_year_later(checked: str, recheck: str, project: Project) -> None:
    project.edit("claims/finest.md", "checked: 2021-06-01", f"checked: {checked}")
    assert project.register().claims["finest"].recheck == recheck


def test_a_claim_that_is_marked_nowhere_has_no_number_and_is_last(project: Project) -> None:
    words = "was first lit on June 1, 1887"
    project.edit("op-ed/light.md", f"[{words}]{{ #lit-1887 .claim }}", words)
    claims = list(project.register().claims.values())
    assert [(claim.number, claim.id) for claim in (claims[0], claims[-1])] == [(1, "service-130"), (0, "lit-1887")]
    assert (claims[-1].quote, claims[-1].paragraph, claims[-1].part, claims[-1].sentence) == ("", "", "", None)


def test_the_parts_are_in_the_order_of_the_text_of_record(project: Project) -> None:
    (project.root / "docs/op-ed/light.md").rename(project.root / "docs/op-ed/zenith.md")
    register = project.register()
    assert list(register.parts) == ["zenith", "keepers"]
    assert register.part_of == {"date": "zenith", "p1": "zenith", "p2": "zenith", "p3": "keepers", "byline": "keepers"}


def test_the_paragraphs_and_the_date_follow_from_the_text_of_record(register: Register) -> None:
    assert register.names == ["date", "p1", "p2", "p3", "byline"]
    assert register.op_ed_date == "2021-05-04"
    assert register.recorded("byline") == "Ada Quill is a keeper of the Orrin Light Trust."
    assert register.recorded("p4") == ""
    assert [block.words for block in register.paragraphs()] == register.lines_of_record


def test_a_sentence_has_the_passage_that_lists_it(register: Register) -> None:
    block = next(block for block in register.paragraphs() if isinstance(block, Block) and block.id == "p3")
    listed = [entry.text("kind") if entry is not None else None for _, entry in register.passages_of(block)]
    assert listed == ["recommendation", None, None]


@pytest.mark.parametrize(
    ("symbol", "body", "day", "tally", "standing", "sources"),
    [
        ("A/RES/73/901", "GA", "2018-12-05", Tally(120, 10, 40), "confirmed", ("un-votes", "gazette-2018")),
        ("A/RES/74/902", "GA", "2019-11-29", Tally(118, 12, 40), "confirmed", ("un-votes", "gazette-2019")),
        ("A/RES/75/903", "GA", "2020-12-04", None, "confirmed", ("un-votes",)),
        ("A/HRC/RES/40/904", "HRC", "2019-03-22", None, "reported", ("gazette-march-2019",)),
    ],
)
def test_a_resolution_follows_from_its_readings(
    symbol: str, body: str, day: str, tally: Tally | None, standing: str, sources: tuple[str, ...], register: Register
) -> None:
    found = register.resolutions[symbol]
    assert (found.body, found.date, found.tally, found.standing, found.sources) == (body, day, tally, standing, sources)


def test_a_bodys_own_record_comes_first_wherever_it_is_listed(project: Project) -> None:
    text = project.read("data/readings.csv")
    first, second = (line for line in text.split("\n") if line.startswith("A/RES/73/901"))
    project.write("data/readings.csv", text.replace(f"{first}\n{second}", f"{second}\n{first}"))
    found = project.register().resolutions["A/RES/73/901"]
    assert found.sources == ("gazette-2018", "un-votes")
    assert found.own_record is not None
    assert found.own_record["source"] == "un-votes"
    assert (found.tally, found.standing, found.vote("Esteria")) == (Tally(120, 10, 40), "confirmed", "yes")
    assert found.note == "The Orrin Gazette counted a vote that was cast after the count."


@pytest.mark.parametrize(
    ("symbol", "standing"),
    [
        ("A/RES/73/901", "disputed"),  # two sources that differ
        ("A/RES/74/902", "confirmed"),  # two that agree
        ("A/RES/75/903", "reported"),  # one
    ],
)
def test_without_an_own_record_the_sources_have_to_agree(symbol: str, standing: str, project: Project) -> None:
    project.edit("data/sources.yml", "  record: own\n", "")
    found = project.register().resolutions[symbol]
    assert (found.own_record, found.standing, found.is_reliable) == (None, standing, standing != "disputed")


def test_a_reading_that_tells_no_vote_confirms_nothing(project: Project) -> None:
    project.edit("data/readings.csv", "2020-12-04,without-vote", "2020-12-04,")
    found = project.register().resolutions["A/RES/75/903"]
    assert (found.own_record, found.standing, found.is_reliable) == (None, "unconfirmed", False)


def test_the_states_are_the_further_columns_of_a_table(register: Register) -> None:
    assert register.states("readings") == register.states("country-votes") == ["Esteria"]
    assert register.states("events") == []
    assert [found.vote("Esteria") for found in register.resolutions.values()] == ["yes", "yes", "", ""]
    assert register.resolutions["A/RES/74/902"].slug == "a-res-74-902"


def test_the_newest_day_is_that_of_a_check_a_verdict_or_a_correction(project: Project) -> None:
    assert project.register().newest_day == "2021-06-02"
    project.write("about/corrections.md", "# Corrections\n")
    assert project.register().newest_day == "2021-06-01"
    project.edit("claims/finest.md", "checked: 2021-06-01", "checked: 2021-06-03")
    assert project.register().newest_day == "2021-06-03"


def test_an_op_ed_may_do_without_a_table(project: Project) -> None:
    for name in ("parties", "sanctions", "country-votes"):
        (project.root / "docs" / "data" / f"{name}.csv").unlink()
    register = project.register()
    assert register.complete
    assert register.tables["parties"] == []


def test_a_broken_page_hides_nothing_of_the_others(project: Project) -> None:
    project.write("claims/finest.md", "---\n[\n---\n")
    register = project.register()
    assert [str(problem.place) for problem in register.problems] == ["docs/claims/finest.md:3:1"]
    assert register.complete
    assert [claim.number for claim in register.claims.values()] == list(range(1, 12))


@pytest.mark.parametrize(
    ("source", "short", "group"),
    [
        ("gazette-2019", "Orrin Gazette 2019b", "press"),
        ("s-res-9901", "S/RES/9901 (2015)", "united-nations"),
        ("un-votes", "United Nations 2020", "united-nations"),
        ("coast-guide", "Hale Books 2012", "studies"),
        ("light-trust", "Orrin Light Trust, read in 2021", "other-pages"),
    ],
)
def test_a_source_has_a_short_name_and_a_group(source: str, short: str, group: str, register: Register) -> None:
    found = register.sources[source]
    assert isinstance(found, Source)
    assert (found.short, found.group) == (short, group)


def test_a_source_has_one_excerpt_several_or_none(register: Register) -> None:
    excerpts = {name: [(one.at, one.words) for one in source.excerpts] for name, source in register.sources.items()}
    assert excerpts["log"] == [("", "a plain and steady lamp")]
    assert excerpts["s-res-9901"] == [
        ("paragraph 1", "in response to the smuggling of lamps"),
        ("paragraph 2", "asks all states to watch their coasts"),
    ]
    assert excerpts["treaties"] == []
    assert register.sources["s-res-9901"].excerpted == (
        "in response to the smuggling of lamps […] asks all states to watch their coasts"
    )


@pytest.mark.parametrize(
    ("table", "column", "values"),
    [
        ("parties", "state", ["Esteria"]),
        ("events", "id", ["ships-counted", "lit-1887", "relit-2017", "keepers-2020", "keepers-2021"]),
        ("verdicts", "date", ["2021-05-31", "2021-06-01"]),
    ],
)
def test_rows_are_in_order_whatever_that_of_the_file(
    table: str, column: str, values: list[str], project: Project
) -> None:
    header, *rows = project.read(f"data/{table}.csv").splitlines()
    project.write(f"data/{table}.csv", "\n".join([header, *reversed(rows)]))
    register = project.register()
    assert list(dict.fromkeys(row[column] for row in register.tables[table])) == values
    assert register.claims["log-words"].history[-1]["verdict"] == "contradicted"


def test_sources_and_resolutions_are_in_order_whatever_that_of_the_file(project: Project) -> None:
    before = project.register()
    text = project.read("data/sources.yml")
    start = text.index("- id: coast-guide")
    end = text.index("- id: ", start + 1)
    project.write("data/sources.yml", text[:start] + text[end:] + text[start:end])
    header, *rows = project.read("data/readings.csv").splitlines()
    project.write("data/readings.csv", "\n".join([header, rows[-1], *rows[:-1]]))
    assert list(project.register().sources) == list(before.sources) == sorted(before.sources)
    assert list(project.register().resolutions) == list(before.resolutions)


@pytest.mark.parametrize(
    ("iso", "words"),
    [("2021-05-04", "4 May 2021"), ("2012", "2012"), ("1899~", "about 1899"), ("2016-05~", "about May 2016"),
     ("n.d.", "undated")],
)  # fmt: skip
def test_dates_of_the_data_are_written_for_readers(iso: str, words: str) -> None:
    assert dated(iso) == words


def test_a_word_that_is_like_a_known_one_is_asked_for() -> None:
    assert did_you_mean("supportd", ["supported", "opinion"], "use one") == "did you mean 'supported'?"
    assert did_you_mean("xyz", ["supported", "opinion"], "use one") == "use one"


def test_the_day_of_the_check_is_kept(project: Project) -> None:
    assert project.register(date(2022, 1, 1)).today == date(2022, 1, 1)
