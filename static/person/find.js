/** The elements that the script knows, by the stable names in the markup. */

/** @param {string} selector @param {ParentNode} [within] */
function one(selector, within = document) {
  const found = within.querySelector(selector)
  if (!(found instanceof HTMLElement)) throw new TypeError(selector)
  return found
}

/** By its stable name, which tests and assistive checks know too. @param {string} name @param {ParentNode} [within] */
export const named = (name, within) => one(`[data-test="${name}"]`, within)

/** A part that only the script writes to. @param {string} name @param {ParentNode} [within] */
export const partOf = (name, within) => one(`[data-part="${name}"]`, within)

/** @param {string} selector @returns {HTMLElement[]} */
export const all = (selector) => [...document.querySelectorAll(selector)].filter((found) => found instanceof HTMLElement)

/** A button by its stable name. @param {string} name @returns {HTMLButtonElement} */
export const button = (name) => /** @type {HTMLButtonElement} */ (named(name))
