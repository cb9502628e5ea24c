"""Files of the user's: read whole or refused in one sentence, and replaced in one step or left alone."""

from voicecoach.files.reading import (
    NO_NAME,
    decode_text,
    file_error,
    mode_of,
    open_regular,
    read_bytes,
    read_regular,
    read_text,
)
from voicecoach.files.replacement import refuse_same_file, refuse_target, replacing

__all__ = [
    "NO_NAME",
    "decode_text",
    "file_error",
    "mode_of",
    "open_regular",
    "read_bytes",
    "read_regular",
    "read_text",
    "refuse_same_file",
    "refuse_target",
    "replacing",
]
