// Honest pages and an honest server: whatever crosses on the way, nobody is thrown out and nothing is lost.
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { loose, reads } from "./liar.mjs"
import { added, clock, committed, consented, midHandover, said, scene, suite } from "./world.mjs"

const PSYCHOLOGIST = { role: "psychologist", alias: "Ana" }
const PEER = { role: "peer", alias: "Bea" }
const PERSON = { role: "person", alias: "" }
const INTERPRETER = { role: "interpreter", alias: "Ines" }
const listed = (conversation) => conversation.list().map(({ role, alias }) => ({ role, alias }))

test("the whole way: talk, new keys, a handover, company, an end", async () => {
  const s = await scene()
  assert.deepEqual(s.p.list(), [{ ...PSYCHOLOGIST, me: false }, { ...PERSON, me: true }])
  await committed(s.a, (a) => a.update(), s.p)
  await committed(s.p, (p) => p.update(), s.a)
  const b = await added(s, await consented(s, "peer", "Bea", "handover"))
  assert.deepEqual(listed(s.p), [PSYCHOLOGIST, PERSON, PEER])
  await assert.rejects(s.page.write("for Bea only"), { code: "handover-pending" })
  await assert.rejects(b.send("text", "hello"), { code: "handover-pending" })
  const former = loose(s.a)
  const out = await committed(b, () => b.remove(0), s.p)
  assert.equal((await s.a.receive(out.commit)).kind, "removed")
  assert.equal(s.a.state, undefined)
  assert.deepEqual(listed(s.p), [PERSON, PEER])
  const words = await s.page.flush()
  assert.equal(said(await b.receive(words)), "for Bea only")
  assert.equal(await reads(suite, former, words), "nothing")

  s.a = b // Bea holds the conversation now and asks for an interpreter
  const ines = await added(s, await consented(s, "interpreter", "Ines", "company"))
  assert.deepEqual(listed(ines), [INTERPRETER, PERSON, PEER], "the newcomer sits where the former counsellor sat")
  const both = await s.page.write("to both")
  assert.equal(said(await b.receive(both)), "to both")
  assert.equal(said(await ines.receive(both)), "to both")
  const interpreter = loose(ines)
  const gone = await committed(b, () => b.remove(ines.me), s.p)
  assert.equal((await ines.receive(gone.commit)).kind, "removed")
  const last = await s.page.write("to Bea")
  assert.equal(said(await b.receive(last)), "to Bea")
  assert.equal(await reads(suite, interpreter, last), "nothing", "the removed member cannot follow")
  assert.equal((await b.receive(await s.p.send("end"))).kind, "end")
})

test("company that leaves without a trace cannot follow, nor can one who came later read back", async () => {
  const s = await scene()
  const before = await s.page.write("before anybody came")
  await s.a.receive(before)
  const ines = await added(s, await consented(s, "interpreter", "Ines", "company"))
  assert.equal(await reads(suite, loose(ines), before), "nothing")
})

