/**
 * What the organisation writes: certificates and revocation lists. In no person's page.
 *
 * The same bytes as the organisation's command line writes: tests/vectors/credentials.json holds the two together.
 */
import { cat, hex, utf8 } from "../bytes.js"
import { u16, u64, u8, vec } from "../tls.js"
import { randomBytes } from "../suite/random.js"
import { PAGE_OF_HASHES } from "./revocations.js"
import { ROLES } from "./roles.js"
import { sign } from "./signed.js"

/** @typedef {import("../suite/suite.js").Suite} Suite */

/**
 * @param {Suite} suite
 * @param {Uint8Array} rootKey - the root's private half
 * @param {{key: Uint8Array, kind: number, notBefore: number, notAfter: number}} of
 */
export const issuingCertificate = (suite, rootKey, { key, kind, notBefore, notAfter }) =>
  sign(suite, rootKey, "issuing key", cat(vec(key), u8(kind), u64(notBefore), u64(notAfter)))

/**
 * @param {Suite} suite
 * @param {Uint8Array} issuingKey - the issuing key's private half
 * @param {{key: Uint8Array, alias: string, role: string, lines: string[], start: number, end: number}} of
 */
export function dayCertificate(suite, issuingKey, { key, alias, role, lines, start, end }) {
  const named = vec(cat(...lines.map((line) => vec(utf8(line)))))
  const body = cat(vec(key), vec(utf8(alias)), u8(ROLES.indexOf(role)), named, u64(start), u64(end))
  return sign(suite, issuingKey, "day certificate", body)
}

/** @param {string} role @param {Uint8Array} issuing @param {Uint8Array} day */
export const credential = (role, issuing, day) => cat(u16(1), u8(ROLES.indexOf(role)), issuing, day)

/**
 * Hashes, and random ones up to a whole page, sorted: how many are revoked, and which belong together, is not told.
 *
 * @param {Uint8Array[]} hashes
 * @param {(length: number) => Uint8Array} random
 */
function padded(hashes, random) {
  const missing = Math.max(1, Math.ceil(hashes.length / PAGE_OF_HASHES)) * PAGE_OF_HASHES - hashes.length
  const all = [...hashes, ...Array.from({ length: missing }, () => random(32))]
  return all.sort((a, b) => (hex(a) < hex(b) ? -1 : 1))
}

/**
 * @param {Suite} suite
 * @param {Uint8Array} signKey - the root's private half, or the issuing key's together with `by`
 * @param {{counter: number | bigint, issued: number, hashes: Uint8Array[], by?: Uint8Array,
 *   random?: (length: number) => Uint8Array}} of - `hashes`: of the keys; `by`: the signer's issuing certificate
 */
export function revocationList(suite, signKey, { counter, issued, hashes, by = new Uint8Array(), random = randomBytes }) {
  const body = cat(u16(1), u64(counter), u64(issued), vec(cat(...padded(hashes, random).map(vec))), vec(by))
  return sign(suite, signKey, "revocation list", body)
}
