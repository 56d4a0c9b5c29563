/**
 * One join with throwaway keys, while she waits: the first one of a cold page takes two to three times as long as the
 * second. Nothing of it is kept, and nobody's certificate is looked at.
 */
import { PERSON } from "../credential/chain.js"
import { need } from "../refused.js"
import { Trust } from "../credential/trust.js"
import { newKeyPackage, useUp } from "./keypackage.js"
import { configuration, createApplicationMessage, createCommit, createGroup, emptyPskIndex, joinGroupWithExtensions,
  processPrivateMessage } from "./library.js"

/** Lets a tap in between two steps: on a slow phone all of them at once would hold up whoever wants to leave. */
const breath = () => new Promise((done) => setTimeout(done))

/** @param {import("./library.js").Suite} suite */
export async function rehearse(suite) {
  const clock = { page: () => 0, server: () => undefined, steady: () => 0 }
  const settings = configuration(new Trust({ suite, root: new Uint8Array(32), line: "", clock }))
  const own = async () => newKeyPackage(suite, PERSON, await suite.signature.keygen())
  const [one, other] = [await own(), await own()]
  const group = await createGroup(suite.rng.randomBytes(16), one.publicPackage, useUp(one), [], suite, settings)
  await breath()
  const add = /** @type {const} */ ({ proposalType: "add", add: { keyPackage: other.publicPackage } })
  const options = { extraProposals: [add], ratchetTreeExtension: true }
  const { newState, welcome } = await createCommit({ state: group, cipherSuite: suite }, options)
  need(welcome, "welcome-invalid")
  await breath()
  const [joined] = await joinGroupWithExtensions(welcome, other.publicPackage, useUp(other), emptyPskIndex, suite,
    undefined, undefined, settings)
  await breath()
  const { privateMessage } = await createApplicationMessage(newState, new Uint8Array(256), suite)
  await breath()
  await processPrivateMessage(joined, privateMessage, emptyPskIndex, suite)
}
