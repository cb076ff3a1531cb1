"""Assertions: what the evidence answers to each kind, and the verdict computed from the answers."""

import pytest

from assertions import FAILS, HOLDS, KINDS, NO_EVIDENCE, Answer, answers, completed_years, computed_verdict, states
from dates import calendar_day
from project import ROOT, Project
from wording import Pair, align, plain, typeset


def answer(project: Project, assertion: str) -> Answer:
    """Return the evidence's answer to a claim's only assertion."""
    text = project.read("claims/aid-tied.md")
    project.write("claims/aid-tied.md", text.replace("asserts: []", f"asserts:\n- {assertion}"))
    (given,) = answers(project.register().claims["aid-tied"], project.register())
    return given


@pytest.mark.parametrize(
    ("assertion", "outcome", "found"),
    [
        (
            "tally: {resolution: A/RES/69/188, yes: 116, no: 20, abstain: 53}",
            HOLDS,
            "A/RES/69/188: 116 in favour; 20 against; 53 abstaining",
        ),
        (
            "tally: {resolution: A/RES/69/188, yes: 116, no: 21, abstain: 53}",
            FAILS,
            "A/RES/69/188: 116 in favour; 20 against, not 21; 53 abstaining",
        ),
        (
            "tally: {resolution: A/RES/69/188, yes: 123, no: 16, abstain: 51}",
            FAILS,
            "A/RES/69/188: 116 in favour, not 123; 20 against, not 16; 53 abstaining, not 51. "
            "123–16–51 was the vote on A/RES/66/174 on 19 December 2011",
        ),
        (
            "tally: {resolution: A/RES/71/202, yes: 1, no: 2, abstain: 3}",
            FAILS,
            "A/RES/71/202 was adopted without a vote",
        ),
        (
            "tally: {resolution: A/RES/64/175, yes: 99, no: 20, abstain: 63}",
            HOLDS,
            "A/RES/64/175: 99 in favour; 20 against; 63 abstaining",
        ),
        (
            "adopted: {resolution: A/RES/69/188, date: 2014-12-18, body: GA}",
            HOLDS,
            "the General Assembly adopted A/RES/69/188 on 18 December 2014",
        ),
        (
            "adopted: {resolution: A/RES/69/188, date: 2014-12-18, body: HRC}",
            FAILS,
            "the General Assembly adopted A/RES/69/188 on 18 December 2014",
        ),
        (
            "yearly: {body: GA, since: 2003}",
            FAILS,
            "we found no General Assembly resolution for 2003 and 2004; the first is A/RES/60/173 of 16 December 2005",
        ),
        (
            "yearly: {body: GA, since: 2005}",
            HOLDS,
            "there is a resolution for every year from 2005 to 2023",
        ),
        ("yearly: {body: UN}", HOLDS, "there is a resolution for every year from 2003 to 2023"),
        (
            "yearly: {body: HRC, since: 2008}",
            HOLDS,
            "the record has one for every year from 2008 to 2023",
        ),
        ("yearly: {body: GA, since: 2023}", HOLDS, "there is a resolution for every year from 2023 to 2023"),
        (
            "quotation: {words: chummy as they used to be, source: diplomat-2017}",
            HOLDS,
            "The Diplomat 2017 says “Ties between the two countries do not seem as chummy as they used to be.”",
        ),
        (
            "quotation: {words: closer than ever, source: diplomat-2017}",
            FAILS,
            "The Diplomat 2017 says “Ties between the two countries do not seem as chummy as they used to be.”",
        ),
        (
            "quotation: {words: widespread and gross violations, source: a-res-69-188}",
            HOLDS,
            "A/RES/69/188, paragraph 1, has “Condemns the long-standing and ongoing systematic, widespread and gross "
            "violations of human rights in the Democratic People’s Republic of Korea”",
        ),
        (
            "quotation: {words: severe infringements of human rights, source: a-res-66-174, at: paragraph 5 (a)}",
            FAILS,
            "A/RES/66/174, paragraph 5 (a), has “To immediately put an end to the systematic, widespread and grave "
            "violations of human rights mentioned above”",
        ),
        (
            "quotation: {words: any, source: a-res-66-174, at: paragraph 6}",
            NO_EVIDENCE,
            "no excerpt of the source is stored",
        ),
        ("quotation: {words: any, source: ppp-2017-flag}", NO_EVIDENCE, "no excerpt of the source is stored"),
        (
            "event: {event: nuclear-test-regret-2017, date: 2017}",
            HOLDS,
            "Cambodia expresses regret and grave concern over North Korea’s nuclear test, September 2017",
        ),
        (
            "event: {event: nuclear-test-regret-2017, date: 2017-10}",
            FAILS,
            "Cambodia expresses regret and grave concern over North Korea’s nuclear test, September 2017",
        ),
        ("event: {event: embassy-reopened, date: 2014}", NO_EVIDENCE, "we looked for it and found no source"),
        (
            "interval: {from: assembly-2011, to: assembly-2014, years: 2}",
            HOLDS,
            "2 full years, from 19 December 2011 to 18 December 2014",
        ),
        (
            "interval: {from: assembly-2011, to: assembly-2014, years: 3}",
            FAILS,
            "2 full years, from 19 December 2011 to 18 December 2014",
        ),
        (
            "interval: {from: embassy-reopened, to: assembly-2014, years: 3}",
            NO_EVIDENCE,
            "we don’t know one of the two dates",
        ),
        (
            "party: {state: Cambodia, treaty: UN Charter, date: 2024-01-02}",
            HOLDS,
            "Cambodia has been a party to the UN Charter since 14 December 1955",
        ),
        (
            "party: {state: Cambodia, treaty: Rome Statute, date: 2000-01-01}",
            FAILS,
            "Cambodia has been a party to the Rome Statute since 11 April 2002",
        ),
        (
            "party: {state: North Korea, treaty: Rome Statute, date: 2014-02-17}",
            FAILS,
            "North Korea was not a party to the Rome Statute as of 2015",
        ),
        (
            "party: {state: North Korea, treaty: Rome Statute, date: 2024-01-02}",
            NO_EVIDENCE,
            "North Korea was not a party to the Rome Statute as of 2015",
        ),
        (
            "party: {state: Vietnam, treaty: Rome Statute, date: 2024-01-02}",
            NO_EVIDENCE,
            "we have no record of Vietnam and the Rome Statute",
        ),
        (
            "basis: {grounds: human rights violations}",
            FAILS,
            "the grounds of the 10 sanctions resolutions on record: nuclear test, satellite launch, "
            "nuclear programme and missile test",
        ),
        (
            "basis: {grounds: satellite launch}",
            HOLDS,
            "these grounds are named in S/RES/2087 (2013) and S/RES/2270 (2016)",
        ),
    ],
)
def test_the_evidence_answers(project: Project, assertion: str, outcome: str, found: str) -> None:
    given = answer(project, assertion)
    assert (given.outcome, given.found) == (outcome, found)


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ([], None),
        ([HOLDS], "supported"),
        ([HOLDS, HOLDS], "supported"),
        ([HOLDS, FAILS], "partly-supported"),
        ([HOLDS, NO_EVIDENCE], "partly-supported"),
        ([FAILS], "contradicted"),
        ([FAILS, NO_EVIDENCE], "contradicted"),
        ([NO_EVIDENCE, NO_EVIDENCE], "unverified"),
    ],
)
def test_the_verdict_is_computed_from_the_answers(outcomes: list[str], verdict: str | None) -> None:
    assert computed_verdict([Answer("", outcome, "") for outcome in outcomes]) == verdict


