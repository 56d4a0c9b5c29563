/**
 * A message opened without anything being adopted: who signed it and what it says, commits included.
 *
 * What fails here was signed by nobody in the group, or is only late: it is dropped and changes nothing.
 */
import { same } from "../bytes.js"
import { need, Refused } from "../refused.js"
import { leafAt, unprotectPrivateMessage } from "./library.js"

/**
 * @typedef {import("./library.js").State} State
 * @typedef {import("ts-mls").PrivateMessage} PrivateMessage
 * @typedef {Pick<State, "secretTree" | "ratchetTree" | "groupContext"> & {senderDataSecret: Uint8Array}} At
 */

/**
 * What opens messages of this one's epoch: the present one, or the one before for texts that are late.
 *
 * @param {State} state
 * @param {PrivateMessage} message
 * @returns {At}
 */
function epochOf(state, { epoch, contentType }) {
  if (epoch === state.groupContext.epoch) return { ...state, senderDataSecret: state.keySchedule.senderDataSecret }
  const past = state.historicalReceiverData.get(epoch)
  need(past && contentType === "application", "stale")
  return past
}

/**
 * The state after a text has been read: its key is used up, in the epoch it belongs to.
 *
 * @param {State} state
 * @param {bigint} epoch
 * @param {import("ts-mls").SecretTree} secretTree
 * @returns {State}
 */
function stateAfter(state, epoch, secretTree) {
  if (epoch === state.groupContext.epoch) return { ...state, secretTree }
  const past = /** @type {import("ts-mls").EpochReceiverData} */ (state.historicalReceiverData.get(epoch))
  return { ...state, historicalReceiverData: new Map(state.historicalReceiverData).set(epoch, { ...past, secretTree }) }
}

/**
 * @param {import("./membership.js").Membership} conversation
 * @param {State} state
 * @param {PrivateMessage} message
 * @throws {Refused}
 */
export async function peek({ groupId, me, members, trust }, state, message) {
  const { epoch } = message
  need(same(message.groupId, groupId), "other-group")
  need(message.authenticatedData.length === 0, "plain-data") // it would travel in clear
  need(epoch <= state.groupContext.epoch, "epoch-ahead")
  const at = epochOf(state, message)
  const { content: { content }, tree, consumed } = await unprotectPrivateMessage(at.senderDataSecret, message, at.secretTree,
    at.ratchetTree, at.groupContext, state.clientConfig.keyRetentionConfig, trust.suite)
    .catch((cause) => { throw new Refused("unreadable", { cause }) })
  const from = /** @type {{leafIndex: number}} */ (content.sender).leafIndex
  need(from !== me, "own-message") // a server may send ours back
  const [sender, then] = [members.get(from), leafAt(at, from)]
  need(sender && then && same(sender.key, then.signaturePublicKey), "sender-left")
  return { from, epoch, content, sender, consumed, next: stateAfter(state, epoch, tree) }
}
