// Phones have wrong clocks, and servers may lie about theirs. Certificates are judged once, at entry.
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { Conversation } from "../../static/shared/mls/conversation.js"
import { HerConversation } from "../../static/shared/mls/hers.js"
import { added, committed, consented, DAY, HOUR, NOW, organisation, person, scene } from "./world.mjs"

/** Her page's verdict with this phone clock and this minute from the server; Ana's block is 4 hours around now, or as given. */
async function verdict(page, server, block) {
  const [org, own] = [await organisation(), await person()]
  const ana = await org.staff("peer", "Ana", block)
  const opener = await org.trust({ page: block ? (block.start + block.end) / 2 : NOW, server: undefined })
  const { welcome } = await Conversation.open({ trust: opener, own: ana, person: own.bytes })
  try {
    const trust = await org.trust({ page: NOW + page, server: server === undefined ? undefined : NOW + server })
    await HerConversation.join({ trust, own, welcome })
    return "joined"
  } catch (error) {
    return error.code
  }
}

describe("a phone's clock", () => {
  for (const [hours, withMinute, without] of [
    [0, "joined", "joined"],
    [-3, "joined", "joined"],
    [3, "joined", "joined"],
    [-14, "joined", "not-yet-valid"],
    [14, "joined", "expired"],
    [-72, "clock-wrong", "not-yet-valid"],
    [72, "clock-wrong", "expired"],
  ]) {
    test(`${hours > 0 ? "+" : ""}${hours} h: ${withMinute}; without the server's minute ${without}`, async () => {
      assert.equal(await verdict(hours * HOUR, 0), withMinute)
      assert.equal(await verdict(hours * HOUR, undefined), without)
    })
  }
})

test("tolerance is 15 minutes, on both sides of the block", async () => {
  const minutes = (count) => count * 60
  assert.equal(await verdict(0, 0, { start: NOW - 8 * HOUR, end: NOW - minutes(14) }), "joined")
  assert.equal(await verdict(0, 0, { start: NOW - 8 * HOUR, end: NOW - minutes(16) }), "expired")
  assert.equal(await verdict(0, 0, { start: NOW + minutes(14), end: NOW + 8 * HOUR }), "joined")
  assert.equal(await verdict(0, 0, { start: NOW + minutes(16), end: NOW + 8 * HOUR }), "not-yet-valid")
})

test("a lying server gains 26 hours on an expired certificate, and no more", async () => {
  const block = { start: NOW - 33 * HOUR, end: NOW - 25 * HOUR }
  assert.equal(await verdict(0, 0, block), "expired")
  assert.equal(await verdict(0, -25.5 * HOUR, block), "joined")
  assert.equal(await verdict(0, -26.5 * HOUR, block), "clock-wrong")
})

test("a block that ends during a conversation ends nothing, and it can still be handed over", async () => {
  const s = await scene()
  const later = () => NOW + 6 * HOUR
  for (const { trust } of [s.a, s.p]) trust.clock = { ...trust.clock, page: later, server: later }
  await committed(s.a, (a) => a.update(), s.p)
  const colleague = await consented(s, "peer", "Bea", "handover", { start: NOW + 4 * HOUR, end: NOW + 12 * HOUR })
  const { commit, welcome } = await s.a.add(colleague.bytes)
  await s.a.confirmed()
  await s.p.receive(commit)
  const trust = await s.org.trust({ page: later(), server: later() })
  const b = await Conversation.join({ trust, own: colleague, welcome })
  assert.deepEqual(b.list().map(({ alias }) => alias), ["Ana", "", "Bea"])
})

test("staff accept a colleague up to 12 hours after her block, her page does not", async () => {
  const s = await scene()
  const colleague = await consented(s, "peer", "Bea", "handover")
  const at = (hours) => s.org.trust({ page: NOW + hours * HOUR, server: NOW + hours * HOUR })
  const { commit, welcome } = await s.a.add(colleague.bytes)
  await s.a.confirmed()
  await s.p.receive(commit)
  await Conversation.join({ trust: await at(15), own: structuredClone(colleague), welcome })
  await assert.rejects(async () => Conversation.join({ trust: await at(17), own: colleague, welcome }), { code: "expired" })
})

test("a page without the server's minute still refuses a list that is too old by its own", async () => {
  const org = await organisation()
  await assert.rejects(org.trust({ page: NOW + 9 * DAY, server: undefined }), { code: "list-old" })
  await org.trust({ page: NOW + 9 * DAY, server: NOW + 8.5 * DAY, list: await org.list({ issued: NOW + DAY }) })
})

test("her first words arrive as she wrote them whatever her clock says", async () => {
  const s = await scene({ trustOfHers: { page: NOW - 14 * HOUR } })
  const b = await added(s, await consented(s, "interpreter", "Ines", "company"))
  assert.equal(b.list().length, 3)
})
