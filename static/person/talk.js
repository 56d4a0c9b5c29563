/** The second part: the connection, the keys, the conversation. It comes while she reads. */
import { all, button } from "./find.js"
import { Keep } from "./keep.js"
import { Screen } from "./screen.js"
import { Visit } from "./visit.js"

/** What her taps do, whichever visit it is. */
export class Talk {
  /** @type {Visit | undefined} */ #visit
  /** @type {Keep | undefined} */ #keep
  #screen
  /** Leave no trace: the same switch in two places. */
  #switches = /** @type {HTMLInputElement[]} */ (all("[data-trace]"))

  /** @param {import("./first.js").Page} page */
  constructor(page) {
    this.#screen = new Screen(page, (words) => this.#visit?.say(words) ?? Promise.resolve(false))
    button("frame-ok").addEventListener("click", () => this.#framed())
    button("leave").addEventListener("click", () => this.#visit?.leave())
    button("end").addEventListener("click", () => this.#visit?.end())
    button("another").addEventListener("click", () => this.#visit?.another())
    for (const choice of all("[data-switch]")) choice.addEventListener("click", () => this.#visit?.change(choice.dataset.switch ?? ""))
    for (const one of this.#switches) one.addEventListener("change", () => this.#trace(one.checked))
    addEventListener("online", () => this.#visit?.wake())
    document.addEventListener("visibilitychange", () => document.hidden || this.#visit?.wake())
  }

  /** @param {string} wish */
  wait(wish) {
    return this.#begin({ wish })
  }

  /** This page was loaded again: she goes on where she was. @param {import("./kept.js").Kept} kept */
  comeBack(kept) {
    this.#screen.framed = kept.framed
    return this.#begin({ kept })
  }

  /** The page is going; it may be loaded again. No words stay in it. */
  going() {
    this.#visit?.going()
    this.#screen.log.clear()
    this.#screen.composer.clear()
  }

  /** Connection, keys, messages and draft are gone. */
  forget() {
    this.#visit?.forget()
    this.#screen.composer.clear()
  }

  /** @param {{wish?: string, kept?: import("./kept.js").Kept}} from */
  #begin(from) {
    this.#keep = new Keep(!this.#switches[0].checked)
    this.#visit = new Visit(this.#screen, this.#keep, from)
    this.#screen.wait()
    return this.#visit.begin()
  }

  #framed() {
    this.#screen.framed = true
    this.#keep?.note({ framed: true })
  }

  /** @param {boolean} none */
  #trace(none) {
    for (const one of this.#switches) one.checked = none
    this.#visit?.trace(!none)
  }
}
