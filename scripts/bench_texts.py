"""The programs and documents that the bench gives to voicecoach and to its peers."""

from xml.sax.saxutils import escape


def ssml(script: dict[str, list[dict[str, object]]]) -> str:
    """Return the words of a script as one SSML document, with pauses as long as its silences."""
    parts, at_ms = ["<speak>"], 0
    for event in script["events"]:
        start_ms, end_ms = int(str(event["start_ms"])), int(str(event["end_ms"]))
        parts.append(f'<break time="{max(start_ms - at_ms, 0)}ms"/>{escape(str(event["text"]))}')
        at_ms = end_ms
    return "\n".join([*parts, "</speak>"])


def long_program(exercises: int, sets: int) -> str:
    """Return a program of so many exercises and sets."""
    names = ("bird-dog", "cat-cow", "glute-bridge", "childs-pose")
    each = [f"  - {{use: {names[number % 4]}, sets: {sets}}}" for number in range(exercises)]
    return "\n".join(["title: Long", "exercises:", *each, ""])


def batch_program(number: int) -> str:
    """Return one of many short programs, each with doses and a title of its own."""
    doses = f"{{use: cat-cow, reps: {2 + number % 5}, sets: 1}}"
    return f"title: Batch {number}\nexercises:\n  - {doses}\n"


def minutes(said: str) -> float:
    """Return the length that `export` told, in minutes."""
    clock = said.rpartition(": ")[2].partition(",")[0]
    seconds = 0.0
    for field in clock.split(":"):
        seconds = seconds * 60 + float(field)
    return seconds / 60
