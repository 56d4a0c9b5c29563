/**
 * One conversation as this page holds it: what goes out goes in order and stays here until the other end has it; what
 * comes in is taken in order; keys are renewed when they are due; after a loss both ends go on from what they hold.
 */
import { text, utf8 } from "../shared/bytes.js"
import { MAX_BODY_BYTES } from "../shared/mls/framing.js"
import { Refused } from "../shared/refused.js"
import { Lost } from "./connection.js"
import { Outbox, PASSING } from "./outbox.js"

/**
 * @typedef {import("../shared/mls/conversation.js").Conversation} Conversation
 * @typedef {import("./connection.js").Answer} Answer
 * @typedef {ReturnType<Conversation["list"]>} Members
 *
 * One message of ours; `state` is shown under it.
 * @typedef {{words: string, state: "sending" | "waiting" | "arrived" | "failed"}} Message
 *
 * What this page holds, as the server is told after a loss: the last number of hers, the last of ours that she holds,
 * our epoch, the lowest epoch of our commits that she does not hold.
 * @typedef {{token: string, have: number, acked: number, epoch: number, floor: number}} Standing
 *
 * How its envelopes travel. `welcome` gives the Welcome once more.
 * @typedef {{envelope: (seq: number, bytes: Uint8Array) => Promise<Answer>, holds: (seq: number) => void,
 *   resume: (standing: Standing) => Promise<Answer>, welcome: () => void, end: () => void}} Carrier
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
const RESUME_FIRST_MILLISECONDS = 500
const RESUME_MOST_MILLISECONDS = 8000
/** Refusals after which both ends say anew what they hold; so many in a row that nothing is mended by it. */
const ASTRAY = new Set(["out_of_order", "no_such_conversation"])
const ASTRAY_MOST = 4

/** Whether words fit into one message. @param {string} words */
export const fits = (words) => utf8(words).length <= MAX_BODY_BYTES

