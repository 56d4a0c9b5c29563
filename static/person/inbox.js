/** Sealed messages in the order of the server's count, one at a time: the next is opened when the one before is done. */
export class Inbox {
  #queued = 0
  #stopped = false
  #ways

  /**
   * @param {object} ways
   * @param {(work: () => Promise<void>) => Promise<void>} ways.alone - one at a time, in the order asked
   * @param {(bytes: Uint8Array) => Promise<void>} ways.take - opens one; does not reject
   * @param {() => Promise<void>} ways.kept - when what is here by now is written down
   * @param {(seq: number) => void} ways.holds - tells the server that everything up to here has arrived
   * @param {() => void} ways.gap - one is missing: the server has to give again
   * @param {number} [taken] - what a page that was loaded again holds
   */
  constructor(ways, taken = 0) {
    this.#ways = ways
    /** The highest number that was opened. */
    this.taken = taken
  }

  /** @param {number} seq @param {Uint8Array} bytes */
  async push(seq, bytes) {
    this.#queued++
    await this.#ways.alone(async () => {
      this.#queued--
      if (this.#stopped || seq <= this.taken) return // it came twice: it is acknowledged again
      if (seq > this.taken + 1) return this.#ways.gap()
      await this.#ways.take(bytes)
      this.taken = seq
    })
    const { taken } = this
    if (this.#queued || this.#stopped || !taken) return // one acknowledgement does for all that have come
    await this.#ways.kept() // before it: an older page could open them, but the server would not have them any more
    if (!this.#stopped) this.#ways.holds(taken)
  }

  /** Open nothing more. */
  stop() {
    this.#stopped = true
  }
}
