/**
 * Cipher suite 1 of MLS (X25519, AES-128-GCM, SHA-256, Ed25519) for ts-mls, out of a handful of primitives.
 *
 * One suite per build: there is nothing to negotiate down. HKDF as in RFC 5869, HPKE in base mode as in RFC 9180,
 * signatures as in RFC 8032. Keys are raw bytes in a wrapper, because ts-mls passes them through import and export.
 */
import { hkdf, hpke } from "./hpke.js"
import { randomBytes } from "./random.js"

/**
 * @typedef {object} Primitives
 * @property {(data: Uint8Array) => Promise<Uint8Array>} sha256
 * @property {(key: Uint8Array, data: Uint8Array) => Promise<Uint8Array>} hmac
 * @property {(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, data: Uint8Array) => Promise<Uint8Array>} seal
 * @property {(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, data: Uint8Array) => Promise<Uint8Array>} open
 * @property {{publicOf: (secret: Uint8Array) => Promise<Uint8Array>,
 *   shared: (secret: Uint8Array, theirs: Uint8Array) => Promise<Uint8Array>}} x25519
 * @property {{publicOf: (secret: Uint8Array) => Promise<Uint8Array>,
 *   sign: (secret: Uint8Array, message: Uint8Array) => Promise<Uint8Array>,
 *   verify: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => Promise<boolean>}} ed25519
 *
 * @typedef {import("ts-mls").CiphersuiteImpl} Suite
 */

/** Equal without telling where they differ. @param {Uint8Array} a @param {Uint8Array} b */
const equal = (a, b) => a.length === b.length && a.reduce((difference, byte, at) => difference | (byte ^ b[at]), 0) === 0

/** @param {Primitives} primitives @returns {Suite} */
export function suiteOf(primitives) {
  const { sha256, hmac, ed25519 } = primitives
  return {
    name: "MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519",
    kdf: { ...hkdf(primitives), size: 32 },
    hash: { digest: sha256, mac: hmac, verifyMac: async (key, mac, data) => equal(mac, await hmac(key, data)) },
    signature: {
      sign: ed25519.sign,
      verify: ed25519.verify,
      async keygen() {
        const signKey = randomBytes(32)
        return { signKey, publicKey: await ed25519.publicOf(signKey) }
      },
    },
    hpke: hpke(primitives),
    rng: { randomBytes },
  }
}
