import { to64 } from "../shared/bytes.js"
import { lineOf } from "./facts.js"
import { freshKeyPackage } from "./prepare.js"

/** By number, where a word would tell whoever reads the device what she wishes for. */
export const WISHES = ["survivor", "psychologist", "whoever"]

/** Her place in the queue, and the keys that stand for it there. Keys are shown for one place and never for another. */
export class Place {
  /** @type {import("../shared/mls/keypackage.js").Own | undefined} made, and not yet shown */ #own
  /** @type {import("../shared/mls/keypackage.js").Own | undefined} */ shown
  #trust
  #facts

  /** @param {import("../shared/credential/trust.js").Trust} trust @param {import("./facts.js").Facts} facts */
  constructor(trust, facts) {
    this.#trust = trust
    this.#facts = facts
  }

  /** Keys for the first place, before there is a connection. */
  async prepare() {
    this.#own = await freshKeyPackage(this.#trust)
  }

  /**
   * What the server needs to know: for a new place, the one that she had, or the first one.
   *
   * @param {"wait" | "back" | "again"} event
   * @param {{token: string, wish: string}} who
   */
  async claim(event, { token, wish }) {
    const shown = event === "back" ? this.shown : undefined
    const own = shown ?? this.#own ?? (await freshKeyPackage(this.#trust))
    this.#own = undefined
    this.shown = own
    const place = { wish, key_package: to64(own.bytes) }
    return event === "wait" ? { line: lineOf(this.#facts), language: this.#facts.language, ...place } : { token, ...place }
  }
}
