/**
 * The one connection to the server: Socket.IO 5 over Engine.IO 4, WebSocket only, JSON objects and nothing else.
 *
 * That is a few frames, so they are written here: the library that speaks all of the protocol weighs as much as a
 * third of the cryptography, and on a slow network she would wait two seconds longer for it.
 *
 * Source: https://github.com/socketio/engine.io-protocol (4) and https://github.com/socketio/socket.io-protocol (5)
 */
import { randomBytes } from "../shared/suite/random.js"

const PATH = "/socket.io/?EIO=4&transport=websocket"
const CONNECT = '40{"v":1}'
const CONNECTED = "40"
const PING = "2"
const PONG = "3"
const DISCONNECT = "41"
const AGAIN_FIRST_MS = 1000
const AGAIN_MOST_MS = 8000
/** How long a connection may take to be made, and a question to be answered: on a slow network, both are long. */
const PATIENCE_MS = 20_000
/** A connection that was begun before the network came back hangs: it is begun again. */
const STUCK_MS = 3000
const LOST = { ok: false, code: "lost" }

/**
 * @typedef {{ok: boolean, code?: string, place?: string, wait?: string, offered?: boolean, token?: string,
 *   taken?: number, acked?: number, key?: string, next?: string}} Answer
 */

/** Between half of it and all of it: after a restart, not everybody comes at once. @param {number} wait_ms */
const jittered = (wait_ms) => wait_ms * (0.5 + randomBytes(1)[0] / 512)

export class Link {
  /** @type {WebSocket | undefined} */ #socket
  /** @type {Map<number, (answer: Answer) => void>} questions without an answer yet */ #asked = new Map()
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #silence
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #retry
  #patience_ms = PATIENCE_MS
  #again_ms = AGAIN_FIRST_MS
  #heard_ms = 0
  #number = 0
  #greeted = false
  #closed = false
  #handlers
  #now
  #spread

  /**
   * @param {Record<string, (payload: any) => void>} handlers - by event; also `connect` and `disconnect`
   * @param {{now?: () => number, spread?: (wait_ms: number) => number}} [given] - `now`: milliseconds on a clock that
   *   goes on while the device sleeps, as timers do not
   */
  constructor(handlers, { now = Date.now, spread = jittered } = {}) {
    this.#handlers = handlers
    this.#now = now
    this.#spread = spread
  }

  /** Connect, and again whenever the connection is lost, until it is closed. */
  open() {
    if (this.#closed) return
    clearTimeout(this.#retry)
    const socket = new WebSocket(location.origin.replace("http", "ws") + PATH)
    this.#socket = socket
    this.#patience_ms = PATIENCE_MS
    this.#heard()
    socket.onmessage = ({ data }) => this.#socket === socket && this.#read(String(data))
    socket.onclose = () => this.#lose(socket)
  }

  /** The network is back, the page is looked at, the device has slept: what is lost is found and made again at once. */
  wake() {
    if (this.#closed) return
    const silent_ms = this.#now() - this.#heard_ms
    this.#again_ms = AGAIN_FIRST_MS
    if (this.#socket && silent_ms > (this.#greeted ? this.#patience_ms : STUCK_MS)) this.#lose(this.#socket)
    if (!this.#socket) this.open()
  }

  /**
   * @param {string} event
   * @param {object} [payload]
   * @returns {Promise<Answer>} `lost` where the connection is lost before the answer
   */
  ask(event, payload = {}) {
    if (!this.#greeted) return Promise.resolve(LOST)
    return new Promise((answered) => {
      const [number, socket] = [++this.#number, this.#socket]
      const late = setTimeout(() => socket && this.#lose(socket), PATIENCE_MS)
      this.#asked.set(number, (answer) => {
        clearTimeout(late)
        answered(answer)
      })
      this.#say(`42${number}${JSON.stringify([event, payload])}`)
    })
  }

  /** Say it without waiting for an answer: the page is going. @param {string} event */
  tell(event) {
    this.#say(`42${JSON.stringify([event, {}])}`)
  }

  /** Close it, after a last word. @param {string} [event] */
  close(event) {
    this.#closed = true
    if (event) this.tell(event)
    this.#say(DISCONNECT)
    clearTimeout(this.#retry)
    this.#forget(this.#socket)
  }

  /** @param {string} frame */
  #say(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(frame)
  }

  /** @param {string} frame */
  #read(frame) {
    this.#heard()
    if (frame === PING) this.#say(PONG)
    else if (frame[0] === "0") this.#opened(JSON.parse(frame.slice(1)))
    else if (frame.startsWith(CONNECTED)) this.#connected()
    else if (frame.startsWith("42")) this.#event(frame.slice(2))
    else if (frame.startsWith("43")) this.#answer(frame.slice(2))
    else this.#socket?.close() // the server has closed, or speaks of something that no page asked for
  }

  /** @param {{pingInterval: number, pingTimeout: number}} told */
  #opened({ pingInterval, pingTimeout }) {
    this.#patience_ms = pingInterval + pingTimeout
    this.#heard()
    this.#say(CONNECT)
  }

  #connected() {
    this.#again_ms = AGAIN_FIRST_MS
    this.#greeted = true
    this.#handlers.connect(undefined)
  }

  /** @param {string} said */
  #event(said) {
    const [event, payload] = JSON.parse(said)
    if (Object.hasOwn(this.#handlers, event)) this.#handlers[event](payload)
  }

  /** @param {string} said */
  #answer(said) {
    const from = said.indexOf("[")
    const number = Number(said.slice(0, from))
    this.#asked.get(number)?.(JSON.parse(said.slice(from))[0])
    this.#asked.delete(number)
  }

  /** A server that says nothing for longer than it said it would is gone. */
  #heard() {
    clearTimeout(this.#silence)
    this.#heard_ms = this.#now()
    const socket = this.#socket
    if (socket) this.#silence = setTimeout(() => this.#lose(socket), this.#patience_ms)
  }

  /** @param {WebSocket} socket */
  #lose(socket) {
    if (this.#socket !== socket || this.#closed) return
    this.#forget(socket)
    this.#handlers.disconnect(undefined)
    this.#retry = setTimeout(() => this.open(), this.#spread(this.#again_ms))
    this.#again_ms = Math.min(AGAIN_MOST_MS, this.#again_ms * 2)
  }

  /** @param {WebSocket | undefined} socket */
  #forget(socket) {
    clearTimeout(this.#silence)
    this.#socket = undefined
    this.#greeted = false
    const unanswered = [...this.#asked.values()]
    this.#asked.clear()
    for (const answered of unanswered) answered(LOST)
    socket?.close()
  }
}
