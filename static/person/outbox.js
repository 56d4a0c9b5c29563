const AGAIN_MS = 2000
/** Refusals that pass: the same bytes are given again, because the next message could not be opened without them. */
const PASSING = new Set(["too_many", "internal"])

/**
 * @typedef {object} Sealed
 * @property {number} seq
 * @property {Uint8Array} bytes
 * @property {number} since - seconds on the steady clock
 * @property {() => void} arrived
 */

/** Sealed messages on their way out: given in order, kept until the other side holds them. */
export class Outbox {
  /** @type {Sealed[]} */
  #ungiven = []
  /** @type {Sealed[]} */
  #unheld = []
  #seq = 0
  #giving = false
  #ways

  /**
   * @param {object} ways
   * @param {(seq: number, bytes: Uint8Array) => Promise<{ok: boolean, code?: string}>} ways.give
   * @param {(code: string) => void} ways.refused - it cannot go on
   * @param {() => number} ways.steady - seconds
   * @param {(work: () => void, delay_ms: number) => void} ways.later
   */
  constructor(ways) {
    this.#ways = ways
  }

  /** @param {Uint8Array} bytes @param {() => void} [arrived] - called once the other side holds it */
  add(bytes, arrived = () => {}) {
    const sealed = { seq: ++this.#seq, bytes, since: this.#ways.steady(), arrived }
    this.#ungiven.push(sealed)
    this.#unheld.push(sealed)
    if (!this.#giving) this.#giveAll()
  }

  /** The other side holds everything up to `seq`. @param {number} seq */
  held(seq) {
    for (const sealed of this.#unheld.filter((one) => one.seq <= seq)) sealed.arrived()
    this.#unheld = this.#unheld.filter((one) => one.seq > seq)
  }

  /** How many seconds the oldest message has been on its way. */
  get waited() {
    return this.#unheld.length ? this.#ways.steady() - this.#unheld[0].since : 0
  }

  async #giveAll() {
    this.#giving = true
    for (let next = this.#ungiven[0]; next; next = this.#ungiven[0]) {
      const { ok, code = "internal" } = await this.#ways.give(next.seq, next.bytes)
      if (ok) this.#ungiven.shift()
      else if (PASSING.has(code)) return this.#ways.later(() => this.#giveAll(), AGAIN_MS)
      else return this.#ways.refused(code)
    }
    this.#giving = false
  }
}
