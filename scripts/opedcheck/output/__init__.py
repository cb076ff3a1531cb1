"""What is made beside the pages: downloads, short addresses, the search index, and the hooks that add them."""