describe("two things cross on the way", () => {
  test("her yes and the counsellor's new keys", async () => {
    const s = await scene()
    const colleague = await s.org.staff("peer", "Bea")
    const asked = await s.p.receive(await s.a.ask("handover", colleague.bytes))
    const [keys, yes] = [await s.a.update(), await s.p.yes(asked.ref)]
    await s.a.confirmed()
    await s.p.receive(keys.commit)
    await s.a.receive(yes) // one epoch late
    await added(s, colleague)
    assert.ok(s.p.handover)
  })

  test("her new keys win against the Add: the Add is made again", async () => {
    const s = await scene()
    const colleague = await consented(s, "peer", "Bea", "handover")
    const [hers, lost] = [await s.p.update(), await s.a.add(colleague.bytes)]
    await s.p.confirmed()
    await s.a.rejected() // the server has said that it is stale
    await assert.rejects(s.a.add(colleague.bytes), { code: "commit-in-flight" }, "never two commits with the same key")
    await s.a.receive(hers.commit)
    await assert.rejects(s.p.receive(lost.commit), { code: "stale" })
    const b = await added(s, colleague)
    assert.equal(b.handover.in, b.me)
  })

  test("the Add wins against her new keys: she makes them again, during the handover", async () => {
    const s = await scene()
    const colleague = await consented(s, "peer", "Bea", "handover")
    const hers = await s.p.update()
    const b = await added(s, colleague)
    await assert.rejects(s.a.receive(hers.commit), { code: "stale" })
    await committed(s.p, (p) => p.update(), s.a, b)
    await committed(b, () => b.remove(0), s.p)
    assert.equal(s.p.handover, undefined)
  })

  test("her new keys win against the Remove: the Remove is made again", async () => {
    const s = await midHandover()
    const [lost, hers] = [await s.b.remove(0), await s.p.update()]
    await s.p.confirmed()
    await s.a.receive(hers.commit)
    await s.b.receive(hers.commit)
    await assert.rejects(s.p.receive(lost.commit), { code: "stale" })
    await committed(s.b, (b) => b.remove(0), s.p)
    assert.deepEqual(listed(s.p), [PERSON, PEER])
  })

  test("a yes and a change of members: void on every page", async () => {
    const s = await scene()
    const [ines, cleo] = [await s.org.staff("interpreter", "Ines"), await s.org.staff("supervisor", "Cleo")]
    const [first, second] = [await s.p.receive(await s.a.ask("company", ines.bytes)), await s.p.receive(await s.a.ask("company", cleo.bytes))]
    await s.a.receive(await s.p.yes(first.ref))
    const [add, yes] = [await s.a.add(ines.bytes), await s.p.yes(second.ref)]
    await s.a.confirmed()
    await s.p.receive(add.commit)
    await s.a.receive(yes)
    await assert.rejects(s.a.add(cleo.bytes), { code: "add-without-consent" })
  })

  test("the leaving counsellor's goodbye and her removal", async () => {
    const s = await midHandover()
    const goodbye = await s.a.send("text", "take care")
    await committed(s.b, (b) => b.remove(0), s.p)
    await assert.rejects(s.p.receive(goodbye), { code: "sender-left" })
    assert.ok(s.p.state)
  })

  test("her words and the Add: the leaving counsellor reads them, the newcomer cannot", async () => {
    const s = await scene()
    const colleague = await consented(s, "peer", "Bea", "handover")
    const words = await s.page.write("one more thing")
    const b = await added(s, colleague)
    assert.equal(said(await s.a.receive(words)), "one more thing")
    await assert.rejects(b.receive(words), { code: "stale" })
  })
})

test("a yes is good for four epochs, on every page alike", async () => {
  const s = await scene()
  const colleague = await consented(s, "peer", "Bea", "handover")
  for (let epochs = 0; epochs < 3; epochs++) await committed(s.a, (a) => a.update(), s.p)
  await committed(s.p, (p) => p.update(), s.a)
  await assert.rejects(s.a.add(colleague.bytes), { code: "consent-old" })
})

test("the leaving counsellor's page makes no commit of its own", async () => {
  const s = await midHandover()
  await assert.rejects(s.a.update(), { code: "commit-by-leaving" })
})

test("a handover has a deadline of 60 seconds", async () => {
  const s = await midHandover()
  clock.steady = 60
  await s.p.tick()
  clock.steady = 61
  await assert.rejects(s.p.tick(), { code: "handover-unfinished", ends: true })
  assert.equal(s.p.state, undefined)
})

test("calls that overlap wait for each other", async () => {
  const s = await scene()
  const sent = await Promise.all(["1", "2", "3", "4"].map((text) => s.p.send("text", text)))
  const got = await Promise.all(sent.map((envelope) => s.a.receive(envelope)))
  assert.deepEqual(got.map(said), ["1", "2", "3", "4"])
  assert.deepEqual(got.map(({ seq }) => seq), [1, 2, 3, 4])
})

test("new keys are due after the join, every 20 messages and every 5 minutes, and never from one who leaves", async () => {
  const s = await scene()
  assert.ok(s.a.updateDue(), "after the join")
  await committed(s.a, (a) => a.update(), s.p)
  assert.ok(!s.a.updateDue())
  for (let count = 0; count < 10; count++) {
    await s.p.receive(await s.a.send("text", "x"))
    await s.a.receive(await s.page.write("y"))
  }
  assert.ok(s.a.updateDue(), "20 messages")
  await committed(s.a, (a) => a.update(), s.p)
  assert.ok(!s.a.updateDue())
  clock.steady += 300
  assert.ok(s.a.updateDue(), "5 minutes")
  const b = await added(s, await consented(s, "peer", "Bea", "handover"))
  assert.ok(!s.a.updateDue())
  assert.ok(!b.updateDue())
})
