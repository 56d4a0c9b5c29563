/** Bytes and the few forms they take: joined, compared, as hexadecimal, as text, as standard base64. */

/** @param {...Uint8Array} parts */
export function cat(...parts) {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/**
 * Equal, byte for byte. For public values only: it stops at the first difference, so its time tells where that is.
 *
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 */
export const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at])

/** @param {Uint8Array} bytes */
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")

/** @param {string} string */
export const utf8 = (string) => new TextEncoder().encode(string)

/**
 * @param {Uint8Array} bytes
 * @throws {TypeError} when they are not UTF-8
 */
export const text = (bytes) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)

/** @param {Uint8Array} bytes */
export const to64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))

/**
 * @param {string} string - standard base64 with padding
 * @throws {DOMException} when it is not
 */
export const from64 = (string) => Uint8Array.from(atob(string), (character) => character.charCodeAt(0))
