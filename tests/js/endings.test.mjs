// When it is over the keys are gone, whatever was under way.
import assert from "node:assert/strict"
import { test } from "node:test"
import { Conversation } from "../../static/shared/mls/conversation.js"
import { newKeyPackage } from "../../static/shared/mls/keypackage.js"
import { committed, midHandover, organisation, person, scene, suite } from "./world.mjs"

/** Every secret that a state holds, as the arrays that it holds them in. */
function secretsOf(state) {
  const found = []
  const collect = (value) => {
    if (value instanceof Uint8Array) found.push(value)
    else if (value && typeof value === "object") Object.values(value).forEach(collect)
  }
  collect([state.keySchedule, state.secretTree, state.privatePath.privateKeys, state.signaturePrivateKey])
  for (const { secretTree, senderDataSecret, resumptionPsk } of state.historicalReceiverData.values()) collect([secretTree, senderDataSecret, resumptionPsk])
  return found
}
const zero = (bytes) => bytes.every((byte) => byte === 0)

test("an end wipes every key there is, past epochs and a commit in flight too", async () => {
  const s = await scene()
  await committed(s.a, (a) => a.update(), s.p)
  await s.p.update()
  const secrets = [...secretsOf(s.p.state), ...secretsOf(s.p.mine.next)]
  assert.ok(secrets.length > 20 && secrets.some((bytes) => !zero(bytes)))
  const told = []
  s.p.onEnd = (code) => told.push(code)
  s.p.end("closed")
  s.p.end("closed again")
  assert.ok(secrets.every(zero))
  assert.deepEqual([s.p.state, s.p.mine, s.p.endedBy], [undefined, undefined, "closed"])
  assert.deepEqual(told, ["closed"])
})

test("nothing can be done with a conversation that is over", async () => {
  const s = await scene()
  const envelope = await s.a.send("text", "late")
  s.p.end()
  for (const act of [() => s.p.send("text", "x"), () => s.p.receive(envelope), () => s.p.update(), () => s.p.confirmed(), () => s.p.yes(new Uint8Array(32))]) {
    await assert.rejects(act(), { code: "ended", ends: false })
  }
  assert.equal(await s.p.tick(), undefined)
})

test("the end of one conversation leaves a counsellor's day key to the others", async () => {
  const org = await organisation()
  const { signer, identity } = await org.certify("peer", "Ana")
  const before = signer.signKey.slice()
  const open = async () => Conversation.open({ trust: await org.trust(), own: await newKeyPackage(suite, identity, signer), person: (await person()).bytes })
  const { conversation } = await open()
  conversation.end()
  assert.deepEqual(signer.signKey, before)
  await open()
})

test("an end that comes while something is being sealed or read is not undone by it", async () => {
  for (const act of [(s) => s.p.send("text", "x"), async (s) => s.p.receive(await s.a.send("text", "x")), (s) => s.p.update()]) {
    const s = await scene()
    const working = act(s)
    await new Promise((done) => setImmediate(done))
    s.p.end("exit")
    await working.catch((error) => assert.equal(error.code, "ended"))
    assert.equal(s.p.state, undefined)
    assert.equal(s.p.mine, undefined)
    await assert.rejects(s.p.send("text", "y"), { code: "ended" })
  }
})

test("a key package has lost its private half once it is used", async () => {
  const s = await scene()
  assert.equal(s.own.A.privatePackage, undefined)
  assert.equal(s.own.P.privatePackage, undefined)
})

test("a breach on one page ends that page alone: the others learn of it when it says so", async () => {
  const s = await midHandover()
  s.p.end("person")
  assert.ok(s.a.state && s.b.state)
})

test("a dropped commit of our own is wiped when another has won", async () => {
  const s = await scene()
  await s.p.update()
  const lost = Object.values(s.p.mine.next.keySchedule)
  await committed(s.a, (a) => a.update(), s.p)
  assert.equal(s.p.mine, undefined)
  assert.ok(lost.every(zero))
  await assert.rejects(s.p.confirmed(), { code: "no-commit" })
})
