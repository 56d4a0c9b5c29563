// A conversation at the desk: order, one at a time, nothing lost on a broken line, new keys when due, loud ends.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Lost } from "../../static/staff/connection.js"
import { fits, Talk } from "../../static/staff/talk.js"
import { added, clock, consented, midHandover, said, scene, suite } from "./world.mjs"

/** Long enough for whatever is under way: more turns of the same cryptography than any one act takes. */
const turns = async (count = 400) => { for (let turn = 0; turn < count; turn++) await suite.hash.digest(new Uint8Array(1)) }

/** Between the desk and her: takes what comes in order, once, as the server does. */
class Server {
  taken = []
  held = []
  answers = [] // what it says instead, once each: an answer, or "lost" before or "unheard" after it took the envelope
  standings = [] // what the desk has said that it holds
  resumed = [] // what it answers to that instead, once each
  welcomes = 0
  isEnded = false

  carrier() {
    return {
      envelope: async (seq, bytes) => {
        const instead = this.answers.shift()
        if (instead === "lost") throw new Lost()
        if (instead && instead !== "unheard") return instead
        if (seq === this.taken.length + 1) this.taken.push(bytes)
        else if (seq > this.taken.length) return { ok: false, code: "out_of_order" }
        if (instead === "unheard") throw new Lost()
        return { ok: true, seq, epoch: 1 }
      },
      holds: (seq) => this.held.push(seq),
      resume: async (standing) => {
        this.standings.push(standing)
        const instead = this.resumed.shift()
        if (instead === "lost") throw new Lost()
        return instead ?? { ok: true, taken: this.taken.length, acked: standing.acked, token: "next" }
      },
      welcome: () => { this.welcomes += 1 },
      end: () => { this.isEnded = true },
    }
  }

  comeBack() {
    this.talk.resume()
    return turns()
  }
}

async function desk(s, token) {
  s ??= await scene()
  const server = new Server()
  const told = []
  const note = (name) => (...what) => { told.push([name, ...what]) }
  const listener = Object.fromEntries(["said", "members", "stalled", "delayed", "over"].map((name) => [name, note(name)]))
  const states = []
  listener.changed = (message) => states.push(message.state)
  const talk = new Talk({ id: "c", conversation: s.a, carrier: server.carrier(), listener, token, pause: () => turns(20) })
  server.talk = talk
  talk.begin()
  return { ...s, server, told, states, talk }
}

/** She receives all that the server has taken and she has not seen. */
async function deliver(d, from = 0) {
  const words = []
  for (const bytes of d.server.taken.slice(from)) {
    const got = await d.p.receive(bytes)
    words.push(got.kind === "text" ? said(got) : got.kind)
  }
  return words
}

test("what is said goes out in the order in which it was said", async () => {
  const d = await desk()
  for (const words of ["one", "two", "three"]) d.talk.say(words)
  await turns()
  assert.deepEqual(await deliver(d), ["one", "two", "three"])
})

test("words have arrived only when the other end holds them, not when the server does", async () => {
  const d = await desk()
  const message = d.talk.say("one")
  await turns()
  assert.equal(message.state, "sending")
  d.talk.acked(1)
  assert.equal(message.state, "arrived")
})

test("an acknowledgement that overtakes the server's answer still counts", async () => {
  const d = await desk()
  const { envelope } = d.talk.carrier
  d.talk.carrier.envelope = (seq, bytes) => {
    d.talk.acked(seq)
    return envelope(seq, bytes)
  }
  const message = d.talk.say("one")
  await turns()
  assert.equal(message.state, "arrived")
})

for (const [how, answers] of [["before the server had it", ["lost"]], ["after the server had it", ["unheard"]], ["twice", ["unheard", "lost"]]]) {
  test(`a line that breaks ${how} loses nothing and says nothing twice`, async () => {
    const d = await desk()
    d.server.answers = [...answers]
    d.talk.say("one")
    d.talk.say("two")
    for (let broken = 0; broken < answers.length; broken++) {
      await turns()
      assert.equal(d.states.at(-1), "waiting")
      await d.server.comeBack()
    }
    await turns()
    assert.deepEqual(await deliver(d), ["one", "two"])
  })
}

