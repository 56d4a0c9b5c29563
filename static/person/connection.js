/** What the line under the box says; the first of these that holds is the one that matters. */
const ORDER = /** @type {const} */ (["network", "passing", "slow", "peer", "hint"])

/** @typedef {(typeof ORDER)[number]} State */

/** One quiet line about the connection. It changes when something changes, and never because nobody writes. */
export class Connection {
  /** @type {Map<State, string>} */
  #said = new Map()
  #line

  /** @param {HTMLElement} line */
  constructor(line) {
    this.#line = line
  }

  /** @param {State} state @param {string} [words] - none: it no longer holds */
  tell(state, words) {
    if (words) this.#said.set(state, words)
    else this.#said.delete(state)
    const said = this.#said.get(ORDER.find((one) => this.#said.has(one)) ?? "hint") ?? ""
    if (this.#line.textContent !== said) this.#line.textContent = said
  }
}
