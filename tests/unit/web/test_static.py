"""Built files are served from memory, and a build that is not whole is refused at the start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from helpline.web.static import BadBuild, read_static

pytestmark = pytest.mark.unit


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    manifest = {
        "names": {"page.css": "page-1.css"},
        "files": {"page-1.css": {"integrity": "sha384-x", "bytes": 3}},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    for suffix, data in {"": b"css", ".br": b"b", ".gz": b"g"}.items():
        (tmp_path / f"page-1.css{suffix}").write_bytes(data)
    (tmp_path / "secret.css").write_bytes(b"not in the manifest")
    return tmp_path


def test_a_file_is_served_under_both_names_in_the_best_form(dist: Path) -> None:
    app = Flask("static")
    read_static(dist).serve(app)
    browser = app.test_client()

    for path in ("/s/page-1.css", "/s/page.css"):
        plain = browser.get(path)
        assert (plain.data, plain.content_type) == (b"css", "text/css; charset=utf-8")
        assert browser.get(path, headers={"Accept-Encoding": "gzip, br"}).data == b"b"
        assert browser.get(path, headers={"Accept-Encoding": "br;q=0, gzip"}).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", [
    "/s/secret.css", "/s/manifest.json", "/s/../manifest.json", "/s/..%2fmanifest.json", "/s/page-1.css.br", "/s/",
    "/s/%00", "/s//etc/passwd",
])
def test_nothing_but_what_the_manifest_names_is_served(dist: Path, path: str) -> None:
    app = Flask("static")
    read_static(dist).serve(app)

    assert app.test_client().get(path).status_code in (404, 308)


def test_pages_ask_for_the_hash_that_the_build_wrote(dist: Path) -> None:
    file = read_static(dist)["page.css"]

    assert (file.url, file.integrity) == ("/s/page-1.css", "sha384-x")


@pytest.mark.parametrize("broken", ["{", "[]", "{}", '{"names": {}, "files": {"gone.css": {"integrity": "x"}}}',
                                    '{"names": {"a": "b"}, "files": {}}'])
def test_a_build_that_is_not_whole_is_refused(dist: Path, broken: str) -> None:
    (dist / "manifest.json").write_text(broken)

    with pytest.raises(BadBuild, match="make it again"):
        read_static(dist)


def test_a_name_that_was_never_built_is_refused(dist: Path) -> None:
    with pytest.raises(BadBuild, match=r"no other\.css"):
        read_static(dist)["other.css"]
