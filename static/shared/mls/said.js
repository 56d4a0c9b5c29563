/** What one has said to the group, once it is decrypted: the question for a newcomer, her yes, and everything else as it is. */
import { hex, same } from "../bytes.js"
import { LEADS, PERSON_SIDE } from "../credential/roles.js"
import { verify } from "../credential/signed.js"
import { breach, ending, need, Refused } from "../refused.js"
import { PURPOSES, readConsent } from "./consent.js"
import { checkKeyPackage } from "./keypackage.js"
import { makeKeyPackageRef, unwrap } from "./library.js"

/**
 * @typedef {import("./membership.js").Membership} Membership
 * @typedef {import("./consent.js").Consent} Consent
 *
 * One message as the page gets it. `ref` and `show` stand on a question that can be put to her, `refused` on one that cannot.
 * @typedef {{kind: string, from: number, seq: number, body: Uint8Array, ref?: Uint8Array,
 *   show?: {purpose: string, alias: string, role: string}, refused?: string}} Said
 */

/**
 * @param {Membership} conversation
 * @param {Said} said
 * @param {import("./members.js").Member} sender
 * @param {bigint} epoch
 */
export async function heed(conversation, said, sender, epoch) {
  if (said.kind === "ask") await heedQuestion(conversation, said, sender, epoch)
  if (said.kind === "consent") await heedConsent(conversation, said)
}

/**
 * A question that cannot be put to her is shown as such: it is no breach, clocks differ and a block may just have ended.
 *
 * @param {Membership} conversation
 * @param {Said} said
 * @param {{key: Uint8Array}} asker
 * @param {bigint} epoch
 */
async function heedQuestion(conversation, said, asker, epoch) {
  breach(said.from === conversation.lead, "ask-not-lead")
  try {
    need(!conversation.handover && epoch >= conversation.since, "ask-old")
    Object.assign(said, await readQuestion(conversation.trust, said.body))
  } catch (error) {
    said.refused = error instanceof Refused ? error.code : "malformed"
  }
  if (said.ref && said.show) conversation.asked.set(hex(said.ref), { purpose: said.show.purpose, asker: asker.key })
}

/**
 * The question carries the whole key package: entry is judged here, once, since her yes is the entry.
 *
 * @param {import("./library.js").Trust} trust
 * @param {Uint8Array} body
 */
async function readQuestion(trust, body) {
  const purpose = PURPOSES[body[0]]
  const { keyPackage } = unwrap(body.slice(1), "mls_key_package")
  const who = await checkKeyPackage(trust, keyPackage)
  need(purpose && !PERSON_SIDE.has(who.role) && (purpose === "company" || LEADS.has(who.role)), "ask-role")
  await trust.mayEnter(who)
  return { ref: await makeKeyPackageRef(keyPackage, trust.suite.hash), show: { purpose, alias: who.alias, role: who.role } }
}

/** @param {Membership} conversation @param {Said} said */
async function heedConsent(conversation, said) {
  breach(said.from === conversation.person, "consent-not-hers")
  let consent
  try {
    consent = readConsent(said.body)
  } catch (error) {
    throw ending(error, "consent-malformed")
  }
  await checkConsent(conversation, consent)
  const crossed = consent.epoch < conversation.since // a change of members: void on every page alike
  if (!crossed) conversation.consents.set(hex(consent.ref), consent)
}

/**
 * Her signature under exactly this, in exactly this conversation.
 *
 * @param {{trust: import("./library.js").Trust, groupId: Uint8Array, members: import("./members.js").Members, person: number}} conversation
 * @param {Consent} consent
 */
export async function checkConsent({ trust, groupId, members, person }, consent) {
  need(same(consent.groupId, groupId), "consent-other-group")
  const hers = members.get(person)
  breach(hers && (await verify(trust.suite, hers.key, "consent", consent)), "consent-forged")
}
