import { io } from "socket.io-client"

/** @typedef {{ok: boolean, code?: string, place?: string, wait?: string, offered?: boolean}} Answer */

/** The one connection to the server: WebSocket only, and every question gets an answer. */
export class Link {
  #socket = io({ transports: ["websocket"], auth: { v: 1 }, reconnectionDelay: 1000, reconnectionDelayMax: 8000, autoConnect: false })

  /** @param {Record<string, (payload: any) => void>} handlers - by event; also `connect` and `disconnect` */
  constructor(handlers) {
    for (const [event, handle] of Object.entries(handlers)) this.#socket.on(event, handle)
  }

  open() {
    this.#socket.connect()
  }

  /**
   * @param {string} event
   * @param {object} [payload]
   * @returns {Promise<Answer>}
   */
  ask(event, payload = {}) {
    return new Promise((answered) => this.#socket.emit(event, payload, answered))
  }

  /** Close it, after a last word if there is one. @param {string} [event] */
  close(event) {
    if (event && this.#socket.connected) this.#socket.emit(event, {})
    this.#socket.off()
    this.#socket.disconnect()
  }
}
