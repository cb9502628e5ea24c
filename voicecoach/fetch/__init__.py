"""Fetching the one page that a person asks for by its address."""

from voicecoach.fetch.web_page import WebPage

LARGEST = 5_000_000
"""Bytes of a page; a saved page with all its scripts has about one million."""
TIMEOUT_S = 20.0


def is_address(text: str) -> bool:
    """Return whether `text` is an address on the web, and not a file."""
    return text.lower().startswith(("http://", "https://"))


def fetch(address: str, *, timeout_s: float = TIMEOUT_S, largest: int = LARGEST) -> WebPage:
    """Return the page at an http or https address; nothing it refers to is fetched.

    `timeout_s` bounds the whole of it. Raises FileError, in one sentence, where there is no page to be had.
    """
    # Brings urllib and TLS (50 ms), which everybody who only asks `is_address` does without.
    from voicecoach.fetch.page import fetch_page

    return fetch_page(address, timeout_s=timeout_s, largest=largest)
