/**
 * The clocks that certificates are judged by. A page cannot read its own Date header, so the server's clock is the
 * minute that stands in the page's data, moved on by the time since the page was opened.
 *
 * @param {number} minute - the server's, in unix seconds
 * @param {{now: () => number}} [steady] - milliseconds since the page was opened
 * @returns {import("../shared/credential/trust.js").PageClock}
 */
export const clockOf = (minute, steady = performance) => ({
  page: () => Date.now() / 1000,
  server: () => minute + steady.now() / 1000,
  steady: () => steady.now() / 1000,
})
