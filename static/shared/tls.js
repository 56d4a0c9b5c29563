/** TLS presentation language with the vectors of variable size of MLS: a plain writer and a strict reader. Source: RFC 9420, 2.1.2. */
import { cat } from "./bytes.js"

/** @param {number} size */
const uint = (size) => (/** @type {number | bigint} */ value) => {
  const written = new Uint8Array(size)
  let rest = BigInt(value)
  for (let at = size - 1; at >= 0; at--) {
    written[at] = Number(rest & 255n)
    rest >>= 8n
  }
  return written
}
export const u8 = uint(1)
export const u16 = uint(2)
export const u32 = uint(4)
export const u64 = uint(8)

/** @param {number} length */
const prefix = (length) => (length < 64 ? u8(length) : length < 16384 ? u16(length | 0x4000) : u32((length | 0x80000000) >>> 0))

/** @param {Uint8Array} bytes */
export const vec = (bytes) => cat(prefix(bytes.length), bytes)

/** Reads from the front. Everything that is too short, too long or not in its one shortest form is a RangeError. */
export class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes
    this.at = 0
  }

  /** @param {number} length */
  take(length) {
    if (this.at + length > this.bytes.length) throw new RangeError("truncated")
    return this.bytes.slice(this.at, (this.at += length))
  }

  /** @param {number} size - in bytes, up to 8 */
  uint(size) {
    return this.take(size).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
  }

  /** @param {number} size - in bytes, up to 6: what a number holds exactly */
  small(size) {
    return Number(this.uint(size))
  }

  /** Seconds since 1970 in eight bytes. Those a number does not hold exactly are later than any date we compare with. */
  seconds() {
    return Number(this.uint(8))
  }

  /** @param {number} [most] - bytes it may hold */
  vec(most = 65536) {
    const first = this.small(1)
    const more = (1 << (first >> 6)) - 1
    if (more === 7) throw new RangeError("vector length")
    const length = Number((BigInt(first & 63) << BigInt(8 * more)) | (more ? this.uint(more) : 0n))
    if (length > most || prefix(length).length !== 1 + more) throw new RangeError("vector length")
    return this.take(length)
  }

  end() {
    if (this.at !== this.bytes.length) throw new RangeError("trailing bytes")
  }
}

/**
 * A vector's content as a list of the things it holds, to its last byte.
 *
 * @template Item
 * @param {Uint8Array} bytes
 * @param {(reader: Reader) => Item} read
 */
export function many(bytes, read) {
  const reader = new Reader(bytes)
  /** @type {Item[]} */
  const items = []
  while (reader.at < bytes.length) items.push(read(reader))
  return items
}
