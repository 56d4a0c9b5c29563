// Everything that is refused before she has joined: not one word has left.
import { describe, test } from "node:test"
import { Conversation } from "../../static/shared/mls/conversation.js"
import { HerConversation } from "../../static/shared/mls/hers.js"
import { newKeyPackage } from "../../static/shared/mls/keypackage.js"
import { DEMO, PERSON, REAL } from "../../static/shared/credential/chain.js"
import { cat, utf8 } from "../../static/shared/bytes.js"
import { u8 } from "../../static/shared/tls.js"
import { addOf, anything, commit, decoded, m, removeOf, wire } from "./liar.mjs"
import { DESK, refuses, SERVER } from "./refuses.mjs"
import { DAY, HOUR, keygen, NOW, organisation, Page, person, randomId, suite } from "./world.mjs"

/** A group made by a desk that obeys nothing, with a Welcome for her. */
async function lyingGroup(own, hers, { extra = [], extensions = [], name = suite.name, ...options } = {}) {
  const lying = { ...suite, name }
  const group = await m.createGroup(randomId(), own.publicPackage, own.privatePackage, extensions, lying, anything)
  return commit(lying, group, [addOf(hers), ...extra.map(addOf)], options)
}

/** A person who has written and not joined. */
async function waiting({ org, ...options } = {}) {
  org ??= await organisation()
  const [own, page, trust] = [await person(), new Page(), await org.trust(options)]
  page.drafts.push("hello")
  const join = async (welcome, groupId) => {
    page.conversation = await HerConversation.join({ trust, own, welcome, groupId })
  }
  return { org, own, page, join }
}
const HERS = `${SERVER}, her join`
const persons = (code) => code.endsWith("persons")

describe("a desk that the organisation has not sent", () => {
  test("a group made for a key package that is not hers", async () => {
    const w = await waiting()
    const { welcome } = await Conversation.open({ trust: await w.org.trust(), own: await w.org.staff("peer", "Ana"), person: (await person()).bytes })
    await refuses("swapped key package", HERS, "welcome-not-for-us", () => w.join(welcome), { page: w.page })
  })

  const desks = [
    ["rogue root", "rogue-root", async () => (await organisation()).staff("psychologist", "Ana")],
    ["rogue issuing key", "rogue-issuer", async (org) => org.staff("psychologist", "Ana", { issuer: await keygen() })],
    ["no certificate at all", "2-persons", () => person()],
    ["certificate expired", "expired", (org) => org.staff("psychologist", "Ana", { start: NOW - 20 * HOUR, end: NOW - HOUR })],
    ["certificate not yet valid", "not-yet-valid", (org) => org.staff("psychologist", "Ana", { start: NOW + HOUR, end: NOW + 9 * HOUR })],
    ["certificate for another line", "other-line", (org) => org.staff("psychologist", "Ana", { lines: ["youth"] })],
    ["certificate for no line", "other-line", (org) => org.staff("psychologist", "Ana", { lines: [] })],
    ["probe outside its line", "other-line", (org) => org.staff("probe", "p1", { lines: ["probe", "adults"] })],
    ["interpreter opens a conversation", "host-role", (org) => org.staff("interpreter", "Ana")],
    ["gateway as counsellor", "2-persons", (org) => org.staff("gateway", "g1")],
    ["role claimed is not the certified one", "credential-role", (org) => org.staff("interpreter", "Ana", { claim: "psychologist" })],
    ["stolen certificate with another key", "stolen-certificate", async (org) =>
      newKeyPackage(suite, (await org.certify("psychologist", "Ana")).identity, await keygen())],
    ["block longer than a day", "certificate-too-long", (org) => org.staff("psychologist", "Ana", { start: NOW - HOUR, end: NOW + 30 * HOUR })],
    ["block that ends before it starts", "certificate-too-long", (org) => org.staff("psychologist", "Ana", { start: NOW + HOUR, end: NOW - HOUR })],
    ["issuing key certified for a year", "certificate-too-long", async (org) =>
      org.staff("psychologist", "Ana", { issuing: await org.issue(org.issuer.publicKey, { notAfter: NOW + 355 * DAY }) })],
    ["block outlives the issuing key", "outside-issuing-key", async (org) =>
      org.staff("psychologist", "Ana", { issuing: await org.issue(org.issuer.publicKey, { notAfter: NOW + HOUR }) })],
    ["block begins before the issuing key", "outside-issuing-key", async (org) =>
      org.staff("psychologist", "Ana", { issuing: await org.issue(org.issuer.publicKey, { notBefore: NOW - HOUR }) })],
    ["extra bytes after the certificate", "credential-malformed", async (org) => {
      const { signer, identity } = await org.certify("peer", "Ana")
      return newKeyPackage(suite, cat(identity, u8(0)), signer)
    }],
    ["credential of another version", "credential-version", async (org) => {
      const { signer, identity } = await org.certify("peer", "Ana")
      return newKeyPackage(suite, cat(u8(0), u8(2), identity.slice(2)), signer)
    }],
  ]
  for (const [name, code, desk] of desks) {
    test(`${name}: refused before a word has left`, async () => {
      const w = await waiting()
      const { welcome } = await lyingGroup(await desk(w.org), w.own)
      await refuses(name, HERS, code, () => w.join(welcome), { page: w.page, ends: persons(code) })
    })
  }

  test("a demo's certificates do not pass on a real page, nor real ones on a demo's", async () => {
    for (const [name, code, kind, demo] of [["demo root on a real page", "demo-root", DEMO, false], ["real root on a demo page", "real-root", REAL, true]]) {
      const org = await organisation({ kind })
      const w = await waiting({ org, demo, list: await org.list({ root: true }) })
      const { welcome } = await lyingGroup(await org.staff("psychologist", "Ana"), w.own)
      await refuses(name, HERS, code, () => w.join(welcome), { page: w.page })
    }
  })
})

