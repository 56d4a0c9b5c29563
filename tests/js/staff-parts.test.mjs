// The desk's small parts: words, days, clock, day keys, connection.
import assert from "node:assert/strict"
import { test } from "node:test"
import { to64 } from "../../static/shared/bytes.js"
import { pageClock } from "../../static/staff/clock.js"
import { Connection, Lost } from "../../static/staff/connection.js"
import { dayOf, daysAhead, keyFor } from "../../static/staff/days.js"
import { DayKeys } from "../../static/staff/keys.js"
import { Words } from "../../static/staff/words.js"
import { DAY, NOW, organisation, suite } from "./world.mjs"

const TEXTS = { fr: { hello: "Bonjour {alias}", "line.adults": "Adultes" }, en: { hello: "Hello {alias}", "line.adults": "Adults" } }

test("words are said in the chosen language, and an unknown language is the organisation's own", () => {
  const words = new Words(TEXTS, "en")
  assert.equal(words.say("hello", { alias: "Amal" }), "Hello Amal")
  words.language = "fr"
  assert.equal(words.say("hello", { alias: "{alias}" }), "Bonjour {alias}")
  assert.equal(new Words(TEXTS, "xx").language, "fr")
  assert.throws(() => words.say("nothing"), RangeError)
})

test("lines and languages are called by the reader's names, or by their own", () => {
  const words = new Words(TEXTS, "en")
  assert.equal(words.nameOfLine("adults"), "Adults")
  assert.equal(words.nameOfLine("night"), "night")
  assert.equal(words.nameOfLanguage("ro"), "Romanian")
})

test("the server's time goes on from its minute, whatever the device's clock says", () => {
  let passed = 0
  const clock = pageClock(NOW, { now: () => passed * 1000 }, { now: () => 0 })
  passed = 90
  assert.equal(clock.server(), NOW + 90)
  assert.equal(clock.page(), 0)
})

test("fourteen days ahead, in UTC, today first", () => {
  const days = daysAhead(Date.UTC(2026, 11, 31, 23, 59, 59) / 1000)
  assert.deepEqual([days.length, days[0], days[1], days[13]], [14, "2026-12-31", "2027-01-01", "2027-01-13"])
})

test("a block of time holds from its start to just before its end", () => {
  const keys = [{ block: { start: 0, end: 10 } }, { block: { start: 10, end: 20 } }]
  assert.deepEqual([0, 9, 10, 20].map((at) => keys.indexOf(keyFor(keys, at))), [0, 0, 1, -1])
})

/** A device's vault and an organisation that certifies when it likes. */
async function device({ signs = true, org } = {}) {
  org ??= await organisation()
  const kept = new Map()
  const certificates = []
  const handed = []
  const vault = {
    from: async (day) => [...kept.values()].filter((key) => key.day >= day),
    put: async (key) => { kept.set(key.day, key) },
  }
  const certify = async (day, publicKey, by = org) => {
    const start = Date.parse(`${day}T00:00:00Z`) / 1000
    const { identity } = await by.certify("psychologist", "Ana", { signer: { publicKey }, start, end: start + DAY })
    certificates.push({ day, key: to64(publicKey), certificate: to64(identity) })
  }
  const office = {
    get: async () => ({ certificates: [...certificates] }),
    hand: async (keys) => {
      handed.push(keys)
      if (signs) for (const [day, key] of Object.entries(keys)) await certify(day, Uint8Array.from(atob(key), (c) => c.charCodeAt(0)))
      return { certificates: [...certificates] }
    },
  }
  let now = NOW
  const keys = () => new DayKeys({ suite, root: { key: org.root.publicKey, demo: false }, vault, office, now: () => now })
  return { org, kept, handed, keys, certify, later: (seconds) => { now += seconds } }
}

test("a device makes one key for each day, hands in the public halves alone, and has one for now", async () => {
  const d = await device()
  const keys = d.keys()
  await keys.prepare()
  assert.deepEqual(Object.keys(d.handed[0]), daysAhead(NOW))
  assert.equal(new Set(Object.values(d.handed[0])).size, 14)
  const secrets = [...d.kept.values()].map(({ signKey }) => to64(signKey))
  assert.equal(secrets.some((secret) => JSON.stringify(d.handed).includes(secret)), false)
  assert.deepEqual(keys.today().signer, d.kept.get(dayOf(NOW)))
})

