"""Assertions: what the evidence answers to each kind, and the verdict computed from the answers."""

import pytest

from opedcheck.assertions import (
    FAILS,
    HOLDS,
    KINDS,
    NO_EVIDENCE,
    Answer,
    Pair,
    align,
    answers,
    computed_verdict,
    mentions,
    must_mention,
    normalized,
    typeset,
)
from opedcheck.rules import RULES
from project import Project


def answer(project: Project, assertion: str) -> Answer:
    """Return the evidence's answer to a claim's only assertion."""
    text = project.read("claims/ships-pass.md")
    project.write("claims/ships-pass.md", text.replace("asserts: []", f"asserts:\n- {assertion}"))
    (given,) = answers(project.register().claims["ships-pass"], project.register())
    return given


ANSWERS = {
    "tally: {resolution: A/RES/74/902, yes: 118, no: 12, abstain: 40}": (
        HOLDS,
        "A/RES/74/902: 118 in favour; 12 against; 40 abstaining",
    ),
    "tally: {resolution: A/RES/74/902, yes: 118, no: 13, abstain: 40}": (
        FAILS,
        "A/RES/74/902: 118 in favour; 12 against, not 13; 40 abstaining",
    ),
    "tally: {resolution: A/RES/74/902, yes: 120, no: 10, abstain: 40}": (
        FAILS,
        "A/RES/74/902: 118 in favour, not 120; 12 against, not 10; 40 abstaining. "
        "120–10–40 was the vote on A/RES/73/901 on 5 December 2018",
    ),
    "tally: {resolution: A/RES/75/903, yes: 1, no: 2, abstain: 3}": (FAILS, "A/RES/75/903 was adopted without a vote"),
    "tally: {resolution: A/RES/73/901, yes: 120, no: 10, abstain: 40}": (  # the own record settles it
        HOLDS,
        "A/RES/73/901: 120 in favour; 10 against; 40 abstaining",
    ),
    "tally: {resolution: A/RES/60/1, yes: 1, no: 2, abstain: 3}": (
        NO_EVIDENCE,
        "we have no reliable record of A/RES/60/1",
    ),
    "adopted: {resolution: A/RES/74/902, date: 2019-11-29, body: GA}": (
        HOLDS,
        "the General Assembly adopted A/RES/74/902 on 29 November 2019",
    ),
    "adopted: {resolution: A/RES/74/902, date: 2019-11-30, body: GA}": (
        FAILS,
        "the General Assembly adopted A/RES/74/902 on 29 November 2019",
    ),
    "adopted: {resolution: A/RES/74/902, date: 2019-11-29, body: HRC}": (
        FAILS,
        "the General Assembly adopted A/RES/74/902 on 29 November 2019",
    ),
    "adopted: {resolution: A/RES/60/1, date: 2005-10-24, body: GA}": (
        NO_EVIDENCE,
        "we have no reliable record of A/RES/60/1",
    ),
    "yearly: {body: GA, since: 2016}": (
        FAILS,
        "we found no General Assembly resolution for 2016 and 2017; the first is A/RES/73/901 of 5 December 2018",
    ),
    "yearly: {body: GA, since: 2018}": (HOLDS, "there is a resolution for every year from 2018 to 2020"),
    "yearly: {body: GA, since: 2020}": (HOLDS, "there is a resolution for every year from 2020 to 2020"),
    "yearly: {body: UN}": (HOLDS, "there is a resolution for every year from 2018 to 2020"),
    "yearly: {body: HRC, since: 2019}": (
        FAILS,
        "we found no Human Rights Council resolution for 2020; the first is A/HRC/RES/40/904 of 22 March 2019",
    ),
    "quotation: {words: plain and steady lamp, source: log}": (
        HOLDS,
        "Port Hale Press 1899 says “a plain and steady lamp”",
    ),
    "quotation: {words: A plain and steady lamp, source: log}": (
        HOLDS,
        "Port Hale Press 1899 says “a plain and steady lamp”",
    ),
    "quotation: {words: a plain and steady light, source: log}": (
        FAILS,
        "Port Hale Press 1899 says “a plain and steady lamp”",
    ),
    "quotation: {words: the smuggling of lamps, source: s-res-9901, at: paragraph 1}": (
        HOLDS,
        "S/RES/9901 (2015), paragraph 1, says “in response to the smuggling of lamps”",
    ),
    "quotation: {words: watch all their coasts, source: s-res-9901}": (
        FAILS,
        "S/RES/9901 (2015), paragraph 2, says “asks all states to watch their coasts”",
    ),
    "quotation: {words: any, source: s-res-9901, at: paragraph 6}": (NO_EVIDENCE, "we have no excerpt of the source"),
    "quotation: {words: any, source: coast-guide}": (NO_EVIDENCE, "we have no excerpt of the source"),
    "event: {event: relit-2017, date: 2017-06}": (
        HOLDS,
        "The Orrin Light Trust relights the lighthouse, 15 June 2017",
    ),
    "event: {event: relit-2017, date: 2017-07}": (
        FAILS,
        "The Orrin Light Trust relights the lighthouse, 15 June 2017",
    ),
    "event: {event: keepers-2020, date: 2020-03-03, first: keepers’ meeting}": (
        HOLDS,
        "Eleven keepers meet at the lighthouse, 3 March 2020; we found no earlier keepers’ meeting",
    ),
    "event: {event: keepers-2021, date: 2021-05-20, first: keepers’ meeting}": (
        FAILS,
        "there was an earlier keepers’ meeting: Eleven keepers meet at the lighthouse, 3 March 2020",
    ),
    "event: {event: ships-counted, date: 2021}": (NO_EVIDENCE, "we looked for it and found no source"),
    "interval: {from: lit-1887, to: relit-2017, years: 130}": (
        HOLDS,
        "130 full years, from 1 June 1887 to 15 June 2017",
    ),
    "interval: {from: relit-2017, to: keepers-2020, years: 3}": (
        FAILS,
        "2 full years, from 15 June 2017 to 3 March 2020",
    ),
    "interval: {from: ships-counted, to: keepers-2020, years: 3}": (
        NO_EVIDENCE,
        "we don’t know one of the two dates",
    ),
    "party: {state: Esteria, treaty: Convention on Lights, date: 2021-05-04}": (
        HOLDS,
        "Esteria has been a party to the Convention on Lights since 1 March 2001",
    ),
    "party: {state: Esteria, treaty: Convention on Lights, date: 2000-01-01}": (
        FAILS,
        "Esteria has been a party to the Convention on Lights since 1 March 2001",
    ),
    "party: {state: Westmark, treaty: Convention on Lights, date: 2021-05-04}": (
        NO_EVIDENCE,
        "we have no record of Westmark and the Convention on Lights",
    ),
    "basis: {grounds: wrecking}": (FAILS, "the grounds of S/RES/9901 (2015), the only one on record: smuggling"),
    "basis: {grounds: smuggling}": (HOLDS, "these grounds are named in S/RES/9901 (2015)"),
}


