/**
 * What the server put into the page: the same bytes for everybody, in this minute.
 *
 * @typedef {object} Site
 * @property {boolean} demo
 * @property {string} root - the organisation's public key, base64
 * @property {number} lowest_counter
 * @property {{id: string, languages: string[]}[]} lines
 * @property {string} neutral - the address that leaving opens
 *
 * @typedef {object} Facts
 * @property {Site} site
 * @property {string} revocations - base64
 * @property {number} minute - the server's clock in unix seconds, to the minute
 * @property {string} language
 * @property {Record<string, {open: boolean, opens_at: number | null, zone: string}>} lines
 * @property {Record<string, Record<string, string>>} texts
 */

/** @returns {Facts} */
export const readFacts = () => JSON.parse(/** @type {HTMLElement} */ (document.getElementById("facts")).textContent ?? "")

/**
 * The line she writes to: the first that is answered in her language, else the first of all.
 *
 * @param {Facts} facts
 */
export const lineOf = ({ site, language }) => (site.lines.find(({ languages }) => languages.includes(language)) ?? site.lines[0]).id
