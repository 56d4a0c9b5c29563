from __future__ import annotations

from pathlib import Path

import pytest

from helpline.settings import BadSettings, RuntimeName, Secret, Settings

pytestmark = pytest.mark.unit


def test_nothing_needs_to_be_set() -> None:
    settings = Settings.from_environment({"PATH": "/bin"})

    assert (settings.port, settings.staff_port, settings.host) == (8000, 8001, "127.0.0.1")
    assert settings.runtime is RuntimeName.EVENTLET
    assert settings.person_origin == "http://127.0.0.1:8000"
    assert settings.staff_origin == "http://localhost:8001", "cookies ignore ports, so the host names differ"
    assert settings.demo is None
    assert not settings.secure


def test_the_command_line_outranks_the_environment() -> None:
    settings = Settings.from_environment({"HELPLINE_PORT": "9000"}, port="9100", host=None)

    assert settings.port == 9100
    assert settings.person_origin == "http://127.0.0.1:9100"


def test_every_problem_is_named_at_once() -> None:
    wrong = {
        "HELPLINE_PORT": "70000", "HELPLINE_DEMO": "perhaps", "HELPLINE_RUNTIME": "gevent",
        "HELPLINE_STAFF_ORIGIN": "desk.example.org", "HELPLINE_HOST": " ", "HELPLINE_PROT": "1",
        "HELPLINE_DATABASE_URL": "postgresql://u:p@h/d",
    }

    with pytest.raises(BadSettings) as bad:
        Settings.from_environment(wrong)

    said = "\n".join(bad.value.problems)
    assert len(bad.value.problems) == len(wrong)
    assert all(name in said for name in wrong)
    assert "u:p" not in said, "a secret does not come out in the sentence about it"


@pytest.mark.parametrize("no", ["no", "False", "0", "OFF"])
def test_false_means_no(no: str) -> None:
    assert Settings.from_environment({"HELPLINE_DEMO": no}).demo is False


@pytest.mark.parametrize("port", ["0", "-1", "8000.5", "٨٠٠٠", "8_000", "1e3"])
def test_a_port_is_a_plain_whole_number(port: str) -> None:
    with pytest.raises(BadSettings):
        Settings.from_environment({"HELPLINE_PORT": port})


@pytest.mark.parametrize("origin", ["https://h.example/", "https://h.example/path", "ftp://h.example", "//h", "https://"])
def test_an_origin_is_scheme_host_and_port_alone(origin: str) -> None:
    with pytest.raises(BadSettings):
        Settings.from_environment({"HELPLINE_PERSON_ORIGIN": origin})


def test_https_makes_the_staff_cookie_a_host_one() -> None:
    assert Settings.from_environment({"HELPLINE_STAFF_ORIGIN": "https://desk.example.org"}).secure


def test_a_secret_comes_from_a_file_and_shows_itself_to_nobody(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text("postgresql://u:p@h/d\n")

    settings = Settings.from_environment({"HELPLINE_DATABASE_URL_FILE": str(file)})

    assert settings.database_url == Secret("postgresql://u:p@h/d")
    assert "u:p" not in f"{settings!r}{settings.database_url}"


@pytest.mark.parametrize("origin", ["http://help.example.org", "http://192.0.2.1:8000", "http://onion.example.org"])
def test_plain_http_is_refused_for_all_but_this_machine(origin: str) -> None:
    with pytest.raises(BadSettings, match="https"):
        Settings.from_environment({"HELPLINE_STAFF_ORIGIN": origin})


@pytest.mark.parametrize("origin", ["https://help.example.org", "http://localhost:1", "http://example.onion"])
def test_an_origin_that_browsers_may_trust_is_taken(origin: str) -> None:
    assert Settings.from_environment({"HELPLINE_PERSON_ORIGIN": origin}).person_origin == origin


def test_a_secret_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "noise").write_bytes(b"\xff\xfe")
    for path in (tmp_path / "missing", tmp_path, tmp_path / "noise"):
        with pytest.raises(BadSettings, match="HELPLINE_DATABASE_URL_FILE names a file that cannot be read"):
            Settings.from_environment({"HELPLINE_DATABASE_URL_FILE": str(path)})


@pytest.mark.parametrize("address", ["redis://127.0.0.1:6379/0", "rediss://r.example", "unix:///run/redis.sock"])
def test_a_redis_without_a_password_is_said_as_it_is(address: str) -> None:
    assert Settings.from_environment({"HELPLINE_REDIS_URL": address}).redis_url == Secret(address)


def test_without_a_redis_there_is_none() -> None:
    assert Settings.from_environment({}).redis_url is None


@pytest.mark.parametrize("address", ["http://r.example", "redis://", "redis:6379", "redis://[", "unix://"])
def test_what_is_no_redis_is_refused(address: str) -> None:
    with pytest.raises(BadSettings, match="HELPLINE_REDIS_URL begins with"):
        Settings.from_environment({"HELPLINE_REDIS_URL": address})


@pytest.mark.parametrize("address", ["redis://h:PLANTED@r.example", "unix:///r.sock?password=PLANTED"])
def test_a_redis_with_a_password_comes_from_a_file(tmp_path: Path, address: str) -> None:
    file = tmp_path / "url"
    file.write_text(address + "\n")

    read = Settings.from_environment({"HELPLINE_REDIS_URL_FILE": str(file)})
    with pytest.raises(BadSettings) as bad:
        Settings.from_environment({"HELPLINE_REDIS_URL": address})

    assert read.redis_url == Secret(address)
    assert "HELPLINE_REDIS_URL_FILE" in bad.value.problems[0]
    assert "PLANTED" not in f"{read!r}{bad.value.problems}"


def test_a_file_with_an_address_that_cannot_be_read_is_named() -> None:
    with pytest.raises(BadSettings, match="HELPLINE_REDIS_URL_FILE names a file that cannot be read"):
        Settings.from_environment({"HELPLINE_REDIS_URL_FILE": "/nowhere/url"})


def test_the_resume_key_is_in_the_folder_unless_it_is_shared(tmp_path: Path) -> None:
    shared = tmp_path / "shared.key"

    assert Settings.from_environment({"HELPLINE_HOME": str(tmp_path)}).resume_key == tmp_path / "resume.key"
    assert Settings.from_environment({"HELPLINE_RESUME_KEY_FILE": str(shared)}).resume_key == shared
