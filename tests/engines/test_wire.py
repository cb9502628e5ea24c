"""Frames come out of the pipe as they went in."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.engines.wire import SOUND, EndedError, GarbledError, read_frame, write_frame


@given(st.binary(min_size=1, max_size=1), st.binary(max_size=2000))
def test_a_frame_is_read_as_it_was_written(kind: bytes, payload: bytes) -> None:
    pipe = BytesIO()
    write_frame(pipe.write, kind, payload)
    pipe.seek(0)
    assert read_frame(pipe.read) == (kind, payload)


@given(st.binary(max_size=50), st.integers(min_value=0))
def test_a_frame_cut_short_is_an_end(payload: bytes, cut: int) -> None:
    pipe = BytesIO()
    write_frame(pipe.write, SOUND, payload)
    whole = pipe.getvalue()
    with pytest.raises(EndedError):
        read_frame(BytesIO(whole[: cut % len(whole)]).read)


@given(st.binary(min_size=9, max_size=99).filter(lambda sent: not sent.startswith(b"vcw1")))
def test_anything_else_is_garbage(sent: bytes) -> None:
    with pytest.raises(GarbledError):
        read_frame(BytesIO(sent).read)
