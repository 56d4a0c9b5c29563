// A whole visit of her page against a server by the contract, with a desk that holds real keys: what is lost on the way,
// and who comes when who answered is gone.
import assert from "node:assert/strict"
import { test } from "node:test"
import { events, pause, talking, until, waiting } from "./visitor.mjs"

test("who loses the network while she waits keeps her place, under the same keys", async () => {
  const { relay, page } = await waiting()
  const { key_package } = relay.place
  relay.cut()
  await until(() => page.shown.states.get("network"))
  assert.equal(page.shown.states.get("network"), "net.lost")
  relay.isReachable = true
  page.visit.wake()
  await until(() => page.shown.place.length === 2)
  assert.deepEqual(events(relay, "wait").length, 1)
  assert.deepEqual(events(relay, "back")[0][1], { token: "t1", wish: "psychologist", key_package })
  assert.equal(page.shown.states.has("network"), false)
})

test("accepted while she was away, she joins when she is back", async () => {
  const { relay, page } = await waiting()
  relay.cut()
  await relay.accepts()
  relay.isReachable = true
  page.visit.wake()
  await page.talks()
})

test("a place that is over is asked for anew, with keys that nobody has seen", async () => {
  const { relay, page } = await waiting()
  const { key_package } = relay.place
  relay.cut()
  relay.place = undefined
  relay.isReachable = true
  page.visit.wake()
  await until(() => relay.place)
  assert.notEqual(relay.place.key_package, key_package)
})

test("words written while the network is away arrive once it is back, once each and in order", async () => {
  const { relay, page } = await talking()
  await page.says("un")
  await until(() => page.shown.arrived.length === 1)
  relay.cut()
  await until(() => page.shown.states.has("network"))
  await page.says("deux")
  await page.says("trois")
  assert.deepEqual(page.shown.arrived, ["un"])
  relay.isReachable = true
  page.visit.wake()
  await until(() => page.shown.arrived.length === 3)
  assert.deepEqual(relay.read, ["un", "deux", "trois"])
})

test("what the server took and could not say so is not given twice", async () => {
  const { relay, page } = await talking()
  relay.deaf.add("envelope")
  relay.isDeskSlow = true
  await page.says("un")
  await until(() => relay.conversation.her.last === 1)
  relay.cut()
  await until(() => page.shown.states.has("network"))
  relay.deaf.clear()
  relay.isReachable = true
  relay.isDeskSlow = false
  page.visit.wake()
  await until(() => page.shown.arrived.length === 1)
  assert.equal(events(relay, "envelope").length, 1)
})

test("what was said to her meanwhile comes after, once", async () => {
  const { relay, page } = await talking()
  await relay.says("un")
  await until(() => page.shown.said.length === 1)
  relay.cut()
  await relay.says("deux")
  await relay.says("trois")
  relay.isReachable = true
  page.visit.wake()
  await until(() => page.shown.said.length === 3)
  assert.deepEqual(page.shown.said, ["un", "deux", "trois"])
})

test("an envelope that is missing is asked for on the same connection", async () => {
  const { relay, page } = await talking()
  const { line } = relay
  relay.conversation.socket = undefined // the doorbell rings nowhere
  await relay.says("un")
  relay.conversation.socket = line
  await relay.says("deux")
  await until(() => page.shown.said.length === 2)
  assert.deepEqual([page.shown.said, events(relay, "hello").length], [["un", "deux"], 1])
})

test("told to, the page says again who it is, without a new connection", async () => {
  const { relay, page } = await talking()
  relay.line.emit("resync", {})
  await until(() => events(relay, "hello").length === 1)
  const waits = await waiting()
  waits.relay.line.emit("resync", {})
  await until(() => events(waits.relay, "back").length === 1)
  assert.ok(page)
})

test("the other side's new keys are acknowledged only when it has all that was sealed under the old ones", async () => {
  const { relay, page } = await talking()
  relay.isDeskSlow = true
  await page.says("sous l'ancienne clé")
  await until(() => relay.conversation.her.last === 1)
  await relay.renews()
  relay.carry(await relay.conversation.desk.send("text", "sous la nouvelle"))
  await until(() => page.shown.said.length)
  await page.keep.keep()
  await pause(20)
  assert.equal(relay.conversation.lane.held, 0)
  relay.isDeskSlow = false
  await until(() => relay.conversation.lane.held === 2)
  assert.deepEqual(relay.read, ["sous l'ancienne clé"])
})

// ---- the other side is gone

test("who answers is gone for good: somebody else, she is first, and what did not arrive is in the box again", async () => {
  const { relay, page } = await talking()
  relay.isDeskSlow = true
  await page.says("pas arrivé")
  const { key_package } = events(relay, "wait")[0][1]
  relay.ends("gone")
  await until(() => relay.place?.head && page.shown.pane === "waiting")
  assert.notEqual(relay.place.key_package, key_package)
  assert.deepEqual([page.shown.heads, page.shown.back, page.shown.pane], [[true], ["pas arrivé"], "waiting"])
  await relay.accepts("Bea")
  await page.talks()
  assert.ok(page.shown.events.includes("joined.psychologist Bea"))
})

test("her own tap calls somebody else while the other side is away", async () => {
  const { relay, page } = await talking()
  relay.peer(true)
  await until(() => page.shown.another)
  page.visit.another()
  await until(() => relay.place?.head)
})

test("who answers was back a moment before: nothing is lost, and they go on", async () => {
  const { relay, page } = await talking()
  relay.conversation.isAway = false
  page.visit.another()
  await until(() => events(relay, "hello").length === 1)
  await page.talks()
  await page.says("encore là")
  await until(() => relay.read.length === 1)
})

test("it ended while she was away because who answered is gone: she is first all the same", async () => {
  const { relay, page } = await talking()
  relay.cut()
  relay.conversation.over = "gone"
  relay.isReachable = true
  page.visit.wake()
  await until(() => page.shown.heads.length)
  assert.deepEqual([page.shown.heads, relay.place.head], [[true], true])
})

test("it ended while she was away for another reason: it is over, and says so", async () => {
  const { relay, page } = await talking()
  relay.cut()
  relay.conversation.over = "counsellor"
  relay.isReachable = true
  page.visit.wake()
  await until(() => page.shown.ending)
  assert.equal(page.shown.ending.words[0], "gone.expired")
})
