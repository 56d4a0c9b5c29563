/** One or two conversations side by side; on a phone one at a time, with a switch. */
import { find, h } from "./dom.js"
import { Pane } from "./pane.js"

/** @typedef {import("./dom.js").Dresser} Dresser */

const NAMES = ["A", "B", "C", "D"]

export class Panes {
  /** @type {Pane[]} */ #open = []
  /** @type {Pane | undefined} */ #shown

  /** @param {{dresser: Dresser, changed: () => void}} given */
  constructor({ dresser, changed }) {
    this.dresser = dresser
    this.changed = changed
    this.place = find("[data-part=panes]")
    this.empty = find("[data-part=empty]")
    this.switch = find("[data-part=switch]")
  }

  get unread() {
    return this.#open.reduce((sum, pane) => sum + pane.unread, 0)
  }

  get live() {
    return this.#open.some((pane) => !pane.isOver)
  }

  /** A new conversation takes the place of those that are over. @param {string} language */
  add(language) {
    for (const over of this.#open.filter(({ isOver }) => isOver)) this.#takeAway(over)
    const taken = new Set(this.#open.map(({ name }) => name))
    /** @type {Pane} */
    const pane = new Pane({
      name: NAMES.find((name) => !taken.has(name)) ?? NAMES[0],
      language,
      dresser: this.dresser,
      isSeen: () => !document.hidden && pane.element.offsetParent !== null,
      changed: () => this.#arrange(),
      dismissed: () => this.#remove(pane),
    })
    this.#open.push(pane)
    this.place.append(pane.element)
    this.show(pane)
    return pane
  }

  /** @param {Pane} pane */
  show(pane) {
    this.#shown = pane
    this.#arrange()
  }

  /** @param {Pane} pane */
  #takeAway(pane) {
    this.#open = this.#open.filter((other) => other !== pane)
    pane.element.remove()
  }

  /** @param {Pane} pane */
  #remove(pane) {
    this.#takeAway(pane)
    if (this.#shown === pane) this.#shown = this.#open[0]
    this.#arrange()
    const next = this.#shown?.box ?? document.getElementById("content")
    next?.focus()
  }

  #arrange() {
    this.empty.hidden = this.#open.length > 0
    this.place.dataset.count = String(this.#open.length)
    for (const pane of this.#open) pane.element.classList.toggle("shown", pane === this.#shown)
    this.switch.hidden = this.#open.length < 2
    this.switch.replaceChildren(...this.#open.map((pane) => this.#button(pane)))
    this.changed()
  }

  /** @param {Pane} pane */
  #button(pane) {
    const label = this.dresser.text(h("span"), "pane.title", { name: pane.name })
    const button = h("button", { class: "button", type: "button", "aria-pressed": String(pane === this.#shown) }, label)
    if (pane.unread) button.append(this.dresser.text(h("span", { class: "unread" }), "pane.unread", { count: pane.unread }))
    button.addEventListener("click", () => this.show(pane))
    return button
  }
}
