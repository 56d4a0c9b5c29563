"""A real helpline with nobody at a desk: a mail really leaves it, and whoever reads it learns nothing of anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.envelopes import KEY_PACKAGE
from tests.integration.people import counsellor, person, to64
from tests.mail_server import mail_server
from tests.servers import running_demo

pytestmark = [pytest.mark.integration, pytest.mark.slow]

PATIENCE_SECONDS = 60


@pytest.mark.parametrize("runtime", ["eventlet", "threading"])
def test_the_last_step_really_reaches_a_mail_server(tmp_path: Path, runtime: str) -> None:
    with mail_server() as box:
        on_call = {
            "HELPLINE_ON_CALL": "last@example.org", "HELPLINE_SMTP_HOST": "127.0.0.1",
            "HELPLINE_SMTP_PORT": str(box.port), "HELPLINE_SMTP_SECURITY": "none",
            "HELPLINE_SMTP_FROM": "planner@example.org",
        }
        with running_demo(tmp_path, runtime=runtime, **on_call) as demo:
            her = person(demo)
            told = her.says("wait", line="adults", language="fr", wish="survivor", key_package=to64(KEY_PACKAGE))
            assert told["wait"] == "unknown"
            (to, mail), *_ = box.wait_for(1, PATIENCE_SECONDS)
            assert her.hears("place")["wait"] == "nobody"

            desk = counsellor(demo, "psychologist")
            assert desk.hears("alarm") == {"line": "adults", "on": True}, "told as soon as she comes"
            her.goes()
            desk.goes()
            said = demo.said.read_text()
    assert to == "last@example.org"
    text = f"{mail['Subject']} {mail.get_content()}".lower()
    assert not any(word in text for word in ("adult", "fr", "surviv", "wait", "attend", demo.person, demo.staff))
    assert "last@example.org" not in said
