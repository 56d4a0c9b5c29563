// Who comes and who goes: with her yes, by the one whose turn it is, and never the person.
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { emptyPskIndex, processMessage } from "ts-mls"
import { Conversation } from "../../static/shared/mls/conversation.js"
import { newKeyPackage } from "../../static/shared/mls/keypackage.js"
import { cat, utf8 } from "../../static/shared/bytes.js"
import { u8 } from "../../static/shared/tls.js"
import { addOf, anything, commit, decoded, loose, m, message, reads, removeOf } from "./liar.mjs"
import { DESK, note, refuses } from "./refuses.mjs"
import { added, committed, consented, HOUR, keygen, midHandover, NOW, organisation, person, scene, suite } from "./world.mjs"

const AT = `${DESK}, her page`
const NEWCOMER = `${DESK}, newcomer's join`
const over = (s) => ({ page: s.page, ends: true })
const ghost = (s) => s.org.staff("supervisor", "Ghost")
const yesOf = (conversation) => [...conversation.consents.values()].at(-1)
const carrying = (bytes) => ({ groupInfoExtensions: [{ extensionType: 0xf0c5, extensionData: bytes }] })
const again = (own) => structuredClone(own)

describe("an Add", () => {
  test("of a ghost, without her yes: over on every page, and the ghost reads nothing", async () => {
    const s = await scene()
    const inside = await added(s, await consented(s, "interpreter", "Ines", "company"))
    const [spy, lie] = [await ghost(s), loose(s.a)]
    const c = await commit(suite, lie, [addOf(spy)])
    await refuses("ghost added without consent", AT, "add-without-consent", () => s.p.receive(c.bytes), over(s))
    await refuses("ghost added without consent", `${DESK}, interpreter's page`, "add-without-consent", () => inside.receive(c.bytes), { ends: true })
    const ghosts = await m.joinGroup(decoded(c.welcome).welcome, spy.publicPackage, spy.privatePackage, m.emptyPskIndex, suite, undefined, undefined, anything)
    for (const envelope of s.page.sent) assert.equal(await reads(suite, ghosts, envelope), "nothing")
  })

  test("of another key package than the one she agreed to", async () => {
    const s = await scene()
    await consented(s, "peer", "Bea", "handover")
    const c = await commit(suite, loose(s.a), [addOf(await s.org.staff("peer", "Bea"))])
    await refuses("consent was to another key package", AT, "add-without-consent", () => s.p.receive(c.bytes), over(s))
  })

  test("by somebody else than the one who asked", async () => {
    const s = await scene()
    const inside = await added(s, await consented(s, "interpreter", "Ines", "company"))
    const colleague = await consented(s, "peer", "Bea", "handover")
    const c = await commit(suite, loose(inside), [addOf(colleague)], carrying(yesOf(s.a).bytes))
    await refuses("interpreter adds the one she agreed to", NEWCOMER, "consent-asked-by-another", async () =>
      Conversation.join({ trust: await s.org.trust(), own: colleague, welcome: c.welcome }))
    await refuses("interpreter adds the one she agreed to", AT, "adder", () => s.p.receive(c.bytes), over(s))
  })

  test("of one whom she could not be asked about", async () => {
    const s = await scene()
    const expired = await s.org.staff("peer", "Bea", { start: NOW - 9 * HOUR, end: NOW - HOUR })
    for (const [colleague, code] of [
      [expired, "expired"],
      [await (await organisation()).staff("peer", "Bea"), "rogue-root"],
      [await person(), "ask-role"],
      [await s.org.staff("interpreter", "Bea"), "ask-role"],
    ]) {
      assert.equal((await s.p.receive(await s.a.ask("handover", colleague.bytes))).refused, code)
    }
    await refuses("yes to a question never put", AT, "nothing-asked", () => s.p.yes(expired.ref), { page: s.page, lets: 1 })
    const c = await commit(suite, loose(s.a), [addOf(expired)])
    await refuses("expired colleague added", AT, "add-without-consent", () => s.p.receive(c.bytes), over(s))
  })

  for (const [name, code, make] of [
    ["second person leaf added", "second-person", () => person()],
    ["rogue root added", "rogue-root", async () => (await organisation()).staff("peer", "Bea")],
    ["stolen certificate added", "stolen-certificate", async (s) => newKeyPackage(suite, (await s.org.certify("peer", "Bea")).identity, await keygen())],
  ]) {
    test(`${name}: over`, async () => {
      const s = await scene()
      const c = await commit(suite, loose(s.a), [addOf(await make(s))])
      await refuses(name, AT, code, () => s.p.receive(c.bytes), over(s))
    })
  }

  test("of the same key package a second time", async () => {
    const s = await scene()
    const ines = await consented(s, "interpreter", "Ines", "company")
    const inside = await added(s, ines)
    await committed(s.a, (a) => a.remove(inside.me), s.p)
    const c = await commit(suite, loose(s.a), [addOf(ines)])
    await refuses("old yes used a second time", AT, "add-without-consent", () => s.p.receive(c.bytes), over(s))
  })

  test("of two at once, or of one whose key is in the tree already", async () => {
    let s = await scene()
    const two = [await consented(s, "peer", "Bea", "handover"), await consented(s, "interpreter", "Ines", "company")]
    let c = await commit(suite, loose(s.a), two.map(addOf))
    await refuses("two Adds in one commit", AT, "more-than-one-change", () => s.p.receive(c.bytes), over(s))

    s = await scene()
    const { signer, identity } = await s.org.certify("peer", "Bea")
    const hers = s.p.state.ratchetTree[2].leaf.hpkePublicKey
    let pairs = 0 // the second pair that is made is the leaf's: it gets her public key
    const generateKeyPair = async () => {
      const pair = await suite.hpke.generateKeyPair()
      return pairs++ ? { ...pair, publicKey: await suite.hpke.importPublicKey(hers) } : pair
    }
    const twin = await newKeyPackage({ ...suite, hpke: { ...suite.hpke, generateKeyPair } }, identity, signer)
    const asked = await s.p.receive(await s.a.ask("company", twin.bytes))
    await s.a.receive(await s.p.yes(asked.ref))
    c = await commit(suite, loose(s.a), [addOf(twin)])
    const alone = await processMessage(decoded(c.bytes), s.p.state, emptyPskIndex, m.acceptAll, suite)
    assert.equal(alone.actionTaken, "accept", "the library alone does not see that the key is there already")
    await refuses("newcomer with a key already in the tree", AT, "key-twice", () => s.p.receive(c.bytes), over(s))
  })
})

