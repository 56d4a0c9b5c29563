/** What the server wrote into the page. */
import { from64 } from "../shared/bytes.js"

/**
 * @typedef {object} Facts
 * @property {{root: string, demo: boolean, lowest_counter: number}} site
 * @property {string} revocations - base64
 * @property {number} minute - the server's, in seconds since 1970
 * @property {string} language
 * @property {{staff: string, alias: string, role: string | null}} me
 * @property {string} csrf - what a change must bring along
 * @property {Record<string, Record<string, string>>} texts
 */

/** @param {Document} page */
export function readFacts(page) {
  /** @type {Facts} */
  const facts = JSON.parse(page.getElementById("facts")?.textContent ?? "")
  return {
    ...facts,
    root: { key: from64(facts.site.root), demo: facts.site.demo },
    revocations: from64(facts.revocations),
  }
}
