/** A conversation as a desk holds it: open it for a person, ask her, add and remove with her yes, take over from a colleague. */
import { cat, hex, same } from "../bytes.js"
import { LEADS, PERSON_SIDE } from "../credential/roles.js"
import { breach, need } from "../refused.js"
import { u8 } from "../tls.js"
import { CONSENT_EXTENSION, inTime, PURPOSES, readConsent } from "./consent.js"
import { Exchange } from "./exchange.js"
import { aloneWithCounsellor, arrive } from "./join.js"
import { checkKeyPackage, useUp } from "./keypackage.js"
import { configuration, createCommit, createGroup, makeKeyPackageRef, unwrap, wrap } from "./library.js"
import { readMembers } from "./members.js"
import { STAFF_GRACE_SECONDS } from "./rules.js"
import { checkConsent } from "./said.js"

export { newKeyPackage } from "./keypackage.js"

/**
 * @typedef {import("./library.js").Trust} Trust
 * @typedef {import("./keypackage.js").Own} Own
 * @typedef {import("./join.js").Arrival} Arrival
 */

const HER_LEAF = 1
const UPDATE_MESSAGES = 20
const UPDATE_SECONDS = 5 * 60

export class Conversation extends Exchange {
  /** Messages both ways and steady seconds at our last update: see updateDue. */
  #updated = { messages: 0, at: -Infinity }

  /**
   * The counsellor who has accepted the offer makes the group and adds the person.
   *
   * @param {{trust: Trust, own: Own, person: Uint8Array, groupId?: Uint8Array}} given - `person`: her key package as it came
   * @returns {Promise<{conversation: Conversation, welcome: Uint8Array}>}
   * @throws {import("../refused.js").Refused}
   */
  static async open({ trust, own, person, groupId = trust.suite.rng.randomBytes(16) }) {
    const { suite } = trust
    const { keyPackage } = unwrap(person, "mls_key_package")
    const who = await checkKeyPackage(trust, keyPackage)
    need(PERSON_SIDE.has(who.role), "not-a-person")
    await trust.mayEnter(who)
    const group = await createGroup(groupId, own.publicPackage, useUp(own), [], suite, configuration(trust))
    const add = /** @type {const} */ ({ proposalType: "add", add: { keyPackage } })
    const options = { extraProposals: [add], ratchetTreeExtension: true }
    const { newState: state, welcome } = await createCommit({ state: group, cipherSuite: suite }, options)
    const members = await readMembers(trust, state, new Map())
    const conversation = new Conversation({ trust, state, members, lead: state.privatePath.leafIndex })
    breach(conversation.person === HER_LEAF, "person-changed")
    for (const { id } of members.values()) conversation.in.set(id, 0)
    return { conversation, welcome: wrap({ wireformat: "mls_welcome", welcome }) }
  }

  /**
   * A newcomer on staff, with her yes; or a person, by the same rules as her own page.
   *
   * @param {import("./join.js").Joining} joining
   * @throws {import("../refused.js").Refused}
   */
  static join(joining) {
    const { trust, own } = joining
    return arrive(joining, async (arrival) => {
      const conversation = () => new Conversation({ ...arrival, trust, lead: arrival.host.index })
      if (PERSON_SIDE.has(arrival.me.role)) {
        await aloneWithCounsellor(trust, arrival)
        const hers = conversation()
        hers.in.set(arrival.host.id, 0)
        return hers
      }
      const purpose = await agreedTo(trust, own, arrival)
      const joined = conversation()
      if (purpose === "handover") joined.expectHandover(arrival.host.index, joined.me)
      return joined
    })
  }

  /**
   * Ask her whether this colleague may come. The question carries the whole key package.
   *
   * @param {"handover" | "company"} purpose
   * @param {Uint8Array} keyPackage - as it came from the colleague's page
   * @returns {Promise<Uint8Array>} the envelope
   */
  ask(purpose, keyPackage) {
    return this.send("ask", cat(u8(PURPOSES.indexOf(purpose)), keyPackage))
  }

  /**
   * Add the one she has said yes to. The Welcome may leave only after the server has taken the commit: on a lost Add it
   * would put the newcomer on a fork.
   *
   * @param {Uint8Array} bytes - the key package that was asked about
   */
  async add(bytes) {
    const { keyPackage } = unwrap(bytes, "mls_key_package")
    const yes = this.consents.get(hex(await makeKeyPackageRef(keyPackage, this.trust.suite.hash)))
    need(yes, "add-without-consent")
    const said = { extensionType: CONSENT_EXTENSION, extensionData: yes.bytes }
    return this.commit([{ proposalType: "add", add: { keyPackage } }], { groupInfoExtensions: [said] })
  }

  /** @param {number} removed - leaf of company that goes, or of the counsellor who has handed over */
  remove(removed) {
    return this.commit([{ proposalType: "remove", remove: { removed } }])
  }

  /** Whether new keys are due: after the join, every 20 messages or 5 minutes; never by one who is leaving. */
  updateDue() {
    if (!this.state || this.me !== this.lead || this.handover || this.mine) return false
    const messages = this.#messages() - this.#updated.messages
    return messages >= UPDATE_MESSAGES || this.trust.clock.steady() - this.#updated.at >= UPDATE_SECONDS
  }

  #messages() {
    return [...this.in.values()].reduce((sum, next) => sum + next, this.out)
  }

  update() {
    this.#updated = { messages: this.#messages(), at: this.trust.clock.steady() }
    return super.update()
  }
}

/**
 * Her yes to exactly this key package, asked for by the one who invites, not long ago.
 *
 * @param {Trust} trust
 * @param {Own} own
 * @param {Arrival} arrival
 * @returns {Promise<string>} the purpose
 */
async function agreedTo(trust, own, { state, members, person, host, said }) {
  const { groupId, epoch } = state.groupContext
  need(said.length === 1 && said[0].extensionType === CONSENT_EXTENSION, "no-consent")
  const yes = readConsent(said[0].extensionData)
  await checkConsent({ trust, groupId, members, person }, yes)
  need(same(yes.ref, own.ref), "consent-for-another")
  need(same(yes.asker, host.key), "consent-asked-by-another")
  need(inTime(epoch - 1n, yes.epoch), "consent-old")
  for (const member of members.values()) await trust.mayEnter(member, STAFF_GRACE_SECONDS)
  need(LEADS.has(host.role), "host-role")
  return yes.purpose
}