describe("her yes", () => {
  test("is demanded by the newcomer too: hers, to this key package, here, and not long ago", async () => {
    const s = await scene()
    const colleague = await consented(s, "peer", "Bea", "handover")
    const [yes, trust] = [yesOf(s.a), await s.org.trust()]
    const join = (own, made) => async () => Conversation.join({ trust, own, welcome: (await made).welcome })
    const lie = (options) => commit(suite, loose(s.a), [addOf(colleague)], options)
    const forged = cat(yes.bytes.slice(0, -1), u8(yes.bytes.at(-1) ^ 1))
    await refuses("newcomer: no yes in the Welcome", NEWCOMER, "no-consent", join(again(colleague), lie({})))
    await refuses("newcomer: yes with a broken signature", NEWCOMER, "consent-forged", join(again(colleague), lie(carrying(forged))), { ends: true })
    const other = await s.org.staff("peer", "Eva")
    await refuses("newcomer: yes was for another", NEWCOMER, "consent-for-another",
      join(other, commit(suite, loose(s.a), [addOf(other)], carrying(yes.bytes))))
    const elsewhere = await scene({ org: s.org })
    await refuses("newcomer: yes from another conversation", NEWCOMER, "consent-other-group",
      join(again(colleague), commit(suite, loose(elsewhere.a), [addOf(colleague)], carrying(yes.bytes))))
    let state = loose(s.a)
    for (let epochs = 0; epochs < 4; epochs++) ({ state } = await commit(suite, state, []))
    await refuses("newcomer: yes four epochs old", NEWCOMER, "consent-old",
      join(again(colleague), commit(suite, state, [addOf(colleague)], carrying(yes.bytes))))
  })

  test("is hers alone to give, and the question the counsellor's alone to ask", async () => {
    let s = await scene()
    const fake = await s.a.send("consent", utf8("yes yes"))
    await refuses("counsellor sends a consent herself", AT, "consent-not-hers", () => s.p.receive(fake), over(s))
    s = await scene()
    const inside = await added(s, await consented(s, "interpreter", "Ines", "company"))
    const question = await inside.ask("company", (await ghost(s)).bytes)
    await refuses("interpreter asks to bring somebody", AT, "ask-not-lead", () => s.p.receive(question), over(s))
  })

  test("is a structure of one form, signed for this conversation", async () => {
    let s = await scene()
    const junk = await s.p.send("consent", utf8("yes"))
    await refuses("consent that cannot be read", "lying person, counsellor", "consent-malformed", () => s.a.receive(junk), { ends: true })
    const t = await scene()
    s = await scene({ org: t.org })
    await consented(t, "peer", "Bea", "handover")
    const elsewhere = await s.p.send("consent", yesOf(t.a).bytes)
    await refuses("consent from another conversation", "lying person, counsellor", "consent-other-group", () => s.a.receive(elsewhere))
  })
})

