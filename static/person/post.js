import { to64 } from "../shared/bytes.js"
import { Refused } from "../shared/refused.js"
import { Inbox } from "./inbox.js"
import { Outbox } from "./outbox.js"

/**
 * @typedef {import("../shared/mls/hers.js").HerConversation} HerConversation
 *
 * What both ends have of each other, as a page that was loaded again needs it.
 * @typedef {{have: number, outbox: import("./outbox.js").Saved, renewed: Renewed[]}} Saved
 *
 * New keys of the other side: the number of that commit, and the last of ours that was sealed before it.
 * @typedef {{seq: number, sealed: number}} Renewed
 */

/**
 * The way of sealed messages between her and the other side. Whatever moves the keys and whatever counts it are one step
 * here, so that what is written down in between is never half of it.
 */
export class Post {
  /** @type {Promise<void>} */ #line = Promise.resolve()
  #conversation
  #ways
  #outbox
  #inbox
  #link
  /** After this number something was missing, and the server was asked. @type {number | undefined} */ #missing
  /** @type {Renewed[]} */ #renewed
  /** Until the server has said whether it has taken our commit. */
  #answered = Promise.resolve()
  #answer = () => {}

  /**
   * @param {object} given
   * @param {HerConversation} given.conversation
   * @param {import("./link.js").Link} given.link
   * @param {() => Promise<void>} given.kept - when what there is by now is written down
   * @param {() => void} given.gap - the server has to be asked how far it is
   * @param {(came: Awaited<ReturnType<HerConversation["receive"]>>, before: Pick<HerConversation, "members" | "lead">) => void} given.heed
   * @param {(code: string) => void} given.refused
   * @param {(error: unknown) => void} given.broken
   * @param {(epoch: number, ours: boolean) => void} given.settled - the server has taken our commit, or another's
   * @param {Saved} [from]
   */
  constructor({ conversation, link, kept, gap, heed, refused, broken, settled }, from) {
    this.#conversation = conversation
    this.#ways = { heed, broken, settled }
    this.#link = link
    this.#renewed = from?.renewed ?? []
    const alone = (/** @type {() => Promise<void>} */ work) => this.#alone(work)
    this.#inbox = new Inbox({ alone, kept, gap: () => this.#miss(gap), take: (bytes) => this.#open(bytes), holds: (seq) => this.#holds(seq) }, from?.have)
    this.#outbox = new Outbox({
      kept, gap, refused,
      give: (seq, bytes) => link.ask("envelope", { seq, bytes: to64(bytes) }),
      taken: ({ commit = 0 }) => void this.#taken(commit),
      stale: ({ commit = 0 }) => void this.#lost(commit),
      steady: conversation.trust.clock.steady,
      later: (work, delay_ms) => void setTimeout(work, delay_ms),
    }, from?.outbox)
    if (conversation.mine) this.#wait()
  }

  /** How far each end is, for the server. */
  get standing() {
    const epoch = Number(this.#conversation.state?.groupContext.epoch ?? 0)
    return { have: this.#upTo(this.#inbox.taken), acked: this.#outbox.acked, epoch, floor: this.#outbox.floor(epoch) }
  }

  /** How many seconds the oldest message has been on its way. */
  get waited() {
    return this.#outbox.waited
  }

  /**
   * @param {() => Promise<Uint8Array>} seal
   * @param {{arrived?: () => void, last?: boolean}} [about] - see Outbox.add
   * @returns {Promise<void>}
   * @throws {Refused} when nothing can be sealed now
   */
  send(seal, about) {
    return this.#alone(async () => this.#outbox.add(await seal(), about))
  }

  /** New keys for our leaf. @param {number} epoch - the one that this ends @returns {Promise<void>} */
  renew(epoch) {
    return this.#alone(async () => {
      const { commit } = await this.#conversation.update()
      this.#wait()
      this.#outbox.add(commit, { commit: epoch })
    })
  }

  /** @param {number} seq @param {Uint8Array} bytes */
  came(seq, bytes) {
    return this.#inbox.push(seq, bytes)
  }

  /** The other side holds everything up to `seq`. @param {number} seq */
  held(seq) {
    const before = this.#upTo(this.#inbox.taken)
    this.#outbox.held(seq)
    if (this.#upTo(this.#inbox.taken) > before) this.#holds(this.#inbox.taken)
  }

  lost() {
    this.#outbox.lost()
  }

  /** @param {number} taken @param {number} acked @returns {boolean} see Outbox.resume */
  resume(taken, acked) {
    this.#alone(async () => this.#seek())
    return this.#outbox.resume(taken, acked)
  }

  /** What came is opened, and what is under way inside is done. */
  async done() {
    await this.#alone(async () => {})
  }

  stop() {
    this.#inbox.stop()
    this.#outbox.lost()
    this.#answer()
  }

  /**
   * Between two steps.
   *
   * @template Result
   * @param {(post: Saved) => Promise<Result>} with_
   * @returns {Promise<Result>}
   */
  saved(with_) {
    return this.#alone(() => with_({ have: this.#inbox.taken, outbox: this.#outbox.saved(), renewed: this.#renewed }))
  }

  /**
   * @template Result
   * @param {() => Promise<Result>} work
   * @returns {Promise<Result>}
   */
  #alone(work) {
    const done = this.#line.then(work)
    this.#line = done.then(() => {}, () => {})
    return done
  }

  /** @param {() => void} gap */
  #miss(gap) {
    this.#missing = this.#inbox.taken
    gap()
  }

  /** The server gives all it has before it answers. What is missing still, it has given to a page that came after this one. */
  #seek() {
    if (this.#missing === this.#inbox.taken) this.#ways.broken(new Refused("older-than-the-server"))
    this.#missing = undefined
  }

  /** @param {Uint8Array} bytes */
  async #open(bytes) {
    const { members, lead } = this.#conversation
    try {
      const came = await this.#receive(bytes)
      if (came.kind === "commit") this.#renewed.push({ seq: this.#inbox.taken + 1, sealed: this.#outbox.seq })
      this.#ways.heed(came, { members, lead })
    } catch (error) {
      if (error instanceof Refused && !error.ends) return // nobody here signed it, or it is only late: it changes nothing
      this.#ways.broken(error)
    }
  }

  /** Sealed under the keys that our commit has made: then the server has taken it, and will say so. @param {Uint8Array} bytes */
  async #receive(bytes) {
    try {
      return await this.#conversation.receive(bytes)
    } catch (error) {
      if (!this.#conversation.mine || !(error instanceof Refused) || error.code !== "epoch-ahead") throw error
      await this.#answered
      return this.#conversation.receive(bytes)
    }
  }

  /** @param {number} seq */
  #holds(seq) {
    this.#link.ask("holds", { seq: this.#upTo(seq) })
  }

  /**
   * What may be acknowledged. The other side's new keys only when it has all that was sealed under the old ones here: it
   * keeps those no longer than until it renews them again, and that it does not before this is acknowledged.
   *
   * @param {number} seq
   */
  #upTo(seq) {
    this.#renewed = this.#renewed.filter(({ sealed }) => sealed > this.#outbox.acked)
    return Math.min(seq, ...this.#renewed.map((commit) => commit.seq - 1))
  }

  #wait() {
    this.#answered = new Promise((answered) => { this.#answer = answered })
  }

  /** @param {number} epoch */
  #taken(epoch) {
    return this.#settle(epoch, true, () => this.#conversation.confirmed())
  }

  /** @param {number} epoch */
  #lost(epoch) {
    return this.#settle(epoch, false, () => this.#conversation.rejected())
  }

  /** @param {number} epoch @param {boolean} ours @param {() => Promise<void>} act */
  async #settle(epoch, ours, act) {
    const { mine, state } = this.#conversation
    if (!mine || Number(state?.groupContext.epoch) !== epoch) return
    try {
      await act()
      this.#answer()
      this.#ways.settled(epoch, ours)
    } catch (error) {
      this.#ways.broken(error)
    }
  }
}
