"""What every presence store does."""

from __future__ import annotations

import pytest

from helpline.domain.ids import PresenceState, StaffId
from helpline.domain.presence import Present
from helpline.ports import Presence
from tests.contract.adapters import PRESENCES

pytestmark = pytest.mark.unit

ADA = StaffId("ada")
OFF, ON = Present(staff_id=ADA), Present(staff_id=ADA, state=PresenceState.ON_DUTY)


@pytest.fixture(params=PRESENCES)
def presence(request: pytest.FixtureRequest) -> Presence:
    return PRESENCES[request.param]()


def test_nobody_is_known_at_first(presence: Presence) -> None:
    assert presence.get(ADA) is None
    assert list(presence.everybody()) == []
    assert list(presence.walk()) == []


def test_a_change_is_made_only_to_what_still_stands(presence: Presence) -> None:
    assert presence.replace(ADA, None, OFF)
    assert not presence.replace(ADA, None, ON)
    assert presence.replace(ADA, OFF, ON)
    assert not presence.replace(ADA, OFF, None)
    assert presence.get(ADA) == ON
    assert list(presence.everybody()) == [ON]


def test_who_is_forgotten_is_nowhere(presence: Presence) -> None:
    presence.replace(ADA, None, ON)
    assert ADA in [value for _, value in presence.walk()]

    assert presence.replace(ADA, ON, None)

    assert presence.get(ADA) is None
    assert list(presence.walk()) == []
