/**
 * One conversation as this page holds it: what goes out goes in order, one at a time, and stays here until the other end
 * has it; what comes in is taken in order; keys are renewed when they are due.
 */
import { text, utf8 } from "../shared/bytes.js"
import { MAX_BODY_BYTES } from "../shared/mls/framing.js"
import { Refused } from "../shared/refused.js"
import { Lost } from "./connection.js"

/**
 * @typedef {import("../shared/mls/conversation.js").Conversation} Conversation
 * @typedef {import("./connection.js").Answer} Answer
 * @typedef {ReturnType<Conversation["list"]>} Members
 *
 * One message of ours; `state` is shown under it.
 * @typedef {{words: string, state: "sending" | "waiting" | "arrived" | "failed"}} Message
 *
 * How its envelopes travel.
 * @typedef {{envelope: (seq: number, bytes: Uint8Array) => Promise<Answer>, holds: (seq: number) => void,
 *   end: () => void, back: () => Promise<void>}} Carrier
 *
 * Who is told what happens.
 * @typedef {{said: (who: string | undefined, kind: string, words: string) => void, changed: (message: Message) => void,
 *   members: (members: Members, before: Members) => void, stalled: (is: boolean) => void, delayed: () => void,
 *   over: (why: string, code?: string) => void}} Listener
 */

const UPDATE = Symbol("new keys")
const END = Symbol("end")
const LAST_WORD_MILLISECONDS = 2000
const AGAIN_MILLISECONDS = 2000

/** Whether words fit into one message. @param {string} words */
export const fits = (words) => utf8(words).length <= MAX_BODY_BYTES

export class Talk {
  /** @type {(Message | typeof UPDATE | typeof END)[]} what waits to be sealed */ #queue = []
  /** @type {{seq: number, message?: Message}[]} what the other end does not hold yet */ #outbox = []
  #sent = 0
  #taken = 0
  #updateSeq = 0
  #arrived = 0
  #again = false
  #pumping = false
  #stalled = false
  #begun = false
  #turn = Promise.resolve()
  /** @type {string | undefined} */ #why

  /**
   * @param {object} given
   * @param {string} given.id
   * @param {Conversation} given.conversation
   * @param {Carrier} given.carrier
   * @param {Listener} given.listener
   * @param {(milliseconds: number) => Promise<void>} [given.pause]
   */
  constructor({ id, conversation, carrier, listener, pause = (ms) => new Promise((done) => setTimeout(done, ms)) }) {
    this.id = id
    this.conversation = conversation
    this.carrier = carrier
    this.listener = listener
    this.pause = pause
    conversation.onEnd = (code) => this.#ended(code)
  }

  get isOver() {
    return !this.conversation.state
  }

  /** The Welcome is with the server: envelopes may follow it. */
  begin() {
    this.#begun = true
    this.#pump()
  }

  /** @param {string} words @returns {Message} */
  say(words) {
    const message = { words, state: /** @type {Message["state"]} */ ("sending") }
    this.#queue.push(message)
    this.#pump()
    return message
  }

  /** An envelope from the other end. @param {number} seq @param {Uint8Array} bytes */
  take(seq, bytes) {
    this.#turn = this.#turn.then(() => this.#take(seq, bytes)).catch((error) => this.#broken(error))
    return this.#turn
  }

