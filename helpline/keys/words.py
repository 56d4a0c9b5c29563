"""The eight words of a public key, to be read aloud, printed, and compared on two screens.

Each word is sixteen bits as consonant, vowel, consonant, vowel, consonant, after the proquints of Daniel Wilkerson:
eight words are the first 128 bits of SHA-256 over the key. No list of words is needed, so none has to be translated,
reviewed or shipped to a phone, and the words mean nothing in any language. Where chance makes one that does
(UNKIND_WORDS), a new root is simply made again.

Source: arXiv:0901.4016.
"""

from __future__ import annotations

from hashlib import sha256

CONSONANTS = "bdfghjklmnprstvz"
VOWELS = "aiou"
WORDS = 8

# Of the words that this scheme can make, those that insult somebody in a language we know of.
_UNKIND = (
    "bobas bobos dupas fagot horas huril hurin jodas jodon jotos kafir lokas lokos mudak nigar nigor nigur nuros "
    "pidar pidor pijas pijos putan putas putin putos ratas sikik sikis sudak titas vagin zabal zoras"
)
UNKIND_WORDS = frozenset(_UNKIND.split())


def words_of(public: bytes) -> tuple[str, ...]:
    """Give the eight words of a public key of 32 bytes."""
    digest = sha256(public).digest()
    return tuple(_word(int.from_bytes(digest[2 * i : 2 * i + 2], "big")) for i in range(WORDS))


def are_kind(words: tuple[str, ...]) -> bool:
    """Say whether none of the words insults anybody."""
    return UNKIND_WORDS.isdisjoint(words)


def _word(number: int) -> str:
    first, second = CONSONANTS[number >> 12], VOWELS[number >> 10 & 3]
    third, fourth = CONSONANTS[number >> 6 & 15], VOWELS[number >> 4 & 3]
    return first + second + third + fourth + CONSONANTS[number & 15]
