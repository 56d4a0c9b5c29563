/**
 * Her yes to one newcomer.
 *
 *     struct { uint16 version = 1; enum { handover(1), company(2) } purpose; opaque group_id<V>; uint64 epoch;
 *              opaque asker_key<V>; opaque key_package_ref<V>; opaque signature<V>; } Consent;
 *
 * Signed by her leaf's key in itself, beside the signature of the message it comes in: the newcomer cannot decrypt that
 * message, and gets the same structure in an extension of the Welcome's GroupInfo.
 */
import { cat } from "../bytes.js"
import { readSigned } from "../credential/chain.js"
import { sign } from "../credential/signed.js"
import { need } from "../refused.js"
import { Reader, u16, u64, u8, vec } from "../tls.js"

/** @typedef {{purpose: string, groupId: Uint8Array, epoch: bigint, asker: Uint8Array, ref: Uint8Array}} Question */
/** @typedef {Question & import("../credential/chain.js").Signed & {bytes: Uint8Array}} Consent */

export const PURPOSES = ["", "handover", "company"]
export const CONSENT_EXTENSION = 0xf0c5

/** A yes is good for Adds in its own epoch and the three after it: counted in epochs, because clocks differ and pages must not. */
const YES_EPOCHS = 4n

/** @param {bigint} now @param {bigint} said */
export const inTime = (now, said) => now >= said && now - said < YES_EPOCHS

/** @param {import("./library.js").Suite} suite @param {Uint8Array} signKey @param {Question} question */
export function writeConsent(suite, signKey, { purpose, groupId, epoch, asker, ref }) {
  const body = cat(u16(1), u8(PURPOSES.indexOf(purpose)), vec(groupId), u64(epoch), vec(asker), vec(ref))
  return sign(suite, signKey, "consent", body)
}

/**
 * @param {Uint8Array} bytes
 * @returns {Consent}
 * @throws {RangeError} or Refused `consent-malformed`
 */
export function readConsent(bytes) {
  const reader = new Reader(bytes)
  const consent = readSigned(reader, (r) => {
    need(r.small(2) === 1, "consent-malformed")
    return { purpose: PURPOSES[r.small(1)], groupId: r.vec(64), epoch: r.uint(8), asker: r.vec(32), ref: r.vec(32) }
  })
  reader.end()
  need(consent.purpose, "consent-malformed")
  return { ...consent, bytes }
}
