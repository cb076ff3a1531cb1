"""Check and render one op-ed, its claims and the evidence.

The modules, in the order in which they build on each other:

- files, dates, text: what a file, a date and a page are
- records, votes, register, assertions, citations: what docs/ says, and what follows from it
- rules: what must hold of it; cli: the checker on the command line
- render: Markdown to pages; output: what is made beside the pages; publish: a built site made ready

Where something new goes (at most 36 files, of 350 lines; the tests hold these limits):

- a rule: a function in the module of rules that asks about the same things, with a code that no rule ever had
  (docs/about/checks.md ends with those that are gone); its reason and an example in rules/examples.toml, in the
  rules' order; cases in tests/findings, the first without an edit; one about the words of a single field is that field
  in `RECORDS` (its pattern, choices, number of words), with a case alone, and only a new kind of limit is in
  `_field_fault` of rules/records
- a kind of assertion: `KINDS` in assertions, whose fields tell what they name of `evidence_by_name`, and what the
  op-ed's words must say (what `said` can't tell is in C006 of rules/claims); the reason of C005 in rules/examples.toml;
  `_answer_sources` in render/evidence, if its sources are on another page than the timeline; tests/test_assertions.py
- a table: `RECORDS` and `TABLES` in records; the file here and in tests/lighthouse, and `--seal`; a directive that
  shows it; tests/test_cli.py, which lists all files
- a column, or a field of a claim or a source: `RECORDS` in records (new columns come last, those of states after them);
  of readings.csv also `Resolution` in votes, and E008 in rules/evidence if sources can differ on it, of verdicts.csv
  the line that C015 in rules/claims advises; the data here and in tests/lighthouse, where each column has a value, and
  `--seal`; each list of its template in render/templates, and the cells that docs/assets/evidence.css and print.css
  count or label; output/search, if it is to be found; output/downloads, if a file made there is to have it; of sources
  `citations` and `reference` in render/links
- a verdict: `VERDICTS` in records; then whatever names `partly-supported`, in code, templates, styles, pages and data
- a block of a page: the template of one of the page's directives; of a claim's page header.md or claim-end.md, which
  fill claims/all.md, too (`alone` tells the two apart); of a page of the op-ed part.md above, and below it what
  `ClaimsTreeprocessor` in render/extension adds (every page ends with overrides/partials/report.html); the ids of its
  headings in `_own_ids`, `_HEADED` or `addresses` of rules/pages; `REPEATING_SECTION` in output/search, if they repeat
  others; its looks in docs/assets/op-ed.css (those of charts, tables and verdicts in evidence.css) and print.css; what
  print hides in `SCREEN` of tests/test_print.py, and our words on a page of the op-ed in `OURS` of tests/test_site.py
- a directive: `DIRECTIVES` in render/extension, `_NEEDED` in rules/pages, and its page
- a page: docs and `nav` in mkdocs.yml; `data-search-exclude`, if its text repeats what is found elsewhere
- a meta tag: head.html in render/templates; for the 404 page too, overrides/partials/head.html instead; for redirects
  redirect.html; `METADATA` in tests/compare_builds.py
- a download: `downloads` in output/downloads, docs/about/downloads.md, `_DATA` in render/head; of claims.json also
  docs/data/claims.schema.json, which is the same in tests/lighthouse

The made-up op-ed has to pass new rules too. Some tests have rows, headings and lists word for word: for a new column
see what `git grep` finds of its table in rules/examples.toml, tests/test_*.py (in test_hostile `SHOWN_IN`), findings/
and benchmarks/register_of_any_size; for a directive findings/c_claims; for a heading of claims' pages
test_reading_copies and the sheets in docs/about/downloads.md. `sh scripts/test tests/test_findings.py` runs one file,
and with `--rewrite` writes the findings anew, whose lines new addresses and rows move; without a file ruff and mypy
come first.

New addresses are listed by `sh scripts/check --fix`, and for the made-up op-ed by `sh scripts/check tests/lighthouse
--fix`.
"""
