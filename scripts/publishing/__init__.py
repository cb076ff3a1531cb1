"""The steps that make a built site ready to publish; each takes the site's folder, and `publish.py` runs them."""
