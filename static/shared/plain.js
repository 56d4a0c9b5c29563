/** Values as text and back, to the letter: bytes, big numbers, maps, sets, and what is there but undefined. */
import { from64, to64 } from "./bytes.js"

/** @param {any} value - objects are plain ones; no functions */
export const pack = (value) => JSON.stringify(tagged(value))

/** @param {string} text - what `pack` made @returns {any} */
export const unpack = (text) => untagged(JSON.parse(text))

/** @param {any} value @returns {any} JSON; what JSON lacks is an object with the one key "_" */
function tagged(value) {
  if (value === undefined) return { _: [] }
  if (typeof value === "bigint") return { _: ["n", String(value)] }
  if (value instanceof Uint8Array) return { _: ["b", to64(value)] }
  if (value instanceof Map) return { _: ["m", tagged([...value])] }
  if (value instanceof Set) return { _: ["s", tagged([...value])] }
  if (Array.isArray(value)) return Array.from(value, tagged)
  if (value && typeof value === "object") return each(value, tagged)
  return value
}

/** @type {Record<string, (content: any) => any>} */
const READ = {
  n: BigInt,
  b: from64,
  m: (content) => new Map(untagged(content)),
  s: (content) => new Set(untagged(content)),
}

/** @param {any} value @returns {any} */
function untagged(value) {
  if (Array.isArray(value)) return value.map(untagged)
  if (!value || typeof value !== "object") return value
  if (!("_" in value)) return each(value, untagged)
  const [kind, content] = value._
  return kind && READ[kind](content)
}

/** @param {object} object @param {(value: any) => any} change */
const each = (object, change) => Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