  /** The other end holds everything up to this number. @param {number} seq */
  acked(seq) {
    this.#arrived = Math.max(this.#arrived, seq)
    for (const { message } of this.#outbox.filter((sent) => sent.seq <= seq)) if (message) this.#state(message, "arrived")
    this.#outbox = this.#outbox.filter((sent) => sent.seq > seq)
  }

  /** Called every second. */
  async tick() {
    if (this.isOver) return
    await this.conversation.tick().catch(() => {})
    if (this.isOver) return
    if (this.#begun && this.#isUpdateDue()) {
      this.#queue.push(UPDATE)
      this.#pump()
    }
    const stalled = this.conversation.stall.tooLong()
    if (stalled !== this.#stalled) this.listener.stalled((this.#stalled = stalled))
  }

  /** The network is back: say again what we hold. */
  resume() {
    if (this.#taken) this.carrier.holds(this.#taken)
  }

  /** We end it: once sealed, so that her page need not take the server's word for it, and without it if that takes long. */
  end() {
    if (this.isOver) return
    this.#queue.push(END)
    this.#pump()
    this.pause(LAST_WORD_MILLISECONDS).then(() => this.#finish())
  }

  #finish() {
    if (this.isOver) return
    this.carrier.end()
    this.close("counsellor")
  }

  /** It is over: the keys go at once. @param {string} why - who ended it, or "gone" */
  close(why) {
    this.#why = why
    this.conversation.end()
  }

  /** New keys only when the other end has taken the last ones: her late words stay readable. */
  #isUpdateDue() {
    if (this.#queue.includes(UPDATE) || this.#updateSeq > this.#arrived) return false
    return this.#again || this.conversation.updateDue()
  }

  async #pump() {
    if (this.#pumping || !this.#begun) return
    this.#pumping = true
    try {
      while (this.#queue.length && !this.isOver) await this.#send(this.#queue[0])
    } catch (error) {
      this.#broken(error)
    } finally {
      this.#pumping = false
    }
  }

  /** @param {Message | typeof UPDATE | typeof END} next */
  async #send(next) {
    if (next === END) {
      await this.#carried(await this.conversation.send("end"))
      return this.#finish()
    }
    if (next !== UPDATE && this.conversation.handover && this.conversation.me !== this.conversation.handover.out) {
      this.listener.delayed()
      return this.pause(AGAIN_MILLISECONDS)
    }
    if (next === UPDATE) await this.#renew()
    else await this.#deliver(next)
    this.#queue.shift()
  }

  /** @param {Message} message */
  async #deliver(message) {
    const envelope = await this.conversation.send("text", message.words)
    const answer = await this.#carried(envelope, message)
    if (!answer.ok) throw new Refused(String(answer.code))
    this.#outbox.push({ seq: this.#sent, message })
    this.acked(this.#arrived)
  }

  /** The first commit for an epoch wins. If ours did not, the winner is on its way, and we try again after it. */
  async #renew() {
    const { state, handover, mine, committed } = this.conversation
    this.#again = committed === state?.groupContext.epoch // ours lost, and the winner is not here yet
    if (handover || mine || this.#again) return
    const { commit } = await this.conversation.update()
    const answer = await this.#carried(commit)
    if (answer.ok) {
      this.#updateSeq = this.#sent
      if (this.conversation.mine) await this.conversation.confirmed()
    } else if (answer.code === "stale_epoch") {
      await this.conversation.rejected()
      this.#again = true
    } else throw new Refused(String(answer.code))
  }

  /**
   * Carry one envelope until the server has answered; the same bytes under the same number, however often.
   *
   * @param {Uint8Array} envelope
   * @param {Message} [message]
   * @returns {Promise<Answer>}
   */
  async #carried(envelope, message) {
    for (;;) {
      try {
        const answer = await this.carrier.envelope(this.#sent + 1, envelope)
        if (answer.ok) this.#sent += 1
        if (answer.ok || answer.code !== "too_many") return answer
        await this.pause(AGAIN_MILLISECONDS)
      } catch (error) {
        if (!(error instanceof Lost)) throw error
        if (message) this.#state(message, "waiting")
        await this.carrier.back()
        if (message) this.#state(message, "sending")
      }
      if (this.isOver) throw new Refused("ended")
    }
  }

  /** @param {number} seq @param {Uint8Array} bytes */
  async #take(seq, bytes) {
    if (this.isOver || seq > this.#taken + 1) return
    if (seq <= this.#taken) return this.carrier.holds(this.#taken)
    const before = this.conversation.list()
    /** @type {Awaited<ReturnType<Conversation["receive"]>>} */
    let received
    try {
      received = await this.conversation.receive(bytes)
    } catch (error) {
      if (error instanceof Refused) return // a breach has ended it; anything else is dropped and changes nothing
      throw error
    }
    this.#taken = seq
    this.carrier.holds(seq)
    this.#heed(received, before)
  }

  /** @param {Awaited<ReturnType<Conversation["receive"]>>} received @param {Members} before */
  #heed(received, before) {
    if (received.kind === "removed") return
    if (received.kind === "commit") return this.listener.members(this.conversation.list(), before)
    if (received.kind === "end") return this.close("person")
    const { kind, from, body } = /** @type {import("../shared/mls/said.js").Said} */ (received)
    const alias = from === this.conversation.person ? undefined : this.conversation.members.get(from)?.alias
    this.listener.said(alias, kind, kind === "text" ? readable(body) : "")
  }

  /** @param {string} code */
  #ended(code) {
    const rest = [...this.#queue, ...this.#outbox.map(({ message }) => message)]
    for (const message of rest) if (typeof message === "object") message.words = ""
    this.#queue = []
    this.#outbox = []
    if (this.#why) this.listener.over(this.#why)
    else if (code === "removed") this.listener.over("removed")
    else {
      this.carrier.end()
      this.listener.over("unsafe", code)
    }
  }

  /** Something went wrong that waiting does not mend. @param {unknown} error */
  #broken(error) {
    if (this.isOver) return
    const code = error instanceof Refused ? error.code : "internal"
    if (code === "no_such_conversation") return this.close("gone")
    this.carrier.end()
    this.#why = undefined
    this.conversation.end(code)
  }

  /** @param {Message} message @param {Message["state"]} state */
  #state(message, state) {
    message.state = state
    this.listener.changed(message)
  }
}

/** What cannot be read as words is shown as nothing, not guessed. @param {Uint8Array} body */
function readable(body) {
  try {
    return text(body)
  } catch {
    return ""
  }
}
