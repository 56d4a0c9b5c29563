// What MLS could do and we never do.
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { emptyPskIndex, processMessage } from "ts-mls"
import { cat, utf8 } from "../../static/shared/bytes.js"
import { u16, u32, u8, vec } from "../../static/shared/tls.js"
import { addOf, anything, commit, decoded, loose, m, message, proposal, reads, removeOf, wire } from "./liar.mjs"
import { DESK, refuses, SERVER } from "./refuses.mjs"
import { keygen, organisation, randomId, scene, suite } from "./world.mjs"

const AT = `${DESK}, her page`
const COUNSELLOR = "lying person, counsellor"
const over = (s) => ({ page: s.page, ends: true })
const dropped = (s) => ({ page: s.page, lets: 1 })
const alone = (s, bytes) => processMessage(decoded(bytes), s.p.state, emptyPskIndex, m.acceptAll, suite)

describe("a leaf never changes", () => {
  /** An update of one's own leaf with something else in it. */
  function changed(s, who, change, lying = suite) {
    const state = loose(s[who])
    const [at, tree] = [2 * s[who].me, state.ratchetTree.slice()]
    tree[at] = { nodeType: "leaf", leaf: { ...tree[at].leaf, ...change } }
    return commit(lying, { ...state, ratchetTree: tree }, [])
  }
  const basic = (identity) => ({ credential: { credentialType: "basic", identity } })

  test("its certificate: the library alone lets it", async () => {
    const s = await scene()
    const signer = { publicKey: s.own.A.publicPackage.leafNode.signaturePublicKey }
    const other = await s.org.certify("peer", "Somebody Else", { signer })
    const c = await changed(s, "a", basic(other.identity))
    assert.equal((await alone(s, c.bytes)).actionTaken, "accept", "the library alone lets a leaf change its certificate")
    await refuses("certificate changed in an update path", AT, "credential-changed", () => s.p.receive(c.bytes), over(s))
  })

  test("its signature key: the library alone lets it", async () => {
    const s = await scene()
    const signer = await keygen()
    const fresh = await s.org.certify("psychologist", "Ana", { signer })
    const isLeaf = (bytes) => new TextDecoder().decode(bytes.slice(1, 20)).includes("LeafNodeTBS")
    const sign = (key, bytes) => suite.signature.sign(isLeaf(bytes) ? signer.signKey : key, bytes)
    const lying = { ...suite, signature: { ...suite.signature, sign } }
    const c = await changed(s, "a", { ...basic(fresh.identity), signaturePublicKey: signer.publicKey }, lying)
    assert.equal((await alone(s, c.bytes)).actionTaken, "accept", "the library alone lets a leaf change its key")
    await refuses("signature key changed in an update path", AT, "credential-changed", () => s.p.receive(c.bytes), over(s))
  })

  test("its extensions, on her side neither", async () => {
    const s = await scene()
    const c = await changed(s, "p", { extensions: [{ extensionType: "application_id", extensionData: u8(1) }] })
    await refuses("leaf extension slipped into an update path", COUNSELLOR, "credential-changed", () => s.a.receive(c.bytes), { ends: true })
  })
})

describe("no proposal stands alone", () => {
  for (const [name, propose] of [
    ["Update", (s) => ({ proposalType: "update", update: { leafNode: { ...s.a.state.ratchetTree[0].leaf, leafNodeSource: "update" } } })],
    ["Add", async (s) => addOf(await s.org.staff("peer", "G"))],
    ["Remove", () => removeOf(1)],
  ]) {
    test(`${name}, sealed or in public`, async () => {
      let s = await scene()
      const sealed = await proposal(suite, loose(s.a), await propose(s))
      await refuses(`standalone ${name} proposal`, AT, "standalone-proposal", () => s.p.receive(sealed.bytes), over(s))
      s = await scene()
      const open = await proposal(suite, loose(s.a), await propose(s), true)
      await refuses(`standalone ${name} proposal, public`, AT, "wire-format mls_public_message", () => s.p.receive(open.bytes), dropped(s))
    })
  }

  test("nor comes in by reference", async () => {
    const s = await scene()
    const withheld = await proposal(suite, loose(s.a), addOf(await s.org.staff("peer", "G")))
    const c = await commit(suite, withheld.state, [])
    await refuses("commit of a withheld proposal by reference", AT, "proposal-by-reference", () => s.p.receive(c.bytes), over(s))
  })
})

