import { from64 } from "../shared/bytes.js"
import { PERSON } from "../shared/credential/chain.js"
import { Trust } from "../shared/credential/trust.js"
import { newKeyPackage } from "../shared/mls/keypackage.js"
import { chooseSuite } from "../shared/suite/choose.js"
import { clockOf } from "./clock.js"
import { lineOf } from "./facts.js"

/**
 * What this page trusts, out of what stands in it.
 *
 * @param {import("./facts.js").Facts} facts
 * @throws {import("../shared/refused.js").Refused} no cryptography here, a wrong clock, a list that does not hold
 */
export async function trustOf(facts) {
  const { site } = facts
  const suite = await chooseSuite()
  const given = { suite, root: from64(site.root), line: lineOf(facts), lowestCounter: site.lowest_counter, demo: site.demo }
  const trust = new Trust({ ...given, clock: clockOf(facts.minute) })
  await trust.useRevocationList(from64(facts.revocations))
  return trust
}

/** A key package for one conversation, under a key that is nobody's before or after. @param {Trust} trust */
export const freshKeyPackage = async ({ suite }) => newKeyPackage(suite, PERSON, await suite.signature.keygen())
