// A page that is loaded again: what it goes on with, what nobody else finds, and what is never written down.
import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { to64 } from "../../static/shared/bytes.js"
import { Keep } from "../../static/person/keep.js"
import { readKept } from "../../static/person/kept.js"
import { events, Page, pause, storage, talking, until, waiting } from "./visitor.mjs"

test("loaded again while she waits, she has the same place, under new keys: no private key was ever stored", async () => {
  const { relay, page } = await waiting()
  const { key_package } = relay.place
  assert.deepEqual(Object.keys(readKept()), ["token", "wish", "framed"])
  const next = await page.reloads().waits()
  assert.notEqual(relay.place.key_package, key_package)
  assert.deepEqual([events(relay, "wait").length, events(relay, "back")[0][1].wish], [1, "psychologist"])
  await relay.accepts()
  await next.talks()
})

test("accepted between two pages, for keys that only the first had: she asks anew", async () => {
  const { relay, page } = await waiting()
  page.dies()
  await relay.accepts()
  new Page(relay, { kept: readKept() })
  await until(() => relay.place)
  assert.equal(relay.conversation.over, "person")
})

test("loaded again in the middle, she goes on with the one who answered, and new keys come before her first word", async () => {
  const { relay, page } = await talking()
  await page.says("avant")
  await until(() => relay.read.length === 1)
  const next = page.reloads()
  await until(() => next.shown.pane === "talk")
  assert.equal(await next.visit.say("trop tôt"), false)
  await next.talks()
  await next.says("après")
  await relay.says("oui")
  await until(() => next.shown.said.length === 1 && relay.read.length === 2)
  assert.deepEqual([relay.read, next.shown.said], [["avant", "après"], ["oui"]])
  const kinds = relay.conversation.epoch
  assert.equal(kinds, 2, "one commit")
  assert.deepEqual(next.shown.events, ["net.again Ana"])
})

test("and a second time, and a third", async () => {
  const first = await talking()
  const { relay } = first
  let { page } = first
  for (const words of ["un", "deux", "trois"]) {
    await page.says(words)
    await page.keep.keep()
    page = await page.reloads().talks()
  }
  await page.says("quatre")
  await until(() => relay.read.length === 4)
  assert.deepEqual(relay.read, ["un", "deux", "trois", "quatre"])
})

test("killed between sealing and sending: the next page gives the same bytes, and the desk reads them once", async () => {
  const { relay, page } = await talking()
  relay.swallows = true
  await page.says("à peine dit")
  await until(() => page.shown.mine.length)
  await pause(50)
  relay.swallows = false
  page.dies()
  const next = await new Page(relay, { kept: readKept() }).talks()
  await until(() => relay.read.length)
  await next.says("suite")
  await until(() => relay.read.length === 2)
  assert.deepEqual(relay.read, ["à peine dit", "suite"])
})

test("killed after the server took it: nothing is given twice", async () => {
  const { relay, page } = await talking()
  relay.deaf.add("envelope")
  relay.isDeskSlow = true
  await page.says("un")
  await until(() => relay.conversation.her.last === 1)
  page.dies()
  relay.deaf.clear()
  relay.isDeskSlow = false
  await new Page(relay, { kept: readKept() }).talks()
  await until(() => relay.read.length === 1)
  await pause(50)
  assert.deepEqual(relay.read, ["un"])
})

test("what had come and was not acknowledged comes again, and what was is not opened twice", async () => {
  const { relay, page } = await talking()
  await relay.says("lu")
  await until(() => relay.conversation.lane.held === 1)
  page.dies()
  await relay.says("pendant ce temps")
  const next = await new Page(relay, { kept: readKept() }).talks()
  await until(() => next.shown.said.length)
  assert.deepEqual(next.shown.said, ["pendant ce temps"])
})

test("new keys that lost against the other side's are made again after those", async () => {
  const { relay, page } = await talking()
  page.dies()
  await relay.renews()
  relay.conversation.lane.envelopes.clear() // the doorbell was lost: it rings later
  const next = new Page(relay, { kept: readKept() })
  await until(() => events(relay, "envelope").length === 1)
  assert.equal(next.shown.canSay(), false)
  const [commit] = [relay.lastCarried]
  relay.line.emit("envelope", { seq: 1, bytes: commit })
  await next.talks()
  await next.says("après")
  await until(() => relay.read.length === 1)
})

test("killed before the answer to the new keys: the next page takes them as the server did", async () => {
  const { relay, page } = await talking()
  relay.deaf.add("envelope")
  const second = page.reloads()
  await until(() => relay.conversation.epoch === 2)
  second.dies()
  relay.deaf.clear()
  const third = await new Page(relay, { kept: readKept() }).talks()
  await third.says("encore")
  await until(() => relay.read.length === 1)
  assert.equal(relay.conversation.epoch, 3)
})

test("whoever opens the tab later finds nothing: the half is not given any more", async () => {
  for (const [seconds, goes] of [[16, true], [121, false]]) {
    const { relay, page } = await talking()
    page.dies({ goes })
    relay.seconds += seconds
    const late = new Page(relay, { kept: readKept() })
    await until(() => late.shown.ending)
    assert.deepEqual([late.shown.ending.words[0], storage.size], ["gone.expired", 0])
  }
})

