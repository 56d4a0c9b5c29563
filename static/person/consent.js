import { button, partOf } from "./find.js"

/** A colleague may come in only after her yes; both answers weigh the same, and "no" stands first. */
export class Consent {
  #card = partOf("consent")
  /** @type {(yes: boolean) => void} */
  #answer = () => {}

  constructor() {
    button("consent-yes").addEventListener("click", () => this.#close(true))
    button("consent-no").addEventListener("click", () => this.#close(false))
  }

  /**
   * @param {string} question
   * @param {string} who - alias and role, from the certificate that this page has checked
   * @returns {Promise<boolean>} her answer; never, if the question is withdrawn
   */
  ask(question, who) {
    partOf("consent-question").textContent = question
    partOf("consent-who").textContent = who
    this.#card.hidden = false
    this.#card.scrollIntoView({ block: "nearest" })
    return new Promise((answer) => {
      this.#answer = answer
    })
  }

  /** Nothing is asked any more. */
  withdraw() {
    this.#card.hidden = true
    this.#answer = () => {}
  }

  /** @param {boolean} yes */
  #close(yes) {
    const answer = this.#answer
    this.withdraw()
    answer(yes)
  }
}
