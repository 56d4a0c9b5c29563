/** What an epoch is in itself, whoever is in it. */
import { same } from "../bytes.js"
import { breach } from "../refused.js"

/** @typedef {import("./library.js").State} State */

/**
 * @param {import("./library.js").Suite} suite
 * @param {State} next
 * @param {State} [before]
 * @throws {import("../refused.js").Refused} that ends
 */
export function checkEpoch(suite, next, before) {
  const { version, cipherSuite, extensions, groupId, epoch } = next.groupContext
  breach(version === "mls10" && cipherSuite === suite.name && extensions.length === 0, "group-context")
  breach(next.groupActiveState.kind === "active" && Object.keys(next.unappliedProposals).length === 0, "group-state")
  if (!before) return
  breach(same(groupId, before.groupContext.groupId), "group-context")
  breach(epoch === before.groupContext.epoch + 1n, "epoch")
}
