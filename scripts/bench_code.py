"""What the bench runs in processes of their own: the peers, and parts of voicecoach by themselves."""

ESPEAK = ("espeak-ng", "-m", "-v", "en-us+f2", "-s", "130", "-f", "{ssml}", "-w", "{wav}")
FFMPEG = ("ffmpeg", "-v", "error", "-y", "-i", "{wav}", "-c:a", "libmp3lame", "-b:a", "64k", "{mp3}")
"""Peer (a): one SSML document with the session's pauses, and one encode."""

NAIVE = """
import json, sys, warnings
warnings.simplefilter("ignore")
import ctypes, os, espeakng_loader
ctypes.CDLL(espeakng_loader.get_library_path())
os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
import av, numpy as np, pyttsx3
from pydub import AudioSegment
script, folder, out = json.load(open(sys.argv[1])), sys.argv[2], sys.argv[3]
engine = pyttsx3.init()
engine.setProperty("rate", 130)
session = AudioSegment.silent(0, frame_rate=22050)
engine.save_to_file("one", f"{folder}/prime.wav"); engine.runAndWait()
for number, event in enumerate(script["events"]):
    path = f"{folder}/{number}.wav"
    engine.save_to_file(event["text"], path)
    engine.runAndWait()
    session += AudioSegment.silent(max(0, event["start_ms"] - len(session)), frame_rate=22050)
    session += AudioSegment.from_wav(path)
pcm = np.array(session.get_array_of_samples(), np.int16)
with av.open(out, "w", format="mp3") as file:
    stream = file.add_stream("libmp3lame", rate=22050)
    stream.codec_context.layout, stream.codec_context.format = "mono", "s16p"
    stream.codec_context.bit_rate = 64000
    for at in range(0, len(pcm), 220500):
        frame = av.AudioFrame.from_ndarray(pcm[None, at : at + 220500], format="s16p", layout="mono")
        frame.sample_rate, frame.pts = 22050, at
        file.mux(stream.encode(frame))
    file.mux(stream.encode(None))
"""
"""Peer (b): pyttsx3 and pydub, as one writes it first."""

_SESSION = """
import json, os, sys, time
from voicecoach.cache import ClipCache
from voicecoach.paths import cache_folder
from voicecoach.cli.settings.flags import parse_pacing
from voicecoach.cli.sessions import session_for
from voicecoach.cli.terminal import Terminal
from voicecoach.coach import play_session
from voicecoach.session import time_session
from voicecoach.studio import open_studio
name, fit, out = sys.argv[1:]
session = session_for(name, parse_pacing({"fit": fit}), Terminal())
with open_studio(None, "en", ClipCache(cache_folder(os.environ))) as studio:
    session = session.fit(studio)
"""

CONTINUOUS = f"""{_SESSION}
    from voicecoach.export.content import Content
    from voicecoach.export.stream import save_stream
    from voicecoach.mix import mix
    timeline = time_session(session, studio)
    end_ms = timeline.duration_ms
    cuts = lambda: [*((e.start_ms, studio.clip(e.sound)) for e in timeline.events), (end_ms, None)]
    save_stream(out, lambda gain: mix(cuts(), 22050, gain), Content(22050, 64000, {{}}, ()), end_ms, 60000, print)
"""

LAME_ALONE = f"""{_SESSION}
    from concurrent.futures import ThreadPoolExecutor
    from voicecoach.cores import worker_count
    from voicecoach.export.lame import encode_frames
    sounds = dict.fromkeys(event.sound for event in time_session(session, studio).events)
    clips = [studio.clip(sound).pcm / 40000 for sound in sounds]
    with ThreadPoolExecutor(worker_count()) as pool:
        list(pool.map(lambda clip: list(encode_frames([clip], 22050, 64000)), clips))
"""

COPY = """
import pathlib, sys
frames = [path.read_bytes() for path in pathlib.Path(sys.argv[1]).glob("??/*")]
pathlib.Path(sys.argv[2]).write_bytes(pathlib.Path(sys.argv[3]).read_bytes())
"""

PLAYED = f"""{_SESSION}
    from voicecoach.sinks.null import NullSink
    class Simulated:
        name, late, underruns = "simulated", 0, None
        now_s = 0.0
        def play(self, feed, rate_hz, heard):
            def sleep(seconds):
                self.now_s += seconds
                feed.wait_for(rate_hz // 10, 60)
            null = NullSink(lambda: self.now_s, sleep)
            given = null.play(feed, rate_hz, heard)
            self.late = null.late
            return given
    sink = Simulated()
    timeline = play_session(session, studio, sink, lambda moment: None)
    assert sink.now_s * 1000 >= timeline.duration_ms and not sink.late, (sink.now_s, sink.late)
"""
"""Play to a device whose clock waits for the sound, so that none of it is late."""

STAGES = """
import json, sys, time
began = time.perf_counter(), time.process_time()
from voicecoach import coach, studio
from voicecoach.export import mp3_layout
found = {}
def watched(module, name, label):
    inner = getattr(module, name)
    def outer(*given, **named):
        before = time.perf_counter(), time.process_time()
        try:
            return inner(*given, **named)
        finally:
            taken = time.perf_counter() - before[0], time.process_time() - before[1]
            found[label] = [x + y for x, y in zip(found.get(label, (0, 0)), taken)]
    setattr(module, name, outer)
watched(studio, "measure_voice", "the voice, measured")
watched(studio.Studio, "_make_expected", "speech")
watched(coach, "find_facts", "loudness and fingerprints")
watched(mp3_layout, "settle_levels", "frames")
watched(coach, "save_layout", "the file")
from voicecoach.cli.run import run
run(sys.argv[2:])
speech, voice = found.get("speech", [0, 0]), found.get("the voice, measured", [0, 0])
found["speech"] = [a - b for a, b in zip(speech, voice)]
whole = time.perf_counter() - began[0], time.process_time() - began[1]
found["start, reading, compiling, placing"] = [
    all_ - sum(each[n] for each in found.values()) for n, all_ in enumerate(whole)
]
json.dump(found, open(sys.argv[1], "w"))
"""
"""Wall and processor seconds of the stages of an export, the engines' own processor time left out."""
