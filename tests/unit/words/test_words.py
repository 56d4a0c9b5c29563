"""Every language is held against the first: what one can say, all can say."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpline.words import CATALOGUES, CatalogueError, UnknownTextError, Words

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def write(folder: Path, **languages: dict[str, str]) -> Path:
    for language, texts in languages.items():
        entries = "\n".join(f'msgid "{key}"\nmsgstr "{words}"\n' for key, words in texts.items())
        (folder / f"person.{language}.po").write_text(HEAD + entries, encoding="utf-8")
    return folder


def test_the_first_language_is_the_organisations_own(tmp_path):
    folder = write(tmp_path, fr={"yes": "Oui"}, en={"yes": "Yes"})

    words = Words.load("person", ["fr", "en"], directory=folder)

    assert words.languages == ("fr", "en")
    assert words.of("en").text("yes") == "Yes"


def test_a_language_that_is_not_served_is_refused(tmp_path):
    with pytest.raises(UnknownTextError):
        Words.load("person", ["fr"], directory=write(tmp_path, fr={"yes": "Oui"})).of("en")


def test_each_language_may_have_its_own_plural_forms(tmp_path):
    russian = {"n.one": "{n}", "n.few": "{n}", "n.many": "{n}"}
    folder = write(tmp_path, fr={"n.one": "{n} an", "n.other": "{n} ans"}, ru=russian)

    assert Words.load("person", ["fr", "ru"], directory=folder).languages == ("fr", "ru")


@pytest.mark.parametrize(
    ("english", "problem"),
    [
        ({}, "en: yes is missing"),
        ({"yes": "Yes", "no": "No"}, "fr: no is missing"),
        ({"yes": "Yes {n}"}, "en: yes has other slots than fr"),
    ],
)
def test_languages_that_differ_stop_the_start(tmp_path, english, problem):
    folder = write(tmp_path, fr={"yes": "Oui"}, en=english)

    with pytest.raises(CatalogueError, match=problem):
        Words.load("person", ["fr", "en"], directory=folder)


def test_a_text_that_the_program_needs_and_nobody_wrote_stops_the_start(tmp_path):
    with pytest.raises(CatalogueError, match="no is needed"):
        Words.load("person", ["fr"], needed=["no"], directory=write(tmp_path, fr={"yes": "Oui"}))


def test_every_problem_is_said_at_once(tmp_path):
    folder = write(tmp_path, fr={"yes": "Oui", "no": ""})

    with pytest.raises(CatalogueError) as refused:
        Words.load("person", ["fr", "en"], needed=["maybe"], directory=folder)

    assert len(refused.value.problems) == 2  # a hole in one file, and the other is not there


@pytest.mark.parametrize("program", sorted({path.name.split(".")[0] for path in CATALOGUES.glob("*.po")}))
def test_every_program_can_be_read_in_every_language_it_has(program):
    languages = sorted((path.name.split(".")[1] for path in CATALOGUES.glob(f"{program}.*.po")), reverse=True)

    assert Words.load(program, languages).languages == tuple(languages)
