/** The policy on one commit, ours or theirs, before anything of it is applied. */
import { hex, same } from "../bytes.js"
import { LEADS, PERSON_SIDE } from "../credential/roles.js"
import { breach, ending, need } from "../refused.js"
import { inTime } from "./consent.js"
import { checkKeyPackage } from "./keypackage.js"
import { fixedPart, leafAt, makeKeyPackageRef } from "./library.js"

/**
 * @typedef {import("./membership.js").Membership} Membership
 * @typedef {import("./library.js").State} State
 * @typedef {import("./members.js").Change} Change
 */

/** A newcomer on staff does not throw out a colleague whose block ended during the conversation. */
export const STAFF_GRACE_SECONDS = 12 * 3600

/**
 * At most one change, by value, an Add or a Remove, by the one whose turn it is; and no leaf ever changes.
 *
 * @param {Membership} conversation
 * @param {State} state
 * @param {number} from
 * @param {import("ts-mls").Commit} commit
 * @returns {Promise<Change>} what it does to the members
 * @throws {import("../refused.js").Refused} that ends
 */
export async function judgeCommit(conversation, state, from, { proposals, path }) {
  const { members, handover } = conversation
  breach(proposals.every((entry) => entry.proposalOrRefType === "proposal"), "proposal-by-reference")
  const changes = proposals.flatMap((entry) => (entry.proposalOrRefType === "proposal" ? [entry.proposal] : []))
  const [committer, leaf] = [members.get(from), leafAt(state, from)]
  breach(committer && leaf, "sender-unknown")
  if (path) breach(fixedPart(path.leafNode) === fixedPart(leaf), "credential-changed")
  for (const { proposalType } of changes) breach(proposalType === "add" || proposalType === "remove", `forbidden-proposal ${proposalType}`)
  breach(changes.length <= 1, "more-than-one-change")
  breach(from !== handover?.out, "commit-by-leaving")
  const [change] = changes
  if (!change) breach(path, "no-path")
  if (!change) return {}
  breach(!PERSON_SIDE.has(committer.role), "commit-by-person")
  if (change.proposalType === "add") return { add: await judgeAdd(conversation, state, from, change.add.keyPackage) }
  breach(path, "removal-without-path") // or the one who is removed could follow
  return { remove: judgeRemove(conversation, from, /** @type {import("ts-mls").ProposalRemove} */ (change).remove.removed) }
}

/** @param {Membership} conversation @param {number} from @param {number} removed */
function judgeRemove({ members, person, lead, handover }, from, removed) {
  breach(members.has(removed) && removed !== person, "removal-of-person")
  const may = handover ? from === handover.in && removed === handover.out : from === lead && removed !== lead
  breach(may, "removal-not-by-newcomer")
  return removed
}

/** @param {Membership} conversation @param {State} state @param {number} from @param {import("./library.js").KeyPackage} keyPackage */
async function judgeAdd(conversation, state, from, keyPackage) {
  const { trust, members, consents, used, since } = conversation
  const adder = members.get(from)
  try {
    need(adder && from === conversation.lead && LEADS.has(adder.role), "adder")
    need(!conversation.handover, "add-during-handover")
    const who = await checkKeyPackage(trust, keyPackage)
    const ref = await makeKeyPackageRef(keyPackage, trust.suite.hash)
    const yes = consents.get(hex(ref))
    need(!PERSON_SIDE.has(who.role), "second-person")
    need(yes && !used.has(hex(ref)), "add-without-consent")
    need(same(yes.asker, adder.key), "consent-asked-by-another")
    need(yes.epoch >= since && inTime(state.groupContext.epoch, yes.epoch), "consent-old")
    need(yes.purpose === "company" || LEADS.has(who.role), "newcomer-role")
    if (conversation.me !== conversation.person) await trust.mayEnter(who, STAFF_GRACE_SECONDS) // hers was judged when she was asked
    return { ref, purpose: yes.purpose, fixed: fixedPart(keyPackage.leafNode) }
  } catch (error) {
    throw ending(error, "add")
  }
}
