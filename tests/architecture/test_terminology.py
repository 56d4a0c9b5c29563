"""Words that name, judge or lift up a person stand nowhere: not in a page, a catalogue, a document, the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.terminology import EVERYWHERE, HERS, PUBLIC, Terminology, normal, passages, passages_of

TERMINOLOGY = Terminology()
LANGUAGES = sorted({term.language for term in TERMINOLOGY.terms})


def test_nothing_in_this_repository_uses_a_word_that_is_never_written():
    assert TERMINOLOGY.found(passages()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_pattern_finds_what_it_must_and_leaves_what_is_innocent(language):
    terms = [term for term in TERMINOLOGY.terms if term.language == language]

    assert [words for term in terms for words in term.hit if not term.found_in(normal(words))] == []
    assert [words for term in terms for words in term.miss if term.found_in(normal(words))] == []


def test_sixteen_languages_are_watched():
    assert len(LANGUAGES) == 16


def written(folder: Path, name: str, text: str) -> list[str]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return TERMINOLOGY.found(passages_of(path))


FORBIDDEN = "sex" + " work"
LABEL = "the " + "client"
SAVIOUR = "we " + "rescue"


def test_a_word_that_is_forbidden_everywhere_is_found_in_code_in_a_document_and_in_a_catalogue(tmp_path):
    assert written(tmp_path, "a.py", f'"""For {FORBIDDEN}."""')
    assert written(tmp_path, "a.md", f"For {FORBIDDEN}.")
    assert written(tmp_path, "staff.en.po", f'msgid "a"\nmsgstr "For {FORBIDDEN}."\n')
    assert written(tmp_path, "a.js", "// travail" + " du sexe")


def test_a_word_of_the_trade_is_found_where_people_read_and_left_where_software_is_meant(tmp_path):
    assert written(tmp_path, "a.md", f"Ask {LABEL} first.")
    assert written(tmp_path, "a.md", "An HTTP client, and `client` in code.\n\n```\nclient\n```\n") == []
    assert written(tmp_path, "a.py", "client = http()") == []


def test_words_of_those_who_lift_up_are_found_on_a_persons_page_alone(tmp_path):
    assert written(tmp_path, "templates/person/page.html", f"<p>{SAVIOUR} you</p>")
    assert written(tmp_path, "person.en.po", f'msgid "a"\nmsgstr "{SAVIOUR} you"\n')
    assert written(tmp_path, "templates/staff/desk.html", f"<p>{SAVIOUR} you</p>") == []


def test_a_document_may_explain_what_not_to_write_and_a_page_may_not(tmp_path):
    allowed = f"<!-- terms: allow -->{FORBIDDEN}<!-- terms: end -->"

    assert written(tmp_path, "a.md", allowed) == []
    assert written(tmp_path, "templates/person/page.html", allowed)


def test_a_word_is_found_whatever_its_signs(tmp_path):
    arabic = [words for term in TERMINOLOGY.terms if term.language == "ar" for words in term.hit]
    stretched = "\u0640".join(next(words for words in arabic if " " not in words))

    assert written(tmp_path, "person.ar.po", f'msgid "a"\nmsgstr "{stretched}"\n')


def test_a_wider_scope_holds_the_narrower_ones():
    assert EVERYWHERE < PUBLIC < HERS
