"""Steps over a built site, each of which adds what a server or a reader wants besides the pages."""
