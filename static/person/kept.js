/** The one thing that her page leaves on her device while it is open, under one plain name; never a word of hers. */

const NAME = "notes"

/**
 * What stands there. While she waits: the token of her place. While she talks: the sealed keys too, and this page's half of
 * the key that opens them; the server has the other half.
 *
 * @typedef {{token: string, wish: number, framed: boolean, half?: string, sealed?: string}} Kept
 */

/** @returns {Kept | undefined} */
export function readKept() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? "null") ?? undefined
  } catch {
    return undefined
  }
}

/** What cannot be written is not left standing as it was: an old state must never be gone on with. @param {Kept} kept */
export function writeKept(kept) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify(kept))
  } catch {
    wipeKept()
  }
}

export function wipeKept() {
  try {
    sessionStorage.removeItem(NAME)
  } catch {
    // no storage: nothing is kept
  }
}

/**
 * Only this tab, loaded again by whoever is before it, or thrown out of memory by the browser. Whatever else opens this
 * page, a closed tab that is opened again, Back, a session brought back, finds nothing.
 */
export const isSamePage = () =>
  /** @type {{wasDiscarded?: boolean}} */ (document).wasDiscarded === true ||
  /** @type {PerformanceNavigationTiming | undefined} */ (performance.getEntriesByType("navigation")[0])?.type === "reload"
