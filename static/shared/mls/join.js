/** Her way in. It is in her page and in the desk's tests; the desk's own ways in are in conversation.js. */
import { LEADS, PERSON_SIDE } from "../credential/roles.js"
import { need } from "../refused.js"
import { checkEpoch } from "./epoch.js"
import { personOf, readMembers } from "./members.js"
import { openWelcome } from "./welcome.js"
import { wipeState } from "./wipe.js"

/**
 * @typedef {import("./library.js").Trust} Trust
 * @typedef {import("./library.js").State} State
 * @typedef {{trust: Trust, own: import("./keypackage.js").Own, welcome: Uint8Array, groupId?: Uint8Array}} Joining
 * @typedef {import("./members.js").Member} Member
 * @typedef {{state: State, members: import("./members.js").Members, person: number, me: Member, host: Member,
 *   said: import("ts-mls").Extension[]}} Arrival
 */

/**
 * A Welcome opened and its tree judged. `admit` says whether one may stay; where it refuses, the keys go.
 *
 * @template Result
 * @param {Joining} joining
 * @param {(arrival: Arrival) => Promise<Result>} admit
 * @returns {Promise<Result>}
 */
export async function arrive({ trust, own, welcome, groupId }, admit) {
  const { state, host, said } = await openWelcome(trust, own, welcome, groupId)
  try {
    checkEpoch(trust.suite, state)
    const members = await readMembers(trust, state, new Map())
    const [me, inviter] = [members.get(state.privatePath.leafIndex), members.get(host)]
    const person = personOf(members)
    need(me && inviter, "host-role")
    return await admit({ state, members, person, me, host: inviter, said })
  } catch (error) {
    wipeState(state)
    throw error
  }
}

/**
 * Exactly one counsellor, who made this group for her.
 *
 * @param {Trust} trust
 * @param {Arrival} arrival
 */
export async function aloneWithCounsellor(trust, { state, members, me, host, said }) {
  need(PERSON_SIDE.has(me.role), "not-a-person")
  need(state.groupContext.epoch === 1n && members.size === 2 && said.length === 0, "not-alone-with-counsellor")
  await trust.mayEnter(host)
  need(LEADS.has(host.role), "host-role")
}
