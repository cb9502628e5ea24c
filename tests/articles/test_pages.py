"""Whole pages, of every layout that exercise pages come in, against what is true of each."""

import functools
import html
from pathlib import Path

import pytest

from tests.articles.scoring import Score, judged, pages, score, truth
from voicecoach.articles import Article, read_article
from voicecoach.articles.composed import as_file, compose_article
from voicecoach.articles.decode import decode
from voicecoach.articles.report import DOUBTFUL, report
from voicecoach.program.parse import parse_program

EVERY = pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)


def read(page: Path) -> Article:
    return read_article(decode(page.read_bytes()), page.name)


@functools.cache
def total(language: str = "") -> Score:
    counted = [score(page) for page in pages() if language in {"", truth(page)["language"]}]
    return sum(counted, Score())


@pytest.mark.parametrize("language", ["", "en", "cs", "de", "es", "fr"])
def test_nearly_all_exercises_are_found_and_nothing_else(language: str) -> None:
    assert total(language).f1 >= 0.95


@pytest.mark.parametrize(
    ("language", "least"), [("", 0.9), ("en", 0.9), ("cs", 0.8), ("de", 0.8), ("es", 0.8), ("fr", 0.8)]
)
def test_nearly_all_of_them_have_their_whole_dose(language: str, least: float) -> None:
    assert total(language).dose >= least


@pytest.mark.parametrize("page", [each for each in pages() if not truth(each)["exercises"]], ids=lambda page: page.stem)
def test_a_page_without_exercises_yields_none(page: Path) -> None:
    article = read(page)
    assert article.readings == ()
    assert article.program is None


def test_what_is_doubted_is_wrong_more_often_than_what_is_not() -> None:
    every = [each for page in pages() for each in judged(page) if each.doubt is not None]
    sure = [each.right for each in every if each.doubt is not None and each.doubt < DOUBTFUL]
    doubted = [each.right for each in every if each.doubt is not None and each.doubt >= DOUBTFUL]
    assert sure.count(False) * len(doubted) <= doubted.count(False) * len(sure)
    assert sure.count(False) <= len(sure) / 100


@EVERY
def test_the_language_of_a_page_is_told(page: Path) -> None:
    assert read(page).language == truth(page)["language"]


@EVERY
def test_every_field_cites_a_line_that_holds_its_words(page: Path) -> None:
    lines = html.unescape(decode(page.read_bytes())).splitlines()
    for reading in read(page).readings:
        for field, evidence in reading.evidence.items():
            assert 1 <= evidence.line <= len(lines), field
            first = evidence.text.split()[0] if evidence.text else ""
            nearby = " ".join(lines[evidence.line - 1 : evidence.line + 1])
            assert first.strip(".,;:")[:4] in nearby, (field, evidence)


@EVERY
def test_what_is_written_is_a_program_that_reads_back_as_the_same(page: Path) -> None:
    article = read(page)
    if article.program:
        assert parse_program(compose_article(article), page.name, {}) == as_file(article.program)


@EVERY
def test_the_report_names_every_exercise_in_one_line(page: Path) -> None:
    article = read(page)
    told = report(article)
    assert not any("\n" in line for line in told)
    for number, reading in enumerate(article.readings, 1):
        assert reading.exercise.name in told[number]
