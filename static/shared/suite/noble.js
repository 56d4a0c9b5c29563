/**
 * The primitives of cipher suite 1 in pure JavaScript, for browsers whose WebCrypto lacks one of the two curves.
 * A lazy part of its own: nobody else loads it.
 */
import { gcm } from "@noble/ciphers/aes.js"
import { ed25519, x25519 } from "@noble/curves/ed25519.js"
import { hmac } from "@noble/hashes/hmac.js"
import { sha256 } from "@noble/hashes/sha2.js"

/** @type {import("./suite.js").Primitives} */
export const noble = {
  sha256: async (data) => sha256(data),
  hmac: async (key, data) => hmac(sha256, key, data),
  seal: async (key, nonce, aad, data) => gcm(key, nonce, aad).encrypt(data),
  open: async (key, nonce, aad, data) => gcm(key, nonce, aad).decrypt(data),
  x25519: {
    publicOf: async (secret) => x25519.getPublicKey(secret),
    shared: async (secret, theirs) => x25519.getSharedSecret(secret, theirs),
  },
  ed25519: {
    publicOf: async (secret) => ed25519.getPublicKey(secret),
    sign: async (secret, message) => ed25519.sign(message, secret),
    async verify(key, message, signature) {
      try {
        return ed25519.verify(signature, message, key, { zip215: false }) // as strict as RFC 8032, like WebCrypto
      } catch {
        return false
      }
    },
  },
}
