import { lineOf } from "./facts.js"
import { partOf } from "./find.js"
import { saidWhen } from "./when.js"

/**
 * Why it is over, in her words. Texts are keys, or words already filled.
 * @typedef {{title: string, words?: string[], code?: string, keepWords?: boolean}} Ending
 *   `keepWords`: what she has written and not sent stays in the box, should she try again
 */

/** The last pane: never a dead end, the other ways stand under it. */
export class Closed {
  #page

  /** @param {{facts: import("./facts.js").Facts, words: import("./words.js").Words, panes: import("./panes.js").Panes}} page */
  constructor(page) {
    this.#page = page
  }

  /** @param {Ending} ending */
  show({ title, words = [], code }) {
    const { words: texts, panes } = this.#page
    texts.write(partOf("closed-title"), title)
    partOf("closed-words").replaceChildren(
      ...words.map((said) => {
        const line = document.createElement("p")
        line.textContent = texts.text(said) || said
        return line
      }),
    )
    partOf("closed-code").textContent = code ? texts.text("error.code", { n: code }) : ""
    panes.show("closed")
  }

  /** When somebody answers next, where that is known. @returns {string[]} */
  nextOpening() {
    const { facts, words } = this.#page
    const { opens_at, zone } = facts.lines[lineOf(facts)]
    return opens_at ? [words.text("closed.next", { time: saidWhen(opens_at, zone, facts.language) })] : []
  }
}
