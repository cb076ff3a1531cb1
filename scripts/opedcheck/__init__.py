"""Check and render one op-ed, its claims and the evidence.

The modules, in the order in which they build on each other:

- files, dates, text: what a file, a date and a page are
- records, votes, register, assertions, citations: what docs/ says, and what follows from it
- rules: what must hold of it; cli: the checker on the command line
- render: Markdown to pages; output: what is made beside the pages; publish: a built site made ready

Where something new goes:

- a rule: a function in the module of rules that has its group's name, with a code that no rule ever had; its reason and
  a fault in rules/examples.toml; a case in tests/findings
- a kind of assertion: `KINDS` in assertions, with what it names in `evidence_named` and what the op-ed's words must say
  in `STATED`; the reason of C005 in rules/examples.toml lists it; tests/test_assertions.py tries it
- a column of a table, or a field of a claim or a source: `RECORDS` in records, then the data here and in
  tests/lighthouse, and `--seal`; what is offered for download: output/downloads, docs/about/downloads.md and
  docs/data/claims.schema.json, which tests/lighthouse has too
- a block of a page: the template in render/templates that the page's directive fills; a new directive is entered in
  render/extension; its looks in docs/assets/op-ed.css and print.css, what it needs to do in a script beside them
- a page: docs and `nav` in mkdocs.yml, where tests/lighthouse has its own; the pages of About are the same there

New addresses are listed by `--fix`, here and for tests/lighthouse.
"""
