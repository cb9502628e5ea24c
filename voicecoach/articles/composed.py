"""An article as a program file, with the words of the page as comments beside the values they gave."""

from voicecoach.articles.evidence import Article, Evidence, Reading
from voicecoach.articles.report import DOUBTFUL
from voicecoach.errors import plain
from voicecoach.program import compose_program

_FIELDS = ("sets", "reps", "hold", "rest", "duration", "breaths", "cycles", "sides", "frequency")
_BEGINS = "  - name:"
_INDENT = "    "
_CITED = 120


def compose_article(article: Article) -> str:
    """Return the YAML of an article's program; `check` passes it, and comments are all that is added.

    A comment gives the source line and the words behind a dose, "doubtful" and why where it is, and the
    fields that the page leaves blank. Raises ValueError for an article without exercises.
    """
    if article.program is None:
        raise ValueError("an article without exercises is no program")
    lines, readings = [], iter(article.readings)
    reading: Reading | None = None
    for line in compose_program(article.program).splitlines():
        if line.startswith(_BEGINS):
            reading = next(readings)
            lines += [line + _comment(reading.evidence["name"])]
            lines += [
                f"{_INDENT}# {field}: left blank by the page, please fill in" for field in reading.blanks
            ]
            continue
        field = line.strip().partition(":")[0] if line.startswith(_INDENT) and line[4:5] != " " else ""
        evidence = reading.evidence.get(field) if reading and field in _FIELDS else None
        lines.append(line + _comment(evidence) if evidence else line)
    return f"# Read from {plain(article.source)}\n" + "\n".join(lines) + "\n"


def _comment(evidence: Evidence) -> str:
    words = plain(evidence.text)
    cited = words if len(words) <= _CITED else words[: _CITED - 3] + "..."
    doubt = f"doubtful: {plain(evidence.note) or 'read from prose'}; " if evidence.doubt >= DOUBTFUL else ""
    return f"  # {doubt}line {evidence.line}: {cited}" if cited else f"  # {doubt}line {evidence.line}"
