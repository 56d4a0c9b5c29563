// A server that holds every envelope in its hands: it can drop and withhold, and nothing more.
import assert from "node:assert/strict"
import { test } from "node:test"
import { emptyPskIndex, processMessage } from "ts-mls"
import { Conversation } from "../../static/shared/mls/conversation.js"
import { cat } from "../../static/shared/bytes.js"
import { u8 } from "../../static/shared/tls.js"
import { anything, decoded, loose, m, reads } from "./liar.mjs"
import { refuses, SERVER } from "./refuses.mjs"
import { clock, committed, consented, midHandover, said, scene, suite } from "./world.mjs"

const AT = `${SERVER}, her page`
const dropped = (s) => ({ page: s.page, lets: 1 })

test("what is repeated, moved, changed, lengthened or another's is dropped and changes nothing", async () => {
  const s = await scene()
  const [first, second] = [await s.a.send("text", "1"), await s.a.send("text", "2")]
  await refuses("reorder", AT, "gap", () => s.p.receive(second), dropped(s))
  await s.p.receive(first)
  await s.p.receive(second)
  await refuses("replay", AT, "unreadable", () => s.p.receive(first), dropped(s))
  const tampered = (await s.a.send("text", "3")).slice()
  tampered[tampered.length - 1] ^= 1
  await refuses("tampered", AT, "unreadable", () => s.p.receive(tampered), dropped(s))
  await refuses("trailing bytes", AT, "malformed", () => s.p.receive(cat(first, u8(0))), dropped(s))
  await refuses("longer than any message", AT, "too-long", () => s.p.receive(new Uint8Array(65537)), dropped(s))
  const other = await scene()
  await refuses("message of another conversation", AT, "other-group", async () => s.p.receive(await other.a.send("text", "x")), dropped(s))
})

test("a commit is taken in its own epoch only", async () => {
  const s = await scene()
  const one = await committed(s.a, (a) => a.update())
  const two = await committed(s.a, (a) => a.update())
  await refuses("commit withheld, the next one delivered", AT, "epoch-ahead", () => s.p.receive(two.commit), dropped(s))
  await s.p.receive(one.commit)
  await s.p.receive(two.commit)
  await refuses("stale commit", AT, "stale", () => s.p.receive(one.commit), dropped(s))
})

test("a text read while her own commit was in flight is not read a second time: the library alone would", async () => {
  const s = await scene()
  const [words, later] = [await s.a.send("text", "once"), await s.a.send("text", "twice")]
  const mine = await s.p.update()
  const plain = { ...structuredClone({ ...s.p.mine.next, clientConfig: undefined }), clientConfig: anything }
  await s.p.receive(words)
  const alone = await processMessage(decoded(words), plain, emptyPskIndex, m.acceptAll, suite)
  assert.equal(alone.kind, "applicationMessage", "ts-mls alone reads the same bytes again after confirming")
  await s.p.confirmed()
  await refuses("replay across her own commit", AT, "unreadable", () => s.p.receive(words), dropped(s))
  assert.equal(said(await s.p.receive(later)), "twice", "and what was on its way is not lost")
  await s.a.receive(mine.commit)
})

test("her own commit, sent back to her, changes nothing", async () => {
  const s = await scene()
  const mine = await s.p.update()
  await refuses("her own commit sent back", AT, "own-message", () => s.p.receive(mine.commit), dropped(s))
})

test("the Welcome of an Add that lost the race leads to a fork where nothing of hers can be read", async () => {
  const s = await scene()
  const colleague = await consented(s, "peer", "Bea", "handover")
  const [hers, lost] = [await s.p.update(), await s.a.add(colleague.bytes)]
  await s.p.confirmed()
  await s.a.receive(hers.commit)
  const forked = await Conversation.join({ trust: await s.org.trust(), own: colleague, welcome: lost.welcome })
  const out = await forked.remove(0)
  await refuses("Welcome of a lost Add: Remove from the fork", AT, "unreadable", () => s.p.receive(out.commit), dropped(s))
  assert.equal(await reads(suite, loose(forked), s.page.sent.at(-1)), "nothing")
})

test("a Remove that is withheld: not one of her words leaves, and after 60 seconds it is over", async () => {
  const s = await midHandover()
  const spy = loose(s.a)
  await committed(s.b, (b) => b.remove(0))
  await refuses("former counsellor stays: she writes on", AT, "handover-pending", () => s.page.write("SECRET"), { page: s.page })
  const words = await s.b.send("text", "I am here")
  await refuses("former counsellor stays: newcomer's words", AT, "epoch-ahead", () => s.p.receive(words), { page: s.page })
  clock.steady = 61
  await refuses("former counsellor stays: 60 s", AT, "handover-unfinished", () => s.p.tick(), { page: s.page, ends: true })
  for (const envelope of s.page.sent) assert.notEqual(await reads(suite, spy, envelope), "READ")
})

test("a conversation that does not advance for 20 seconds says so, and goes on when it does", async () => {
  const s = await scene()
  const [first, second] = [await s.a.send("text", "1"), await s.a.send("text", "2")]
  assert.equal(await s.p.tick(), undefined)
  await assert.rejects(s.p.receive(second), { code: "gap" })
  clock.steady = 19
  assert.equal(await s.p.tick(), undefined)
  clock.steady = 20
  assert.deepEqual(await s.p.tick(), { kind: "stalled" })
  await s.p.receive(first)
  assert.equal(await s.p.tick(), undefined)
  const mine = await s.p.update()
  clock.steady = 41
  assert.deepEqual(await s.p.tick(), { kind: "stalled" }, "an answer to her own commit is awaited too")
  await s.p.confirmed()
  await s.a.receive(mine.commit)
  assert.equal(await s.p.tick(), undefined)
  await committed(s.a, (a) => a.update())
  const ahead = await s.a.send("text", "3")
  await assert.rejects(s.p.receive(ahead), { code: "epoch-ahead" })
  clock.steady = 61
  assert.deepEqual(await s.p.tick(), { kind: "stalled" })
  assert.ok(s.p.state, "it is an event, not an end")
})