@pytest.mark.parametrize(
    ("begin", "end", "years"),
    [("2011-12-19", "2014-12-18", 2), ("2011-12-19", "2014-12-19", 3), ("2012-02-29", "2013-02-28", 0)],
)
def test_only_full_years_count(begin: str, end: str, years: int) -> None:
    first, last = calendar_day(begin), calendar_day(end)
    assert first is not None
    assert last is not None
    assert completed_years(first, last) == years


@pytest.mark.parametrize(
    ("words", "value", "stated"),
    [
        ("a vote of 123-16 and 51 abstentions", "16", True),
        ("a vote of 123-16 and 51 abstentions", "12", False),
        ("adopted on December 18, 2014", "2014-12-18", True),
        ("adopted on December 18, 2014", "2014", False),
        ("reopened in 2014", "2014", True),
        ("the UN General Assembly", "General Assembly", True),
    ],
)
def test_whether_words_state_a_value(words: str, value: str, stated: bool) -> None:
    assert states(words, value) is stated


@pytest.mark.parametrize("standing", ["disputed", "to-confirm"])
def test_what_is_disputed_or_unconfirmed_answers_nothing(standing: str, project: Project) -> None:
    sources = "undl-votes voeten-unvotes yonhap-2009"
    project.edit("data/resolutions.csv", f"confirmed,{sources}", f"{standing},{sources}")
    given = answer(project, "tally: {resolution: A/RES/64/175, yes: 99, no: 20, abstain: 63}")
    assert (given.outcome, given.found) == (NO_EVIDENCE, "no sufficiently known record of A/RES/64/175")


