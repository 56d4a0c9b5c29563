/** The desk's one connection: what it asks is answered or fails, and it comes back by itself. */

/**
 * @typedef {{ok: boolean, code?: string, [field: string]: unknown}} Answer
 * @typedef {{connected: boolean, connect: () => unknown, disconnect: () => unknown,
 *   timeout: (milliseconds: number) => {emitWithAck: (event: string, payload: object) => Promise<Answer>},
 *   on: (event: string, heed: (payload: any) => void) => unknown}} Socket - socket.io's
 */

const ANSWER_MILLISECONDS = 20000

/** Codes after which this page does not come back by itself. */
export const FINAL = new Set(["elsewhere", "not_signed_in", "not_permitted", "bad_request"])

/** The connection was gone before an answer came: whether it was done is not known. */
export class Lost extends Error {}

export class Connection {
  /** @type {Set<() => void>} */ #waiting = new Set()
  /** @type {string | undefined} why it is over for good */ #over

  /**
   * @param {Socket} socket
   * @param {object} heed
   * @param {(state: string) => void} heed.state - "here", "lost", or the code for which it is over
   * @param {() => Promise<void>} heed.opened - says hello; whoever waits goes on after it
   * @param {Record<string, (payload: any) => void>} heed.events
   */
  constructor(socket, { state, opened, events }) {
    this.socket = socket
    socket.on("connect", () => this.#come(opened, state))
    socket.on("disconnect", () => state(this.#over ?? "lost"))
    socket.on("connect_error", (error) => this.#refused(error?.message, state))
    socket.on("bye", ({ code }) => this.#refused(code, state))
    for (const [event, heard] of Object.entries(events)) socket.on(event, heard)
  }

  /**
   * @param {string} event
   * @param {object} [payload]
   * @returns {Promise<Answer>}
   * @throws {Lost}
   */
  async ask(event, payload = {}) {
    if (!this.socket.connected) throw new Lost()
    try {
      return await this.socket.timeout(ANSWER_MILLISECONDS).emitWithAck(event, payload)
    } catch {
      throw new Lost()
    }
  }

  /** Say what needs no answer now: it is said again when it matters. @param {string} event @param {object} payload */
  say(event, payload) {
    this.ask(event, payload).catch(() => {})
  }

  /** Resolves when the desk has come back and said hello. @returns {Promise<void>} */
  back() {
    return new Promise((resolve) => this.#waiting.add(resolve))
  }

  /** Connect, and say hello. */
  open() {
    this.socket.connect()
  }

  /** @param {() => Promise<void>} opened @param {(state: string) => void} state */
  async #come(opened, state) {
    try {
      await opened()
    } catch (error) {
      if (error instanceof Lost) return // it will come again
      throw error
    }
    state("here")
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }

  /** @param {string | undefined} code @param {(state: string) => void} state */
  #refused(code, state) {
    if (!code || !FINAL.has(code)) return
    this.#over = code
    this.socket.disconnect()
    state(code)
  }
}
