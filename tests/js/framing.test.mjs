// Our framing: what goes in comes out, in one of four sizes, and nothing else is taken.
import assert from "node:assert/strict"
import { test } from "node:test"
import { BUCKETS, frame, KINDS, MAX_BODY_BYTES, unframe } from "../../static/shared/mls/framing.js"
import { Conversation } from "../../static/shared/mls/conversation.js"
import { cat, utf8 } from "../../static/shared/bytes.js"
import { seeded } from "./random.mjs"
import { committed, consented, organisation, person, scene } from "./world.mjs"

test("any kind, number and body comes back as it went, in the smallest bucket that holds it", () => {
  const random = seeded(20261124)
  for (let run = 0; run < 400; run++) {
    const [kind, seq] = [random.choose(KINDS.slice(1)), random.choose([0, 1, 255, 2 ** 16, 2 ** 32 - 1, random.below(2 ** 31)])]
    const body = random.bytes(random.choose([0, 1, 63, 64, 200, 244, 245, 1012, 1013, random.below(MAX_BODY_BYTES + 1), MAX_BODY_BYTES]))
    const framed = frame(kind, seq, body)
    assert.equal(framed.length, BUCKETS.find((bucket) => bucket >= body.length + 12))
    assert.deepEqual(unframe(framed), { kind, seq, body })
  }
})

test("words in any script come back as they were written", () => {
  for (const words of ["", "à bientôt", "مرحبا", "你好", "🙂", "\u0000", "\ufeffx"]) {
    assert.deepEqual(unframe(frame("text", 0, words)).body, utf8(words))
  }
})

test("one byte too many is refused before anything is sealed", () => {
  frame("text", 0, new Uint8Array(MAX_BODY_BYTES))
  assert.throws(() => frame("text", 0, new Uint8Array(MAX_BODY_BYTES + 1)), { code: "text-too-long", ends: false })
  assert.throws(() => frame("shout", 0, ""), { code: "no-such-kind" })
  assert.throws(() => frame("", 0, ""), { code: "no-such-kind" })
})

test("whatever bytes a member signs, they are a frame or a breach: never anything else", () => {
  const random = seeded(7)
  for (let run = 0; run < 2000; run++) {
    const framed = random.below(2) ? random.bytes(random.choose([...BUCKETS, 0, 1, 7, 100])) : frame("text", 1, random.bytes(random.below(300)))
    if (framed.length && random.below(4)) framed[random.below(Math.min(framed.length, 300))] ^= 1 << random.below(8)
    try {
      const { kind, seq, body } = unframe(framed)
      assert.deepEqual(frame(kind, seq, body).subarray(0, 12 + body.length), framed.subarray(0, 12 + body.length))
    } catch (error) {
      assert.deepEqual([error.code, error.ends], ["frame", true])
    }
  }
})

test("a frame in a larger bucket than it needs is read, a frame with a tail is not", () => {
  const framed = frame("text", 3, "x")
  assert.equal(unframe(cat(framed, new Uint8Array(1024 - framed.length))).seq, 3)
  framed[framed.length - 1] = 1
  assert.throws(() => unframe(framed), { code: "frame", ends: true })
})

test("on the wire there are four sizes, and every commit has the one of a text of 1,024", async () => {
  const s = await scene()
  const sizes = new Map()
  for (const length of [0, 1, 100, 244, 245, 1000, 1011, 1012, 1013, 4000, 4083, 4084, 4085, 16000, 16371, 16372]) {
    const envelope = await s.p.send("text", new Uint8Array(length))
    sizes.set(length, envelope.length)
    await s.a.receive(envelope)
  }
  assert.deepEqual([...new Set(sizes.values())], [402, 1170, 4242, 16534])
  assert.deepEqual([sizes.get(244), sizes.get(245), sizes.get(1012), sizes.get(1013)], [402, 1170, 1170, 4242])

  const update = await committed(s.a, (a) => a.update(), s.p)
  const hers = await committed(s.p, (p) => p.update(), s.a)
  const colleague = await consented(s, "peer", "Bea", "handover")
  const add = await committed(s.a, (a) => a.add(colleague.bytes), s.p)
  const b = await Conversation.join({ trust: await s.org.trust(), own: colleague, welcome: add.welcome })
  const remove = await committed(b, () => b.remove(0), s.p)
  assert.deepEqual([update, hers, add, remove].map(({ commit }) => commit.length), [1170, 1170, 1170, 1170])
})

test("key packages and Welcomes stay as small as they were", async () => {
  const org = await organisation()
  const [hers, staff] = [await person(), await org.staff("peer", "Ana")]
  assert.equal(hers.bytes.length, 275)
  assert.ok(staff.bytes.length <= 560, `${staff.bytes.length}`)
  const { welcome } = await Conversation.open({ trust: await org.trust(), own: staff, person: hers.bytes })
  assert.ok(welcome.length <= 1000, `${welcome.length}`)
})
