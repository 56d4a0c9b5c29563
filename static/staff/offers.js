/** An offer: a sheet laid on the table. Line and language, two equal buttons; no sound, no countdown. */
import { h } from "./dom.js"

/**
 * @typedef {{offer: string, line: string, language: string}} Offer
 * @typedef {import("./dom.js").Dresser} Dresser
 */

export class Offers {
  /** @type {Offer | undefined} */ #open

  /**
   * @param {object} given
   * @param {HTMLElement} given.place
   * @param {Dresser} given.dresser
   * @param {(offer: string) => Promise<void>} given.accept - rejects when it did not work
   * @param {(offer: string) => void} given.decline
   * @param {() => void} given.changed
   */
  constructor({ place, dresser, accept, decline, changed }) {
    this.place = place
    this.dresser = dresser
    this.accept = accept
    this.decline = decline
    this.changed = changed
  }

  get isOpen() {
    return this.#open !== undefined
  }

  /** @param {Offer} offer */
  show(offer) {
    this.#open = offer
    this.place.replaceChildren(this.#card(offer))
    this.changed()
  }

  /** It lapsed, or the person left: the sheet is taken away, and nothing is said. @param {string} [offer] */
  withdraw(offer) {
    if (offer !== undefined && this.#open?.offer !== offer) return
    this.#open = undefined
    this.place.replaceChildren()
    this.changed()
  }

  /** @param {Offer} offer */
  #card({ offer, line, language }) {
    const { dresser } = this
    const title = dresser.text(h("h2", { id: "offer" }), "offer.title")
    const facts = h("dl", {},
      dresser.text(h("dt"), "offer.line"), dresser.called(h("dd"), "line", line),
      dresser.text(h("dt"), "offer.language"), dresser.called(h("dd"), "language", language))
    const accept = dresser.text(h("button", { class: "button", type: "button", "data-test": "accept" }), "offer.accept")
    const decline = dresser.text(h("button", { class: "button", type: "button", "data-test": "decline" }), "offer.decline")
    accept.addEventListener("click", () => this.#accepted(offer))
    decline.addEventListener("click", () => this.#declined(offer))
    const small = dresser.text(h("p", { class: "soft small" }), "offer.else")
    return h("section", { class: "sheet offer", "aria-labelledby": "offer", "data-test": "offer" },
      title, facts, h("p", { class: "pair" }, accept, decline), small)
  }

  /** @param {string} offer */
  async #accepted(offer) {
    if (this.#open?.offer !== offer) return
    this.#open = undefined
    for (const button of this.place.querySelectorAll("button")) button.disabled = true
    try {
      await this.accept(offer)
      this.withdraw()
    } catch (error) {
      this.#say(error instanceof Error && error.message === "offer_gone" ? "offer.gone" : "offer.failed")
    }
  }

  /** @param {string} offer */
  #declined(offer) {
    if (this.#open?.offer !== offer) return
    this.withdraw()
    this.decline(offer)
  }

  /** @param {string} key */
  #say(key) {
    this.place.replaceChildren(this.dresser.text(h("p", { class: "sheet small", role: "status" }), key))
    this.changed()
  }
}
