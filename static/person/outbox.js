/** Sealed messages on their way out: numbered once, given in order, kept until the other side holds them (go-back-N). */

const AGAIN_MS = 2000
const NOT_YET_MS = 500
/** How much may be under way without the server's answer: what a slow network carries in the time it may be silent. */
const WINDOW = 32
const WINDOW_BYTES = 32 * 1024
/** Refusals that pass: the same bytes are given again, because the next message could not be opened without them. */
const PASSING = new Set(["too_many", "internal", "shutting_down", "not_yet"])

/** The server is somewhere else, or came back empty: it is asked how far it is, and after so many times it is over. */
const ASTRAY = new Set(["out_of_order", "no_such_conversation"])
const ASTRAY_MOST = 5

/**
 * @typedef {object} Sealed
 * @property {number} seq
 * @property {Uint8Array} bytes
 * @property {number} since - seconds on the steady clock
 * @property {boolean} ready - what this page must not forget about it is written down: it may leave
 * @property {number | undefined} commit - the epoch that it ends, if it is a commit of ours
 * @property {boolean} [told] - that the server has taken it
 * @property {() => void} arrived
 *
 * What a page that was loaded again knows of it.
 * @typedef {{seq: number, held: number, sealed: {seq: number, bytes: Uint8Array, commit?: number}[]}} Saved
 */

export class Outbox {
  /** @type {Sealed[]} what the other side does not hold yet */ #sealed = []
  /** @type {Set<Sealed>} given, and not answered */ #flying = new Set()
  /** The number of the last that was sealed here. */ seq = 0
  #held = 0
  #next = 1
  /** Answers to what was given before a loss or a refusal say nothing any more. */
  #round = 0
  #astray = 0
  #open = false
  #ways

  /**
   * @param {object} ways
   * @param {(seq: number, bytes: Uint8Array) => Promise<{ok: boolean, code?: string}>} ways.give
   * @param {() => Promise<void>} ways.kept - when what is here by now is written down
   * @param {() => void} ways.gap - the server's count is another: it has to be asked
   * @param {(sealed: Sealed) => void} ways.taken - the server has taken a commit
   * @param {(sealed: Sealed) => void} ways.stale - it has taken another's for that epoch; ours is dropped
   * @param {(code: string) => void} ways.refused - it cannot go on
   * @param {() => number} ways.steady - seconds
   * @param {(work: () => void, delay_ms: number) => void} ways.later
   * @param {Saved} [from]
   */
  constructor(ways, from) {
    this.#ways = ways
    if (!from) return
    const since = ways.steady()
    this.seq = from.seq
    this.#held = from.held
    this.#sealed = from.sealed.map(({ seq, bytes, commit }) => ({ seq, bytes, commit, since, ready: true, arrived: () => {} }))
  }

  /**
   * @param {Uint8Array} bytes
   * @param {{arrived?: () => void, commit?: number, last?: boolean}} [about] - `arrived` is called once the other side
   *   holds it; `last`: the page forgets all after it, so there is nothing to write down first
   */
  add(bytes, { arrived = () => {}, commit, last = false } = {}) {
    const sealed = { seq: ++this.seq, bytes, commit, since: this.#ways.steady(), ready: last, arrived }
    this.#sealed.push(sealed)
    if (last) this.#pump()
    else this.#whenKept(sealed)
  }

  /** The other side holds everything up to `seq`. @param {number} seq */
  held(seq) {
    this.#taken(seq)
    for (const sealed of this.#sealed.filter((one) => one.seq <= seq)) sealed.arrived()
    this.#sealed = this.#sealed.filter((one) => one.seq > seq)
    this.#held = Math.max(this.#held, seq)
  }

  /** The connection is lost: nothing is given before the server has told how far it is. */
  lost() {
    this.#open = false
    this.#turn()
  }

  /**
   * Go on where the server is.
   *
   * @param {number} taken - the highest number that it has
   * @param {number} acked - the highest number that the other side holds
   * @returns {boolean} false if the server has more than was ever sealed here: this page is not what it was
   */
  resume(taken, acked) {
    if (Math.max(taken, acked) > this.seq) return false
    this.#turn()
    this.held(acked)
    this.#taken(taken)
    this.#next = Math.max(taken, this.#held) + 1
    this.#open = true
    this.#pump()
    return true
  }

  /** How many seconds the oldest message has been on its way. */
  get waited() {
    return this.#sealed.length ? this.#ways.steady() - this.#sealed[0].since : 0
  }

  /** The highest number that the other side holds. */
  get acked() {
    return this.#held
  }

  /** The lowest epoch of our commits that the other side does not hold yet. @param {number} epoch - ours */
  floor(epoch) {
    return Math.min(epoch, ...this.#sealed.flatMap(({ commit }) => commit ?? []))
  }

  /** @returns {Saved} */
  saved() {
    return { seq: this.seq, held: this.#held, sealed: this.#sealed.map(({ seq, bytes, commit }) => ({ seq, bytes, commit })) }
  }

  /** @param {Sealed} sealed */
  #whenKept(sealed) {
    this.#ways.kept().then(() => {
      sealed.ready = true
      this.#pump()
    })
  }

  #turn() {
    this.#round++
    this.#flying.clear()
  }

  #pump() {
    let bytes = [...this.#flying].reduce((sum, one) => sum + one.bytes.length, 0)
    while (this.#open && this.#flying.size < WINDOW) {
      const sealed = this.#sealed.find(({ seq }) => seq === this.#next)
      if (!sealed?.ready || (bytes && bytes + sealed.bytes.length > WINDOW_BYTES)) return
      bytes += sealed.bytes.length
      this.#next++
      this.#flying.add(sealed)
      this.#give(sealed, this.#round)
    }
  }

  /** @param {Sealed} sealed @param {number} round */
  async #give(sealed, round) {
    const { ok, code = "internal" } = await this.#ways.give(sealed.seq, sealed.bytes)
    if (round !== this.#round) return
    this.#flying.delete(sealed)
    if (ok) {
      this.#astray = 0
      this.#taken(sealed.seq)
      return this.#pump()
    }
    this.#turn() // whatever was given after it cannot have been taken
    this.#next = sealed.seq
    if (code === "stale_epoch" && sealed.commit !== undefined) return this.#drop(sealed)
    this.#open = false
    if (PASSING.has(code)) this.#later(code === "not_yet" ? NOT_YET_MS : AGAIN_MS)
    else if (ASTRAY.has(code) && ++this.#astray < ASTRAY_MOST) this.#ways.gap()
    else if (code !== "lost") this.#ways.refused(code)
  }

  /** @param {number} delay_ms */
  #later(delay_ms) {
    const round = this.#round
    this.#ways.later(() => {
      if (round !== this.#round) return // meanwhile the server has told how far it is
      this.#open = true
      this.#pump()
    }, delay_ms)
  }

  /** A commit that lost: its number is used by the next one, once that is written down. @param {Sealed} lost */
  #drop(lost) {
    this.#sealed = this.#sealed.filter((one) => one !== lost)
    this.seq--
    this.#ways.stale(lost)
    for (const sealed of this.#sealed.filter(({ seq }) => seq > lost.seq)) {
      sealed.seq--
      sealed.ready = false
      this.#whenKept(sealed)
    }
  }

  /** @param {number} upTo */
  #taken(upTo) {
    for (const sealed of this.#sealed) {
      if (sealed.commit === undefined || sealed.told || sealed.seq > upTo) continue
      sealed.told = true
      this.#ways.taken(sealed)
    }
  }
}
