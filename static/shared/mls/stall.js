/** Whether the conversation advances. A server that withholds cannot be told from a slow one, but the page can say so. */
import { Refused } from "../refused.js"

const STALL_SECONDS = 20

/** Signs that something is missing, each until what was missing has come. */
const SIGNS = new Set(["gap", "epoch-ahead", "unreadable"])

export class Stall {
  /** @type {Map<string, number>} since when, on the steady clock, by sign */ since = new Map()

  /** @param {{steady: () => number}} clock */
  constructor(clock) {
    this.clock = clock
  }

  /** @param {string} sign */
  #note(sign) {
    if (!this.since.has(sign)) this.since.set(sign, this.clock.steady())
  }

  /** Our own commit is on its way. */
  waiting() {
    this.#note("commit")
  }

  /** A new epoch: whatever was missing in the old one is over. */
  advanced() {
    this.since.clear()
  }

  /**
   * @template Result
   * @param {Promise<Result>} reading - of one message
   * @returns {Promise<Result>}
   */
  async watch(reading) {
    try {
      const read = await reading
      this.since.delete("gap")
      this.since.delete("unreadable")
      return read
    } catch (error) {
      if (error instanceof Refused && SIGNS.has(error.code)) this.#note(error.code)
      throw error
    }
  }

  tooLong() {
    return [...this.since.values()].some((since) => this.clock.steady() - since >= STALL_SECONDS)
  }
}
