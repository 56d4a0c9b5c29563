// Seeded randomness: a failing case can be run again. Not for keys.

/** @param {number} seed */
export function seeded(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (limit) => next() % limit
  return {
    below,
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
    choose: (list) => list[below(list.length)],
  }
}
