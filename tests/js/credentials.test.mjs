// The vector file that pages and the organisation's command line share: both read it alike, and write it byte for byte.
import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { describe, test } from "node:test"
import { hex, utf8 } from "../../static/shared/bytes.js"
import { DEMO, PERSON, readCredential, REAL } from "../../static/shared/credential/chain.js"
import { credential, dayCertificate, issuingCertificate, revocationList } from "../../static/shared/credential/issue.js"
import { sign, verify } from "../../static/shared/credential/signed.js"
import { Trust } from "../../static/shared/credential/trust.js"
import { webcrypto } from "../../static/shared/suite/webcrypto.js"
import { keygen, organisation, suite } from "./world.mjs"

const vectors = JSON.parse(readFileSync(new URL("../vectors/credentials.json", import.meta.url), "utf8"))
const unhex = (string) => Uint8Array.from(Buffer.from(string, "hex"))
const trustOf = ({ root, demo, page, server, lowest_counter: lowestCounter, line = "adults" }, at = {}) => {
  const clock = { page: () => at.page ?? page, server: () => ("server" in at ? at.server : (server ?? undefined)), steady: () => 0 }
  return new Trust({ suite, root: unhex(root), line, lowestCounter, demo, clock })
}
const outcome = (promise) => promise.then(() => null, ({ code }) => code)

describe("a credential is read as the organisation's command line reads it", () => {
  for (const { name, root, demo, credential: identity, leaf_key: key, expect, refused } of vectors.credentials) {
    test(name, async () => {
      const read = readCredential(suite, { key: unhex(root), demo }, unhex(identity), unhex(key))
      if (refused) return assert.rejects(read, { code: refused })
      const { role, alias, day } = await read
      assert.deepEqual(day ? { role, alias, lines: day.lines, start: day.start, end: day.end } : { role }, expect)
    })
  }
})

describe("revocation lists are taken as the organisation's command line takes them", () => {
  for (const vector of vectors.revocation_lists) {
    test(vector.name, async () => {
      const trust = trustOf(vector)
      const lists = vector.lists.map((name) => unhex(vectors.lists[name]))
      for (const list of lists.slice(0, -1)) await trust.useRevocationList(list)
      assert.equal(await outcome(trust.useRevocationList(lists.at(-1))), vector.refused)
    })
  }
})

describe("one enters as the organisation's command line says", () => {
  for (const vector of vectors.entries) {
    test(vector.name, async () => {
      const at = { page: vector.list_page, server: vector.list_page }
      const trust = trustOf(vector, at)
      if (vector.list) await trust.useRevocationList(unhex(vectors.lists[vector.list]))
      trust.clock = trustOf(vector).clock
      const who = await trust.read(unhex(vector.credential), unhex(vector.leaf_key))
      assert.equal(await outcome(trust.mayEnter(who)), vector.refused)
    })
  }
})

describe("what we write is what the organisation's command line writes, byte for byte", () => {
  const [HOUR, DAY, MIDNIGHT] = [3600, 86400, Date.UTC(2026, 2, 9) / 1000]
  const seed = (string) => new Uint8Array(createHash("sha256").update(string).digest())
  const secret = (name) => seed(`helpline vectors: ${name}`)
  const publicOf = (name) => webcrypto.ed25519.publicOf(secret(name))
  const issuing = async (root = "real root", kind = REAL, more = {}) => issuingCertificate(suite, secret(root),
    { key: await publicOf("issuing key"), kind, notBefore: MIDNIGHT - 30 * DAY, notAfter: MIDNIGHT + 60 * DAY, ...more })
  const day = async (more = {}) => dayCertificate(suite, secret("issuing key"),
    { key: await publicOf("day key"), alias: "Inès", role: "peer", lines: ["adults"], start: MIDNIGHT, end: MIDNIGHT + DAY, ...more })
  const named = (name) => vectors.credentials.find((vector) => vector.name === name).credential

  test("credentials", async () => {
    assert.equal(hex(PERSON), named("a person"))
    for (const role of ["peer", "psychologist", "volunteer", "supervisor", "interpreter", "gateway", "probe"]) {
      assert.equal(hex(credential(role, await issuing(), await day({ role }))), named(`a ${role}`))
    }
    assert.equal(hex(credential("peer", await issuing(), await day({ lines: ["adults", "youth"] }))), named("two lines"))
    const long = { alias: "é".repeat(32) }
    assert.equal(hex(credential("peer", await issuing(), await day(long))), named("an alias of 64 bytes: a length of two bytes"))
    const demos = credential("peer", await issuing("demo root", DEMO), await day())
    assert.equal(hex(demos), named("a demo's credential in a demo"))
  })

  test("revocation lists", async () => {
    const by = await issuing()
    const list = async (name, { signer = "issuing key", counter = 7, revoked = [], ...more }) => {
      let count = 0
      return hex(await revocationList(suite, secret(signer), {
        counter,
        issued: MIDNIGHT + 11 * HOUR,
        hashes: await Promise.all(revoked.map(async (key) => suite.hash.digest(await publicOf(key)))),
        random: () => seed(`${name} ${count++}`),
        ...more,
      }))
    }
    assert.equal(await list("plain", { by }), vectors.lists.plain)
    assert.equal(await list("by the root", { signer: "real root" }), vectors.lists["by the root"])
    assert.equal(await list("at the highest counter", { by, counter: 2 ** 53 - 1 }), vectors.lists["at the highest counter"])
    const gone = Array.from({ length: 65 }, (_, n) => `gone ${n}`)
    assert.equal(await list("sixty-five revoked", { by, revoked: gone }), vectors.lists["sixty-five revoked"])
    const byRoot = { signer: "real root", counter: 3, revoked: ["issuing key"] }
    assert.equal(await list("issuing key revoked by the root", byRoot), vectors.lists["issuing key revoked by the root"])
  })
})

test("every byte of a chain is covered: nothing in it can be changed or left out", async () => {
  const org = await organisation()
  const { identity, signer } = await org.certify("peer", "Ana", { lines: ["adults", "youth"] })
  const root = { key: org.root.publicKey, demo: false }
  const read = (bytes) => readCredential(suite, root, bytes, signer.publicKey)
  assert.deepEqual((await read(identity)).day.lines, ["adults", "youth"])
  for (let at = 0; at < identity.length; at++) {
    const changed = identity.slice()
    changed[at] ^= 1
    await assert.rejects(read(changed))
    await assert.rejects(read(identity.slice(0, at)))
  }
})

test("every byte of a revocation list is covered", async () => {
  const org = await organisation()
  const list = await org.list()
  for (let at = 0; at < list.length; at += 7) {
    const changed = list.slice()
    changed[at] ^= 1
    await assert.rejects(org.trust({ list: changed }), (error) => typeof error.code === "string")
  }
})

test("a certificate signed for one purpose does not pass for another", async () => {
  const org = await organisation()
  const signer = await keygen()
  const body = utf8("anything")
  const signed = await sign(suite, signer.signKey, "consent", body)
  const signature = signed.slice(body.length + 2)
  assert.ok(await verify(suite, signer.publicKey, "consent", { body, signature }))
  assert.ok(!(await verify(suite, signer.publicKey, "day certificate", { body, signature })))
  assert.ok(!(await verify(suite, org.root.publicKey, "consent", { body, signature })))
})
