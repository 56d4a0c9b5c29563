/**
 * Her conversation as one plain value, and back: the group's state and the policy's memory, whole or not at all. Words are
 * not in it. Whoever restores it must never have given away what a later state has sealed: the same keys would be used twice.
 */
import { configuration } from "./library.js"
import { HerConversation } from "./hers.js"
import { readMembers } from "./members.js"

/**
 * @typedef {import("./library.js").State} State
 * @typedef {import("./library.js").Trust} Trust
 */

/** The policy's memory that is neither counted on a clock nor read from the tree. */
const MEMORY = /** @type {const} */ (["lead", "since", "consents", "asked", "used", "out", "in", "committed"])

/** The library's settings hold functions: they are made anew. @param {State} state */
const withoutSettings = (state) => ({ ...state, clientConfig: undefined })

/** @param {HerConversation} conversation @returns {Promise<object>} taken between two acts, never in the middle of one */
export function save(conversation) {
  return conversation.alone(async (state) => {
    const { mine, handover, stall, members, trust } = conversation
    return {
      state: withoutSettings(state),
      mine: mine && { ...mine, next: withoutSettings(mine.next) },
      memory: MEMORY.map((name) => conversation[name]),
      members,
      handover,
      stall: stall.since,
      steady: trust.clock.steady(),
      at: trust.clock.page(),
    }
  })
}

/**
 * @param {Trust} trust
 * @param {any} saved
 * @returns {Promise<HerConversation>}
 * @throws {import("../refused.js").Refused} when its leaves are not what they were
 */
export async function restore(trust, { state, mine, memory, members: known, handover, stall, steady, at }) {
  const clientConfig = configuration(trust)
  const whole = { ...state, clientConfig }
  const members = await readMembers(trust, whole, known)
  const conversation = new HerConversation({ trust, state: whole, members, lead: memory[0] })
  MEMORY.forEach((name, index) => Object.assign(conversation, { [name]: memory[index] }))
  // This page's steady clock began anew: what ran on the old one has run on while nobody counted.
  const later = trust.clock.steady() - steady - Math.max(0, trust.clock.page() - at)
  if (mine) conversation.mine = { ...mine, next: { ...mine.next, clientConfig } }
  if (handover) conversation.handover = { ...handover, until: handover.until + later }
  for (const [sign, since] of stall) conversation.stall.since.set(sign, since + later)
  return conversation
}
