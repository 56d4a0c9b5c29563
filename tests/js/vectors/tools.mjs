// What every checker needs: bytes out of hexadecimal, and comparisons that say what differs.
import { hex } from "../../../static/shared/bytes.js"

export { hex }

export const SUITE_NAME = "MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519"

/** @param {string} text */
export const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16))

export function check(ok, what) {
  if (!ok) throw new Error(what)
}

/** @param {Uint8Array | undefined} found @param {string} expected - in hexadecimal */
export const equal = (found, expected, what) => check(found !== undefined && hex(found) === expected, what)

/** A value decoded to its last byte. */
export function decoded(decode, text, what) {
  const bytes = typeof text === "string" ? unhex(text) : text
  const found = decode(bytes, 0)
  check(found !== undefined && found[1] === bytes.length, `${what} is not decoded whole`)
  return found[0]
}

/** The context of a group without extensions. */
export const context = ({ group_id, epoch, tree_hash, confirmed_transcript_hash }) => ({
  version: "mls10",
  cipherSuite: SUITE_NAME,
  groupId: unhex(group_id),
  epoch: BigInt(epoch),
  treeHash: unhex(tree_hash),
  confirmedTranscriptHash: unhex(confirmed_transcript_hash),
  extensions: [],
})

export async function throws(promise, what) {
  const thrown = await promise.then(() => false, () => true)
  check(thrown, what)
}

/** Whether a private key opens what is sealed to a public one. */
export async function belongTogether(secret, publicKey, { hpke }) {
  const [plain, none] = [new Uint8Array([1, 2, 3]), new Uint8Array()]
  const { enc, ct } = await hpke.seal(await hpke.importPublicKey(publicKey), plain, none)
  return hex(await hpke.open(await hpke.importPrivateKey(secret), enc, ct, none)) === hex(plain)
}

/** Whether a public key verifies what a private one signs. */
export async function signTogether(signKey, publicKey, { signature }) {
  const message = new Uint8Array([1, 2, 3])
  return signature.verify(publicKey, message, await signature.sign(signKey, message))
}
