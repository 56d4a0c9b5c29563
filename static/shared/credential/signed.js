/** How the organisation and a person sign: the label in front keeps one kind of signature from passing for another. */
import { cat, utf8 } from "../bytes.js"
import { vec } from "../tls.js"

/** @typedef {import("../suite/suite.js").Suite} Suite */
/** @typedef {"issuing key" | "day certificate" | "revocation list" | "consent"} Label */

/** @param {Label} label @param {Uint8Array} body */
const signedBytes = (label, body) => cat(vec(utf8(`Helpline 1.0 ${label}`)), vec(body))

/**
 * @param {Suite} suite
 * @param {Uint8Array} signKey
 * @param {Label} label
 * @param {Uint8Array} body
 * @returns {Promise<Uint8Array>} body and signature, as they stand on the wire
 */
export const sign = async (suite, signKey, label, body) =>
  cat(body, vec(await suite.signature.sign(signKey, signedBytes(label, body))))

/**
 * @param {Suite} suite
 * @param {Uint8Array} key
 * @param {Label} label
 * @param {{body: Uint8Array, signature: Uint8Array}} signed
 * @returns {Promise<boolean>}
 */
export const verify = (suite, key, label, { body, signature }) =>
  suite.signature.verify(key, signedBytes(label, body), signature).catch(() => false)
