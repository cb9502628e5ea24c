"""How loud a session is: integrated loudness and true peak by ITU-R BS.1770-4, for mono, as a stream."""

import functools
import math

import numpy as np
import numpy.typing as npt

from voicecoach.clip import Floats, Pcm
from voicecoach.export.session_loudness import CELL_MS, gated_lufs

_HOPS = 10  # a segment is a second: ten steps of 100 ms, of which gating blocks of 400 ms are made
_STEP = 2048
# Where no sample exceeds this, K-weighting (at most +4 dB) stays under the absolute gate.
_SILENT = 4 / 32768

# The oversampling filter of BS.1770-4, annex 2: the first two phases; the others are these, reversed.
_PHASES = np.array(
    [
        [0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625,
         0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125],
        [-0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625,
         0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375],
    ],
    np.float32,
)  # fmt: skip
_FILTERS = np.concatenate([_PHASES, _PHASES[:, ::-1]])
_TAPS = _FILTERS.shape[1]
_MOST = float(np.abs(_FILTERS).sum(axis=1).max())  # how far above a sample the filter can reach
_RUN = 32  # samples that are oversampled at once, by one matrix
_BANK = np.concatenate([np.stack([np.pad(taps, (at, _RUN - 1 - at)) for at in range(_RUN)]) for taps in _FILTERS]).T


class LoudnessMeter:
    """Measures one mono programme, block by block, in memory that does not grow with its sound.

    Blocks are int16, or floats where full scale is 1 (which a decoder's overshoots exceed); `samples` is their length.
    """

    def __init__(self, rate_hz: int) -> None:
        self._hop = round(rate_hz / 10)
        self._response = _k_weighting(rate_hz, (_HOPS + 1) * self._hop)
        # A hop that was measured, then what is still to be measured.
        self._sound = np.zeros(self._hop, np.float32)
        self._powers: list[float] = []
        self._peak = 0.0
        self.samples = 0

    def add(self, block: Pcm | Floats) -> None:
        """Measure the next block, shape (n,)."""
        self.samples += len(block)
        scaled = block.astype(np.float32)
        if block.dtype == np.int16:
            scaled /= 32768
        self._sound = np.concatenate([self._sound, scaled])
        length = _HOPS * self._hop
        while len(self._sound) >= length + self._hop:
            segment, self._sound = self._sound[: length + self._hop], self._sound[length:]
            self._powers += self._segment_powers(segment)
            self._peak = _raised(self._peak, segment[self._hop + 1 - _TAPS :])

    def lufs(self) -> float:
        """Return the integrated loudness in LUFS; -inf where nothing passes the gate, or under 400 ms."""
        whole_hops = len(self._sound) // self._hop - 1
        return gated_lufs(self._powers + self._segment_powers(self._rest())[:whole_hops])

    def true_peak_dbtp(self) -> float:
        """Return the highest peak between samples in dBTP, from fourfold oversampling; -inf of silence."""
        return _dbtp(_raised(self._peak, self._rest()[self._hop + 1 - _TAPS :]))

    def _rest(self) -> Floats:
        return np.pad(self._sound, (0, (_HOPS + 1) * self._hop - len(self._sound)))

    def _segment_powers(self, segment: Floats) -> list[float]:
        """Return the power of each hop but the first, which is the history of the others."""
        if max(segment.max(), -segment.min()) <= _SILENT:
            return [0.0] * _HOPS
        # The weighting rings for less than a hop (1e-10 of its energy is left): a hop of history is enough.
        weighted = np.fft.irfft(np.fft.rfft(segment) * self._response, len(segment))
        hops = weighted[self._hop :].reshape(_HOPS, self._hop)
        return [float(power) for power in np.einsum("ij,ij->i", hops, hops) / self._hop]


def true_peak_dbtp(sound: Floats) -> float:
    """Return the highest peak between the samples of a whole sound, shape (n,), in dBTP; -inf of silence."""
    return _dbtp(_raised(0.0, np.pad(sound.astype(np.float32, copy=False), (_TAPS - 1, _TAPS + _RUN))))


def _dbtp(peak: float) -> float:
    return 20 * math.log10(peak) if peak else -math.inf


def _raised(peak: float, sound: Floats) -> float:
    """Return `peak`, or what is higher between the samples of `sound`, at least a run and a filter long."""
    length = _RUN + _TAPS - 1
    starts = np.minimum(np.arange(0, len(sound) - _TAPS + 1, _RUN), len(sound) - length)
    # A run reaches into the stretch after its own, the last one into those before.
    stretches = np.maximum.reduceat(np.abs(sound), np.arange(0, len(sound), _RUN))
    highest = np.maximum(stretches, np.append(stretches[1:], 0))[: len(starts)]
    highest[-1] = stretches[-3:].max()
    runs = np.lib.stride_tricks.sliding_window_view(sound, length)
    loudest = int(highest.argmax())
    peak = max(peak, float(highest[loudest]), _between(runs[starts[loudest]]))
    # Most of a sound is too soft to reach what its loudest place does.
    return max(peak, _between(runs[starts[highest * _MOST > peak]]))


def _between(runs: Floats) -> float:
    return float(np.abs(runs @ _BANK).max(initial=0.0))


def cell_powers(pcm: Pcm, rate_hz: int) -> Floats:
    """Return the weighted power of a clip in silence, for each `CELL_MS` until it has rung out."""
    hop, cells = round(rate_hz / 10), 1000 // CELL_MS
    second = _HOPS * hop
    seconds = -(-(len(pcm) + hop) // second)
    sound = np.zeros(seconds * second + hop, np.float32)
    sound[hop : hop + len(pcm)] = pcm / np.float32(32768)
    segments = np.lib.stride_tricks.sliding_window_view(sound, second + hop)[::second]
    # Rounded up to a length that takes half the time; what rings on from its end falls into the hop before.
    length = -(-(second + hop) // _STEP) * _STEP
    spectra = np.fft.rfft(segments, length) * _k_weighting(rate_hz, length)
    weighted = np.fft.irfft(spectra, length)[:, hop : hop + second].astype(np.float32)
    powers: Floats = (weighted.reshape(seconds * cells, -1) ** 2).mean(axis=1)
    return powers[: -(-(len(pcm) + hop) * cells // rate_hz)]


@functools.cache
def _k_weighting(rate_hz: int, length: int) -> npt.NDArray[np.complex64]:
    """Return the response of the two filters of BS.1770-4, annex 1, at the bins of a real FFT.

    The standard tables them for 48 kHz; the analogue prototypes behind the tables are those of De Man,
    "Evaluation of Implementations of the EBU R128 Loudness Measurement" (2018), and serve any rate.
    """
    z = np.exp(2j * np.pi * np.arange(length // 2 + 1) / length)
    k, q = math.tan(math.pi * 1681.974450955533 / rate_hz), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    shelf = _biquad(z, (high, middle, 1), k, q)
    k, q = math.tan(math.pi * 38.13547087602444 / rate_hz), 0.5003270373238773
    # The standard's second filter has a numerator of exactly 1, -2, 1.
    cut = _biquad(z, (1, 0, 0), k, q) * (1 + k / q + k * k)
    return (shelf * cut).astype(np.complex64)


def _biquad(
    z: npt.NDArray[np.complex128], numerator: tuple[float, float, float], k: float, q: float
) -> npt.NDArray[np.complex128]:
    # The analogue filter at s = (z - 1) / (z + 1) / k, kept free of the pole at z = -1.
    s, one = z - 1, (z + 1) * k
    top, middle, low = numerator
    return (top * s * s + middle * s * one / q + low * one * one) / (s * s + s * one / q + one * one)
