/** Who is in a conversation: computed from the tree, by every page for itself, after every epoch. */
import { hex } from "../bytes.js"
import { PERSON_SIDE } from "../credential/roles.js"
import { breach, ending } from "../refused.js"
import { checkLeaf } from "./keypackage.js"
import { fixedPart, leavesOf, MAX_LEAVES } from "./library.js"

/**
 * @typedef {import("./library.js").State} State
 * @typedef {import("./library.js").Trust} Trust
 * @typedef {import("../credential/chain.js").Who & {index: number, key: Uint8Array, fixed: string, id: string}} Member
 *   `fixed`: all of the leaf that may never change
 * @typedef {Map<number, Member>} Members - by leaf index
 *
 * What one commit does to the members: one Add, one Remove, or nothing.
 * @typedef {{add?: {ref: Uint8Array, purpose: string, fixed: string}, remove?: number}} Change
 */

/** ts-mls does not compare a newcomer's keys with those in the tree. @param {State} state */
function noKeyTwice(state) {
  const keys = state.ratchetTree.flatMap((node) => {
    if (!node) return []
    return node.nodeType === "leaf" ? [node.leaf.hpkePublicKey, node.leaf.signaturePublicKey] : [node.parent.hpkePublicKey]
  })
  breach(new Set(keys.map(hex)).size === keys.length, "key-twice")
}

/**
 * Judge every leaf of a state. One that was there already must be what it was.
 *
 * @param {Trust} trust
 * @param {State} state
 * @param {Members} known - the members before
 * @param {Change} [change]
 * @returns {Promise<Members>}
 * @throws {import("../refused.js").Refused} that ends
 */
export async function readMembers(trust, state, known, change = {}) {
  noKeyTwice(state)
  /** @type {Members} */
  const members = new Map()
  for (const [index, leaf] of leavesOf(state)) {
    const who = await checkLeaf(trust, leaf).catch((error) => { throw ending(error, "leaf") })
    const before = change.remove === index ? undefined : known.get(index)
    const [key, fixed] = [leaf.signaturePublicKey, fixedPart(leaf)]
    breach(!before || before.fixed === fixed, "credential-changed")
    members.set(index, before ?? { ...who, index, key, fixed, id: hex(key) })
  }
  breach(members.size >= 2 && members.size <= MAX_LEAVES, "member-count")
  return members
}

/**
 * The one leaf that the conversation is for.
 *
 * @param {Members} members
 * @returns {number} its index
 */
export function personOf(members) {
  const persons = [...members.values()].filter(({ role }) => PERSON_SIDE.has(role))
  breach(persons.length === 1, `${persons.length}-persons`)
  return persons[0].index
}

/**
 * The tree has changed as the commit said and in nothing else.
 *
 * @param {Members} before
 * @param {Members} after
 * @param {Change} change
 * @returns {Member | undefined} the newcomer
 */
export function asCommitted(before, after, change) {
  const come = [...after.values()].filter((member) => before.get(member.index) !== member)
  const gone = [...before.keys()].filter((index) => after.get(index) !== before.get(index))
  breach(come.length === (change.add ? 1 : 0) && come.every(({ fixed }) => fixed === change.add?.fixed), "tree-not-as-committed")
  breach(gone.length === (change.remove === undefined ? 0 : 1) && gone.every((index) => index === change.remove), "tree-not-as-committed")
  return come[0]
}
