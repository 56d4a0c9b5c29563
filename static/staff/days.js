/** Which days a device needs keys for, by the server's time, in UTC. */

export const DAYS_AHEAD = 14
const DAY_SECONDS = 86400

/** @param {number} seconds - since 1970 @returns {string} "2026-03-01" */
export const dayOf = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10)

/** Today and the days after it. @param {number} seconds */
export const daysAhead = (seconds) => Array.from({ length: DAYS_AHEAD }, (_, n) => dayOf(seconds + n * DAY_SECONDS))

/** @typedef {{start: number, end: number}} Block - seconds since 1970 */

/**
 * @template {{block: Block}} Key
 * @param {Key[]} keys
 * @param {number} seconds
 * @returns {Key | undefined} the one whose block of time it is
 */
export const keyFor = (keys, seconds) => keys.find(({ block }) => block.start <= seconds && seconds < block.end)
