// Envelopes: opened in the server's order, given in her own, kept until the other side holds them.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Inbox } from "../../static/person/inbox.js"
import { Outbox } from "../../static/person/outbox.js"

const bytes = (...values) => new Uint8Array(values)
const turns = async (count = 20) => { for (let turn = 0; turn < count; turn++) await undefined }

function inbox({ slow = false, kept = async () => {} } = {}) {
  const [opened, held, gaps] = [[], [], []]
  let release = () => {}
  let line = Promise.resolve()
  const take = async ([first]) => {
    if (slow) await new Promise((go) => { release = go })
    opened.push(first)
  }
  const ways = { take, kept, holds: (seq) => held.push(seq), gap: () => gaps.push("gap"), alone: (work) => (line = line.then(work)) }
  return { opened, held, gaps, release: () => release(), box: new Inbox(ways) }
}

test("envelopes are opened one after the other, and each is acknowledged when it is open", async () => {
  const { box, opened, held } = inbox()
  await box.push(1, bytes(10))
  await box.push(2, bytes(20))
  assert.deepEqual([opened, held], [[10, 20], [1, 2]])
})

test("many that come at once are acknowledged by one number", async () => {
  const { box, opened, held } = inbox()
  for (const seq of [1, 2]) box.push(seq, bytes(seq))
  await box.push(3, bytes(3))
  assert.deepEqual([opened, held], [[1, 2, 3], [3]])
})

test("nothing is acknowledged before it is written down", async () => {
  let written = () => {}
  const { box, opened, held } = inbox({ kept: () => new Promise((done) => { written = done }) })
  const pushed = box.push(1, bytes(10))
  await turns()
  assert.deepEqual([opened, held], [[10], []])
  written()
  await pushed
  assert.deepEqual(held, [1])
})

test("the second is not opened while the first still is", async () => {
  const { box, opened, release } = inbox({ slow: true })
  box.push(1, bytes(10))
  box.push(2, bytes(20))
  await turns()
  assert.deepEqual(opened, [])
  release()
  await turns()
  assert.deepEqual(opened, [10])
})

test("one that came too early is left, the server is asked, and it is taken when it comes again in order", async () => {
  const { box, opened, held, gaps } = inbox()
  await box.push(2, bytes(20))
  assert.deepEqual([opened, held, gaps], [[], [], ["gap"]])
  await box.push(1, bytes(10))
  await box.push(2, bytes(20))
  assert.deepEqual([opened, held], [[10, 20], [1, 2]])
})

test("one that came twice is opened once and acknowledged again", async () => {
  const { box, opened, held } = inbox()
  await box.push(1, bytes(10))
  await box.push(1, bytes(10))
  assert.deepEqual([opened, held], [[10], [1, 1]])
})

test("after the end nothing more is opened or acknowledged", async () => {
  const { box, opened, held } = inbox()
  box.stop()
  await box.push(1, bytes(10))
  assert.deepEqual([opened, held], [[], []])
})

/** An outbox whose server answers as told, one answer an envelope: "never" until it is lost. */
function outbox(answers = [], { from, kept = async () => {} } = {}) {
  const clock = { seconds: 0 }
  const [given, told, later] = [[], [], []]
  const tell = (what) => (one) => told.push([what, one?.commit ?? one])
  const box = new Outbox({
    give: async (seq, [first]) => {
      given.push([seq, first])
      const answer = answers.shift()
      return answer === "never" ? new Promise(() => {}) : { ok: !answer, code: answer }
    },
    kept,
    gap: tell("gap"), taken: tell("taken"), stale: tell("stale"), refused: tell("refused"),
    steady: () => clock.seconds,
    later: (work, delay_ms) => later.push({ work, delay_ms }),
  }, from)
  if (!from) box.resume(0, 0)
  return { box, clock, given, told, later }
}

test("her messages are numbered from one and given in order", async () => {
  const { box, given } = outbox()
  for (const value of [7, 8, 9]) box.add(bytes(value))
  await turns()
  assert.deepEqual(given, [[1, 7], [2, 8], [3, 9]])
})

test("a message has arrived when the other side holds it, not when the server has it", async () => {
  const { box } = outbox()
  const arrived = []
  box.add(bytes(7), { arrived: () => arrived.push(7) })
  box.add(bytes(8), { arrived: () => arrived.push(8) })
  await turns()
  assert.deepEqual(arrived, [])
  box.held(1)
  assert.deepEqual(arrived, [7])
  box.held(2)
  assert.deepEqual(arrived, [7, 8])
})

for (const [code, delay_ms] of [["too_many", 2000], ["internal", 2000], ["shutting_down", 2000], ["not_yet", 500]]) {
  test(`a refusal that passes (${code}) is waited out, and the same bytes keep their number`, async () => {
    const { box, given, later, told } = outbox([code, "out_of_order"])
    box.add(bytes(7))
    box.add(bytes(8))
    await turns()
    assert.deepEqual([given, told, later.map((one) => one.delay_ms)], [[[1, 7], [2, 8]], [], [delay_ms]])
    later[0].work()
    await turns()
    assert.deepEqual(given.slice(2), [[1, 7], [2, 8]])
  })
}

test("a refusal that stays ends it, and nothing more is given", async () => {
  const { box, given, told } = outbox(["forbidden_message", "out_of_order"])
  box.add(bytes(7))
  await turns()
  box.add(bytes(8))
  await turns()
  assert.deepEqual([given, told], [[[1, 7]], [["refused", "forbidden_message"]]])
})