test("loaded again, it makes and hands in nothing new; a day later, one", async () => {
  const d = await device()
  await d.keys().prepare()
  const again = d.keys()
  await again.prepare()
  assert.equal(d.handed.length, 1)
  d.later(DAY)
  await again.prepare()
  assert.deepEqual(Object.keys(d.handed[1]), [dayOf(NOW + 14 * DAY)])
  assert.deepEqual(again.today().signer, d.kept.get(dayOf(NOW + DAY)))
})

test("until they are signed there is no key for now", async () => {
  const d = await device({ signs: false })
  const keys = d.keys()
  await keys.prepare()
  assert.equal(keys.today(), undefined)
  await d.certify(dayOf(NOW), d.kept.get(dayOf(NOW)).publicKey)
  await keys.prepare()
  assert.notEqual(keys.today(), undefined)
})

test("a certificate by another organisation, or for another key, is not taken", async () => {
  const d = await device({ signs: false })
  const keys = d.keys()
  await keys.prepare()
  await d.certify(dayOf(NOW), d.kept.get(dayOf(NOW)).publicKey, await organisation())
  await d.certify(dayOf(NOW), (await suite.signature.keygen()).publicKey)
  await keys.prepare()
  assert.equal(keys.today(), undefined)
  assert.equal(keys.refused, "rogue-root")
})

/** socket.io's side of a connection, moved by hand. */
function socket() {
  const heard = new Map()
  const it = {
    connected: false,
    io: { on: (event, heed) => heard.set(`io ${event}`, heed) },
    asked: [],
    answer: async () => ({ ok: true }),
    on: (event, heed) => heard.set(event, heed),
    connect: () => it.say("connect", undefined, true),
    disconnect: () => it.say("disconnect", "io client disconnect", false),
    timeout: () => ({ emitWithAck: (event, payload) => { it.asked.push([event, payload]); return it.answer(event) } }),
    say: (event, payload, connected = it.connected) => { it.connected = connected; return heard.get(event)?.(payload) },
  }
  return it
}

function connection(opened = async () => {}) {
  const side = socket()
  const states = []
  const made = new Connection(side, { state: (state) => states.push(state), opened, events: {} })
  return { side, states, connection: made }
}

test("whoever asks without a connection is told at once that it is lost", async () => {
  const { connection: c } = connection()
  await assert.rejects(c.ask("presence"), Lost)
})

test("an answer that does not come is lost; a refusal is an answer", async () => {
  const { connection: c, side } = connection()
  c.open()
  side.answer = async () => ({ ok: false, code: "offer_gone" })
  assert.deepEqual(await c.ask("accept", { offer: "o" }), { ok: false, code: "offer_gone" })
  side.answer = async () => { throw new Error("timeout") }
  await assert.rejects(c.ask("accept"), Lost)
})

test("whoever waits goes on only after hello", async () => {
  let greet
  const { connection: c } = connection(() => new Promise((go) => { greet = go }))
  let isBack = false
  c.back().then(() => { isBack = true })
  c.open()
  await new Promise((go) => setImmediate(go))
  assert.equal(isBack, false)
  greet()
  await new Promise((go) => setImmediate(go))
  assert.equal(isBack, true)
})

for (const code of ["elsewhere", "not_signed_in", "not_permitted"]) {
  test(`after ${code} the desk does not come back by itself, and says why`, async () => {
    const { connection: c, side, states } = connection()
    c.open()
    await new Promise((go) => setImmediate(go))
    side.say("bye", { code })
    assert.equal(side.connected, false)
    assert.equal(states.at(-1), code)
  })
}

test("a server that restarts is only a lost connection", async () => {
  const { connection: c, side, states } = connection()
  c.open()
  side.say("bye", { code: "shutting_down" })
  side.say("disconnect", "transport close", false)
  assert.equal(states.at(-1), "lost")
})

test("a connection refused at the door says the code", () => {
  const { side, states } = connection()
  side.say("connect_error", { message: "not_signed_in" })
  assert.equal(states.at(-1), "not_signed_in")
})
