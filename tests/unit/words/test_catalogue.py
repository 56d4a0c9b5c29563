"""A catalogue says what its file says, and refuses a file that would leave a hole on a screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpline.words import CatalogueError, SlotError, UnknownTextError
from helpline.words.catalogue import read_catalogue

HEAD = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
JOINED = '#. role comes from the certificate\n#. reviewed-native: yes\n#. reviewed-survivors: no\n'


def read(folder: Path, entries: str):
    path = folder / "person.fr.po"
    path.write_text(HEAD + entries, encoding="utf-8")
    return read_catalogue(path, "fr")


def test_a_text_is_found_by_its_key_and_its_slots_are_filled(tmp_path):
    catalogue = read(tmp_path, 'msgid "joined"\nmsgstr "{alias} est là."\n')

    assert catalogue.text("joined", alias="Amal") == "Amal est là."


def test_a_script_gets_the_text_with_its_slots_open(tmp_path):
    assert read(tmp_path, 'msgid "joined"\nmsgstr "{alias} est là."\n').raw("joined") == "{alias} est là."


def test_the_young_line_has_its_own_form_where_there_is_one(tmp_path):
    catalogue = read(
        tmp_path,
        'msgid "a"\nmsgstr "Vous écrivez."\n\nmsgctxt "tu"\nmsgid "a"\nmsgstr "Tu écris."\n\nmsgid "b"\nmsgstr "Oui"\n',
    )

    assert (catalogue.familiar_text("a"), catalogue.familiar_text("b")) == ("Tu écris.", "Oui")
    assert catalogue.text("a") == "Vous écrivez."


def test_what_is_known_about_a_text_is_kept_with_it(tmp_path):
    text = read(tmp_path, JOINED + 'msgid "a"\nmsgstr "Oui"\n').texts["a"]

    assert text.note == "role comes from the certificate"
    assert (text.read_by_native, text.read_by_survivors) == (True, False)


def test_an_unknown_key_is_refused(tmp_path):
    with pytest.raises(UnknownTextError):
        read(tmp_path, 'msgid "a"\nmsgstr "Oui"\n').text("b")


@pytest.mark.parametrize("slots", [{}, {"name": "Amal"}, {"alias": "Amal", "n": 1}])
def test_slots_that_are_not_those_of_the_text_are_refused(tmp_path, slots):
    with pytest.raises(SlotError):
        read(tmp_path, 'msgid "joined"\nmsgstr "{alias} est là."\n').text("joined", **slots)


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ('msgid "a"\nmsgstr ""\n', "has no words"),
        ('#, fuzzy\nmsgid "a"\nmsgstr "Oui"\n', "is marked as unsure"),
        ('msgid "a"\nmsgstr "Oui"\n\nmsgid "a"\nmsgstr "Non"\n', "stands there twice"),
        ('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "Oui"\nmsgstr[1] "Ouis"\n', "gettext plural"),
        ('msgctxt "page"\nmsgid "a"\nmsgstr "Oui"\n', "unknown context"),
        ('msgid "a\nmsgstr "Oui"\n', "person.fr.po"),
    ],
)
def test_a_file_with_a_hole_is_refused_and_says_where(tmp_path, entries, problem):
    with pytest.raises(CatalogueError, match=problem):
        read(tmp_path, entries)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CatalogueError, match=r"person\.fr\.po"):
        read_catalogue(tmp_path / "person.fr.po", "fr")