def test_a_year_without_a_known_date_answers_nothing(project: Project) -> None:
    text = project.read("data/readings.csv")
    project.write("data/readings.csv", text.replace(",2018-03-23,", ",,"))
    project.edit(
        "data/resolutions.csv", "confirmed,ohchr-voting a-hrc-40-l-18", "to-confirm,ohchr-voting a-hrc-40-l-18"
    )
    given = answer(project, "yearly: {body: HRC, since: 2008}")
    assert (given.outcome, given.found) == (NO_EVIDENCE, "the resolutions of 2018 are not known well enough")


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
    assert plain(typeset(excerpt)) == plain(excerpt)


def test_a_first_fails_where_the_evidence_has_an_earlier_one(project: Project) -> None:
    assertion = "event: {event: seminar-2023, date: 2023-12-22, first: human rights seminar in Phnom Penh}"
    given = answer(project, assertion)
    assert (given.outcome, given.found.partition("; ")[2], given.sources) == (
        HOLDS,
        "no earlier human rights seminar in Phnom Penh is on record",
        ("voakorea-2024-seminar",),
    )
    dated = "un-report-2022,2022-09,month,human rights seminar in Phnom Penh,"
    project.edit("data/events.csv", "un-report-2022,2022-09,month,,", dated)
    given = answer(project, assertion)
    assert (given.outcome, given.found) == (
        FAILS,
        "there was an earlier human rights seminar in Phnom Penh: The Secretary-General reports on human rights in "
        "North Korea to the General Assembly, September 2022",
    )


def test_a_quotation_is_aligned_word_by_word(project: Project) -> None:
    words = "systematic, widespread and severe infringements of human rights"
    given = answer(project, f'quotation: {{words: "{words}", source: ibns-2014}}')
    assert given.wordings == (
        Pair("", "…", False),
        Pair("systematic, widespread and", "systematic, widespread and", True),
        Pair("severe infringements", "gross violations", False),
        Pair("of human rights", "of human rights’", True),
        Pair("", "…", False),
    )


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        ("no words shared", "nothing at all", [Pair("no words shared", "nothing at all", False)]),
        ("the very words", "The very “words”.", [Pair("the very words", "The very “words”.", True)]),
        ("a b c", "a c", [Pair("a", "a", True), Pair("b", "", False), Pair("c", "c", True)]),
        ("a", "", [Pair("a", "", False)]),
    ],
)
def test_wordings_are_aligned(first: str, second: str, pairs: list[Pair]) -> None:
    assert align(first, second) == pairs


def test_every_kind_of_assertion_has_evidence_and_a_question_above() -> None:
    asked = (ROOT / "tests" / "test_assertions.py").read_text(encoding="utf-8")
    assert set(KINDS) == {kind for kind in KINDS if f'"{kind}: {{' in asked or f"'{kind}: {{" in asked}
