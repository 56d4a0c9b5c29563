"""The words on the screens: catalogues, languages, and what a script needs of them."""

from __future__ import annotations

from helpline.words.catalogue import Catalogue, CatalogueError, SlotError, Text, UnknownTextError
from helpline.words.client import CLIENT_KEYS, PAGE_KEYS, client_texts, page_texts
from helpline.words.languages import Tongue, tongue, tongues
from helpline.words.opening import OpeningWords, opening_words, said_when
from helpline.words.words import CATALOGUES, Words

__all__ = [
    "CATALOGUES",
    "CLIENT_KEYS",
    "PAGE_KEYS",
    "Catalogue",
    "CatalogueError",
    "OpeningWords",
    "SlotError",
    "Text",
    "Tongue",
    "UnknownTextError",
    "Words",
    "client_texts",
    "opening_words",
    "page_texts",
    "said_when",
    "tongue",
    "tongues",
]
