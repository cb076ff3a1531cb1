"""Markdown to pages: what directives, marks and citations become, in every builder that runs Python-Markdown.

- links: pieces of Markdown, references, permalinks, and what printed links lead to
- claims, evidence, copies: what directives expand to
- head: a page's metadata
- extension: the Python-Markdown extension, and the table of directives
"""
