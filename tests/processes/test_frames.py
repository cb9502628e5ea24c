"""Frames come out of the pipe as they went in."""

import struct
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.processes.frames import Frame, GarbledError, read_frame, write_frame

FIELDS = st.dictionaries(st.text(max_size=9), st.integers() | st.text(max_size=9) | st.booleans(), max_size=4)
FRAMES = st.builds(Frame, st.text(max_size=9), FIELDS, st.binary(max_size=999))


def written(frame: Frame) -> bytes:
    pipe = BytesIO()
    write_frame(pipe.write, frame)
    return pipe.getvalue()


@given(st.lists(FRAMES, max_size=4))
def test_frames_are_read_as_they_were_written(frames: list[Frame]) -> None:
    pipe = BytesIO(b"".join(written(each) for each in frames))
    assert [read_frame(pipe.read) for _ in frames] == frames


@given(FRAMES, st.integers(min_value=0))
def test_a_frame_cut_short_is_an_end(frame: Frame, cut: int) -> None:
    whole = written(frame)
    with pytest.raises(EOFError):
        read_frame(BytesIO(whole[: cut % len(whole)]).read)


@given(st.binary(min_size=12, max_size=99).filter(lambda sent: not sent.startswith(b"vcp1")))
def test_anything_else_is_garbage(sent: bytes) -> None:
    with pytest.raises(GarbledError):
        read_frame(BytesIO(sent).read)


HEADERS = [b"", b"\xff", b"{}", b"[]", b"[1, {}]", b'["a", []]', b'["a", {}, 1]', b"[" * 99_999]


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header[:12].decode("latin-1"))
def test_a_header_that_is_none_is_garbage(header: bytes) -> None:
    with pytest.raises(GarbledError):
        read_frame(BytesIO(b"vcp1" + struct.pack("!II", len(header), 0) + header).read)


@pytest.mark.parametrize("lengths", [(2**32 - 1, 0), (0, 2**32 - 1)])
def test_an_impossible_length_is_garbage_and_asks_for_no_memory(lengths: tuple[int, int]) -> None:
    def read(length: int) -> bytes:
        assert length == 12, "only the lengths are read"
        return b"vcp1" + struct.pack("!II", *lengths)

    with pytest.raises(GarbledError):
        read_frame(read)
