"""A new root: made at random, and again until its eight words are kind."""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from helpline.keys.signing import public_half
from helpline.keys.words import are_kind, words_of


def new_root(generate: Callable[[], Ed25519PrivateKey] = Ed25519PrivateKey.generate) -> Ed25519PrivateKey:
    """Make a root key whose words insult nobody."""
    key = generate()
    while not are_kind(words_of(public_half(key))):
        key = generate()
    return key
