"""Bytes of a page to text: its mark of order, what it declares, else UTF-8, else an 8-bit table that fits."""

# ruff: noqa: RUF001 - dashes and quotation marks of every kind stand on pages

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_LOOKED_AT = 4096
_CENTRAL = re.compile("[ěščřžůťďňĚŠČŘŽŤĎŇłąęśźżćőű]")
_ODD = re.compile("[\u0080-\u009f\ufffd¹º¼½¾×÷¡¢£¤¥¦¬ø]")
_ALIASES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
            "ascii": "cp1252", "x-cp1250": "cp1250"}  # fmt: skip
"""Pages that declare Latin-1 mean Windows-1252, as browsers read them (WHATWG Encoding Standard, 4.2)."""


def decode(raw: bytes, declared: str = "") -> str:
    """Return the text in `raw`; `declared` is the encoding that came with it, such as a header's charset.

    Never fails: where nothing fits, what cannot be read becomes U+FFFD.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, "replace")
    inside = _DECLARED.search(raw[:_LOOKED_AT])
    for name in ("utf-8", declared, inside[1].decode("ascii", "replace") if inside else ""):
        text = _strict(raw, name)
        if text is not None:
            return text
    return _guessed(raw)


def _strict(raw: bytes, name: str) -> str | None:
    try:
        wanted = codecs.lookup(_ALIASES.get(name.strip().lower(), name.strip().lower())) if name else None
        # Codecs that are no text encodings ("hex", "zip") are asked for by no page.
        return raw.decode(wanted.name) if wanted and getattr(wanted, "_is_text_encoding", True) else None
    except (LookupError, UnicodeError, ValueError):
        return None


def _guessed(raw: bytes) -> str:
    """Return the reading as a Central or Western European page: the one with more letters that belong."""
    readings = [raw.decode(name, "replace") for name in ("cp1252", "cp1250")]
    return max(readings, key=lambda text: len(_CENTRAL.findall(text)) - 2 * len(_ODD.findall(text)))
