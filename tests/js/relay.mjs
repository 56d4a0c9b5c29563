// A server for her page by the contract of the wire, and a desk with real keys behind it. Lines break when they are told to.
import { from64, to64 } from "../../static/shared/bytes.js"
import { Conversation } from "../../static/shared/mls/conversation.js"
import { unwrap } from "../../static/shared/mls/library.js"
import { randomBytes } from "../../static/shared/suite/random.js"
import { said } from "./world.mjs"

const HALF_LIFE = 120
const GONE_RELOAD = 15
const lane = () => ({ last: 0, held: 0, envelopes: new Map() })
const refusal = (code) => ({ ok: false, code })
const GONE = refusal("no_such_conversation")
const ACK = { ok: true }

/** Her end of a line, as a browser gives it. */
class Socket {
  static OPEN = 1
  static relay
  readyState = 0

  constructor() {
    this.relay = Socket.relay
    setTimeout(() => (this.relay.isReachable ? this.#open() : this.close()))
  }

  #open() {
    if (this.readyState === 3) return
    this.readyState = 1
    this.relay.sockets.push(this)
    this.hears('0{"sid":"x","upgrades":[],"pingInterval":10000,"pingTimeout":15000}')
  }

  hears(frame) {
    if (this.readyState === 1) this.onmessage?.({ data: frame })
  }

  send(frame) {
    if (this.relay.swallows) return
    if (frame.startsWith("40")) return this.hears('40{"sid":"y"}')
    const [, number, json] = /^42(\d*)(.*)$/.exec(frame) ?? []
    if (json) this.relay.heard(this, number, ...JSON.parse(json))
  }

  emit(event, payload) {
    setTimeout(() => this.hears(`42${JSON.stringify([event, payload])}`))
  }

  close() {
    if (this.readyState === 3) return
    this.readyState = 3
    this.relay.lost(this)
    setTimeout(() => this.onclose?.())
  }
}

export class Relay {
  isReachable = true
  /** What she sends arrives nowhere, though the line stands. */ swallows = false
  /** Answers to these events are lost on the way. */ deaf = new Set()
  seconds = 0
  sockets = []
  /** All that was ever heard, in order. */ heardOf = []
  tickets = 0
  /** @type {any} her place */ place
  /** @type {any} */ conversation
  read = []

  constructor(org) {
    this.org = org
    Socket.relay = this
    Object.assign(globalThis, { WebSocket: Socket, location: { origin: "https://notes.example" } })
  }

  get line() {
    return this.conversation?.socket ?? this.place?.socket
  }

  /** The network is gone, for both directions. */
  cut() {
    this.isReachable = false
    for (const socket of this.sockets.splice(0)) socket.close()
  }

  /** Somebody answers: the one who waits is accepted. */
  async accepts(alias = "Ana") {
    const own = await this.org.staff("psychologist", alias)
    const { conversation: desk, welcome } = await Conversation.open({ trust: await this.org.trust(), own, person: from64(this.place.key_package) })
    this.conversation = { desk, welcome, ticket: this.place.ticket, socket: this.place.socket, her: lane(), lane: lane(), epoch: 1, half: randomBytes(32), taking: Promise.resolve() }
    this.place = undefined
    this.#welcome()
  }

  async says(words) {
    await this.conversation.taking
    this.carry(await this.conversation.desk.send("text", words))
  }

  /** The desk renews its keys. */
  async renews() {
    const { desk } = this.conversation
    const { commit } = await desk.update()
    this.conversation.epoch++
    await desk.confirmed()
    this.carry(commit)
  }

  /** The other side's line. @param {boolean} lost */
  peer(lost) {
    this.conversation.isAway = lost
    this.line?.emit("peer", { state: lost ? "lost" : "here" })
  }

  ends(by) {
    this.conversation.over = by
    this.line?.emit("ended", { by })
  }

  lost(socket) {
    this.sockets = this.sockets.filter((one) => one !== socket)
    for (const one of [this.place, this.conversation]) {
      if (one?.socket === socket) Object.assign(one, { socket: undefined, lostAt: this.seconds })
    }
  }

  heard(socket, number, event, payload) {
    this.heardOf.push([event, payload])
    const answer = this[`on_${event}`](socket, payload)
    if (number && !this.deaf.has(event)) setTimeout(() => socket.hears(`43${number}${JSON.stringify([answer])}`))
  }

  // ---- what her page asks for

  on_wait(socket, { wish, key_package }) {
    this.place = { ticket: ++this.tickets, wish, key_package, socket }
    return this.#placed()
  }

