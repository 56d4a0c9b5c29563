/**
 * The one connection to the server: Socket.IO 5 over Engine.IO 4, WebSocket only, JSON objects and nothing else.
 *
 * That is a few frames, so they are written here: the library that speaks all of the protocol weighs as much as a
 * third of the cryptography, and on a slow network she would wait two seconds longer for it.
 *
 * Source: https://github.com/socketio/engine.io-protocol (4) and https://github.com/socketio/socket.io-protocol (5)
 */

const PATH = "/socket.io/?EIO=4&transport=websocket"
const CONNECT = '40{"v":1}'
const CONNECTED = "40"
const PING = "2"
const PONG = "3"
const DISCONNECT = "41"
const AGAIN_FIRST_MS = 1000
const AGAIN_MOST_MS = 8000

/** @typedef {{ok: boolean, code?: string, place?: string, wait?: string, offered?: boolean}} Answer */

export class Link {
  /** @type {WebSocket | undefined} */ #socket
  /** @type {Map<number, (answer: Answer) => void>} questions without an answer yet */ #asked = new Map()
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #silence
  #patience_ms = 0
  #again_ms = AGAIN_FIRST_MS
  #number = 0
  #closed = false
  #handlers

  /** @param {Record<string, (payload: any) => void>} handlers - by event; also `connect` and `disconnect` */
  constructor(handlers) {
    this.#handlers = handlers
  }

  /** Connect, and again whenever the connection is lost, until it is closed. */
  open() {
    if (this.#closed) return
    const socket = new WebSocket(location.origin.replace("http", "ws") + PATH)
    this.#socket = socket
    socket.onmessage = ({ data }) => this.#socket === socket && this.#read(String(data))
    socket.onclose = () => this.#lose(socket)
  }

  /**
   * @param {string} event
   * @param {object} [payload]
   * @returns {Promise<Answer>} never, if the connection is lost before the answer
   */
  ask(event, payload = {}) {
    return new Promise((answered) => {
      this.#asked.set(++this.#number, answered)
      this.#say(`42${this.#number}${JSON.stringify([event, payload])}`)
    })
  }

  /** Close it, after a last word. @param {string} event */
  close(event) {
    this.#closed = true
    this.#say(`42${JSON.stringify([event, {}])}`)
    this.#say(DISCONNECT)
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
    const socket = this.#socket
    if (this.#patience_ms && socket) this.#silence = setTimeout(() => this.#lose(socket), this.#patience_ms)
  }

  /** @param {WebSocket} socket */
  #lose(socket) {
    if (this.#socket !== socket || this.#closed) return
    this.#forget(socket)
    this.#handlers.disconnect(undefined)
    setTimeout(() => this.open(), this.#again_ms)
    this.#again_ms = Math.min(AGAIN_MOST_MS, this.#again_ms * 2)
  }

  /** @param {WebSocket | undefined} socket */
  #forget(socket) {
    clearTimeout(this.#silence)
    this.#asked.clear()
    this.#socket = undefined
    socket?.close()
  }
}
