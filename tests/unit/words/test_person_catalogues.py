"""The words a person reads: short, whole in each language, and small on the wire."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpline.words import CLIENT_KEYS, PAGE_KEYS, Words, client_texts, page_texts

ROOT = Path(__file__).parents[3]
LANGUAGES = ("fr", "en")
WORDS = Words.load("person", LANGUAGES, needed={*CLIENT_KEYS, *PAGE_KEYS})
SENTENCE_MOST_WORDS = 12
STRING_MOST_SENTENCES = 2
TEXTS_MOST_BYTES = 6 * 1024

SENTENCE = re.compile(r"[.?:](?:\s|$)")
KEY_IN_SCRIPT = re.compile(r"\"([a-z_]+(?:\.[a-z0-9_]+)+)\"")
KEY_IN_TEMPLATE = re.compile(r"(?:\bt|text|named|fold)\(\s*\"([a-z0-9_.]+)\"")
FOLDED = re.compile(r"fold\(\"[^\"]+\", \[([^\]]*)\]")
BUILT = re.compile(r"\"((?:whom|tonight)\.)\" ~ (?:wish|name)( ~ \"\.help\")?")


def sentences(words: str) -> list[str]:
    return [part for part in SENTENCE.split(words) if part.strip()]


def count_words(sentence: str) -> int:
    # In French a lone sign stands between spaces, and an elided word is one with the next.
    return len([word for word in re.split(r"[\s\u00a0\u202f]+", sentence) if re.search(r"\w", word)])


def all_texts() -> Iterator[tuple[str, str, str]]:
    for language in LANGUAGES:
        catalogue = WORDS.of(language)
        for texts in (catalogue.texts, catalogue.familiar):
            yield from ((language, key, text.words) for key, text in texts.items())


def keys_in_scripts() -> set[str]:
    """What stands between quotes in a script of the person's page and in her templates' `data-say`, and is a key."""
    sources = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "static/person").glob("*.js")))
    said = re.findall(r'data-say="([^"]+)"', "\n".join(templates().values()))
    return (set(KEY_IN_SCRIPT.findall(sources)) | set(said)) & set(WORDS.of("fr"))


def templates() -> dict[str, str]:
    folders = (ROOT / "templates/person", ROOT / "templates/components")
    return {path.name: path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.html"))}


def keys_in_templates() -> set[str]:
    source = "\n".join(templates()[name] for name in templates() if name != "text.html")
    keys = set(KEY_IN_TEMPLATE.findall(source))
    for listed in FOLDED.findall(source):
        keys |= set(re.findall(r'"([^"]+)"', listed))
    keys |= set(re.findall(r'"(frame\.\d)"', source))
    for stem, help_text in BUILT.findall(source):
        ends = ("survivor", "psychologist", "whoever") if stem == "whom." else ("danger", "bed")
        keys |= {stem + end + (".help" if help_text else "") for end in ends}
    return keys & set(WORDS.of("fr"))


def test_no_sentence_has_more_than_twelve_words():
    long = [f"{language}: {key}: {sentence}" for language, key, words in all_texts() for sentence in sentences(words)
            if count_words(sentence) > SENTENCE_MOST_WORDS]

    assert long == []


def test_no_text_has_more_than_two_sentences():
    ends = re.compile(r"[.?](?:\s|$)")

    assert [key for _, key, words in all_texts() if len(ends.findall(words)) > STRING_MOST_SENTENCES] == []


def test_nothing_is_shouted_hurried_or_bracketed():
    assert [key for _, key, words in all_texts() if re.search(r"[!…()\[\]]|\.\.\.", words)] == []


def test_french_pages_have_curved_apostrophes():
    assert [key for language, key, words in all_texts() if language == "fr" and "'" in words] == []


def test_slots_have_the_declared_names():
    slots = {slot for language in LANGUAGES for text in WORDS.of(language).texts.values() for slot in text.slots}

    assert slots <= {"n", "time", "alias", "place", "role"}


def test_no_title_names_a_helpline():
    for language in LANGUAGES:
        for key in ("app.title", "app.title.exit"):
            assert re.search(r"help|aide|écoute|line|ligne|prostit|viol", WORDS.of(language).text(key), re.I) is None


def test_a_script_has_every_text_it_writes_and_no_other():
    assert keys_in_scripts() == set(CLIENT_KEYS)


def test_a_change_of_language_has_every_text_that_a_template_writes():
    assert keys_in_templates() - set(CLIENT_KEYS) == set(PAGE_KEYS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("texts", [client_texts, page_texts])
def test_the_texts_of_a_language_are_small(language, texts):
    sent = json.dumps(texts(WORDS.of(language)), ensure_ascii=False, separators=(",", ":")).encode()

    assert len(gzip.compress(sent, 9)) <= TEXTS_MOST_BYTES
