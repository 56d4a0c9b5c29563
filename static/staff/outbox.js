/**
 * Sealed envelopes on their way out: given in order, several at once, and kept as bytes until the other end holds them.
 * An envelope's number is its place here; whatever an answer does not say, we go back to the last that is certain.
 */
import { Lost } from "./connection.js"

/**
 * @typedef {object} Sealed
 * @property {Uint8Array} bytes
 * @property {import("./talk.js").Message} [message]
 * @property {bigint} [commit] - the epoch that it ends, where it is a commit: nothing is given after it before it is ordered
 * @property {(won: boolean) => void} [ordered] - told once: the server has it, or has refused it because another came first
 */

/** How many may be given without an answer. */
export const WINDOW = 32

/** Refusals that pass: the same bytes are given again. */
export const PASSING = new Set(["too_many", "internal", "shutting_down", "not_yet"])

const AGAIN_MILLISECONDS = 2000
const NOT_YET_MILLISECONDS = 500
const NOT_YET_MOST_MILLISECONDS = 4000

export class Outbox {
  /** @type {Sealed[]} what the other end does not hold, the oldest first */ #kept = []
  /** The other end holds all up to here; the server has all up to there. */
  #held = 0
  #taken = 0
  #next = 1
  #given = 0
  #isOpen = false
  /** What an earlier run's answers say no longer counts. */
  #run = 0
  #notYet = NOT_YET_MILLISECONDS

  /**
   * @param {object} ways
   * @param {(seq: number, bytes: Uint8Array) => Promise<import("./connection.js").Answer>} ways.give
   * @param {(message: import("./talk.js").Message) => void} ways.arrived
   * @param {(code: string) => void} ways.refused - it stays as it is until it is told to go on
   * @param {(milliseconds: number) => Promise<void>} ways.pause
   */
  constructor(ways) {
    this.ways = ways
  }

  /** The number of the last one that the other end holds. */
  get held() {
    return this.#held
  }

  /** The lowest epoch of our commits that the other end does not hold, if there is one. */
  get floor() {
    return this.#kept.find(({ commit }) => commit !== undefined)?.commit
  }

  /** Our messages that have not arrived. */
  get messages() {
    return this.#kept.flatMap(({ message }) => message ?? [])
  }

  /** @param {Sealed} sealed */
  add(sealed) {
    this.#kept.push(sealed)
    this.#giveAll()
  }

  /** Go on after the last that the server has. @param {number} [taken] */
  goOn(taken = this.#taken) {
    this.#run += 1
    this.#isOpen = true
    this.#taken = this.#held
    this.#have(Math.min(taken, this.#given))
    this.#next = this.#taken + 1
    this.#giveAll()
  }

  /** Give nothing more until it is told to go on. */
  stop() {
    this.#run += 1
    this.#isOpen = false
  }

  /** It is over: the bytes go. */
  clear() {
    this.stop()
    this.#kept = []
  }

  /** The other end holds everything up to this number. @param {number} seq */
  hold(seq) {
    const upTo = Math.min(seq, this.#given)
    this.#have(upTo)
    while (this.#held < upTo) {
      const arrived = /** @type {Sealed} */ (this.#kept.shift())
      this.#held += 1
      if (arrived.message) this.ways.arrived(arrived.message)
    }
    this.#next = Math.max(this.#next, this.#held + 1)
    this.#giveAll()
  }

  /** @param {number} seq @returns {Sealed | undefined} */
  #at(seq) {
    return this.#kept[seq - this.#held - 1]
  }

  /** The server has everything up to this number: what waited for that is told. @param {number} seq */
  #have(seq) {
    while (this.#taken < seq) this.#tell(this.#at(++this.#taken), true)
  }

  /** @param {Sealed | undefined} sealed @param {boolean} won */
  #tell(sealed, won) {
    const ordered = sealed?.ordered
    if (sealed) sealed.ordered = undefined
    ordered?.(won)
  }

  get #mayGive() {
    const isBehindCommit = this.#next - 1 > this.#taken && this.#at(this.#next - 1)?.commit !== undefined
    return this.#isOpen && !isBehindCommit && this.#next <= this.#taken + WINDOW && this.#at(this.#next) !== undefined
  }

  #giveAll() {
    while (this.#mayGive) this.#give(this.#next++)
  }

  /** @param {number} seq */
  async #give(seq) {
    const run = this.#run
    const sealed = /** @type {Sealed} */ (this.#at(seq))
    this.#given = Math.max(this.#given, seq)
    const { ok, code } = await this.ways.give(seq, sealed.bytes).catch(lost)
    if (run !== this.#run) return
    if (!ok) return this.#refused(seq, sealed, String(code))
    this.#notYet = NOT_YET_MILLISECONDS
    this.#have(seq)
    this.#giveAll()
  }

  /** What was given after it is refused as well, and given again after it. @param {number} seq @param {Sealed} sealed @param {string} code */
  async #refused(seq, sealed, code) {
    this.stop()
    const run = this.#run
    if (PASSING.has(code)) await this.ways.pause(this.#patience(code))
    else if (code === "stale_epoch" && sealed.ordered) this.#drop(seq, sealed)
    else return this.ways.refused(code)
    if (run === this.#run) this.goOn()
  }

  /** A commit that came second was never carried: its number is the next one's. @param {number} seq @param {Sealed} sealed */
  #drop(seq, sealed) {
    this.#kept.splice(seq - this.#held - 1, 1)
    this.#given = seq - 1
    this.#tell(sealed, false)
  }

  /** @param {string} code */
  #patience(code) {
    if (code !== "not_yet") return AGAIN_MILLISECONDS
    const patience = this.#notYet
    this.#notYet = Math.min(NOT_YET_MOST_MILLISECONDS, patience * 2)
    return patience
  }
}

/** @param {unknown} error */
function lost(error) {
  if (error instanceof Lost) return { ok: false, code: "lost" }
  throw error
}
