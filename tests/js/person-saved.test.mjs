// Her conversation written down and read again: nothing of the policy's memory is lost, and nothing is decrypted twice.
import assert from "node:assert/strict"
import { test } from "node:test"
import { restore, save } from "../../static/shared/mls/saved.js"
import { pack, unpack } from "../../static/shared/plain.js"
import { committed, clock, consented, midHandover, said, scene } from "./world.mjs"

/** A page that was loaded again: the same conversation out of text alone, on a steady clock of its own. */
async function reloaded(s, { after = 0, page } = {}) {
  const text = pack(await save(s.p))
  const before = clock.steady
  clock.steady = after
  const trust = await s.org.trust({ list: null, ...(page && { page }) })
  const again = await restore(trust, unpack(text))
  return { again, text, before }
}

const without = ({ clientConfig: _, ...state }) => state

test("values come back to the letter", () => {
  const values = [undefined, null, 0, "", "_", 5n, 2n ** 64n - 1n, new Uint8Array([0, 255]), new Map([[1, new Set([2n])]]), [undefined, 1],
    { a: undefined, b: { 3: new Uint8Array(2) } }, true, { kind: "active" }]
  for (const value of values) assert.deepStrictEqual(unpack(pack(value)), value)
})

test("a hole in a list comes back as something that is there and undefined", () => {
  assert.deepStrictEqual(unpack(pack([1, , 2])), [1, undefined, 2])
})

test("state and memory survive exactly", async () => {
  const s = await scene()
  await consented(s, "interpreter", "Lia", "company")
  const { again } = await reloaded(s)
  assert.deepStrictEqual(without(again.state), without(s.p.state))
  for (const name of ["members", "lead", "since", "consents", "asked", "used", "out", "in", "committed", "me", "person", "groupId", "handover"]) {
    assert.deepStrictEqual(again[name], s.p[name], name)
  }
})

test("no word of hers or to her is in it", async () => {
  const s = await scene()
  await s.a.receive(await s.page.write("SECRET of hers"))
  await s.p.receive(await s.a.send("text", "SECRET to her"))
  const { text } = await reloaded(s)
  assert.doesNotMatch(text, /SECRET/)
  assert.equal(text.includes(btoa("SECRET").slice(0, 6)), false)
})

test("an envelope that was read before is not read again", async () => {
  const s = await scene()
  const old = await s.a.send("text", "once")
  await s.p.receive(old)
  const { again } = await reloaded(s)
  await assert.rejects(again.receive(old), { code: "unreadable" })
  assert.equal(said(await again.receive(await s.a.send("text", "next"))), "next")
})

test("one of the epoch before, read before, is not read again either", async () => {
  const s = await scene()
  const old = await s.a.send("text", "once")
  const late = await s.a.send("text", "late")
  await s.p.receive(old)
  await committed(s.a, (a) => a.update(), s.p)
  const { again } = await reloaded(s)
  await assert.rejects(again.receive(old), { code: "unreadable" })
  assert.equal(said(await again.receive(late)), "late")
})

test("both go on, and the first thing is new keys", async () => {
  const s = await scene()
  const { again } = await reloaded(s)
  const { commit } = await again.update()
  await again.confirmed()
  await s.a.receive(commit)
  assert.equal(said(await s.a.receive(await again.send("text", "back"))), "back")
  assert.equal(said(await again.receive(await s.a.send("text", "good"))), "good")
})

test("a commit of hers that was under way is gone on with when the server has taken it", async () => {
  const s = await scene()
  const { commit } = await s.p.update()
  const words = await s.a.send("text", "while it was under way")
  await s.p.receive(words)
  const { again } = await reloaded(s)
  await again.confirmed()
  await s.a.receive(commit)
  await assert.rejects(again.receive(words), { code: "unreadable" })
  assert.equal(said(await s.a.receive(await again.send("text", "on"))), "on")
})

test("and it makes no second one for the same epoch: the same key would be used twice", async () => {
  const s = await scene()
  await s.p.update()
  const { again } = await reloaded(s)
  await assert.rejects(again.update(), { code: "commit-in-flight" })
  await again.rejected()
  await assert.rejects(again.update(), { code: "commit-in-flight" })
})

test("a question put to her waits for her answer on the next page too", async () => {
  const s = await scene()
  const colleague = await s.org.staff("interpreter", "Lia")
  const asked = await s.p.receive(await s.a.ask("company", colleague.bytes))
  const { again } = await reloaded(s)
  assert.equal((await s.a.receive(await again.yes(asked.ref))).kind, "consent")
})

test("a takeover that does not end is over after 60 seconds, however often the page is loaded", async () => {
  const s = await midHandover()
  clock.steady = 50
  const { again } = await reloaded(s, { after: 1 })
  clock.steady = 10
  assert.equal(await again.tick(), undefined)
  clock.steady = 12
  await assert.rejects(again.tick(), { code: "handover-unfinished" })
})

test("and the time in between counts", async () => {
  const s = await midHandover()
  const { again } = await reloaded(s, { page: 1_800_000_061 })
  await assert.rejects(again.tick(), { code: "handover-unfinished" })
})

test("what is written is what is between two acts, never half of one", async () => {
  const s = await scene()
  const [sealed, text] = await Promise.all([s.p.send("text", "1"), save(s.p), s.p.send("text", "2")])
  assert.ok(sealed)
  assert.equal(text.memory[5], 2, "after the first and before the second")
})
