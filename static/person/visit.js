import { from64 } from "../shared/bytes.js"
import { HerConversation } from "../shared/mls/hers.js"
import { rehearse } from "../shared/mls/rehearse.js"
import { restore, save } from "../shared/mls/saved.js"
import { Refused } from "../shared/refused.js"
import { Dialogue } from "./dialogue.js"
import { ELSEWHERE, EXPIRED, NETWORK_OVER, notBegun, OVER, refusedBy, STOPPED_WAITING } from "./endings.js"
import { Link } from "./link.js"
import { Place, WISHES } from "./place.js"
import { trustOf } from "./prepare.js"

const REHEARSAL_MS = 50
const AGAIN_MS = 2000
/** How long a place is kept for whoever lost the network. */
const KEPT_SECONDS = 600
/** Refusals that pass: the same is asked again. */
const PASSING = new Set(["too_many", "internal", "shutting_down", "not_yet"])
/** Nobody waits there for her. */
const NOT_THERE = new Set(["no_such_conversation", "out_of_order"])

/**
 * @typedef {import("./link.js").Answer} Answer
 * @typedef {import("./kept.js").Kept} Kept
 */

/** From a wish to an end: waiting, joining, talking, and coming back to each. One visit; each conversation has keys of its own. */
export class Visit {
  #screen
  #keep
  #wish
  #token
  #over = false
  #lost = false
  /** Since when the network is away, on the steady clock. @type {number | undefined} */ #away
  /** @type {Kept | undefined} of the page before this one, until it is opened */ #kept
  /** @type {import("../shared/credential/trust.js").Trust | undefined} */ #trust
  /** @type {Place | undefined} */ #place
  /** @type {Link | undefined} */ #link
  /** @type {Dialogue | undefined} */ #dialogue
  /** @type {Promise<void> | undefined} */ #joining
  /** Who answered does not come back. */ #wantsAnother = false
  /** @type {"now" | "again" | undefined} the server is being told who this is */ #greeting

  /**
   * @param {import("./screen.js").Screen} screen
   * @param {import("./keep.js").Keep} keep
   * @param {{wish?: string, kept?: Kept}} from - her tap, or the page before this one
   */
  constructor(screen, keep, { wish, kept }) {
    this.#screen = screen
    this.#keep = keep
    this.#kept = kept
    this.#wish = wish ?? WISHES[kept?.wish ?? WISHES.length - 1]
    this.#token = kept?.token ?? ""
  }

