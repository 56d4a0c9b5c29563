// An organisation, its staff, a person, and the honest scene that every attack starts from.
import assert from "node:assert/strict"
import { Conversation } from "../../static/shared/mls/conversation.js"
import { HerConversation } from "../../static/shared/mls/hers.js"
import { newKeyPackage } from "../../static/shared/mls/keypackage.js"
import { DEMO, PERSON, REAL } from "../../static/shared/credential/chain.js"
import { credential, dayCertificate, issuingCertificate, revocationList } from "../../static/shared/credential/issue.js"
import { Trust } from "../../static/shared/credential/trust.js"
import { suiteOf } from "../../static/shared/suite/suite.js"
import { webcrypto } from "../../static/shared/suite/webcrypto.js"

export const suite = suiteOf(webcrypto)
export const HOUR = 3600
export const DAY = 24 * HOUR
export const NOW = 1_800_000_000

export const keygen = () => suite.signature.keygen()
export const randomId = () => suite.rng.randomBytes(16)
export const hashOf = (key) => suite.hash.digest(key)
export const said = ({ body }) => new TextDecoder().decode(body)

/** The steady clock of every page here, moved by hand. */
export const clock = { steady: 0 }

/** One installation: a root, an issuing key, and what they sign. */
export class Organisation {
  static async make({ kind = REAL } = {}) {
    const organisation = new Organisation()
    const [root, issuer] = [await keygen(), await keygen()]
    Object.assign(organisation, { root, issuer, kind })
    organisation.issuing = await organisation.issue(issuer.publicKey)
    return organisation
  }

  issue(key, { notBefore = NOW - 10 * DAY, notAfter = NOW + 80 * DAY, kind = this.kind, root = this.root } = {}) {
    return issuingCertificate(suite, root.signKey, { key, kind, notBefore, notAfter })
  }

  /** A list by the issuing key, or by the root where `root` says so. */
  async list({ keys = [], counter = 7, issued = NOW - DAY, root = false, issuer = this.issuer, by = this.issuing } = {}) {
    const hashes = await Promise.all(keys.map(hashOf))
    return root
      ? revocationList(suite, this.root.signKey, { counter, issued, hashes })
      : revocationList(suite, issuer.signKey, { counter, issued, hashes, by })
  }

  /** A day certificate in a credential, and the key it belongs to. */
  async certify(role, alias, { signer, certified, issuer = this.issuer, issuing = this.issuing, claim = role, ...block } = {}) {
    const mine = signer ?? (await keygen())
    const day = await dayCertificate(suite, issuer.signKey, {
      key: certified ?? mine.publicKey, alias, role, lines: ["adults"], start: NOW - 4 * HOUR, end: NOW + 4 * HOUR, ...block })
    return { signer: mine, identity: credential(claim, issuing, day) }
  }

  async staff(role, alias, options) {
    const { signer, identity } = await this.certify(role, alias, options)
    return newKeyPackage(suite, identity, signer)
  }

  /** What a page of this organisation trusts. `list: null`: the server has withheld it. */
  async trust({ page = NOW, list, root = this.root.publicKey, line = "adults", demo = this.kind === DEMO, lowestCounter = 3, ...options } = {}) {
    const server = "server" in options ? options.server : NOW
    const trust = new Trust({ suite, root, line, lowestCounter, demo,
      clock: { page: () => page, server: () => server, steady: () => clock.steady } })
    if (list !== null) await trust.useRevocationList(list ?? (await this.list()))
    return trust
  }
}

export const organisation = (options) => Organisation.make(options)
export const person = async () => newKeyPackage(suite, PERSON, await keygen())

/** Her page: what she writes stays in `drafts` until it may leave; `sent` is all that the server ever gets of her words. */
export class Page {
  drafts = []
  sent = []

  async write(text) {
    this.drafts.push(text)
    return this.flush()
  }

  async flush() {
    while (this.drafts.length && this.conversation) {
      this.sent.push(await this.conversation.send("text", this.drafts[0]))
      this.drafts.shift()
    }
    return this.sent.at(-1)
  }
}

/** A conversation of Ana, a psychologist, and a person, with a word each way. */
export async function scene({ org, trustOfHers } = {}) {
  clock.steady = 0
  org ??= await organisation()
  const own = { A: await org.staff("psychologist", "Ana"), P: await person() }
  const { conversation: a, welcome } = await Conversation.open({ trust: await org.trust(), own: own.A, person: own.P.bytes })
  const p = await HerConversation.join({ trust: await org.trust(trustOfHers), own: own.P, welcome })
  const page = new Page()
  page.conversation = p
  await a.receive(await page.write("hello"))
  await p.receive(await a.send("text", "hello"))
  return { org, own, a, p, page, welcome }
}

/** A new key package for a colleague; A asks, and she says yes. */
export async function consented(s, role, alias, purpose, options) {
  const colleague = await s.org.staff(role, alias, options)
  const asked = await s.p.receive(await s.a.ask(purpose, colleague.bytes))
  assert.equal(asked.refused, undefined)
  await s.a.receive(await s.p.yes(asked.ref))
  return colleague
}

/** A adds, she is told, and the newcomer joins. */
export async function added(s, colleague) {
  const { commit, welcome } = await s.a.add(colleague.bytes)
  await s.a.confirmed()
  await s.p.receive(commit)
  return Conversation.join({ trust: await s.org.trust(), own: colleague, welcome })
}

/** `who` commits something, the server takes it, and the others are told. */
export async function committed(who, act, ...others) {
  const made = await act(who)
  await who.confirmed()
  for (const other of others) await other.receive(made.commit)
  return made
}

/** Bea, a peer, has been added for a handover and has not removed Ana yet. */
export async function midHandover(options) {
  const s = await scene(options)
  const colleague = await consented(s, "peer", "Bea", "handover")
  return { ...s, b: await added(s, colleague), colleague }
}