describe("a handover", () => {
  for (const [name, code, who, proposals] of [
    ["former counsellor removes the newcomer", "commit-by-leaving", "a", () => [removeOf(2)]],
    ["former counsellor updates during the handover", "commit-by-leaving", "a", () => []],
    ["newcomer removes the person", "removal-of-person", "b", () => [removeOf(1)]],
    ["newcomer adds a third", "adder", "b", async (s) => [addOf(await ghost(s))]],
    ["newcomer removes and adds in one commit", "more-than-one-change", "b", async (s) => [removeOf(0), addOf(await ghost(s))]],
  ]) {
    test(`${name}: over`, async () => {
      const s = await midHandover()
      const c = await commit(suite, loose(s[who]), await proposals(s))
      await refuses(name, AT, code, () => s.p.receive(c.bytes), over(s))
    })
  }

  test("a supervisor removes nobody, and the new counsellor adds nobody without a new yes", async () => {
    let s = await scene()
    const inside = await added(s, await consented(s, "supervisor", "Sam", "company"))
    let c = await commit(suite, loose(inside), [removeOf(0)])
    await refuses("supervisor removes the counsellor", AT, "removal-not-by-newcomer", () => s.p.receive(c.bytes), over(s))
    s = await midHandover()
    await committed(s.b, (b) => b.remove(0), s.p)
    c = await commit(suite, loose(s.b), [addOf(await ghost(s))])
    await refuses("newcomer adds a third afterwards", AT, "add-without-consent", () => s.p.receive(c.bytes), over(s))
  })

  test("between Add and Remove nobody sends words but the one who leaves", async () => {
    const s = await midHandover()
    await s.p.receive(await s.a.send("text", "take care"))
    const framed = new Uint8Array(256)
    framed.set([0, 1, 1, 0, 0, 0, 0, 1, 0x78])
    const words = await message(suite, loose(s.b), framed)
    await refuses("newcomer writes before she has removed", AT, "words-during-handover", () => s.p.receive(words), over(s))
  })

  test("a removal without a path would let the removed member follow: refused", async () => {
    const s = await midHandover()
    const c = await commit(suite, loose(s.b), [removeOf(0)], { noPath: true })
    const spy = await m.processMessage(decoded(c.bytes), loose(s.a), m.emptyPskIndex, m.acceptAll, suite)
    assert.deepEqual(spy.newState.keySchedule.epochAuthenticator, c.state.keySchedule.epochAuthenticator, "the attack is real")
    await assert.rejects(processMessage(decoded(c.bytes), s.p.state, emptyPskIndex, m.acceptAll, suite), /Update path is required/)
    await refuses("removal without a path", AT, "removal-without-path", () => s.p.receive(c.bytes), over(s))
  })

  test("the removed member cannot follow, and what she writes on is dropped", async () => {
    const s = await midHandover()
    const spy = loose(s.a)
    const out = await committed(s.b, (b) => b.remove(0), s.p)
    assert.equal(await reads(suite, spy, out.commit), "nothing")
    for (const words of [await s.page.write("only for Bea"), await s.b.send("text", "yes")]) assert.equal(await reads(suite, spy, words), "nothing")
    note("removed member follows (modified program)", "former counsellor's machine", "cannot decrypt", "-", 0)
    const late = await message(suite, spy, utf8("still here"))
    await refuses("removed member writes on", AT, "sender-left", () => s.p.receive(late), { page: s.page, lets: 1 })
  })
})
