/** From an accepted offer to an open conversation, and from the server's events to the one they belong to. */
import { from64, to64 } from "../shared/bytes.js"
import { Trust } from "../shared/credential/trust.js"
import { Conversation, newKeyPackage } from "../shared/mls/conversation.js"
import { Refused } from "../shared/refused.js"
import { Lost } from "./connection.js"
import { PASSING } from "./outbox.js"
import { Talk } from "./talk.js"

const AGAIN_MILLISECONDS = 1000

/**
 * @typedef {import("./connection.js").Connection} Connection
 * @typedef {import("./pane.js").Pane} Pane
 * @typedef {import("./talk.js").Members} Members
 * @typedef {{conversation: string, key_package: string, line: string, language: string, token?: string}} Accepted
 */

export class Answering {
  /** @type {Map<string, Talk>} */ #talks = new Map()
  /** @type {Map<string, Pane>} */ #panes = new Map()
  /** @type {Set<string>} conversations that this page has ended and the server may not know of */ #ends = new Set()
  #accepting = Promise.resolve()

  /**
   * @param {object} given
   * @param {ReturnType<typeof import("./facts.js").readFacts>} given.facts
   * @param {import("../shared/credential/trust.js").PageClock} given.clock
   * @param {import("./readiness.js").Readiness} given.readiness
   * @param {import("./panes.js").Panes} given.panes
   * @param {() => Connection} given.connection
   */
  constructor({ facts, clock, readiness, panes, connection }) {
    this.facts = facts
    this.clock = clock
    this.readiness = readiness
    this.panes = panes
    this.connection = connection
  }