describe("a desk that lies about the group", () => {
  const groups = [
    ["ghost in the group from the start", "not-alone-with-counsellor", async (org) => ({ extra: [await org.staff("supervisor", "Ghost")] })],
    ["second person leaf from the start", "2-persons", async () => ({ extra: [await person()] })],
    ["group with external_senders", "group-extensions", async () => ({ extensions: [{ extensionType: "external_senders",
      extensionData: m.encodeExternalSender({ signaturePublicKey: new Uint8Array(32), credential: { credentialType: "basic", identity: PERSON } }) }] })],
    ["group with an unknown extension", "group-extensions", async () => ({ extensions: [{ extensionType: 0xf0aa, extensionData: u8(1) }] })],
    ["group of another cipher suite", "suite", async () => ({ name: "MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519" })],
    ["something extra in the GroupInfo", "not-alone-with-counsellor", async () => ({ groupInfoExtensions: [{ extensionType: 0xf0c5, extensionData: u8(1) }] })],
  ]
  for (const [name, code, lie] of groups) {
    test(`${name}: refused before a word has left`, async () => {
      const w = await waiting()
      const { welcome } = await lyingGroup(await w.org.staff("psychologist", "Ana"), w.own, await lie(w.org))
      await refuses(name, `${DESK}, her join`, code, () => w.join(welcome), { page: w.page, ends: persons(code) })
    })
  }

  test("she is not added to a group that was there before her", async () => {
    const w = await waiting()
    const first = await lyingGroup(await w.org.staff("psychologist", "Ana"), await person())
    const { state } = await commit(suite, first.state, [removeOf(1)])
    const { welcome } = await commit(suite, state, [addOf(w.own)])
    await refuses("added to a group that existed before", `${DESK}, her join`, "not-alone-with-counsellor", () => w.join(welcome), { page: w.page })
  })

  test("lifetime and capabilities of a leaf are one constant", async () => {
    const org = await organisation()
    const { signer, identity } = await org.certify("peer", "Ana")
    const basic = { credentialType: "basic", identity }
    const ours = { versions: ["mls10"], ciphersuites: [suite.name], extensions: [], proposals: [], credentials: ["basic"] }
    const forever = { notBefore: 0n, notAfter: 2n ** 64n - 1n }
    for (const [name, code, capabilities, lifetime] of [
      ["leaf lifetime of its own", "leaf-lifetime", ours, { notBefore: 0n, notAfter: 4102444800n }],
      ["library default capabilities", "leaf-capabilities", m.defaultCapabilities(), forever],
    ]) {
      const w = await waiting({ org })
      const { welcome } = await lyingGroup(await m.generateKeyPackageWithKey(basic, capabilities, lifetime, [], signer, suite), w.own)
      await refuses(name, `${DESK}, her join`, code, () => w.join(welcome), { page: w.page, ends: true })
    }
  })

  test("a Welcome with a pre-shared key", async () => {
    const w = await waiting()
    const own = await w.org.staff("psychologist", "Ana")
    const state = await m.createGroup(randomId(), own.publicPackage, own.privatePackage, [], suite, anything)
    const psk = { proposalType: "psk", psk: { preSharedKeyId: { psktype: "external", pskId: utf8("k"), pskNonce: new Uint8Array(32) } } }
    const pskIndex = m.makePskIndex(state, { [m.bytesToBase64(utf8("k"))]: new Uint8Array(32) })
    const { welcome } = await m.createCommit({ state, cipherSuite: suite, pskIndex }, { extraProposals: [addOf(w.own), psk], ratchetTreeExtension: true })
    await refuses("Welcome with a pre-shared key", `${DESK}, her join`, "psk", () => w.join(wire("mls_welcome", "welcome", welcome)), { page: w.page })
  })
})

