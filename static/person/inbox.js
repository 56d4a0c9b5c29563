/** Sealed messages in the order of the server's count, one at a time: the next is opened when the one before is done. */
export class Inbox {
  /** @type {Promise<void>} */
  #line = Promise.resolve()
  #taken = 0
  #stopped = false
  #take
  #holds

  /**
   * @param {(bytes: Uint8Array) => Promise<void>} take - opens one; does not reject
   * @param {(seq: number) => void} holds - tells the server that everything up to here has arrived
   */
  constructor(take, holds) {
    this.#take = take
    this.#holds = holds
  }

  /** What has to be done before anything else is opened: the Welcome. @param {() => Promise<void>} work */
  before(work) {
    return this.#then(work)
  }

  /** @param {number} seq @param {Uint8Array} bytes */
  push(seq, bytes) {
    return this.#then(async () => {
      if (seq > this.#taken + 1) return // the server gives it again, in order
      if (seq === this.#taken + 1) {
        await this.#take(bytes)
        this.#taken = seq
      }
      if (!this.#stopped) this.#holds(this.#taken)
    })
  }

  /** Open nothing more. */
  stop() {
    this.#stopped = true
  }

  /** @param {() => Promise<void>} work */
  #then(work) {
    this.#line = this.#line.then(() => (this.#stopped ? undefined : work()))
    return this.#line
  }
}
