"""A page to an `Article`: taken in, outlined, searched, and each exercise drawn up with its evidence."""

from collections.abc import Sequence
from urllib.parse import unquote

from voicecoach.articles.day import within_a_day
from voicecoach.articles.dosing import Said, general_doses, said_in, settled, sides_of
from voicecoach.articles.draft import Draft, Piece, draft
from voicecoach.articles.evidence import Article, Evidence, Reading
from voicecoach.articles.find import Found, LeftOut, find
from voicecoach.articles.intake import Page, read_page
from voicecoach.articles.language import Language, detect_language, languages, load_language
from voicecoach.articles.lexicon import Lexicon, load_lexicon
from voicecoach.articles.made import made_title
from voicecoach.articles.name import spoken_name
from voicecoach.articles.outline import outline
from voicecoach.articles.posture import contradicting, posture_of
from voicecoach.articles.sections import Line, Section
from voicecoach.articles.turn import without_turns
from voicecoach.errors import plain
from voicecoach.model import Dose, Exercise, Sides
from voicecoach.program.fields import LONGEST_NAME, LONGEST_TEXT, MOST_ITEMS
from voicecoach.units import Range

_DOSE = ("sets", "reps", "hold", "rest", "duration", "breaths", "cycles")
_LISTS = ("steps", "equipment", "cautions", "mistakes", "tips", "notes")
_MADE_DOUBT = 0.5
_MOST_LEFT_OUT = 200
_SHOWN = 80
_UNPLACED = "neither a movement nor a dose"
_STEPS_DOUBT = 0.5


def read_article(text: str, source: str, *, language: str = "") -> Article:
    """Return what the page in `text` says of exercises.

    `source` names the page: the end of a file's name tells the form ("x.html", "x.md"), else the text does.
    `language` is a tag of those in `articles.language.TAGS`; "" detects it. Raises KeyError for another tag.
    """
    page = read_page(text, name=source)
    words = "\n".join(block.text for block in page.blocks[:2000])
    tag, sure = (language, 1.0) if language else detect_language(words, languages())
    return _drawn_up(page, source, load_lexicon(tag), load_language(tag), sure)


def _drawn_up(page: Page, source: str, lexicon: Lexicon, language: Language, sure: float) -> Article:
    section = outline(page.title, page.blocks, lexicon, language)
    findings = find(section, lexicon, language)
    every = [*findings.general, *(line for found in findings.found for line in found.lines)]
    general = general_doses(every, lexicon, language) if len(findings.found) > 1 else []
    _name_by_page(section, findings.found, lexicon)
    unplaced: list[LeftOut] = []
    readings = [_reading(each, general, source, lexicon, language, unplaced) for each in findings.found]
    kept, too_much = within_a_day(each for each in readings if each)
    first = next((part.title.name for part in section.parts if part.rank <= 1 and not part.role), "")
    titles = (section.title.name, first, _stem(source), "Exercises")
    title = next(filter(None, (_cut(each, LONGEST_NAME) for each in titles)))
    doubts = [each.doubt for reading in kept for field, each in reading.evidence.items() if field in _DOSE]
    confidence = 1 - sum(doubts) / len(doubts) if doubts else 0.5
    left_out = _left_out(page, [*findings.left_out, *unplaced, *too_much])
    return Article(title, source, language.tag, sure, round(confidence, 2) if kept else 0.0, kept, left_out)


def _stem(source: str) -> str:
    """Return the name of a file or address as words, without its folder and its end; "" for a stream's."""
    if not {".", "/"} & set(source):
        return ""
    stem = unquote(source.rstrip("/").replace("\\", "/").rpartition("/")[2]).partition("?")[0].rpartition(".")
    words = " ".join((stem[0] or stem[2]).replace("-", " ").replace("_", " ").split())
    return words[:1].upper() + words[1:]


def _name_by_page(section: Section, found: list[Found], lexicon: Lexicon) -> None:
    """Give a page's only exercise the title of the page, where that is an exercise's and it has none."""
    if len(found) != 1 or found[0].title:
        return
    titles = [section.title.name, *(part.title.name for part in section.parts if part.rank <= 1)]
    found[0].title = next(
        (each for each in titles if each and lexicon.names_exercise(each) and not lexicon.names_many(each)), ""
    )


def _left_out(page: Page, left_out: Sequence[LeftOut]) -> tuple[LeftOut, ...]:
    gone = [LeftOut(each.line, each.text[:_SHOWN], each.noise) for each in page.furniture]
    return tuple(sorted([*left_out, *gone], key=lambda each: each.line)[:_MOST_LEFT_OUT])


