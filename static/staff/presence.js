/** On duty, on a break, off: three buttons that show what the server holds, and one plain sentence about it. */
import { find } from "./dom.js"

/**
 * @typedef {{state: string, on_rota: boolean}} View
 * @typedef {import("./dom.js").Dresser} Dresser
 */

export class Presence {
  /** @type {View} */ #view = { state: "off_duty", on_rota: true }
  /** Without keys nobody can be answered, so nobody goes on duty. */
  #canAnswer = false
  #isReached = false

  /**
   * @param {object} given
   * @param {Dresser} given.dresser
   * @param {(state: string) => Promise<import("./connection.js").Answer>} given.declare
   */
  constructor({ dresser, declare }) {
    this.dresser = dresser
    this.declare = declare
    this.sentence = find("[data-part=presence]")
    this.buttons = [...document.querySelectorAll("[data-part=states] button")].filter((button) => button instanceof HTMLButtonElement)
    for (const button of this.buttons) button.addEventListener("click", () => this.#press(button.value))
    this.#show()
  }

  get state() {
    return this.#view.state
  }

  /** @param {View} view - as the server tells it */
  show(view) {
    this.#view = view
    this.#show()
  }

  /** @param {boolean} can */
  allow(can) {
    this.#canAnswer = can
    this.#show()
  }

  /** Without a connection nothing is known, and nothing can be said. @param {boolean} is */
  reach(is) {
    this.#isReached = is
    this.#show()
  }

  /** @param {string} state */
  #may(state) {
    return this.#isReached && (state !== "on_duty" || this.#canAnswer)
  }

  /** @param {string} state */
  async #press(state) {
    if (!this.#may(state)) return
    const answer = await this.declare(state).catch(() => ({ ok: false, code: "lost" }))
    if (answer.ok) this.show(/** @type {any} */ (answer))
    else this.dresser.text(this.sentence, answer.code === "not_on_duty_by_rota" ? "presence.not_on_rota" : "presence.failed")
  }

  #show() {
    for (const button of this.buttons) {
      button.setAttribute("aria-pressed", String(this.#isReached && button.value === this.#view.state))
      button.setAttribute("aria-disabled", String(!this.#may(button.value)))
    }
    if (!this.#isReached) return this.dresser.clear(this.sentence)
    const off = !this.#view.on_rota && this.#view.state !== "on_break"
    this.dresser.text(this.sentence, off ? "presence.not_on_rota" : `presence.is.${this.#view.state}`)
    this.sentence.dataset.state = this.#view.state
  }
}