describe("no kind of change but Add and Remove", () => {
  const psk = { proposalType: "psk", psk: { preSharedKeyId: { psktype: "external", pskId: utf8("k"), pskNonce: new Uint8Array(32) } } }
  const key = { [m.bytesToBase64(utf8("k"))]: new Uint8Array(32) }
  for (const change of [
    { proposalType: "reinit", reinit: { groupId: randomId(), version: "mls10", cipherSuite: suite.name, extensions: [] } },
    psk,
    { proposalType: "group_context_extensions", groupContextExtensions: { extensions: [{ extensionType: "application_id", extensionData: u8(1) }] } },
    { proposalType: 0xf00d, proposalData: u8(1) },
  ]) {
    test(`${change.proposalType}: over, in a commit or alone`, async () => {
      let s = await scene()
      const state = loose(s.a)
      const c = await m.createCommit({ state, cipherSuite: suite, pskIndex: m.makePskIndex(state, key) }, { extraProposals: [change] })
      await refuses(`commit with ${change.proposalType}`, AT, `forbidden-proposal ${change.proposalType}`, () => s.p.receive(m.encodeMlsMessage(c.commit)), over(s))
      s = await scene()
      const one = await proposal(suite, loose(s.a), change)
      await refuses(`standalone ${change.proposalType}`, AT, "standalone-proposal", () => s.p.receive(one.bytes), over(s))
    })
  }
})

test("nobody comes in from outside: the library alone would let a certified ghost", async () => {
  const s = await scene()
  const ghost = await s.org.staff("supervisor", "Ghost")
  const info = await m.createGroupInfoWithExternalPubAndRatchetTree(loose(s.a), [], suite)
  const outside = await m.joinGroupExternal(info, ghost.publicPackage, ghost.privatePackage, false, suite, undefined, anything)
  const bytes = wire("mls_public_message", "publicMessage", outside.publicMessage)
  assert.equal((await alone(s, bytes)).actionTaken, "accept", "the library alone lets a certified ghost join from outside")
  await refuses("external commit by a certified ghost", `${DESK}+server, her page`, "wire-format mls_public_message", () => s.p.receive(bytes), dropped(s))
  assert.equal(await reads(suite, outside.newState, s.page.sent.at(-1)), "nothing")
  const proposed = m.encodeMlsMessage(await m.proposeAddExternal(info, ghost.publicPackage, ghost.privatePackage, suite))
  await refuses("external Add proposal", `${SERVER}, her page`, "wire-format mls_public_message", () => s.p.receive(proposed), dropped(s))
})

describe("a person commits nothing but her own new keys", () => {
  for (const [name, code, proposals, options] of [
    ["person adds", "commit-by-person", async (s) => [addOf(await s.org.staff("peer", "G"))]],
    ["person removes the counsellor", "commit-by-person", () => [removeOf(0)]],
    ["empty commit without a path", "no-path", () => [], { noPath: true }],
  ]) {
    test(`${name}: over on the counsellor's page`, async () => {
      const s = await scene()
      const c = await commit(suite, loose(s.p), await proposals(s), options)
      await refuses(name, COUNSELLOR, code, () => s.a.receive(c.bytes), { ends: true })
    })
  }
})

describe("a frame has one form", () => {
  const framed = ({ seq = 1, kind = 1, tail = 0, size = 256, version = 1 } = {}) => {
    const bytes = new Uint8Array(size).fill(tail)
    bytes.set(cat(u16(version), u8(kind), u32(seq), vec(utf8("x"))))
    return bytes
  }
  const send = (s, bytes, clear) => message(suite, loose(s.a), bytes, clear)

  test("nothing beside the ciphertext, no number twice", async () => {
    const s = await scene()
    const clear = await send(s, framed(), utf8("covert"))
    await refuses("data in the clear beside the ciphertext", AT, "plain-data", () => s.p.receive(clear), dropped(s))
    const twice = await send(s, framed({ seq: 0 }))
    await refuses("number used before", AT, "replay", () => s.p.receive(twice), dropped(s))
  })

  for (const [name, lie] of [
    ["padding that is not zero", { tail: 7 }],
    ["frame that fits no bucket", { size: 200 }],
    ["frame of a kind there is not", { kind: 9 }],
    ["frame of another version", { version: 2 }],
  ]) {
    test(`${name}: over`, async () => {
      const s = await scene()
      const bytes = await send(s, framed(lie))
      await refuses(name, AT, "frame", () => s.p.receive(bytes), over(s))
    })
  }
})

test("another organisation's staff are strangers here", async () => {
  const [ours, theirs] = [await organisation(), await organisation()]
  const { signer, identity } = await theirs.certify("peer", "Bea")
  const trust = await ours.trust()
  await assert.rejects(trust.read(identity, signer.publicKey), { code: "rogue-root" })
})
