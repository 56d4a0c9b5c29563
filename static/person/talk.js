/** The second part: the connection, the keys, the conversation. It comes while she reads. */
import { all, button } from "./find.js"
import { Screen } from "./screen.js"
import { Visit } from "./visit.js"

/** What her taps do, whichever visit it is. */
export class Talk {
  /** @type {Visit | undefined} */
  #visit
  #screen

  /** @param {import("./first.js").Page} page */
  constructor(page) {
    this.#screen = new Screen(page, (words) => this.#visit?.say(words) ?? Promise.resolve(false))
    button("frame-ok").addEventListener("click", () => this.#screen.framed())
    button("leave").addEventListener("click", () => this.#visit?.leave())
    button("end").addEventListener("click", () => this.#visit?.end())
    for (const choice of all("[data-switch]")) choice.addEventListener("click", () => this.#visit?.change(choice.dataset.switch ?? ""))
  }

  /** @param {string} wish */
  wait(wish) {
    this.#visit = new Visit(this.#screen, wish)
    this.#screen.wait()
    return this.#visit.begin()
  }

  /** Connection, keys, messages and draft are gone. */
  forget() {
    this.#visit?.forget()
    this.#screen.composer.clear()
  }
}
