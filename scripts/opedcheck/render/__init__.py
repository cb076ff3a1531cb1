"""Markdown to pages: what directives, marks and citations become, in every builder that runs Python-Markdown.

- links: pieces of Markdown, references, permalinks, and what printed links lead to
- templates: what directives expand to, filled in from the register
- evidence, op_ed: what the templates of evidence, and of the op-ed and its printed copies, need to know
- head: a page's metadata
- extension: the Python-Markdown extension, and the table of directives
"""
