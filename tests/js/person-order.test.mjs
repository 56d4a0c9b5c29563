// Envelopes: opened in the server's order, given in her own, kept until the other side holds them.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Inbox } from "../../static/person/inbox.js"
import { Outbox } from "../../static/person/outbox.js"

const bytes = (...values) => new Uint8Array(values)
const turns = async (count = 20) => { for (let turn = 0; turn < count; turn++) await undefined }

function inbox({ slow = false } = {}) {
  const [opened, held] = [[], []]
  let release = () => {}
  const take = async ([first]) => {
    if (slow) await new Promise((go) => { release = go })
    opened.push(first)
  }
  return { opened, held, release: () => release(), box: new Inbox(take, (seq) => held.push(seq)) }
}

test("envelopes are opened one after the other, and each is acknowledged when it is open", async () => {
  const { box, opened, held } = inbox()
  box.push(1, bytes(10))
  await box.push(2, bytes(20))
  assert.deepEqual([opened, held], [[10, 20], [1, 2]])
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

test("one that came too early is left, and taken when it comes again in order", async () => {
  const { box, opened, held } = inbox()
  await box.push(2, bytes(20))
  assert.deepEqual([opened, held], [[], []])
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

/** An outbox whose server answers as told, one answer an envelope. */
function outbox(answers = []) {
  const clock = { seconds: 0 }
  const [given, refused, later] = [[], [], []]
  const box = new Outbox({
    give: async (seq, [first]) => { given.push([seq, first]); return answers.shift() ?? { ok: true } },
    refused: (code) => refused.push(code),
    steady: () => clock.seconds,
    later: (work, delay_ms) => later.push({ work, delay_ms }),
  })
  return { box, clock, given, refused, later }
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
  box.add(bytes(7), () => arrived.push(7))
  box.add(bytes(8), () => arrived.push(8))
  await turns()
  assert.deepEqual(arrived, [])
  box.held(1)
  assert.deepEqual(arrived, [7])
  box.held(2)
  assert.deepEqual(arrived, [7, 8])
})

test("a refusal that passes is waited out, and the same bytes keep their number", async () => {
  const { box, given, later, refused } = outbox([{ ok: false, code: "too_many" }])
  box.add(bytes(7))
  box.add(bytes(8))
  await turns()
  assert.deepEqual([given, refused, later.length], [[[1, 7]], [], 1])
  later[0].work()
  await turns()
  assert.deepEqual(given, [[1, 7], [1, 7], [2, 8]])
})

test("a refusal that stays ends it, and nothing more is given", async () => {
  const { box, given, refused } = outbox([{ ok: false, code: "no_such_conversation" }])
  box.add(bytes(7))
  box.add(bytes(8))
  await turns()
  assert.deepEqual([given, refused], [[[1, 7]], ["no_such_conversation"]])
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