test("nothing leaves before the Welcome is with the server", async () => {
  const s = await scene()
  const server = new Server()
  const talk = new Talk({ id: "c", conversation: s.a, carrier: server.carrier(), listener: { changed() {} }, pause: () => turns(20) })
  talk.say("one")
  await talk.tick()
  await turns()
  assert.equal(server.taken.length, 0)
  talk.begin()
  await turns()
  assert.equal(server.taken.length, 1)
})

test("new keys come first after the join, and again after twenty messages", async () => {
  const d = await desk()
  await d.talk.tick()
  await turns()
  assert.deepEqual(await deliver(d), ["commit"])
  d.talk.acked(1)
  for (let n = 0; n < 19; n++) d.talk.say(`${n}`)
  await turns()
  await d.talk.tick()
  await turns()
  assert.equal(d.server.taken.length, 20)
  d.talk.say("twentieth")
  await turns()
  await d.talk.tick()
  await turns()
  assert.equal((await deliver(d, 1)).at(-1), "commit")
})

test("new keys come after five minutes, and not before the last ones have arrived", async () => {
  const d = await desk()
  await d.talk.tick()
  await turns()
  clock.steady += 299
  await d.talk.tick()
  await turns()
  assert.equal(d.server.taken.length, 1)
  clock.steady += 2
  await d.talk.tick()
  await turns()
  assert.equal(d.server.taken.length, 1)
  d.talk.acked(1)
  await d.talk.tick()
  await turns()
  assert.deepEqual(await deliver(d), ["commit", "commit"])
})

test("a commit that lost its epoch is made again after the winner has come", async () => {
  const d = await desk()
  const hers = await d.p.update()
  await d.p.confirmed()
  d.server.answers = [{ ok: false, code: "stale_epoch" }]
  await d.talk.tick()
  await turns()
  await d.talk.tick()
  await turns()
  assert.equal(d.server.taken.length, 0)
  assert.equal(d.talk.isOver, false)
  await d.talk.take(1, hers.commit)
  await d.talk.tick()
  await turns()
  d.talk.say("after both")
  await turns()
  assert.deepEqual(await deliver(d), ["commit", "after both"])
})

test("envelopes are taken in order; a repeated one is only acknowledged again, one too early is left", async () => {
  const d = await desk()
  const [one, two] = [await d.p.send("text", "one"), await d.p.send("text", "two")]
  await d.talk.take(2, two)
  await d.talk.take(1, one)
  await d.talk.take(1, one)
  await d.talk.take(2, two)
  assert.deepEqual(d.told, [["said", undefined, "text", "one"], ["said", undefined, "text", "two"]])
  assert.deepEqual(d.server.held, [1, 1, 2])
})

test("what nobody in the conversation has signed changes nothing, and counts as taken, as it does on her page", async () => {
  const d = await desk()
  const real = await d.p.send("text", "real")
  const bent = real.slice()
  bent[bent.length - 1] ^= 1
  await d.talk.take(1, bent)
  await d.talk.take(2, new Uint8Array([1, 2, 3]))
  assert.deepEqual([d.told, d.server.held], [[], [1, 2]])
  await d.talk.take(3, real)
  assert.equal(d.told.at(-1).at(-1), "real")
})

test("words before which some are missing inside are not taken: the same bytes come again, in order", async () => {
  const d = await desk()
  const [one, two] = [await d.p.send("text", "one"), await d.p.send("text", "two")]
  await d.talk.take(1, two)
  assert.deepEqual(d.server.held, [])
  await d.talk.take(1, one)
  await d.talk.take(2, two)
  assert.deepEqual(d.told.map((told) => told.at(-1)), ["one", "two"])
})

test("after twenty seconds without what is missing it says so, once, and takes it back when it comes", async () => {
  const d = await desk()
  const real = await d.p.send("text", "real")
  const bent = real.slice()
  bent[bent.length - 1] ^= 1
  d.talk.acked(1)
  await d.talk.take(1, bent)
  clock.steady += 21
  await d.talk.tick()
  await d.talk.tick()
  assert.deepEqual(d.told.filter(([name]) => name === "stalled"), [["stalled", true]])
})

