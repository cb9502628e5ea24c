"""What comes of an address."""

from typing import NamedTuple


class WebPage(NamedTuple):
    """The bytes of a page, the encoding its server declares ("" where none), and where it was found."""

    raw: bytes
    charset: str
    address: str
    html: bool
