/** From an accepted offer to an open conversation, and from the server's events to the one they belong to. */
import { from64, to64 } from "../shared/bytes.js"
import { Trust } from "../shared/credential/trust.js"
import { Conversation, newKeyPackage } from "../shared/mls/conversation.js"
import { Refused } from "../shared/refused.js"
import { Lost } from "./connection.js"
import { Talk } from "./talk.js"

/**
 * @typedef {import("./connection.js").Connection} Connection
 * @typedef {import("./pane.js").Pane} Pane
 * @typedef {import("./talk.js").Members} Members
 * @typedef {{conversation: string, key_package: string, line: string, language: string}} Accepted
 */

export class Answering {
  /** @type {Map<string, Talk>} */ #talks = new Map()
  /** @type {Map<string, Pane>} */ #panes = new Map()

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

  /** Conversations whose keys this page holds. */
  get holding() {
    return [...this.#talks.keys()]
  }

  /** Take the person who is offered. @param {string} offer @throws {Error} whose message is the code */
  async accept(offer) {
    const answer = await this.connection().ask("accept", { offer })
    if (!answer.ok) throw new Error(answer.code)
    await this.#open(/** @type {any} */ (answer))
  }

  /** Our network is back; what the server does not know any more has ended meanwhile. @param {string[]} alive */
  resume(alive) {
    for (const [id, talk] of this.#talks) {
      if (alive.includes(id)) talk.resume()
      else talk.close("gone")
    }
  }

  tick() {
    for (const talk of this.#talks.values()) talk.tick()
  }

  /** Sign-out: every conversation ends, every word goes. */
  endAll() {
    for (const talk of [...this.#talks.values()]) talk.end()
  }

  /** This page is out for good: what it held has ended on the server. */
  closeAll() {
    for (const talk of [...this.#talks.values()]) talk.close("gone")
  }

  /** What the server says of conversations, by event. */
  get events() {
    return {
      envelope: (/** @type {{conversation: string, seq: number, bytes: string}} */ { conversation, seq, bytes }) =>
        this.#talks.get(conversation)?.take(seq, from64(bytes)),
      acked: (/** @type {{conversation: string, seq: number}} */ { conversation, seq }) => this.#talks.get(conversation)?.acked(seq),
      peer: (/** @type {{conversation: string, state: string}} */ { conversation, state }) => this.#panes.get(conversation)?.tell(`pane.peer.${state}`),
      ended: (/** @type {{conversation: string, by: string}} */ { conversation, by }) => this.#talks.get(conversation)?.close(by),
    }
  }

  /** @param {Accepted} accepted */
  async #open({ conversation: id, key_package: keyPackage, line, language }) {
    const pane = this.panes.add(language)
    this.#panes.set(id, pane)
    try {
      const { conversation, welcome } = await this.#begin(line, from64(keyPackage))
      const talk = new Talk({ id, conversation, carrier: this.#carrier(id), listener: this.#listener(id, pane) })
      this.#talks.set(id, talk)
      pane.here(conversation.list())
      pane.tell("pane.sealed")
      pane.speaker = { say: (words) => talk.say(words), end: () => talk.end() }
      await this.#welcome(talk, welcome)
      pane.box.focus()
    } catch (error) {
      this.connection().say("end", { conversation: id })
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

  /** Until the server has it; a second one is refused, which says that the first arrived. @param {Talk} talk @param {Uint8Array} welcome */
  async #welcome(talk, welcome) {
    for (let tried = false; !talk.isOver; tried = true) {
      try {
        const answer = await this.connection().ask("welcome", { conversation: talk.id, bytes: to64(welcome) })
        if (answer.ok || (tried && answer.code === "forbidden_message")) return talk.begin()
        if (answer.code === "no_such_conversation") return talk.close("gone")
        throw new Refused(String(answer.code))
      } catch (error) {
        if (!(error instanceof Lost)) throw error
        await this.connection().back()
      }
    }
  }

  /** @param {string} conversation @returns {import("./talk.js").Carrier} */
  #carrier(conversation) {
    return {
      envelope: (seq, bytes) => this.connection().ask("envelope", { conversation, seq, bytes: to64(bytes) }),
      holds: (seq) => this.connection().say("holds", { conversation, seq }),
      end: () => this.connection().say("end", { conversation }),
      back: () => this.connection().back(),
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
