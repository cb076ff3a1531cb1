"""The steps that make a built site ready to publish, each given the site's folder; `publish.py` has their order."""
