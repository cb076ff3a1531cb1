"""A built site made ready to publish: PDFs and cards, headers, downloads, weight, checksums."""
