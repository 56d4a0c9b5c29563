import { from64, to64 } from "../shared/bytes.js"
import { HerConversation } from "../shared/mls/hers.js"
import { rehearse } from "../shared/mls/rehearse.js"
import { Dialogue } from "./dialogue.js"
import { EXPIRED, NETWORK_OVER, notBegun, OVER, refusedBy, STOPPED_WAITING } from "./endings.js"
import { lineOf } from "./facts.js"
import { Link } from "./link.js"
import { freshKeyPackage, trustOf } from "./prepare.js"

const REHEARSAL_MS = 50

/** From a wish to an end: waiting, joining, talking. One visit, one key package, one conversation. */
export class Visit {
  #screen
  #wish
  #over = false
  #lost = false
  /** @type {import("../shared/credential/trust.js").Trust | undefined} */ #trust
  /** @type {import("../shared/mls/keypackage.js").Own | undefined} made, and not yet shown */ #own
  /** @type {import("../shared/mls/keypackage.js").Own | undefined} shown to the queue */ #shown
  /** @type {Link | undefined} */ #link
  /** @type {Dialogue | undefined} */ #dialogue
  /** @type {Promise<void> | undefined} */ #joining

  /** @param {import("./screen.js").Screen} screen @param {string} wish */
  constructor(screen, wish) {
    this.#screen = screen
    this.#wish = wish
  }

  /** Make the keys, then ask for a place. Nothing that she has written leaves the page here. */
  async begin() {
    this.#screen.waiting.wished(this.#wish)
    try {
      this.#trust = await trustOf(this.#screen.facts)
      this.#own = await freshKeyPackage(this.#trust)
    } catch (error) {
      return this.#close(notBegun(error))
    }
    if (this.#over) return
    const { suite } = this.#trust
    this.#link = new Link(this.#handlers())
    this.#link.open()
    setTimeout(() => this.#over || rehearse(suite).catch(() => {}), REHEARSAL_MS)
  }

  /** Another wish, the same place. @param {string} wish */
  async change(wish) {
    this.#wish = wish
    this.#screen.waiting.wished(wish)
    const told = await this.#link?.ask("wish", { wish })
    if (told?.ok && !this.#joining) this.#screen.waiting.show(told)
  }

  /** @param {string} words */
  say(words) {
    return this.#dialogue && !this.#lost ? this.#dialogue.say(words) : Promise.resolve(false)
  }

  /** She stops waiting. */
  leave() {
    this.#close(STOPPED_WAITING)
  }

  /** She ends the conversation. */
  end() {
    this.#dialogue?.end()
  }

  /** She is leaving the page: no words, no pane, only the end. */
  forget() {
    this.#stop()
    this.#screen.clear()
  }

  #handlers() {
    return {
      connect: () => this.#connected(),
      disconnect: () => this.#network(true),
      place: (/** @type {object} */ told) => this.#joining || this.#screen.waiting.show(told),
      welcome: (/** @type {{bytes: string}} */ { bytes }) => this.#welcome(from64(bytes)),
      envelope: (/** @type {{seq: number, bytes: string}} */ { seq, bytes }) => this.#joining?.then(() => this.#dialogue?.came(seq, from64(bytes))),
      acked: (/** @type {{seq: number}} */ { seq }) => this.#dialogue?.held(seq),
      peer: (/** @type {{state: string}} */ { state }) => this.#joining?.then(() => this.#dialogue?.peer(state === "lost")),
      ended: (/** @type {{by: string}} */ { by }) => this.#joining?.then(() => this.#ended(by)) ?? this.#ended(by),
      bye: (/** @type {{code: string}} */ { code }) => this.#close(refusedBy(code, this.#screen.closed.nextOpening())),
    }
  }

  async #connected() {
    this.#network(false)
    if (this.#joining) return this.#close(NETWORK_OVER) // the server knows her by her connection alone
    if (!this.#trust) return
    const own = this.#own ?? (await freshKeyPackage(this.#trust))
    this.#own = undefined // a second connection is a second place, with keys that nobody has seen
    this.#shown = own
    const { facts, waiting, closed } = this.#screen
    const place = { line: lineOf(facts), language: facts.language, wish: this.#wish, key_package: to64(own.bytes) }
    const told = await this.#link?.ask("wait", place)
    if (!told || this.#over) return
    if (told.ok) waiting.show(told)
    else this.#close(refusedBy(told.code ?? "internal", closed.nextOpening()))
  }

  /** @param {Uint8Array} welcome */
  #welcome(welcome) {
    if (this.#joining || this.#over) return
    this.#screen.waiting.coming()
    this.#joining = this.#join(welcome)
  }

  /** @param {Uint8Array} welcome */
  async #join(welcome) {
    const [trust, own, link] = [this.#trust, this.#shown, this.#link]
    if (!trust || !own || !link) return
    try {
      const conversation = await HerConversation.join({ trust, own, welcome })
      if (this.#over) return conversation.end()
      this.#dialogue = new Dialogue(conversation, link, this.#screen, (ending) => this.#close(ending))
      this.#screen.talk(() => !this.#lost && this.#dialogue?.canSay === true)
    } catch (error) {
      this.#close(notBegun(error))
    }
  }

  /** An end that was sealed comes first and names who ended it. @param {string} by - in the server's words */
  async #ended(by) {
    await this.#dialogue?.settled()
    this.#close(by === "counsellor" || by === "gone" ? OVER : EXPIRED)
  }

  /** @param {boolean} lost */
  #network(lost) {
    if (this.#over) return
    this.#lost = lost
    this.#screen.connection.tell("network", lost ? this.#screen.words.text("error.network") : undefined)
    this.#screen.refresh()
  }

  /** @param {import("./closed.js").Ending} ending */
  #close(ending) {
    if (this.#over) return
    this.#stop()
    this.#screen.clear(ending)
  }

  #stop() {
    this.#over = true
    this.#dialogue?.forget()
    this.#link?.close(this.#joining ? "end" : "leave")
    this.#dialogue = this.#own = this.#shown = this.#trust = undefined
  }
}
