"""Fetching the one page that a person asks for by its address: `fetch.page`, which loads what speaks HTTP."""

LARGEST = 5_000_000
"""Bytes of a page; a saved page with all its scripts has about one million."""


def is_address(text: str) -> bool:
    """Return whether `text` is an address on the web, and not a file."""
    return text.lower().startswith(("http://", "https://"))
