/** The page's time, the server's, and one that only goes forward, in seconds. */

/**
 * @param {number} serverMinute - seconds since 1970, rounded down to a minute, as the server wrote it into the page
 * @param {{now: () => number}} [steady] - milliseconds
 * @param {{now: () => number}} [wall] - milliseconds since 1970
 */
export function pageClock(serverMinute, steady = performance, wall = Date) {
  const loaded = steady.now()
  return {
    page: () => wall.now() / 1000,
    server: () => serverMinute + (steady.now() - loaded) / 1000,
    steady: () => steady.now() / 1000,
  }
}
