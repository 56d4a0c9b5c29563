// Her page as a test opens it: a screen that notes what it shows, a tab that keeps what is written, a server by the contract.
import assert from "node:assert/strict"
import { afterEach, beforeEach, mock } from "node:test"
import { to64 } from "../../static/shared/bytes.js"
import { Keep } from "../../static/person/keep.js"
import { readKept } from "../../static/person/kept.js"
import { Visit } from "../../static/person/visit.js"
import { Relay } from "./relay.mjs"
import { NOW, organisation } from "./world.mjs"

const REAL = { setTimeout, now: Date.now }
const opened = []
let org

/** What the tab keeps. */
export const storage = new Map()

beforeEach(async () => {
  storage.clear()
  globalThis.sessionStorage = {
    getItem: (name) => storage.get(name) ?? null,
    setItem: (name, value) => storage.set(name, value),
    removeItem: (name) => storage.delete(name),
  }
  globalThis.document = { createElement: () => ({}) }
  mock.method(Date, "now", () => NOW * 1000)
  org = await organisation()
})
afterEach(() => {
  for (const page of opened.splice(0)) page.visit.forget()
  mock.restoreAll()
})

/** Until it is so, or the test fails. */
export async function until(is, what = String(is)) {
  const end = REAL.now() + 8000
  while (!is()) {
    assert.ok(REAL.now() < end, `never: ${what}`)
    await new Promise((done) => REAL.setTimeout(done, 5))
  }
}
export const pause = (ms) => new Promise((done) => REAL.setTimeout(done, ms))

/** A page that is open: a screen that notes what it shows, and the visit behind it. */
export class Page {
  shown = { pane: "", events: [], said: [], mine: [], arrived: [], states: new Map(), ending: undefined, place: [], back: [], heads: [] }

  constructor(relay, { wish = "psychologist", kept, wanted = true, framed = true } = {}) {
    this.relay = relay
    this.keep = new Keep(wanted)
    this.screen = this.#screen(framed)
    this.visit = new Visit(this.screen, this.keep, kept ? { kept } : { wish })
    opened.push(this)
    this.begun = this.#facts().then((facts) => {
      this.screen.facts = facts
      return this.visit.begin()
    })
  }

  async #facts() {
    const site = { demo: false, root: to64(org.root.publicKey), lowest_counter: 3, lines: [{ id: "adults", languages: ["fr"] }] }
    return { site, revocations: to64(await org.list()), minute: NOW - performance.now() / 1000, language: "fr", lines: {} }
  }

  #screen(framed) {
    const { shown } = this
    const words = { text: (key, slots = {}) => [key, ...Object.values(slots)].join(" ") }
    return {
      framed, words,
      closed: { nextOpening: () => [] },
      waiting: { wished: () => {}, coming: () => {}, show: ({ place }) => { shown.pane = "waiting"; shown.place.push(place) } },
      log: {
        event: (text) => shown.events.push(text),
        pending: () => {},
        said: (_, text) => shown.said.push(text),
        mine: (_, text) => { shown.mine.push(text); return () => shown.arrived.push(text) },
      },
      connection: { tell: (state, text) => (text ? shown.states.set(state, text) : shown.states.delete(state)) },
      consent: { ask: () => new Promise(() => {}), withdraw: () => {} },
      members: { replaceChildren: () => {} },
      offerAnother: (offered) => { shown.another = offered },
      talk: (canSay) => { shown.pane = "talk"; shown.canSay = canSay },
      part: (unheld, head) => { shown.pane = "waiting"; shown.back.push(...unheld); shown.heads.push(head) },
      refresh: () => {},
      clear: (ending) => { shown.pane = "closed"; shown.ending = ending },
    }
  }

  async waits() {
    await until(() => this.shown.place.length, "a place")
    return this
  }

  async talks() {
    await until(() => this.shown.canSay?.(), "a conversation")
    return this
  }

  async says(words) {
    assert.equal(await this.visit.say(words), true)
  }

  /** The browser throws this page away, without a word or with one. */
  dies({ goes = false } = {}) {
    if (goes) this.visit.going()
    for (const socket of [...this.relay.sockets]) {
      socket.onclose = socket.onmessage = undefined
      socket.close()
    }
    const left = [...storage]
    this.visit.forget() // its timers would go on
    for (const [name, value] of left) storage.set(name, value)
    opened.splice(opened.indexOf(this), 1)
  }

  /** Loaded again: a new page with what stands in the tab. */
  reloads(options) {
    assert.ok(readKept())
    this.dies({ goes: true })
    return new Page(this.relay, { kept: readKept(), ...options })
  }
}

export async function waiting(options) {
  const relay = new Relay(org)
  return { relay, page: await new Page(relay, options).waits() }
}

export async function talking(options) {
  const { relay, page } = await waiting(options)
  await relay.accepts()
  await page.talks()
  if (page.keep.wanted) await until(() => readKept()?.sealed, "written down")
  return { relay, page }
}

export const events = (relay, name) => relay.heardOf.filter(([event]) => event === name)
