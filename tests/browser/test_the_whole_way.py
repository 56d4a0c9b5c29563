"""A person writes, a psychologist or a survivor on duty answers: the whole way, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import World

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "hers", "theirs"),
    [
        ("fr", "Il est sorti jusqu’à 4 h.", "Bonjour. On va à votre rythme."),
        ("en", "He is out until four.", "Hello. We go at your pace."),
    ],
)
def test_a_person_writes_and_a_psychologist_answers(world: World, language: str, hers: str, theirs: str) -> None:
    desk = world.desk().signs_in().goes_on_duty()
    person = world.person().opens(language).asks_for("psychologist").types(hers)

    desk.accepts()
    person.accepts_the_frame().is_with("Amal").taps_send()
    desk.reads(hers).says(theirs)
    person.reads(theirs).ends()

    expect(desk.at("log").first).not_to_contain_text(hers)