@pytest.mark.parametrize("assertion", ANSWERS)
def test_the_evidence_answers(project: Project, assertion: str) -> None:
    given = answer(project, assertion)
    assert (given.outcome, given.found) == ANSWERS[assertion]
    assert bool(given.sources) == (given.outcome != NO_EVIDENCE)


def test_every_kind_of_assertion_is_asked_above() -> None:
    assert {assertion.partition(":")[0] for assertion in ANSWERS} == set(KINDS)


def test_every_kind_is_explained_with_its_fields() -> None:
    told = " ".join(RULES["C005"].example.why.split())
    assert told.endswith("; ".join(f"{name}: {{{', '.join(kind.fields)}}}" for name, kind in KINDS.items()) + ".")


def test_a_resolution_whose_vote_no_source_tells_is_no_evidence(project: Project) -> None:
    row = "A/RES/60/1,coast-guide,2005-10-24,,,,,,\n"
    project.write("data/readings.csv", project.read("data/readings.csv") + row)
    assert project.register().resolutions["A/RES/60/1"].standing == "unconfirmed"
    given = answer(project, "adopted: {resolution: A/RES/60/1, date: 2005-10-24, body: GA}")
    assert (given.outcome, given.found) == (NO_EVIDENCE, "we have no reliable record of A/RES/60/1")


def test_a_resolution_of_no_valid_date_is_of_no_year(project: Project) -> None:
    row = "A/RES/61/1,un-votes,24 October 2006,,9,1,1,,\n"
    project.write("data/readings.csv", project.read("data/readings.csv") + row)
    given = answer(project, "yearly: {body: GA}")
    assert given.found == "there is a resolution for every year from 2018 to 2020"


