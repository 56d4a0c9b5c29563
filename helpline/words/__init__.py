"""The words on the screens: catalogues, languages, and what a script needs of them."""

from __future__ import annotations

from helpline.words.catalogue import Catalogue, CatalogueError, SlotError, Text, UnknownTextError
from helpline.words.languages import Tongue, tongue, tongues
from helpline.words.words import CATALOGUES, Words

__all__ = [
    "CATALOGUES",
    "Catalogue",
    "CatalogueError",
    "SlotError",
    "Text",
    "Tongue",
    "UnknownTextError",
    "Words",
    "tongue",
    "tongues",
]
