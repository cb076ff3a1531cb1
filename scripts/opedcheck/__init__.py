"""Check and render one op-ed, its claims and the evidence.

The modules, in the order in which they build on each other:

- files, dates, text: what a file, a date and a page are
- records, votes, register, assertions, citations: what docs/ says, and what follows from it
- rules: what must hold of it; cli: the checker on the command line
- render: Markdown to pages; output: what is made beside the pages; publish: a built site made ready

Where something new goes:

- a rule: a function in rules, in the module of its group (of S in evidence), with a code that no rule ever had; its
  reason and an example in rules/examples.toml; a case in tests/findings
- a kind of assertion: `KINDS` in assertions, what it names in `evidence_named`, what the op-ed's words must say in
  `STATED`; the reason of C005 in rules/examples.toml; `_answer_sources` in render/claims, if its sources are on another
  page than the timeline; tests/test_assertions.py
- a column of a table, or a field of a claim or a source: `RECORDS` in records; the data here and in tests/lighthouse,
  where each column has a value, and `--seal`; its template in render/templates; output/search, if it is to be found;
  output/downloads, of sources citations and `reference` in render/links
- a verdict: `VERDICTS` in records, docs/about/method.md, the schema of claims.json; `RATINGS` in render/head,
  `SHORT_VERDICTS` in render/op_ed; its looks in docs/assets and publish/card.html, its rank in docs/assets/filter.js
- a block of a page: the template that the page's directive fills, of a claim's page header.md or claim-sources.md; the
  ids of its headings in `addresses` of rules/pages; its looks in docs/assets/op-ed.css and print.css. A new directive
  is in render/extension and in rules/pages
- a download: output/downloads, docs/about/downloads.md, `_DATA` in render/head; docs/data/claims.schema.json
- a page: docs and `nav` in mkdocs.yml; in output/search, if its text repeats what is found elsewhere

The schema is the same in tests/lighthouse. New addresses are listed by `--fix`, here and for tests/lighthouse.
"""