def test_words_are_looked_for_in_the_excerpt_that_is_named(project: Project) -> None:
    words = "quotation: {words: watch their coasts, source: s-res-9901, at: paragraph %d}"
    assert answer(project, words % 2).outcome == HOLDS
    project.edit("claims/ships-pass.md", "at: paragraph 2", "at: paragraph 1")
    [given] = answers(project.register().claims["ships-pass"], project.register())
    assert given.outcome == FAILS


@pytest.mark.parametrize(("day", "outcome"), [("2020", HOLDS), ("2019", FAILS), ("2020-02", FAILS)])
def test_an_event_of_the_same_year_is_not_known_to_be_earlier(day: str, outcome: str, project: Project) -> None:
    row = f"keepers-before,{day},keepers’ meeting,Some keepers meet,light-trust,\n"
    project.write("data/events.csv", project.read("data/events.csv") + row)
    given = answer(project, "event: {event: keepers-2020, date: 2020-03-03, first: keepers’ meeting}")
    assert given.outcome == outcome


@pytest.mark.parametrize(
    ("assertion", "outcome"),
    [
        ("event: {event: stone, date: 1886-09-01}", NO_EVIDENCE),
        ("event: {event: stone, date: 1886-09}", HOLDS),
        ("event: {event: stone, date: 1886-08-31}", FAILS),
        ("interval: {from: stone, to: lit-1887, years: 0}", HOLDS),
        ("interval: {from: stone, to: paint, years: 3}", NO_EVIDENCE),
        ("party: {state: Northmark, treaty: Convention on Lights, date: 1999-12-31}", FAILS),
        ("party: {state: Northmark, treaty: Convention on Lights, date: 2000-01-05}", NO_EVIDENCE),
        ("party: {state: Northmark, treaty: Convention on Lights, date: 2001-01-01}", HOLDS),
    ],
)
def test_a_date_known_by_its_month_or_year_says_nothing_of_a_day_in_it(
    assertion: str, outcome: str, project: Project
) -> None:
    rows = "stone,1886-09,,The first stone is laid,log,\npaint,1889-09-20,,The tower is painted,log,\n"
    project.write("data/events.csv", project.read("data/events.csv") + rows)
    row = "Northmark,Convention on Lights,party,2000,treaties\n"
    project.write("data/parties.csv", project.read("data/parties.csv") + row)
    assert answer(project, assertion).outcome == outcome


@pytest.mark.parametrize(
    ("day", "outcome"), [("2010-02-17", FAILS), ("2015-01-01", FAILS), ("2021-05-04", NO_EVIDENCE)]
)
def test_a_state_that_was_no_party_may_be_one_later(day: str, outcome: str, project: Project) -> None:
    row = "Northmark,Convention on Lights,not-party,2015-01-01,treaties\n"
    project.write("data/parties.csv", project.read("data/parties.csv") + row)
    given = answer(project, f"party: {{state: Northmark, treaty: Convention on Lights, date: {day}}}")
    assert (given.outcome, given.found) == (
        outcome,
        "Northmark was not a party to the Convention on Lights as of 1 January 2015",
    )


def test_the_grounds_of_several_resolutions_are_listed_once(project: Project) -> None:
    rows = "S/RES/9902 (2016),2016-02-10,smuggling; piracy,s-res-9901\n"
    project.write("data/sanctions.csv", project.read("data/sanctions.csv") + rows)
    assert answer(project, "basis: {grounds: wrecking}").found == (
        "the grounds of the 2 sanctions resolutions on record: smuggling and piracy"
    )


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ([], ""),
        ([HOLDS], "supported"),
        ([HOLDS, HOLDS], "supported"),
        ([HOLDS, FAILS], "partly-supported"),
        ([HOLDS, NO_EVIDENCE], "partly-supported"),
        ([FAILS], "contradicted"),
        ([FAILS, NO_EVIDENCE], "contradicted"),
        ([NO_EVIDENCE, NO_EVIDENCE], "unverified"),
    ],
)
def test_the_verdict_is_computed_from_the_answers(outcomes: list[str], verdict: str) -> None:
    assert computed_verdict([Answer("", outcome, "") for outcome in outcomes]) == verdict