  on_back(socket, { token, wish, key_package }) {
    if (this.conversation && token === `t${this.conversation.ticket}` && !this.conversation.welcomed) {
      this.conversation.socket = socket
      this.#welcome()
      return { ...ACK, place: "next", wait: "soon", offered: true, token }
    }
    if (token !== `t${this.place?.ticket}`) return GONE
    Object.assign(this.place, { wish, key_package })
    this.#bind(this.place, socket)
    return this.#placed()
  }

  on_again(socket, { token, wish, key_package }) {
    const { conversation } = this
    if (token !== `c${conversation?.ticket}`) return GONE
    if (conversation.over !== "gone" && !conversation.isAway) return refusal("out_of_order")
    this.conversation = undefined
    this.place = { ticket: ++this.tickets, wish, key_package, socket, head: true }
    return this.#placed()
  }

  on_half(socket, { token }) {
    const { conversation } = this
    if (!conversation || conversation.over || token !== `c${conversation.ticket}`) return GONE
    const { half, lostAt, goneAt } = conversation
    if (conversation.socket === socket && lostAt === undefined) return { ...ACK, key: to64(half), next: to64(half) }
    if (this.seconds - (lostAt ?? this.seconds) > HALF_LIFE || this.seconds - (goneAt ?? this.seconds) > GONE_RELOAD) return GONE
    conversation.half = randomBytes(32)
    this.#bind(conversation, socket)
    return { ...ACK, key: to64(half), next: to64(conversation.half) }
  }

  on_hello(socket, { token, have, acked }) {
    const { conversation } = this
    if (!conversation || conversation.over || token !== `c${conversation.ticket}`) return GONE
    this.#bind(conversation, socket)
    conversation.welcomed = true
    this.#heldByHer(have)
    conversation.her.held = Math.max(conversation.her.held, acked)
    for (const [seq, bytes] of conversation.lane.envelopes) socket.emit("envelope", { seq, bytes })
    if (conversation.isAway) this.peer(true)
    return { ...ACK, taken: conversation.her.last, acked: conversation.her.held, token }
  }

  on_envelope(_, { seq, bytes }) {
    const { conversation } = this
    if (!conversation || conversation.over) return GONE
    conversation.welcomed = true
    const { her } = conversation
    if (seq <= her.last) return { ...ACK, seq, epoch: conversation.epoch }
    if (seq !== her.last + 1) return refusal("out_of_order")
    const { epoch, contentType } = unwrap(from64(bytes), "mls_private_message").privateMessage
    if (contentType === "commit" && Number(epoch) !== conversation.epoch) return refusal("stale_epoch")
    if (contentType === "commit") conversation.epoch++
    her.last = seq
    this.#deskTakes(conversation, seq, from64(bytes))
    return { ...ACK, seq, epoch: conversation.epoch }
  }

  on_holds(_, { seq }) {
    if (this.conversation) this.conversation.welcomed = true
    this.#heldByHer(seq)
    return ACK
  }

  on_gone() {
    if (this.conversation) this.conversation.goneAt = this.seconds
    return ACK
  }

  on_end() {
    if (this.conversation) this.conversation.over = "person"
    return ACK
  }

  on_leave() {
    this.place = undefined
    return ACK
  }

  on_wish() {
    return this.#placed()
  }

  // ---- inside

  #bind(one, socket) {
    if (one.socket && one.socket !== socket) {
      const old = one.socket
      old.hears(`42${JSON.stringify(["bye", { code: "elsewhere" }])}`)
      old.close()
    }
    Object.assign(one, { socket, lostAt: undefined, goneAt: undefined })
  }

  #placed() {
    return { ...ACK, place: "next", wait: "soon", offered: false, token: `t${this.place.ticket}` }
  }

  #welcome() {
    const { welcome, ticket, socket } = this.conversation
    socket?.emit("welcome", { bytes: to64(welcome), token: `c${ticket}` })
  }

  carry(bytes) {
    const { lane: mine } = this.conversation
    mine.envelopes.set(++mine.last, (this.lastCarried = to64(bytes)))
    this.line?.emit("envelope", { seq: mine.last, bytes: to64(bytes) })
  }

  #heldByHer(seq) {
    const mine = this.conversation?.lane
    if (!mine || seq <= mine.held) return
    mine.held = seq
    for (const held of [...mine.envelopes.keys()]) if (held <= seq) mine.envelopes.delete(held)
  }

  #deskTakes(conversation, seq, bytes) {
    conversation.taking = conversation.taking.then(async () => {
      while (this.isDeskSlow) await new Promise((done) => setTimeout(done, 5))
      const came = await conversation.desk.receive(bytes)
      if (came.kind === "text") this.read.push(said(came))
      conversation.her.held = seq
      conversation.socket?.emit("acked", { seq })
    })
  }
}
