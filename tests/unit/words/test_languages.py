"""A language is found by the name it gives itself."""

from __future__ import annotations

import pytest

from helpline.words import tongue, tongues


def test_arabic_is_written_from_right_to_left_and_the_others_are_not():
    assert (tongue("ar").direction, tongue("fr").direction, tongue("ru").direction) == ("rtl", "ltr", "ltr")


def test_languages_stand_in_the_order_given_each_in_its_own_script():
    assert [each.name for each in tongues(["uk", "zh", "fr"])] == ["Українська", "中文", "Français"]


def test_a_language_without_a_name_here_is_refused():
    with pytest.raises(KeyError):
        tongue("xx")
