"""Steps over a built site, each a module; what they need is the extra `publish` of pyproject.toml."""