test("the half is given once: a copy of the tab opens nothing after the first", async () => {
  const { relay, page } = await talking()
  const copy = readKept()
  await page.reloads().talks()
  const second = new Page(relay, { kept: copy })
  await until(() => second.shown.ending)
  assert.equal(second.shown.ending.words[0], "gone.expired")
})

test("what stands in the tab is opened by neither half alone, and holds no word", async () => {
  const { relay, page } = await talking()
  await page.says("SECRET")
  await until(() => relay.read.length === 1)
  const kept = readKept()
  assert.deepEqual(Object.keys(kept).sort(), ["framed", "half", "sealed", "token", "wish"])
  assert.doesNotMatch(JSON.stringify(kept), /SECRET|psychologist/)
  await assert.rejects(new Keep(true).open(kept, new Uint8Array(32)))
  await assert.rejects(new Keep(true).open({ ...kept, half: to64(new Uint8Array(32)) }, relay.conversation.half))
  assert.ok((await new Keep(true).open(kept, relay.conversation.half)).keys)
})

// ---- nothing stays

test("with no trace wanted nothing is ever written, and loading the page again is the end", async () => {
  const { relay, page } = await talking({ wanted: false })
  await page.says("un")
  await until(() => relay.read.length === 1)
  assert.equal(storage.size, 0)
  page.dies({ goes: true })
  assert.equal(relay.conversation.over, "person")
})

test("the switch wipes at once, and can be taken back", async () => {
  const { relay, page } = await talking()
  assert.equal(storage.size, 1)
  page.visit.trace(false)
  assert.equal(storage.size, 0)
  await page.says("un")
  await until(() => relay.read.length === 1)
  assert.equal(storage.size, 0)
  page.visit.trace(true)
  await until(() => storage.size === 1)
  const next = await page.reloads().talks()
  await next.says("deux")
  await until(() => relay.read.length === 2)
})

for (const [how, act] of [["she ends it", (page) => page.visit.end()], ["she leaves the page", (page) => page.visit.forget()],
  ["the other side ends it", (_, relay) => relay.ends("counsellor")]]) {
  test(`${how}: nothing stays in the tab`, async () => {
    const { relay, page } = await talking()
    assert.equal(storage.size, 1)
    act(page, relay)
    await until(() => storage.size === 0)
    await pause(30)
    assert.equal(storage.size, 0)
  })
}

test("opened elsewhere, this page says so, sends nothing and is wiped", async () => {
  const { relay, page } = await talking()
  const before = relay.heardOf.length
  relay.line.emit("bye", { code: "elsewhere" })
  await until(() => page.shown.ending)
  assert.deepEqual([page.shown.ending.title, storage.size, relay.heardOf.length], ["tab.two", 0, before])
})

test("a server that goes down for a moment is waited for", async () => {
  const { relay, page } = await talking()
  relay.line.emit("bye", { code: "shutting_down" })
  await pause(20)
  relay.cut()
  relay.isReachable = true
  await until(() => events(relay, "hello").length === 1)
  assert.equal(page.shown.ending, undefined)
})

test("a storage that refuses leaves nothing old behind, and the words go out all the same", async () => {
  const { relay, page } = await talking()
  globalThis.sessionStorage.setItem = () => { throw new Error("full") }
  await page.says("un")
  await until(() => relay.read.length === 1)
  assert.equal(storage.size, 0)
})

test("a copy that is older than what the server has given away does not go on: what came is missing", async () => {
  const { relay, page } = await talking()
  const copy = readKept()
  await relay.says("lu par la première")
  await until(() => relay.conversation.lane.held === 1)
  page.dies()
  const old = new Page(relay, { kept: copy })
  await old.talks()
  await relay.says("suite")
  await until(() => old.shown.ending)
  assert.deepEqual([old.shown.ending.code, old.shown.said, storage.size], ["older-than-the-server", [], 0])
})

test("nor does one that is older than what was sealed after it: the same keys would be used twice", async () => {
  const { relay, page } = await talking()
  const copy = readKept()
  await page.says("scellé après")
  await until(() => relay.read.length === 1)
  page.dies()
  const old = new Page(relay, { kept: copy })
  await until(() => old.shown.ending)
  assert.deepEqual([old.shown.ending.code, relay.read], ["older-than-the-server", ["scellé après"]])
})

test("nor one whose epoch is over, when the keys that followed do not come any more", async () => {
  const { relay, page } = await talking()
  const copy = readKept()
  await relay.renews()
  await until(() => relay.conversation.lane.held === 1)
  page.dies()
  const old = new Page(relay, { kept: copy })
  await until(() => events(relay, "envelope").length === 1)
  await pause(50)
  const now = performance.now.bind(performance)
  mock.method(performance, "now", () => now() + 31_000)
  await until(() => old.shown.ending)
  assert.equal(old.shown.ending.code, "older-than-the-server")
})
