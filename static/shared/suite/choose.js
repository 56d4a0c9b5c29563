/** Which code does the cryptography in this browser. */
import { part } from "../part.js"
import { Refused } from "../refused.js"
import { suiteOf } from "./suite.js"
import { webcrypto } from "./webcrypto.js"

/** Whether WebCrypto makes keys on both curves: the only honest way to ask. */
async function hasCurves() {
  try {
    await Promise.all([
      crypto.subtle.generateKey("X25519", false, ["deriveBits"]),
      crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]),
    ])
    return true
  } catch {
    return false
  }
}

/**
 * WebCrypto; where it lacks a curve, the lazy part in pure JavaScript.
 *
 * @param {{forced?: boolean}} [options] - `forced` takes the lazy part whatever the browser has: for tests
 * @returns {Promise<import("./suite.js").Suite>}
 * @throws {Refused} `no-crypto` where there is no crypto.subtle: the page was not delivered over a secure connection
 */
export async function chooseSuite({ forced = false } = {}) {
  if (!globalThis.crypto?.subtle) throw new Refused("no-crypto")
  if (!forced && (await hasCurves())) return suiteOf(webcrypto)
  return suiteOf((await part("./noble.js")).noble)
}
