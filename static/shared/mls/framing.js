/**
 * Our own framing, inside the encryption: few sizes, so that length says little about content.
 *
 *     struct { uint16 version = 1; uint8 kind; uint32 seq; opaque body<V>; uint8 zeros[...]; } Frame;
 *
 * `seq` counts a sender's own messages from 0: what is missing or moved shows, whoever carried it.
 */
import { cat, utf8 } from "../bytes.js"
import { breach, ending, need } from "../refused.js"
import { Reader, u16, u32, u8, vec } from "../tls.js"

export const BUCKETS = [256, 1024, 4096, 16384]
export const KINDS = ["", "text", "phrase", "card", "typing", "presence", "ask", "consent", "end"]

/** Space for what stands before a body, the same whatever form its length takes. */
const HEAD_BYTES = 12

/** How long a body may be. */
export const MAX_BODY_BYTES = 16384 - HEAD_BYTES

/** What MLS adds to a text inside the encryption (length and signature) and around it (a group id of 16 bytes, nothing in clear). */
export const SEAL_BYTES = 68
export const WIRE_BYTES = 78

/**
 * @param {string} kind
 * @param {number} seq
 * @param {Uint8Array | string} body
 * @returns {Uint8Array} of a bucket's length
 */
export function frame(kind, seq, body) {
  need(KINDS.indexOf(kind) > 0, "no-such-kind")
  const bytes = typeof body === "string" ? utf8(body) : body
  const size = BUCKETS.find((bucket) => bytes.length + HEAD_BYTES <= bucket)
  need(size, "text-too-long")
  const framed = new Uint8Array(size)
  framed.set(cat(u16(1), u8(KINDS.indexOf(kind)), u32(seq), vec(bytes)))
  return framed
}

/**
 * @param {Uint8Array} framed
 * @returns {{kind: string, seq: number, body: Uint8Array}}
 * @throws {import("../refused.js").Refused} that ends: a member has signed it
 */
export function unframe(framed) {
  const reader = new Reader(framed)
  try {
    need(reader.small(2) === 1, "frame")
    const [kind, seq, body] = [KINDS[reader.small(1)], reader.small(4), reader.vec()]
    breach(kind && BUCKETS.includes(framed.length) && framed.subarray(reader.at).every((byte) => byte === 0), "frame")
    return { kind, seq, body }
  } catch (error) {
    throw ending(error, "frame")
  }
}
