/** The desk's one connection: what it asks is answered or fails, and it comes back by itself. */

/**
 * @typedef {{ok: boolean, code?: string, [field: string]: unknown}} Answer
 * @typedef {{connected: boolean, connect: () => unknown, disconnect: () => unknown,
 *   timeout: (milliseconds: number) => {emitWithAck: (event: string, payload: object) => Promise<Answer>},
 *   io: {on: (event: "ping", heard: () => void) => unknown},
 *   on: (event: string, heed: (payload: any) => void) => unknown}} Socket - socket.io's
 */

const ANSWER_MILLISECONDS = 20000

/** The server says something at least so often: its ping goes out every 10 s, and it waits 15 s for the answer. */
const SILENCE_MILLISECONDS = 25000

/** Codes after which this page does not come back by itself. */
export const FINAL = new Set(["elsewhere", "not_signed_in", "not_permitted", "bad_request"])

/** The connection was gone before an answer came: whether it was done is not known. */
export class Lost extends Error {}

export class Connection {
  /** @type {Set<() => void>} */ #waiting = new Set()
  /** @type {string | undefined} why it is over for good */ #over
  #isGreeting = false
  #greetsAgain = false
  #heardAt = 0
  #isOpened = false

  /**
   * @param {Socket} socket
   * @param {object} heed
   * @param {(state: string) => void} heed.state - "here", "lost", or the code for which it is over
   * @param {() => Promise<void>} heed.opened - says hello; whoever waits goes on after it
   * @param {Record<string, (payload: any) => void>} heed.events
   * @param {{now: () => number}} [clock] - milliseconds that go on while the device sleeps
   */
  constructor(socket, { state, opened, events }, clock = Date) {
    this.socket = socket
    this.opened = opened
    this.state = state
    this.clock = clock
    socket.io.on("ping", () => this.#heard())
    socket.on("connect", () => this.greet())
    socket.on("disconnect", () => state(this.#over ?? "lost"))
    socket.on("connect_error", (error) => this.#refused(error?.message))
    socket.on("bye", ({ code }) => this.#refused(code))
    socket.on("resync", () => this.greet())
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
      const answer = await this.socket.timeout(ANSWER_MILLISECONDS).emitWithAck(event, payload)
      this.#heard()
      return answer
    } catch {
      if (this.socket.connected) this.anew() // it says nothing any more
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
    this.#isOpened = true
    this.socket.connect()
  }

  /** Connect now rather than when its turn comes: whatever there was does not answer. */
  anew() {
    if (this.#over) return
    this.socket.disconnect()
    this.socket.connect()
  }

  /** The network or the reader has just come back: a connection that is away, or only seems to be there, is made anew. */
  look() {
    if (!this.#isOpened) return
    if (!this.socket.connected || this.clock.now() - this.#heardAt > SILENCE_MILLISECONDS) this.anew()
  }

  /** Called every second: a device that slept finds out when it wakes. */
  tick() {
    if (this.socket.connected) this.look()
  }

  #heard() {
    this.#heardAt = this.clock.now()
  }

  /** Say hello; once more after it, where that was asked for meanwhile. */
  async greet() {
    this.#heard()
    this.#greetsAgain = this.#isGreeting
    if (this.#isGreeting) return
    this.#isGreeting = true
    try {
      do {
        this.#greetsAgain = false
        await this.opened().catch(unlessLost)
      } while (this.#greetsAgain)
    } finally {
      this.#isGreeting = false
    }
    if (!this.socket.connected) return // it will come again
    this.state("here")
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }

  /** @param {string | undefined} code */
  #refused(code) {
    if (!code || !FINAL.has(code)) return
    this.#over = code
    this.socket.disconnect()
    this.state(code)
  }
}

/** @param {unknown} error */
function unlessLost(error) {
  if (!(error instanceof Lost)) throw error
}
