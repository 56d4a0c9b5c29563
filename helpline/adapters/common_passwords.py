"""The words that long common passwords are put together from, longest first; no list of whole passwords is needed."""

from __future__ import annotations

from typing import Final

_WORDS = """
    password passwort motdepasse contrasena wachtwoord azertyuiop qwertyuiop qwertzuiop asdfghjkl qsdfghjklm zxcvbnm
    azerty qwerty qwertz asdf yxcvbnm 1234567890 0123456789 123456789 987654321 12345678 1234567 123456 12345 1234
    1q2w3e4r5t 1q2w3e4r 1q2w3e qazwsxedc qazwsx abcdefghijklmnopqrstuvwxyz abcdefghij abcdef abc123 abcd
    iloveyou jetaime teamo princess princesse sunshine soleil welcome bienvenue letmein dragon monkey football
    superman batman starwars pokemon trustno1 administrator administrateur admin helpline secret changeme master
    correcthorsebatterystaple correct horse battery staple thisisapassword this is my your the mon ton le la
    2020 2021 2022 2023 2024 2025 2026 2027 000 111 123 321
"""

COMMON_WORDS: Final = tuple(sorted(set(_WORDS.split()), key=lambda word: (-len(word), word)))