def _reading(
    found: Found, general: Sequence[Said], source: str, lexicon: Lexicon, language: Language, unplaced: list[LeftOut]
) -> Reading | None:
    """Return what was found as an exercise, and add to `unplaced` each sentence that is no part of it."""
    parts = draft(found, lexicon, language)
    unplaced += [LeftOut(each.line, each.text[:_SHOWN], _UNPLACED) for each in parts.dropped]
    if not parts.steps and not parts.position:
        if not (found.title and parts.said):
            unplaced.append(LeftOut(found.line, found.title[:_SHOWN], "tells no movement"))
            return None
        parts.steps.append(Piece(f"{found.title}.", found.line))
        parts.doubt = "the page tells no movement"
    parts.said[:0] = _of_tail(found, language)
    alone = any(lexicon.marked("alone", line.text) for line in found.lines)
    chosen = settled(parts.said, [each for each in general if not (alone and each.stated.field in {"reps", "sides"})])
    if sides_of(chosen) is Sides.EACH:
        parts.steps = without_turns(parts.steps, lexicon, language.tag)
    texts = [piece.text for piece in (*parts.position, *parts.steps)]
    if contradicting(texts, lexicon):
        parts.doubt = "it lies down in two ways, and may be two exercises"
    name = spoken_name(found.title, lexicon) if found.title else made_title(texts, lexicon)
    exercise = _exercise(_cut(name, LONGEST_NAME), parts, chosen, texts, lexicon, source)
    blanks = tuple(field for field in _DOSE if field in chosen and chosen[field].stated.value is None)
    breath = tuple(
        plain(each.text)
        for each in (*parts.position, *parts.steps, *parts.tips, *parts.cautions, *parts.mistakes)
        if lexicon.marked("breath", each.text)
    )
    evidence = _evidence(exercise, found, parts, chosen)
    return Reading(exercise, evidence, breath, blanks, title_made=not found.title)


def _of_tail(found: Found, language: Language) -> list[Said]:
    """Return what the dose behind a title states."""
    if not (found.tail and found.lines):
        return []
    tail = Line(found.tail, found.lines[0].block)
    return [Said(each.stated, found.line, found.tail) for _, _, said in said_in(tail, language) for each in said]


def _exercise(
    name: str, parts: Draft, chosen: dict[str, Said], texts: Sequence[str], lexicon: Lexicon, source: str
) -> Exercise:
    spans = {field: chosen[field].stated.value for field in _DOSE if field in chosen}
    stated = {field: span for field, span in spans.items() if isinstance(span, Range)}
    frequency = " ".join(piece.text for piece in parts.frequency)
    if not frequency and "frequency" in chosen:
        frequency = str(chosen["frequency"].stated.value or "")
    lists = {field: _texts(getattr(parts, field)) for field in _LISTS}
    position = _cut(" ".join(piece.text for piece in parts.position))
    return Exercise(
        name=name or lexicon.made["exercise"],
        posture=posture_of(texts, lexicon),
        position=position,
        dose=Dose(**stated),
        sides=sides_of(chosen),
        frequency=_cut(frequency),
        steps=lists["steps"] or (position,),
        equipment=lists["equipment"],
        cautions=lists["cautions"],
        mistakes=lists["mistakes"],
        tips=lists["tips"],
        notes=lists["notes"],
        source=_cut(source) if source.startswith(("http://", "https://")) else "",
    )


def _cut(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return a text as a program may hold it: it reads back the same, so it never ends where a space was."""
    return plain(text)[:longest].rstrip()


def _texts(pieces: Sequence[Piece]) -> tuple[str, ...]:
    texts = dict.fromkeys(_cut(piece.text) for piece in pieces)
    return tuple(text for text in texts if text)[:MOST_ITEMS]


def _evidence(exercise: Exercise, found: Found, parts: Draft, chosen: dict[str, Said]) -> dict[str, Evidence]:
    made = not found.title
    named = (
        Evidence(found.line, found.title, _MADE_DOUBT, "made from the movement")
        if made
        else (Evidence(found.line, found.title))
    )
    evidence = {"name": named}
    told = [*parts.position, *parts.steps]
    if exercise.posture:
        evidence["posture"] = Evidence(told[0].line, told[0].text)
    for field in ("position", *_LISTS):
        pieces: list[Piece] = getattr(parts, field)
        if pieces:
            evidence[field] = Evidence(pieces[0].line, pieces[0].text)
    if parts.doubt:
        evidence["steps"] = Evidence(told[0].line, told[0].text, _STEPS_DOUBT, parts.doubt)
    for field, said in chosen.items():
        evidence[field] = said.evidence
    if parts.frequency:
        evidence["frequency"] = Evidence(parts.frequency[0].line, parts.frequency[0].text)
    return evidence
