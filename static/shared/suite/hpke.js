/** HKDF-SHA-256 (RFC 5869) and HPKE in base mode, DHKEM(X25519, HKDF-SHA256), AES-128-GCM (RFC 9180). */
import { cat, utf8 } from "../bytes.js"
import { u16, u8 } from "../tls.js"
import { randomBytes } from "./random.js"

/** @typedef {import("./suite.js").Primitives} Primitives */
/** @typedef {import("ts-mls").PrivateKey & {raw: Uint8Array}} Private */
/** @typedef {import("ts-mls").PublicKey & {raw: Uint8Array}} Public */

const NONE = new Uint8Array()
const VERSION = utf8("HPKE-v1")
const KEM = cat(utf8("KEM"), u16(0x20))
const HPKE = cat(utf8("HPKE"), u16(0x20), u16(1), u16(1))
const SECRET_BYTES = 32
const KEY_BYTES = 16
const NONCE_BYTES = 12

// ts-mls asks for a CryptoKey and looks only at what import and export of this suite make of it: raw bytes do.
const asPrivate = (/** @type {Uint8Array} */ raw) => /** @type {Private} */ ({ type: "private", raw })
const asPublic = (/** @type {Uint8Array} */ raw) => /** @type {Public} */ ({ type: "public", raw })
const rawOf = (/** @type {any} */ key) => /** @type {Uint8Array} */ (key.raw)

/** @param {Primitives} primitives */
export const hkdf = ({ hmac }) => ({
  extract: hmac,
  /** @param {Uint8Array} secret @param {Uint8Array} info @param {number} length */
  async expand(secret, info, length) {
    /** @type {Uint8Array} */
    let block = NONE
    /** @type {Uint8Array} */
    let made = NONE
    for (let count = 1; made.length < length; count++) {
      block = await hmac(secret, cat(block, info, u8(count)))
      made = cat(made, block)
    }
    return made.slice(0, length)
  },
})

/** The labelled steps of RFC 9180, 4. @param {Primitives} primitives */
function labelled(primitives) {
  const { extract, expand } = hkdf(primitives)
  return {
    /** @param {Uint8Array} suite @param {Uint8Array} salt @param {string} label @param {Uint8Array} secret */
    extract: (suite, salt, label, secret) => extract(salt, cat(VERSION, suite, utf8(label), secret)),
    /** @param {Uint8Array} suite @param {Uint8Array} secret @param {string} label @param {Uint8Array} info @param {number} length */
    expand: (suite, secret, label, info, length) => expand(secret, cat(u16(length), VERSION, suite, utf8(label), info), length),
  }
}

/** @param {Primitives} primitives @returns {import("ts-mls").Hpke} */
export function hpke(primitives) {
  const { x25519, seal, open } = primitives
  const { extract, expand } = labelled(primitives)

  /** Key schedule of both sides, from the Diffie-Hellman value on. */
  const schedule = async (/** @type {Uint8Array} */ dh, /** @type {Uint8Array} */ keys, /** @type {Uint8Array} */ info) => {
    const shared = await expand(KEM, await extract(KEM, NONE, "eae_prk", dh), "shared_secret", keys, SECRET_BYTES)
    const context = cat(u8(0), await extract(HPKE, NONE, "psk_id_hash", NONE), await extract(HPKE, NONE, "info_hash", info))
    const secret = await extract(HPKE, shared, "secret", NONE)
    return {
      key: () => expand(HPKE, secret, "key", context, KEY_BYTES),
      nonce: () => expand(HPKE, secret, "base_nonce", context, NONCE_BYTES),
      exported: async (/** @type {Uint8Array} */ exporterContext, /** @type {number} */ length) =>
        expand(HPKE, await expand(HPKE, secret, "exp", context, SECRET_BYTES), "sec", exporterContext, length),
    }
  }
  const sender = async (/** @type {unknown} */ theirs, /** @type {Uint8Array} */ info) => {
    const secret = randomBytes(SECRET_BYTES)
    const enc = await x25519.publicOf(secret)
    return { enc, ...(await schedule(await x25519.shared(secret, rawOf(theirs)), cat(enc, rawOf(theirs)), info)) }
  }
  const receiver = async (/** @type {unknown} */ mine, /** @type {Uint8Array} */ enc, /** @type {Uint8Array} */ info) => {
    const secret = rawOf(mine)
    return schedule(await x25519.shared(secret, enc), cat(enc, await x25519.publicOf(secret)), info)
  }
  const pair = async (/** @type {Uint8Array} */ secret) =>
    ({ privateKey: asPrivate(secret), publicKey: asPublic(await x25519.publicOf(secret)) })

  return {
    keyLength: KEY_BYTES,
    nonceLength: NONCE_BYTES,
    async seal(theirs, plaintext, info, aad = NONE) {
      const made = await sender(theirs, info)
      return { enc: made.enc, ct: await seal(await made.key(), await made.nonce(), aad, plaintext) }
    },
    async open(mine, enc, ciphertext, info, aad = NONE) {
      const made = await receiver(mine, enc, info)
      return open(await made.key(), await made.nonce(), aad, ciphertext)
    },
    async exportSecret(theirs, context, length, info) {
      const made = await sender(theirs, info)
      return { enc: made.enc, secret: await made.exported(context, length) }
    },
    importSecret: async (mine, context, enc, length, info) => (await receiver(mine, enc, info)).exported(context, length),
    encryptAead: (key, nonce, aad = NONE, plaintext) => seal(key, nonce, aad, plaintext),
    decryptAead: (key, nonce, aad = NONE, ciphertext) => open(key, nonce, aad, ciphertext),
    importPrivateKey: async (raw) => asPrivate(raw),
    importPublicKey: async (raw) => asPublic(raw),
    exportPrivateKey: async (key) => rawOf(key),
    exportPublicKey: async (key) => rawOf(key),
    deriveKeyPair: async (secret) => pair(await expand(KEM, await extract(KEM, NONE, "dkp_prk", secret), "sk", NONE, SECRET_BYTES)),
    generateKeyPair: () => pair(randomBytes(SECRET_BYTES)),
  }
}