test("a member who breaks the policy ends it loudly, and the server is told", async () => {
  const d = await desk()
  const forged = await d.p.alone((state) => d.p.seal(state, "ask", new Uint8Array([1])))
  d.talk.say("waits")
  await d.talk.take(1, forged)
  assert.deepEqual(d.told.at(-1), ["over", "unsafe", "ask-not-lead"])
  assert.equal(d.server.isEnded, true)
  assert.equal(d.talk.isOver, true)
})

test("her end, sealed, ends it", async () => {
  const d = await desk()
  await d.talk.take(1, await d.p.send("end"))
  assert.deepEqual(d.told, [["over", "person"]])
})

test("our end is sealed for her after the words before it, and then the server is told", async () => {
  const d = await desk()
  d.talk.say("goodbye")
  d.talk.end()
  await turns()
  assert.deepEqual(await deliver(d), ["goodbye", "end"])
  assert.deepEqual([d.server.isEnded, d.talk.isOver], [true, true])
})

test("our end on a broken line tells the server before long and takes the keys and the words", async () => {
  const d = await desk()
  d.server.answers = ["lost"]
  const message = d.talk.say("never left")
  await turns()
  d.talk.end()
  d.talk.end()
  await turns()
  assert.deepEqual(d.told, [["over", "counsellor"]])
  assert.equal(d.server.isEnded, true)
  assert.equal(message.words, "")
  assert.equal(d.a.state, undefined)
  await d.server.comeBack()
  assert.equal(d.server.taken.length, 0)
})

for (const [code, why] of [["no_such_conversation", "gone"], ["out_of_order", "unsafe"], ["forbidden_message", "unsafe"]]) {
  test(`the server's ${code} ends it as ${why}`, async () => {
    const d = await desk()
    d.server.answers = [{ ok: false, code }]
    d.talk.say("one")
    await turns()
    assert.equal(d.told.at(-1)[1], why)
    assert.equal(d.talk.isOver, true)
  })
}

test("too many at once waits and goes on", async () => {
  const d = await desk()
  d.server.answers = [{ ok: false, code: "too_many" }, { ok: false, code: "too_many" }]
  d.talk.say("one")
  for (let n = 0; n < 4; n++) await turns()
  assert.deepEqual(await deliver(d), ["one"])
})

test("back on line, it says again what it holds", async () => {
  const d = await desk()
  d.talk.resume()
  await d.talk.take(1, await d.p.send("text", "one"))
  d.talk.resume()
  assert.deepEqual(d.server.held, [1, 1])
})

test("a colleague who joins and one who is removed show in the list", async () => {
  const d = await desk()
  const bea = await consented(d, "interpreter", "Bea", "company")
  const b = await added(d, bea)
  const words = await b.send("text", "bună")
  await d.talk.take(1, words)
  assert.deepEqual(d.told.at(-1), ["said", "Bea", "text", "bună"])
})

test("whoever is handed over from may still speak, and makes no new keys meanwhile", async () => {
  const s = await midHandover()
  const d = await desk(s)
  await d.talk.tick()
  d.talk.say("goodbye")
  await turns()
  assert.equal(d.server.taken.length, 1)
  assert.equal(said(await s.p.receive(d.server.taken[0])), "goodbye")
  const { commit } = await s.b.remove(s.a.me)
  await d.talk.take(1, commit)
  assert.deepEqual(d.told.at(-1), ["over", "removed"])
  assert.equal(d.server.isEnded, false)
})

test("a handover that nobody finishes ends it by itself", async () => {
  const d = await desk(await midHandover())
  clock.steady += 61
  await d.talk.tick()
  assert.deepEqual(d.told.at(-1), ["over", "unsafe", "handover-unfinished"])
})

test("words of one message have a limit, counted in bytes", () => {
  assert.equal(fits("a".repeat(16_000)), true)
  assert.equal(fits("é".repeat(16_000)), false)
})
