// What ts-mls 1.6.4 does and does not do by itself. Where one of these changes with an upgrade, the policy is read again.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import * as library from "ts-mls"
import { anything } from "./liar.mjs"
import { person, randomId, suite } from "./world.mjs"

const settings = (retention = {}) =>
  ({ ...anything, keyRetentionConfig: { retainKeysForGenerations: 10, retainKeysForEpochs: 1, maximumForwardRatchetSteps: 200, ...retention } })
const commit = (state, extraProposals = []) => library.createCommit({ state, cipherSuite: suite }, { extraProposals, ratchetTreeExtension: true })
const group = (own, retention) => library.createGroup(randomId(), own.publicPackage, own.privatePackage, [], suite, settings(retention))
const adding = ({ publicPackage }) => ({ proposalType: "add", add: { keyPackage: publicPackage } })
const join = (welcome, own) => library.joinGroup(welcome, own.publicPackage, own.privatePackage, library.emptyPskIndex, suite, undefined, undefined, settings())

test("it is exactly 1.6.4: in earlier and in later versions a removed member can follow", () => {
  const lock = JSON.parse(readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8"))
  assert.equal(lock.packages["node_modules/ts-mls"].version, "1.6.4")
  assert.match(lock.packages["node_modules/ts-mls"].integrity, /^sha512-/)
})

test("keeping 0 epochs keeps every epoch; 1 keeps one", async () => {
  for (const [retainKeysForEpochs, kept] of [[0, 6], [1, 1], [2, 2]]) {
    let state = await group(await person(), { retainKeysForEpochs })
    state = (await commit(state, [adding(await person())])).newState
    for (let count = 0; count < 5; count++) state = (await commit(state)).newState
    assert.equal(state.historicalReceiverData.size, kept)
  }
})

test("a text does not tell its sender, and a commit does not tell its path", async () => {
  const [one, other] = [await person(), await person()]
  const made = await commit(await group(one), [adding(other)])
  const joined = await join(made.welcome, other)
  const { privateMessage } = await library.createApplicationMessage(made.newState, new Uint8Array(3), suite)
  const text = await library.processPrivateMessage(joined, privateMessage, library.emptyPskIndex, suite)
  assert.deepEqual(Object.keys(text).sort(), ["consumed", "kind", "message", "newState"])
  let told
  const look = (incoming) => {
    told = Object.keys(incoming).sort()
    return "accept"
  }
  await library.processMessage((await commit(made.newState)).commit, joined, library.emptyPskIndex, look, suite)
  assert.deepEqual(told, ["kind", "proposals", "senderLeafIndex"])
})

test("its own authentication service accepts everybody, and its own capabilities differ from page to page", async () => {
  const nobody = { credentialType: "basic", identity: new Uint8Array() }
  assert.equal(await library.defaultAuthenticationService.validateCredential(nobody, new Uint8Array()), true)
  const able = new Set(Array.from({ length: 20 }, () => JSON.stringify(library.defaultCapabilities())))
  assert.ok(able.size > 1)
})

test("with six members an honest Welcome may be refused; with five it is not", async () => {
  const trial = async (size, blanks) => {
    const states = new Map([[0, await group(await person())]])
    const tell = async (message, from, removed) => {
      for (const other of states.keys()) {
        if (other === from || other === removed) continue
        const read = await library.processMessage(message, states.get(other), library.emptyPskIndex, library.acceptAll, suite)
        states.set(other, read.newState)
      }
    }
    const act = async (who, proposal, newcomer) => {
      const made = await commit(states.get(who), proposal ? [proposal] : [])
      await tell(made.commit, who, proposal?.remove?.removed)
      states.set(who, made.newState)
      if (proposal?.remove) states.delete(proposal.remove.removed)
      if (!newcomer) return
      const joined = await join(made.welcome, newcomer)
      states.set(joined.privatePath.leafIndex, joined)
    }
    const add = async () => {
      const newcomer = await person()
      await act(0, adding(newcomer), newcomer)
    }
    for (let count = 1; count < size; count++) await add()
    for (const member of [...states.keys()].filter(Boolean)) await act(member)
    for (const removed of blanks) await act(0, { proposalType: "remove", remove: { removed } })
    for (let count = 0; count < blanks.length; count++) await add()
  }
  await assert.rejects(trial(6, [3, 4]), /unmerged_leaves/)
  for (let one = 1; one < 5; one++) for (let other = 1; other < 5; other++) if (one !== other) await trial(5, [one, other])
})
