"""Check and render one op-ed, its claims and the evidence.

The modules, in the order in which they build on each other:

- files, dates, text: what a file, a date and a page are
- records, votes, register, assertions, citations: what docs/ says, and what follows from it
- rules: what must hold of it; cli: the checker on the command line
- render: Markdown to pages; output: what is made beside the pages; publish: a built site made ready
"""
