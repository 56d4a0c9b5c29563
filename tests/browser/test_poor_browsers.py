"""The same way in browsers that lack things: no compiler, no storage, no curves in WebCrypto."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import World

pytestmark = pytest.mark.browser

MISSING = ("WebAssembly", "indexedDB", "serviceWorker", "caches", "RTCPeerConnection")
WITHOUT = """
  delete globalThis.WebAssembly
  delete globalThis.RTCPeerConnection
  const holders = { indexedDB: globalThis, caches: globalThis, serviceWorker: Navigator.prototype }
  for (const [name, holder] of Object.entries(holders))
    Object.defineProperty(holder, name, { get: () => undefined, configurable: true })
"""
WITHOUT_CURVES = """
  const generateKey = SubtleCrypto.prototype.generateKey
  SubtleCrypto.prototype.generateKey = function (algorithm, ...rest) {
    const name = algorithm.name ?? algorithm
    if (name === "X25519" || name === "Ed25519") return Promise.reject(new DOMException("", "NotSupportedError"))
    return generateKey.call(this, algorithm, ...rest)
  }
"""


def converse(world: World, script: str = "") -> list[str]:
    """Tell the whole way with a page prepared by `script`; gives the addresses that her page asked for."""
    desk = world.desk().signs_in().goes_on_duty()
    person = world.person()
    asked: list[str] = []
    person.page.on("request", lambda request: asked.append(request.url))
    if script:
        person.page.add_init_script(script)
    person.opens().asks_for("psychologist").types("Bonjour.")
    desk.accepts()
    person.accepts_the_frame().is_with("Amal").taps_send()
    desk.reads("Bonjour.").says("Je vous lis.")
    person.reads("Je vous lis.").ends()
    return asked


def test_it_works_without_a_compiler(worlds: Callable[..., World]) -> None:
    converse(worlds("--js-flags=--jitless"))


def test_it_works_without_what_safe_browsers_take_away(world: World) -> None:
    asked = converse(world, WITHOUT)

    assert not any("noble" in address for address in asked)


def test_it_works_on_the_fallback_where_webcrypto_lacks_the_curves(world: World) -> None:
    asked = converse(world, WITHOUT_CURVES)

    assert any("noble" in address for address in asked), "the fallback was never loaded: this would prove nothing"


def test_without_any_cryptography_she_is_told_and_shown_other_doors(world: World) -> None:
    person = world.person()
    person.page.add_init_script('Object.defineProperty(Crypto.prototype, "subtle", { get: () => undefined })')
    person.opens()
    person.at("write-now").click()
    person.at("wish-whoever").click()

    person.sees_it_is_over()

    expect(person.at("doors").locator("visible=true").first).to_be_visible()


@pytest.mark.parametrize("hours", [-72, -14, -3, 3, 14, 72])
def test_a_phone_whose_clock_is_wrong(world: World, hours: int) -> None:
    """Within 26 hours of the server's minute she joins; beyond, she is told that the phone's date is wrong."""
    person = world.person()
    person.page.add_init_script(f"const real = Date.now; Date.now = () => real() + {hours} * 3600e3")
    person.opens()

    if abs(hours) < 26:
        desk = world.desk().signs_in().goes_on_duty()
        person.asks_for("psychologist")
        desk.accepts()
        person.accepts_the_frame().is_with("Amal").ends()
    else:
        person.at("write-now").click()
        person.at("wish-whoever").click()
        person.sees_it_is_over()
        expect(person.at("doors").locator("visible=true").first).to_be_visible()
