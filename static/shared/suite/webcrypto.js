/**
 * The primitives of cipher suite 1 in the browser's own code: X25519, Ed25519, AES-128-GCM, SHA-256, HMAC.
 *
 * WebCrypto takes private keys only in PKCS #8 and gives public halves of private ones only as JWK: hence the two
 * fixed prefixes and the base64url.
 */
import { cat, from64 } from "../bytes.js"

/** @typedef {import("./suite.js").Primitives} Primitives */

const PKCS8 = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65]
const X25519 = 0x6e
const ED25519 = 0x70

/** @param {number} curve @param {Uint8Array} secret */
const pkcs8 = (curve, secret) => cat(new Uint8Array([...PKCS8, curve, 0x04, 0x22, 0x04, 0x20]), secret)

/** WebCrypto's types ask for an ArrayBuffer behind the bytes, which ours always have. @param {Uint8Array} bytes */
const own = (bytes) => /** @type {Uint8Array<ArrayBuffer>} */ (bytes)

/** @param {Promise<ArrayBuffer>} promise */
const bytes = async (promise) => new Uint8Array(await promise)

/** @param {"X25519" | "Ed25519"} name @param {number} curve @param {Uint8Array} secret @param {KeyUsage} usage */
async function publicOf(name, curve, secret, usage) {
  const key = await crypto.subtle.importKey("pkcs8", pkcs8(curve, secret), name, true, [usage])
  const { x } = await crypto.subtle.exportKey("jwk", key)
  return from64(/** @type {string} */ (x).replace(/-/g, "+").replace(/_/g, "/"))
}

/** @param {"encrypt" | "decrypt"} act @returns {Primitives["seal"]} */
const gcm = (act) => async (key, nonce, aad, data) => {
  const imported = await crypto.subtle.importKey("raw", own(key), "AES-GCM", false, [act])
  return bytes(crypto.subtle[act]({ name: "AES-GCM", iv: own(nonce), additionalData: own(aad) }, imported, own(data)))
}

/** @type {Primitives} */
export const webcrypto = {
  sha256: (data) => bytes(crypto.subtle.digest("SHA-256", own(data))),

  async hmac(key, data) {
    const long = key.length ? key : new Uint8Array(32) // HMAC pads with zeros, WebCrypto refuses a key of no bytes
    const imported = await crypto.subtle.importKey("raw", own(long), { name: "HMAC", hash: "SHA-256" }, false, ["sign"])
    return bytes(crypto.subtle.sign("HMAC", imported, own(data)))
  },

  seal: gcm("encrypt"),
  open: gcm("decrypt"),

  x25519: {
    publicOf: (secret) => publicOf("X25519", X25519, secret, "deriveBits"),
    async shared(secret, theirs) {
      const [mine, other] = await Promise.all([
        crypto.subtle.importKey("pkcs8", pkcs8(X25519, secret), "X25519", false, ["deriveBits"]),
        crypto.subtle.importKey("raw", own(theirs), "X25519", false, []),
      ])
      return bytes(crypto.subtle.deriveBits({ name: "X25519", public: other }, mine, 256))
    },
  },

  ed25519: {
    publicOf: (secret) => publicOf("Ed25519", ED25519, secret, "sign"),
    async sign(secret, message) {
      const key = await crypto.subtle.importKey("pkcs8", pkcs8(ED25519, secret), "Ed25519", false, ["sign"])
      return bytes(crypto.subtle.sign("Ed25519", key, own(message)))
    },
    async verify(key, message, signature) {
      try {
        const imported = await crypto.subtle.importKey("raw", own(key), "Ed25519", false, ["verify"])
        return await crypto.subtle.verify("Ed25519", imported, own(signature), own(message))
      } catch {
        return false // no key at all verifies nothing
      }
    },
  },
}