  /** Make the keys, then ask for a place. Nothing that she has written leaves the page here. */
  async begin() {
    this.#screen.waiting.wished(this.#wish)
    this.#keep.note({ wish: WISHES.indexOf(this.#wish), framed: this.#screen.framed })
    try {
      this.#trust = await trustOf(this.#screen.facts)
      this.#place = new Place(this.#trust, this.#screen.facts)
      if (!this.#kept?.sealed) await this.#place.prepare()
    } catch (error) {
      return this.#close(notBegun(error))
    }
    if (this.#over) return
    const { suite } = this.#trust
    this.#link = new Link(this.#handlers())
    this.#link.open()
    if (!this.#kept?.sealed) setTimeout(() => this.#over || rehearse(suite).catch(() => {}), REHEARSAL_MS)
  }

  /** Another wish, the same place. @param {string} wish */
  async change(wish) {
    this.#wish = wish
    this.#keep.note({ wish: WISHES.indexOf(wish) })
    this.#screen.waiting.wished(wish)
    const told = await this.#ask("wish", { wish })
    if (told.ok && !this.#joining) this.#screen.waiting.show(told)
  }

  /** @param {string} words */
  say(words) {
    return this.#canSay && this.#dialogue ? this.#dialogue.say(words) : Promise.resolve(false)
  }

  /** She stops waiting. */
  leave() {
    this.#close(STOPPED_WAITING)
  }

  /** She ends the conversation. */
  end() {
    this.#dialogue?.end()
  }

  /** Who answers is away, and she waits no longer: somebody else, and she is first. */
  another() {
    if (!this.#dialogue || this.#wantsAnother || this.#over) return
    this.#wantsAnother = true
    this.#screen.refresh()
    this.#greet(true)
  }

  /** Whether this tab may keep what it needs to be loaded again. @param {boolean} wanted */
  trace(wanted) {
    this.#keep.wanted = wanted
    if (wanted && this.#dialogue) this.#lock()
  }

  /** The network may be back. */
  wake() {
    this.#link?.wake()
  }

  /** The page is going. It may be loaded again, unless she wants no trace: then it is over. */
  going() {
    if (this.#over) return
    if (this.#token && this.#keep.wanted) this.#link?.tell("gone")
    else this.forget()
  }

  /** She is leaving the page: no words, no pane, only the end. */
  forget() {
    this.#stop(this.#lastWord)
    this.#screen.clear()
  }

  /** While the network is away, words wait sealed in this page, if the server will know her again. */
  get #canSay() {
    return this.#dialogue?.canSay === true && !this.#wantsAnother && !(this.#lost && !this.#token)
  }

  get #lastWord() {
    return this.#joining || this.#kept?.sealed ? "end" : "leave"
  }

  #handlers() {
    return {
      connect: () => this.#connected(),
      disconnect: () => this.#network(true),
      resync: () => this.#greet(true),
      token: (/** @type {Answer} */ told) => this.#renew(told),
      place: (/** @type {object} */ told) => this.#joining || this.#screen.waiting.show(told),
      welcome: (/** @type {{bytes: string, token?: string}} */ told) => this.#welcome(told),
      envelope: (/** @type {{seq: number, bytes: string}} */ { seq, bytes }) => this.#joining?.then(() => this.#dialogue?.came(seq, from64(bytes))),
      acked: (/** @type {{seq: number}} */ { seq }) => this.#dialogue?.held(seq),
      peer: (/** @type {{state: string}} */ { state }) => this.#joining?.then(() => this.#dialogue?.peer(state === "lost")),
      ended: (/** @type {{by: string}} */ { by }) => this.#joining?.then(() => this.#ended(by)) ?? this.#ended(by),
      bye: (/** @type {{code: string}} */ { code }) => this.#bye(code),
    }
  }

  /** @param {string} event @param {object} payload @returns {Promise<Answer>} */
  #ask(event, payload) {
    return this.#link?.ask(event, payload) ?? Promise.resolve({ ok: false, code: "lost" })
  }

  #connected() {
    this.#network(false)
    return this.#greet()
  }

  /** Tell the server who this is, one time after the other. @param {boolean} [again] - also if it is just being told */
  async #greet(again = false) {
    if (this.#greeting && again) this.#greeting = "again"
    if (this.#greeting) return
    this.#greeting = "now"
    const refusal = await this.#present()
    const once = /** @type {string} */ (this.#greeting) === "now"
    this.#greeting = undefined
    if (this.#over) return
    if (refusal && PASSING.has(refusal)) setTimeout(() => this.#greet(), AGAIN_MS)
    else if (refusal && NOT_THERE.has(refusal)) this.#close(this.#goneLong() ? NETWORK_OVER : EXPIRED)
    else if (refusal && refusal !== "lost") this.#close(refusedBy(refusal, this.#screen.closed.nextOpening()))
    else if (!once) await this.#greet()
  }

  /** @returns {Promise<string | undefined>} why not; `lost`: all begins again with the next connection */
  async #present() {
    const refusal = this.#kept?.sealed ? await this.#open(this.#kept) : undefined
    await this.#joining
    if (refusal || this.#over) return refusal
    return this.#dialogue ? this.#goOn(this.#dialogue) : this.#queue()
  }

  /**
   * What the page before this one has sealed, with the server's half of the key. It is given once: without it nobody
   * opens this, and it is over.
   *
   * @param {Kept} kept
   */
  async #open(kept) {
    const { ok, code, key, next } = await this.#ask("half", { token: this.#token })
    const trust = this.#trust
    if (this.#over || !trust) return undefined
    if (!ok || !key || !next) return code ?? "internal"
    try {
      const saved = await this.#keep.open(kept, from64(key))
      const conversation = await restore(trust, saved.keys)
      this.#kept = undefined
      this.#joining = Promise.resolve()
      this.#talk(conversation, saved)
      await this.#keep.lock(Promise.resolve(from64(next)))
      return undefined
    } catch {
      return "no_such_conversation"
    }
  }

  /** In a conversation, both ends tell how far they are. @param {Dialogue} dialogue @returns {Promise<string | undefined>} */
  async #goOn(dialogue) {
    const wanted = this.#wantsAnother
    const refusal = wanted ? await this.#claim("again") : "out_of_order"
    if (!NOT_THERE.has(refusal ?? "")) return refusal
    this.#wantsAnother = false // who answers is back, or it is over
    if (!this.#token) return "no_such_conversation"
    const { ok, code, taken = 0, acked = 0, token } = await this.#ask("hello", { token: this.#token, ...dialogue.standing })
    if (this.#over) return undefined
    if (code === "no_such_conversation") return this.#goOnWithAnother(wanted)
    if (!ok) return code
    this.#renew({ token })
    this.#away = undefined
    dialogue.resume(taken, acked)
    this.#screen.refresh()
    this.#lock()
    return undefined
  }

  /** It is over; if that is because who answered is gone for good, she is first. @param {boolean} wanted - somebody else in any case */
  async #goOnWithAnother(wanted) {
    const refusal = await this.#claim("again")
    if (!wanted || !NOT_THERE.has(refusal ?? "")) return refusal
    this.#part()
    return this.#claim("wait")
  }

  /** The place that she had, or a new one. @returns {Promise<string | undefined>} */
  async #queue() {
    const refusal = this.#token ? await this.#claim("back") : "no_such_conversation"
    return refusal === "no_such_conversation" ? this.#claim("wait") : refusal
  }

  /** @param {"wait" | "back" | "again"} event @returns {Promise<string | undefined>} */
  async #claim(event) {
    const token = this.#token
    const payload = await this.#place?.claim(event, { token, wish: this.#wish })
    if (this.#over || !payload) return undefined
    const told = await this.#ask(event, payload)
    if (this.#over || this.#token !== token) return undefined // somebody has come meanwhile
    if (!told.ok) return told.code ?? "internal"
    if (event === "again") this.#part(true)
    this.#away = undefined
    this.#renew(told)
    this.#screen.waiting.show(told)
    return undefined
  }

  /** @param {{bytes: string, token?: string}} told */
  #welcome({ bytes, token }) {
    if (this.#joining || this.#over) return
    this.#screen.waiting.coming()
    this.#joining = this.#join(from64(bytes), token)
  }

  /** @param {Uint8Array} welcome @param {string} [token] */
  async #join(welcome, token = "") {
    const [trust, own] = [this.#trust, this.#place?.shown]
    if (!trust || !own) return
    try {
      const conversation = await HerConversation.join({ trust, own, welcome })
      this.#token = token
      this.#talk(conversation)
      await this.#lock() // what she has is written down before the server hears that she has it
      if (this.#token) this.#link?.ask("holds", { seq: 0 })
    } catch (error) {
      const forAnother = error instanceof Refused && error.code === "welcome-not-for-us"
      if (this.#kept && forAnother && !this.#over) this.#beginAnew()
      else this.#close(notBegun(error))
    }
  }

  /** Somebody came between two pages, for keys that only the first one had. */
  #beginAnew() {
    this.#link?.tell("end")
    this.#token = ""
    this.#kept = this.#joining = undefined
    this.#greet(true)
  }

  /** @param {HerConversation} conversation @param {import("./dialogue.js").Saved} [saved] */
  #talk(conversation, saved) {
    const link = this.#link
    if (!link || this.#over) return conversation.end()
    const dialogue = new Dialogue(conversation, link, this.#screen, {
      over: (ending) => this.#close(ending),
      kept: () => this.#keep.keep(),
      gap: () => void this.#greet(),
      another: () => this.another(),
    }, saved)
    this.#dialogue = dialogue
    this.#keep.from(() => dialogue.saved(save))
    this.#keep.note({ token: this.#token })
    this.#screen.talk(() => this.#canSay)
  }

  /** A key for what has to be written down: half of it is the server's, until she is lost. */
  #lock() {
    const half = this.#token && this.#keep.wanted ? this.#ask("half", { token: this.#token }) : Promise.resolve(undefined)
    return this.#keep.lock(half.then((told) => (told?.ok && told.next ? from64(told.next) : undefined)))
  }

  /** @param {Answer | {token?: string}} told */
  #renew({ token }) {
    if (!token || this.#over) return
    this.#token = token
    if (!this.#kept?.sealed) this.#keep.note({ token })
  }

  /** The conversation is over; the visit goes on. @param {boolean} [head] - she is first now */
  #part(head = false) {
    const unheld = this.#dialogue?.unheld ?? []
    this.#dialogue?.forget()
    this.#dialogue = this.#joining = undefined
    this.#wantsAnother = false
    this.#token = ""
    this.#keep.wipe()
    this.#keep.note({ wish: WISHES.indexOf(this.#wish), framed: this.#screen.framed })
    this.#screen.part(unheld, head)
  }

  /** An end that was sealed comes first and names who ended it. @param {string} by - in the server's words */
  async #ended(by) {
    await this.#dialogue?.settled()
    if (by === "gone" && this.#dialogue) this.another()
    else this.#close(by === "counsellor" ? OVER : EXPIRED)
  }

  /** @param {string} code */
  #bye(code) {
    if (PASSING.has(code)) return // it will be another connection
    if (code === "elsewhere") this.#close(ELSEWHERE, undefined)
    else this.#close(refusedBy(code, this.#screen.closed.nextOpening()))
  }

  /** @param {boolean} lost */
  #network(lost) {
    if (this.#over) return
    this.#lost = lost
    if (lost) {
      this.#away ??= this.#trust?.clock.steady()
      this.#dialogue?.lost()
    }
    const said = this.#token ? "net.lost" : "error.network"
    this.#screen.connection.tell("network", lost ? this.#screen.words.text(said) : undefined)
    this.#screen.refresh()
  }

  #goneLong() {
    return this.#away !== undefined && this.#trust !== undefined && this.#trust.clock.steady() - this.#away > KEPT_SECONDS
  }

  /** @param {import("./closed.js").Ending} ending @param {string} [lastWord] - for the server */
  #close(ending, lastWord = this.#lastWord) {
    if (this.#over) return
    this.#stop(ending === ELSEWHERE ? undefined : lastWord)
    this.#screen.clear(ending)
  }

  /** @param {string} [lastWord] */
  #stop(lastWord) {
    if (this.#over) return
    this.#over = true
    this.#keep.wipe()
    this.#dialogue?.forget()
    this.#link?.close(lastWord)
    this.#dialogue = this.#place = this.#kept = this.#trust = undefined
  }
}
