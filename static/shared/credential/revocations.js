/**
 * Which keys no longer count.
 *
 *     struct { uint16 version = 1; uint64 counter; uint64 issued; opaque key_hash<V> revoked<V>;
 *              IssuingCertificate by<V> (0 or 1); opaque signature<V>; } RevocationList;
 *
 * Signed by the root, or by the issuing key in `by`. Sorted and padded to whole pages, so that it tells neither how
 * many it revokes nor which of them belong together. Only the root revokes issuing keys.
 */
import { hex } from "../bytes.js"
import { need, Refused } from "../refused.js"
import { many, Reader } from "../tls.js"
import { checkIssuing, readIssuing, readSigned } from "./chain.js"
import { verify } from "./signed.js"

/** @typedef {import("../suite/suite.js").Suite} Suite */

export const PAGE_OF_HASHES = 64

/** @param {Suite} suite @param {Uint8Array} key */
export const hashOf = async (suite, key) => hex(await suite.hash.digest(key))

/** @param {Reader} reader */
function readHash(reader) {
  const hash = reader.vec(32)
  if (hash.length !== 32) throw new RangeError("hash length")
  return hex(hash)
}

/** @param {Uint8Array} bytes */
function parse(bytes) {
  try {
    const reader = new Reader(bytes)
    const list = readSigned(reader, (r) => {
      need(r.small(2) === 1, "list-version")
      return { counter: r.uint(8), issued: r.seconds(), hashes: many(r.vec(1 << 20), readHash), by: r.vec(256) }
    })
    reader.end()
    need(list.hashes.length % PAGE_OF_HASHES === 0, "list-not-padded")
    need(list.hashes.every((hash, at) => at === 0 || list.hashes[at - 1] < hash), "list-not-sorted")
    return { ...list, issuing: list.by.length ? whole(list.by) : undefined }
  } catch (cause) {
    throw cause instanceof Refused ? cause : new Refused("list-malformed", { cause })
  }
}

/** @param {Uint8Array} bytes */
function whole(bytes) {
  const reader = new Reader(bytes)
  const issuing = readIssuing(reader)
  reader.end()
  return issuing
}

/**
 * A list as it came, held against the root.
 *
 * @param {Suite} suite
 * @param {{key: Uint8Array, demo: boolean}} root
 * @param {Uint8Array} bytes
 * @returns {Promise<{counter: bigint, issued: number, revoked: Set<string>, by: string | undefined}>} `by`: hash of the
 *   issuing key that signed; none: the root did
 */
export async function readRevocationList(suite, root, bytes) {
  const { counter, issued, hashes, issuing, ...signed } = parse(bytes)
  const revoked = new Set(hashes)
  if (issuing) await checkIssuing(suite, root, issuing, "list-rogue")
  const by = issuing && (await hashOf(suite, issuing.key))
  need(!by || !revoked.has(by), "list-signed-by-revoked")
  need(!issuing || (issued >= issuing.notBefore && issued <= issuing.notAfter), "list-outside-issuing-key")
  need(await verify(suite, issuing?.key ?? root.key, "revocation list", signed), "list-rogue")
  return { counter, issued, revoked, by }
}