  /** Conversations whose keys this page holds, or is about to. */
  get holding() {
    return [...this.#panes.keys()]
  }

  /** Take the person who is offered. @param {string} offer @throws {Error} whose message is the code */
  async accept(offer) {
    const asked = this.connection().ask("accept", { offer })
    const opened = asked.then((answer) => (answer.ok ? this.#open(/** @type {any} */ (answer)) : undefined))
    this.#accepting = asked.then(() => {}, () => {})
    const { ok, code } = await asked
    if (!ok) throw new Error(code)
    await opened
  }

  /** What has to be said and known before the server is told what is held here: it ends what is not. */
  async settled() {
    await this.#accepting
    for (const conversation of this.#ends) {
      await this.connection().ask("end", { conversation })
      this.#ends.delete(conversation)
    }
  }

  /** Our network is back. Whoever has no token is over if the server does not know it. @param {string[]} alive */
  resume(alive) {
    for (const [id, talk] of this.#talks) {
      if (talk.token || alive.includes(id)) talk.resume()
      else talk.close("gone")
    }
  }

  /** Whether the desk's own connection is there. @param {boolean} is */
  reach(is) {
    for (const pane of this.#panes.values()) pane.reach(is)
    if (!is) for (const talk of this.#talks.values()) talk.lost()
  }

  tick() {
    for (const talk of this.#talks.values()) talk.tick()
    for (const pane of this.#panes.values()) pane.tick()
  }

  /** Sign-out: every conversation ends, every word goes. */
  endAll() {
    for (const talk of [...this.#talks.values()]) talk.end()
  }

  /** This page is out for good. @param {string} why */
  closeAll(why) {
    for (const talk of [...this.#talks.values()]) talk.close(why)
  }

  /** What the server says of conversations, by event. */
  get events() {
    return {
      envelope: (/** @type {{conversation: string, seq: number, bytes: string}} */ { conversation, seq, bytes }) =>
        this.#talks.get(conversation)?.take(seq, from64(bytes)),
      acked: (/** @type {{conversation: string, seq: number}} */ { conversation, seq }) => this.#talks.get(conversation)?.acked(seq),
      peer: (/** @type {{conversation: string, state: string}} */ { conversation, state }) => this.#panes.get(conversation)?.peer(state),
      token: (/** @type {{conversation: string, token: string}} */ { conversation, token }) => {
        const talk = this.#talks.get(conversation)
        if (talk) talk.token = token
      },
      ended: (/** @type {{conversation: string, by: string}} */ { conversation, by }) => this.#talks.get(conversation)?.close(by),
    }
  }

  /** @param {Accepted} accepted */
  async #open({ conversation: id, key_package: keyPackage, line, language, token }) {
    const pane = this.panes.add(language)
    this.#panes.set(id, pane)
    try {
      const { conversation, welcome } = await this.#begin(line, from64(keyPackage))
      const talk = new Talk({ id, conversation, carrier: this.#carrier(id, welcome), listener: this.#listener(id, pane), token })
      this.#talks.set(id, talk)
      pane.here(conversation.list())
      pane.tell("pane.sealed")
      pane.speaker = { say: (words) => talk.say(words), end: () => talk.end() }
      await this.#welcome(talk, welcome)
      pane.box.focus()
    } catch (error) {
      this.#end(id)
      this.#forget(id)
      pane.over("never", error instanceof Refused ? error.code : "internal")
    }
  }

  /** @param {string} line @param {Uint8Array} person - her key package */
  async #begin(line, person) {
    const { suite, identity, signer } = this.readiness.signer()
    const { root, site, revocations } = this.facts
    const trust = new Trust({ suite, root: root.key, demo: root.demo, line, lowestCounter: site.lowest_counter, clock: this.clock })
    await trust.useRevocationList(revocations)
    return Conversation.open({ trust, own: await newKeyPackage(suite, identity, signer), person })
  }

  /** Until the server has it. A second one may be refused, which says that the first arrived. @param {Talk} talk @param {Uint8Array} welcome */
  async #welcome(talk, welcome) {
    for (let tried = false; !talk.isOver; tried = true) {
      try {
        const answer = await this.connection().ask("welcome", { conversation: talk.id, bytes: to64(welcome) })
        if (answer.ok || (tried && answer.code === "forbidden_message")) return talk.begin()
        const isUnknown = answer.code === "no_such_conversation"
        if (isUnknown && !talk.token) return talk.close("gone")
        if (!isUnknown && !PASSING.has(String(answer.code))) throw new Refused(String(answer.code))
        await new Promise((done) => setTimeout(done, AGAIN_MILLISECONDS)) // the server may have come back empty: the talk resumes
      } catch (error) {
        if (!(error instanceof Lost)) throw error
        await this.connection().back()
      }
    }
  }

  /** @param {string} conversation */
  async #end(conversation) {
    this.#ends.add(conversation)
    try {
      await this.connection().ask("end", { conversation })
      this.#ends.delete(conversation)
    } catch (error) {
      if (!(error instanceof Lost)) throw error // said again before the next hello
    }
  }

  /** @param {string} conversation @param {Uint8Array} welcome @returns {import("./talk.js").Carrier} */
  #carrier(conversation, welcome) {
    return {
      envelope: (seq, bytes) => this.connection().ask("envelope", { conversation, seq, bytes: to64(bytes) }),
      holds: (seq) => this.connection().say("holds", { conversation, seq }),
      resume: (standing) => this.connection().ask("resume", { conversation, ...standing }),
      welcome: () => this.connection().say("welcome", { conversation, bytes: to64(welcome) }),
      end: () => void this.#end(conversation),
    }
  }

  /** @param {string} id @param {Pane} pane @returns {import("./talk.js").Listener} */
  #listener(id, pane) {
    return {
      said: (alias, kind, words) => pane.said(alias, kind, words),
      changed: (message) => pane.mark(message),
      members: (members, before) => this.#moved(pane, members, before),
      stalled: (is) => pane.tell(is ? "pane.stalled" : "pane.moving"),
      delayed: () => pane.remark("pane.handover"),
      over: (why, code) => {
        this.#forget(id)
        pane.over(why, code)
      },
    }
  }

  /** @param {Pane} pane @param {Members} members @param {Members} before */
  #moved(pane, members, before) {
    pane.here(members)
    pane.remark(undefined)
    const missing = (/** @type {Members} */ from, /** @type {Members} */ among) =>
      from.filter(({ role, alias }) => !among.some((other) => other.role === role && other.alias === alias))
    for (const { alias } of missing(members, before)) pane.tell("pane.joined", { alias })
    for (const { alias } of missing(before, members)) pane.tell("pane.left", { alias })
  }

  /** @param {string} id */
  #forget(id) {
    this.#talks.delete(id)
    this.#panes.delete(id)
  }
}