describe("a server that lies about key packages and Welcomes", () => {
  test("another suite, another group, a second time", async () => {
    const w = await waiting()
    const desk = await w.org.staff("psychologist", "Ana")
    const { welcome } = await lyingGroup(desk, w.own)
    const otherSuite = welcome.slice()
    otherSuite[5] = 3
    await refuses("Welcome that names another suite", HERS, "suite", () => w.join(otherSuite), { page: w.page })
    await refuses("Welcome of another group than announced", HERS, "other-group", () => w.join(welcome, randomId()), { page: w.page })
    await w.join(welcome)
    const again = await lyingGroup(desk, w.own)
    await refuses("second Welcome to the same key package", HERS, "key-package-used", () => w.join(again.welcome))
  })

  test("bytes that are no Welcome leave her key package as it was", async () => {
    const w = await waiting()
    const { welcome } = await lyingGroup(await w.org.staff("psychologist", "Ana"), w.own)
    const broken = welcome.slice()
    broken[broken.length - 1] ^= 1
    await refuses("Welcome with a broken last byte", HERS, "welcome-not-for-us", () => w.join(broken), { page: w.page })
    await refuses("text instead of a Welcome", HERS, "wire-format mls_key_package", () => w.join(w.own.bytes), { page: w.page })
    await w.join(welcome)
  })

  test("a counsellor opens a conversation for a person's own key package only", async () => {
    const org = await organisation()
    const [trust, own, at] = [await org.trust(), await org.staff("peer", "Ana"), `${SERVER}, counsellor's page`]
    const colleague = await org.staff("supervisor", "X")
    await refuses("server hands a colleague's key package as a person", at, "not-a-person", async () => Conversation.open({ trust, own, person: colleague.bytes }))
    const { keyPackage } = decoded((await person()).bytes)
    const swapped = wire("mls_key_package", "keyPackage", { ...keyPackage, initKey: new Uint8Array(32).fill(9) })
    await refuses("key package with a swapped init key", at, "key-package-signature", async () => Conversation.open({ trust, own, person: swapped }))
  })

  test("a counsellor's key package makes one conversation", async () => {
    const org = await organisation()
    const [trust, own] = [await org.trust(), await org.staff("peer", "Ana")]
    await Conversation.open({ trust, own, person: (await person()).bytes })
    await refuses("second conversation from the same key package", `${DESK}, counsellor's page`, "key-package-used", async () =>
      Conversation.open({ trust, own, person: (await person()).bytes }))
  })
})