@pytest.mark.parametrize(
    ("begin", "end", "years"),
    [("2011-12-19", "2014-12-18", 2), ("2011-12-19", "2014-12-19", 3), ("2012-02-29", "2013-02-28", 0)],
)
def test_only_full_years_count(begin: str, end: str, years: int, project: Project) -> None:
    rows = f"begun,{begin},,The work begins,log,\nended,{end},,The work ends,log,\n"
    project.write("data/events.csv", project.read("data/events.csv") + rows)
    given = answer(project, f"interval: {{from: begun, to: ended, years: {years}}}")
    assert given.outcome == HOLDS
    assert given.found.startswith(f"{years} full years, from ")


@pytest.mark.parametrize(
    ("words", "value", "said"),
    [
        ("a vote of 120-10 and 40 abstentions", "10", True),
        ("a vote of 120-10 and 40 abstentions", "12", False),
        ("adopted on November 29, 2019", "2019-11-29", True),
        ("adopted on November 29, 2019", "2019", False),
        ("in 2019", "2019", True),
        ("the UN General Assembly", "General Assembly", True),
    ],
)
def test_whether_words_state_a_value(words: str, value: str, said: bool) -> None:
    assert mentions(words, value) is said


@pytest.mark.parametrize(
    ("claim", "values"),
    [
        ("vote-2019", ["120", "10", "40"]),
        ("adopted-2019", ["2019-11-29"]),
        ("since-2018", ["General Assembly", "2018"]),
        ("log-words", ["a plain and steady light"]),
        ("service-130", ["130 years"]),
        ("convention", []),
        ("sanctions", ["wrecking"]),
    ],
)
def test_what_a_claim_must_say_for_its_assertion(claim: str, values: list[str], project: Project) -> None:
    ((kind, asserted),) = project.register().claims[claim].assertions
    assert must_mention(kind, asserted) == values


@pytest.mark.parametrize(
    ("record", "outcome", "found"),
    [
        ("own", HOLDS, "A/RES/73/901: 120 in favour; 10 against; 40 abstaining"),
        ("", NO_EVIDENCE, "we have no reliable record of A/RES/73/901"),  # two sources differ, and nothing settles it
    ],
)
def test_a_disputed_vote_answers_nothing(record: str, outcome: str, found: str, project: Project) -> None:
    if not record:
        project.edit("data/sources.yml", "  record: own\n", "")
    given = answer(project, "tally: {resolution: A/RES/73/901, yes: 120, no: 10, abstain: 40}")
    assert (given.outcome, given.found) == (outcome, found)


@pytest.mark.parametrize(
    ("excerpt", "shown"),
    [
        ('Condemning "ongoing abuses" in the country\'s camps', "Condemning ‘ongoing abuses’ in the country’s camps"),
        ('those "who did it," […] "twice"', "those ‘who did it,’ […] ‘twice’"),
        ("l'Assemblée (“so”) — 'thus'", "l’Assemblée (‘so’) — ‘thus’"),
        ("The U.N.'s own words", "The U.N.’s own words"),
    ],
)
def test_quotation_marks_within_an_excerpt_are_single_and_curly(excerpt: str, shown: str) -> None:
    assert typeset(excerpt) == shown
    assert normalized(typeset(excerpt)) == normalized(excerpt)


def test_a_quotation_is_aligned_word_by_word(project: Project) -> None:
    project.edit("data/sources.yml", "a plain and steady lamp", "It is “a plain, steady lamp” […] lit")
    given = answer(project, "quotation: {words: a plain and steady light, source: log}")
    assert given.found == "Port Hale Press 1899 says “It is ‘a plain, steady lamp’”"
    assert given.wordings == (
        Pair("", "…", False),
        Pair("a plain", "‘a plain,", True),
        Pair("and", "", False),
        Pair("steady", "steady", True),
        Pair("light", "lamp’", False),
    )


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        ("no words shared", "nothing at all", [Pair("no words shared", "nothing at all", False)]),
        ("the very words", "The very “words”.", [Pair("the very words", "The very “words”.", True)]),
        (
            "a Quiet word",
            "a quiet word",
            [Pair("a", "a", True), Pair("Quiet", "quiet", False), Pair("word", "word", True)],
        ),
        ("a b c", "a c", [Pair("a", "a", True), Pair("b", "", False), Pair("c", "c", True)]),
        ("a", "", [Pair("a", "", False)]),
    ],
)
def test_wordings_are_aligned(first: str, second: str, pairs: list[Pair]) -> None:
    assert align(first, second) == pairs