test("nothing leaves before it is written down", async () => {
  const written = []
  const { box, given } = outbox([], { kept: () => new Promise((done) => written.push(done)) })
  box.add(bytes(7))
  await turns()
  assert.deepEqual(given, [])
  written[0]()
  await turns()
  assert.deepEqual(given, [[1, 7]])
})

test("her last word does not wait for that: the page is wiped", async () => {
  const { box, given } = outbox([], { kept: () => new Promise(() => {}) })
  box.add(bytes(7), { last: true })
  await turns()
  assert.deepEqual(given, [[1, 7]])
})

test("at most 32 are under way", async () => {
  const { box, given } = outbox(Array(40).fill("never"))
  for (let value = 0; value < 40; value++) box.add(bytes(value))
  await turns()
  assert.equal(given.length, 32)
})

test("large ones wait for each other, and one alone always goes", async () => {
  const { box, given } = outbox(Array(3).fill("never"))
  for (const size of [40_000, 16_000]) box.add(new Uint8Array(size))
  await turns()
  assert.equal(given.length, 1)
})

test("while the connection is lost they wait here, and then go on after what the server has", async () => {
  const { box, given } = outbox(["never", "never"])
  box.add(bytes(7))
  box.add(bytes(8))
  await turns()
  box.lost()
  box.add(bytes(9))
  await turns()
  assert.deepEqual(given, [[1, 7], [2, 8]])
  box.resume(1, 0)
  await turns()
  assert.deepEqual(given.slice(2), [[2, 8], [3, 9]])
})

test("after a restart that lost all but what the other side holds, all the rest is given again", async () => {
  const { box, given } = outbox()
  for (const value of [7, 8, 9]) box.add(bytes(value))
  await turns()
  box.held(1)
  box.lost()
  box.resume(0, 0)
  await turns()
  assert.deepEqual(given.slice(3), [[2, 8], [3, 9]])
})

test("an answer to what was given before the loss changes nothing", async () => {
  let answer = () => {}
  const { box, given, told } = outbox([], {})
  const slow = new Outbox({
    give: (seq, [first]) => { given.push([seq, first]); return new Promise((done) => { answer = done }) },
    kept: async () => {}, refused: (code) => told.push(code), steady: () => 0, gap() {}, taken() {}, stale() {}, later() {},
  })
  slow.resume(0, 0)
  slow.add(bytes(7))
  await turns()
  const before = answer
  slow.lost()
  slow.resume(0, 0)
  before({ ok: false, code: "no_such_conversation" })
  await turns()
  assert.deepEqual([given, told, box.waited], [[[1, 7], [1, 7]], [], 0])
})

for (const code of ["out_of_order", "no_such_conversation"]) {
  test(`where the server's count is another (${code}), it is asked and nothing is given before it has told`, async () => {
    const { box, given, told } = outbox([code])
    box.add(bytes(7))
    await turns()
    assert.deepEqual([given.length, told], [1, [["gap", undefined]]])
    box.resume(0, 0)
    await turns()
    assert.equal(given.length, 2)
  })
}

test("it is not asked for ever", async () => {
  const { box, told } = outbox(Array(5).fill("out_of_order"))
  box.add(bytes(7))
  for (let time = 0; time < 5; time++) {
    await turns()
    box.resume(0, 0)
  }
  await turns()
  assert.deepEqual(told, [...Array(4).fill(["gap", undefined]), ["refused", "out_of_order"]])
})

test("a server that has more than was ever sealed here is told apart: this page is older than it", () => {
  const { box } = outbox()
  assert.equal(box.resume(1, 0), false)
  assert.equal(box.resume(0, 1), false)
})

test("a commit that lost gives its number to the next, once that is written down", async () => {
  const written = []
  const { box, given, told } = outbox(["stale_epoch", "out_of_order"], { kept: () => new Promise((done) => written.push(done)) })
  box.add(bytes(7), { commit: 3 })
  box.add(bytes(8))
  for (const done of written.splice(0)) done()
  await turns()
  assert.deepEqual([given, told], [[[1, 7], [2, 8]], [["stale", 3]]])
  written[0]()
  await turns()
  assert.deepEqual(given.slice(2), [[1, 8]])
})

test("that a commit was taken is told once, by its answer or by the count after a loss", async () => {
  const { box, told } = outbox(["never"])
  box.add(bytes(7), { commit: 3 })
  await turns()
  box.lost()
  box.resume(1, 0)
  box.held(1)
  assert.deepEqual(told, [["taken", 3]])
})

test("the lowest epoch that the other side may still need is that of our oldest commit it does not hold", async () => {
  const { box } = outbox()
  assert.equal(box.floor(4), 4)
  box.add(bytes(7), { commit: 3 })
  await turns()
  assert.equal(box.floor(4), 3)
  box.held(1)
  assert.equal(box.floor(4), 4)
})

test("what a page before this one has sealed is given under its numbers, the same bytes", async () => {
  const first = outbox(["never", "never"])
  first.box.add(bytes(7))
  first.box.add(bytes(8))
  await turns()
  const { box, given } = outbox([], { from: first.box.saved() })
  await turns()
  assert.deepEqual(given, [], "not before the server has told how far it is")
  box.resume(1, 0)
  box.add(bytes(9))
  await turns()
  assert.deepEqual(given, [[2, 8], [3, 9]])
})

test("how long the oldest has been on its way is told until it has arrived", async () => {
  const { box, clock } = outbox()
  assert.equal(box.waited, 0)
  box.add(bytes(7))
  await turns()
  clock.seconds = 21
  assert.equal(box.waited, 21)
  box.held(1)
  assert.equal(box.waited, 0)
})