export class Talk {
  /** @type {(Message | typeof UPDATE | typeof END)[]} what waits to be sealed */ #queue = []
  #outbox = new Outbox({
    give: (seq, bytes) => this.#give(seq, bytes),
    arrived: (message) => this.#state(message, "arrived"),
    refused: (code) => this.#refused(code),
    pause: (milliseconds) => this.pause(milliseconds),
  })
  #taken = 0
  #again = false
  #sealing = false
  #stalled = false
  #begun = false
  #away = false
  #resumes = 0
  #catchingUp = false
  #astray = 0
  #turn = Promise.resolve()
  /** Resolves when the server has ordered our commit, or refused it. */
  #commit = Promise.resolve()
  #ordered = () => {}
  /** @type {string | undefined} */ #why

  /**
   * @param {object} given
   * @param {string} given.id
   * @param {Conversation} given.conversation
   * @param {Carrier} given.carrier
   * @param {Listener} given.listener
   * @param {string} [given.token] - with which it goes on after a loss; a server that gives none knows no such thing
   * @param {(milliseconds: number) => Promise<void>} [given.pause]
   */
  constructor({ id, conversation, carrier, listener, token, pause = (ms) => new Promise((done) => setTimeout(done, ms)) }) {
    this.id = id
    this.conversation = conversation
    this.carrier = carrier
    this.listener = listener
    this.token = token
    this.pause = pause
    conversation.onEnd = (code) => this.#ended(code)
  }

  get isOver() {
    return !this.conversation.state
  }

  /** The Welcome is with the server: envelopes may follow it. */
  begin() {
    this.#begun = true
    if (!this.#away) this.#outbox.goOn()
    this.#sealAll()
  }

  /** @param {string} words @returns {Message} */
  say(words) {
    const message = { words, state: /** @type {Message["state"]} */ (this.#away ? "waiting" : "sending") }
    this.#queue.push(message)
    this.#sealAll()
    return message
  }

  /** An envelope from the other end. @param {number} seq @param {Uint8Array} bytes */
  take(seq, bytes) {
    this.#turn = this.#turn.then(() => this.#take(seq, bytes)).catch((error) => this.#broken(error))
    return this.#turn
  }

  /** The other end holds everything up to this number. @param {number} seq */
  acked(seq) {
    this.#outbox.hold(seq)
  }

  /** Called every second. */
  async tick() {
    if (this.isOver) return
    await this.conversation.tick().catch(() => {})
    if (this.isOver) return
    if (this.#isUpdateDue()) {
      this.#queue.push(UPDATE)
      this.#sealAll()
    }
    const stalled = this.conversation.stall.tooLong()
    if (stalled !== this.#stalled) this.listener.stalled((this.#stalled = stalled))
  }

  /** The connection is gone: what is said from now on is sealed and waits. */
  lost() {
    this.#resumes += 1
    this.#outbox.stop()
    this.#mark(true)
  }

  /** The connection is back, or the server has asked: both say what they hold, and we go on from there. */
  async resume() {
    if (this.isOver) return
    if (!this.token) return this.#resumed()
    this.#outbox.stop()
    const answer = await this.#standing(++this.#resumes)
    if (!answer) return
    if (!answer.ok) return answer.code === "no_such_conversation" ? this.close("unknown") : this.#broken(new Refused(String(answer.code)))
    if (typeof answer.token === "string") this.token = answer.token
    this.#outbox.hold(Number(answer.acked))
    if (!this.#taken && !this.#outbox.held) this.carrier.welcome() // she may not have had it before the server lost it
    this.#resumed(Number(answer.taken))
  }

  /** @param {number} [taken] */
  #resumed(taken) {
    if (this.#taken) this.carrier.holds(this.#taken)
    this.#mark(false)
    if (this.#begun) this.#outbox.goOn(taken)
  }

  /**
   * Say what we hold until that is answered.
   *
   * @param {number} run
   * @returns {Promise<Answer | undefined>} none if the connection was lost again, or somebody else asks anew
   */
  async #standing(run) {
    for (let wait = RESUME_FIRST_MILLISECONDS; ; wait = Math.min(2 * wait, RESUME_MOST_MILLISECONDS)) {
      const epoch = Number(this.conversation.state?.groupContext.epoch)
      const standing = { token: String(this.token), have: this.#taken, acked: this.#outbox.held, epoch, floor: Number(this.#outbox.floor ?? epoch) }
      const answer = await this.carrier.resume(standing).catch(lost)
      if (run !== this.#resumes || this.isOver) return undefined
      if (!answer || answer.ok || !PASSING.has(String(answer.code))) return answer
      await this.pause(wait)
      if (run !== this.#resumes || this.isOver) return undefined
    }
  }

  /** What has not arrived waits for the network, or is on its way again. @param {boolean} away */
  #mark(away) {
    this.#away = away
    const queued = this.#queue.flatMap((item) => (typeof item === "object" ? item : []))
    for (const message of [...this.#outbox.messages, ...queued]) this.#state(message, away ? "waiting" : "sending")
  }

  /** We end it: once sealed, so that her page need not take the server's word for it, and without it if that takes long. */
  end() {
    if (this.isOver) return
    this.#queue.push(END)
    this.#sealAll()
    this.pause(LAST_WORD_MILLISECONDS).then(() => this.#finish())
  }

  #finish() {
    if (this.isOver) return
    this.carrier.end()
    this.close("counsellor")
  }

  /** It is over: the keys go at once. @param {string} why - who ended it, or what did */
  close(why) {
    this.#why = why
    this.conversation.end()
  }

  /** New keys only when the other end has taken the last ones: her late words stay readable. */
  #isUpdateDue() {
    if (!this.#begun || this.#away || this.#queue.includes(UPDATE) || this.#outbox.floor !== undefined) return false
    return this.#again || this.conversation.updateDue()
  }

  async #sealAll() {
    if (this.#sealing || !this.#begun) return
    this.#sealing = true
    try {
      while (this.#queue.length && !this.isOver) await this.#seal(this.#queue[0])
    } catch (error) {
      this.#broken(error)
    } finally {
      this.#sealing = false
    }
  }

  /** @param {Message | typeof UPDATE | typeof END} next */
  async #seal(next) {
    if (typeof next === "object" && this.conversation.handover && this.conversation.me !== this.conversation.handover.out) {
      this.listener.delayed()
      return this.pause(AGAIN_MILLISECONDS)
    }
    if (next === UPDATE) await this.#renew()
    else if (next === END) this.#outbox.add({ bytes: await this.conversation.send("end"), ordered: () => this.#finish() })
    else this.#outbox.add({ bytes: await this.conversation.send("text", next.words), message: next })
    this.#queue.shift()
  }

  /** The first commit for an epoch wins. If ours did not, the winner is on its way, and we try again after it. */
  async #renew() {
    const { state, handover, mine, committed } = this.conversation
    this.#again = committed === state?.groupContext.epoch // ours lost, and the winner is not here yet
    if (handover || mine || this.#again) return
    const { commit: bytes } = await this.conversation.update()
    this.#commit = new Promise((ordered) => { this.#ordered = ordered })
    this.#outbox.add({ bytes, commit: this.conversation.committed, ordered: (won) => void this.#settle(won) })
  }

  /** The server has put our commit first for its epoch, or another's. @param {boolean} won */
  async #settle(won) {
    try {
      if (!won) this.#again = true
      if (!won) await this.conversation.rejected()
      else if (this.conversation.mine) await this.conversation.confirmed()
    } catch (error) {
      this.#broken(error)
    } finally {
      this.#ordered()
    }
  }

  /** @param {number} seq @param {Uint8Array} bytes */
  async #give(seq, bytes) {
    const answer = await this.carrier.envelope(seq, bytes)
    if (answer.ok) this.#astray = 0
    return answer
  }

  /** The server does not take what comes next. @param {string} code */
  #refused(code) {
    if (this.isOver) return
    if (code === "lost") this.#mark(true) // whoever has the connection says when it is back
    else if (this.token && ASTRAY.has(code) && ++this.#astray < ASTRAY_MOST) this.resume() // it may have come back empty
    else this.#broken(new Refused(code))
  }

  /** Something before this one is missing here: the server is asked for it, not more often than it can answer. */
  async #catchUp() {
    if (!this.token || this.#catchingUp || this.#away) return
    this.#catchingUp = true
    await this.resume()
    await this.pause(AGAIN_MILLISECONDS)
    this.#catchingUp = false
  }

  /** @param {number} seq @param {Uint8Array} bytes */
  async #take(seq, bytes) {
    if (this.isOver) return
    if (seq > this.#taken + 1) return void this.#catchUp()
    if (seq <= this.#taken) return this.carrier.holds(this.#taken)
    const before = this.conversation.list()
    const received = await this.#received(bytes)
    if (received === "again" || this.isOver && !received) return
    this.#taken = seq
    this.carrier.holds(seq)
    if (received) this.#heed(received, before)
  }

  /**
   * What nobody here has signed, or is only late, counts as taken and changes nothing, as it does on her page.
   *
   * @param {Uint8Array} bytes
   * @returns {Promise<Awaited<ReturnType<Conversation["receive"]>> | "again" | undefined>} "again": it has to come again
   */
  async #received(bytes) {
    try {
      return await this.conversation.receive(bytes)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (error.code === "gap") return "again"
      if (error.code !== "epoch-ahead" || !this.conversation.mine) return undefined
      await this.#commit // her words in the epoch that our own commit begins came before its answer
      return this.#received(bytes)
    }
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
    for (const item of [...this.#queue, ...this.#outbox.messages]) if (typeof item === "object") item.words = ""
    this.#queue = []
    this.#outbox.clear()
    this.#ordered()
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

/** @param {unknown} error */
function lost(error) {
  if (error instanceof Lost) return undefined
  throw error
}

/** What cannot be read as words is shown as nothing, not guessed. @param {Uint8Array} body */
function readable(body) {
  try {
    return text(body)
  } catch {
    return ""
  }
}
