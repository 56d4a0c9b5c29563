// Which keys no longer count, and who may say so.
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { HerConversation } from "../../static/shared/mls/hers.js"
import { newKeyPackage } from "../../static/shared/mls/keypackage.js"
import { Conversation } from "../../static/shared/mls/conversation.js"
import { cat, utf8 } from "../../static/shared/bytes.js"
import { DEMO } from "../../static/shared/credential/chain.js"
import { u16, u64, u8, vec } from "../../static/shared/tls.js"
import { sign } from "../../static/shared/credential/signed.js"
import { DESK, refuses, SERVER } from "./refuses.mjs"
import { DAY, hashOf, HOUR, keygen, NOW, organisation, Page, person, suite } from "./world.mjs"

const HERS = `${SERVER}, her join`
const PAGE = `${SERVER}, her page`

/** She has a Welcome of this desk and joins by this trust. */
async function joinOf(org, own, trust) {
  const [hers, page] = [await person(), new Page()]
  page.drafts.push("hello")
  const { welcome } = await Conversation.open({ trust: await org.trust(), own, person: hers.bytes })
  return { page, join: async () => { page.conversation = await HerConversation.join({ trust, own: hers, welcome }) } }
}

/** A list whose hashes are as they are given: not sorted, not padded, if so they are. */
const rawList = (org, hashes, tail = u8(0).slice(1)) =>
  sign(suite, org.root.signKey, "revocation list", cat(u16(1), u64(7), u64(NOW - DAY), vec(cat(...hashes.map(vec))), vec(new Uint8Array()), tail))

describe("a list is taken", () => {
  test("only fresh, never lower than one that was seen, and from the organisation", async () => {
    const [org, other] = [await organisation(), await organisation()]
    const trust = await org.trust()
    const take = (name, code, list) => refuses(name, PAGE, code, async () => trust.useRevocationList(await list))
    await take("revocation list older than 8 days", "list-old", org.list({ issued: NOW - 9 * DAY }))
    await take("revocation list rolled back", "list-rolled-back", org.list({ counter: 6 }))
    await take("revocation list by a stranger", "list-rogue", other.list())
    await take("revocation list by a stranger's root", "list-rogue", other.list({ root: true }))
    await take("revocation list by the key it revokes", "list-signed-by-revoked", org.list({ keys: [org.issuer.publicKey] }))
    await take("counter below the site's lowest", "list-below-lowest", org.list({ counter: 2 }))
    await take("root's list below the site's lowest", "list-below-lowest", org.list({ counter: 2, root: true }))
    const demo = await org.issue(org.issuer.publicKey, { kind: DEMO })
    await take("revocation list by a demo's issuing key", "demo-root", org.list({ by: demo, counter: 9 }))
    const over = await org.issue(org.issuer.publicKey, { notBefore: NOW - 80 * DAY, notAfter: NOW - 2 * DAY })
    await take("revocation list by an issuing key that has run out", "list-outside-issuing-key", org.list({ by: over, counter: 9 }))
  })

  test("only whole, padded and sorted", async () => {
    const org = await organisation()
    const trust = await org.trust()
    const hashes = await Promise.all(Array.from({ length: 64 }, (_, n) => hashOf(u8(n))))
    const take = (name, code, list) => refuses(name, PAGE, code, async () => trust.useRevocationList(await list))
    await take("revocation list that is not padded", "list-not-padded", rawList(org, hashes.slice(1)))
    await take("revocation list that is not sorted", "list-not-sorted", rawList(org, hashes))
    const whole = await org.list({ counter: 8 })
    await take("revocation list cut short", "list-malformed", whole.slice(0, -1))
    await take("revocation list with trailing bytes", "list-malformed", cat(whole, u8(0)))
    await take("revocation list of another version", "list-version", cat(u8(0), u8(2), whole.slice(2)))
    await take("revocation list with something before its end", "list-malformed", rawList(org, [], u8(1)))
    await take("text instead of a revocation list", "list-version", utf8("nothing is revoked"))
    const changed = whole.slice()
    changed[20] ^= 1
    await assert.rejects(trust.useRevocationList(changed))
  })
})

describe("the root's list outranks any counter", () => {
  test("a stolen issuing key that has jumped to the highest counter is revoked all the same", async () => {
    const org = await organisation()
    const trust = await org.trust({ list: await org.list({ counter: 2n ** 63n }) })
    await trust.useRevocationList(await org.list({ counter: 8, root: true, keys: [org.issuer.publicKey] }))
    await refuses("root's list outranks: the stolen issuing key's next list", PAGE, "list-signed-by-revoked", async () =>
      trust.useRevocationList(await org.list({ counter: 2n ** 63n + 1n })))
    const w = await joinOf(org, await org.staff("psychologist", "Ana"), trust)
    await refuses("root's list outranks: a certificate of the stolen issuing key", HERS, "revoked", w.join, { page: w.page })
  })

  test("what the root has revoked stays revoked under a later list of an issuing key", async () => {
    const org = await organisation()
    const ana = await org.staff("psychologist", "Ana")
    const trust = await org.trust({ list: await org.list({ root: true, counter: 8, keys: [ana.publicPackage.leafNode.signaturePublicKey] }) })
    await trust.useRevocationList(await org.list({ counter: 9 }))
    const w = await joinOf(org, ana, trust)
    await refuses("root's list outranks: revoked by the root, not by the later list", HERS, "revoked", w.join, { page: w.page })
    await refuses("issuing key's list below the root's counter", PAGE, "list-rolled-back", async () => trust.useRevocationList(await org.list({ counter: 7 })))
  })
})

describe("nobody enters", () => {
  test("with a revoked day key or under an issuing key that the root has revoked", async () => {
    const org = await organisation()
    const { signer, identity } = await org.certify("psychologist", "Ana")
    for (const [name, list] of [
      ["day certificate revoked", { keys: [signer.publicKey], counter: 9 }],
      ["day certificate revoked by the root", { keys: [signer.publicKey], counter: 9, root: true }],
      ["issuing key revoked by the root", { keys: [org.issuer.publicKey], counter: 9, root: true }],
    ]) {
      const w = await joinOf(org, await newKeyPackage(suite, identity, signer), await org.trust({ list: await org.list(list) }))
      await refuses(name, HERS, "revoked", w.join, { page: w.page })
    }
  })

  test("while there is no list", async () => {
    const org = await organisation()
    const w = await joinOf(org, await org.staff("peer", "Ana"), await org.trust({ list: null }))
    await refuses("revocation list withheld", HERS, "no-revocation-list", w.join, { page: w.page })
  })

  test("under a list in which one issuing key revokes another", async () => {
    const org = await organisation()
    const stolen = await keygen()
    const list = await org.list({ issuer: stolen, by: await org.issue(stolen.publicKey), keys: [org.issuer.publicKey], counter: 9 })
    const w = await joinOf(org, await org.staff("peer", "Ana"), await org.trust({ list }))
    await refuses("issuing key revoked by another issuing key", `${DESK}+server, her join`, "list-not-by-root", w.join, { page: w.page })
  })

  test("the seam: one question, whether this certificate may answer this line now", async () => {
    const org = await organisation()
    const trust = await org.trust()
    const { signer, identity } = await org.certify("peer", "Ana", { start: NOW - 9 * HOUR, end: NOW - HOUR })
    const who = await trust.read(identity, signer.publicKey)
    await assert.rejects(trust.mayEnter(who), { code: "expired" })
    await trust.mayEnter(who, 2 * HOUR)
    trust.line = "youth"
    await assert.rejects(trust.mayEnter(who, 2 * HOUR), { code: "other-line" })
  })
})
