/**
 * Who may sit in a conversation: root -> issuing key -> day certificate, inside a basic credential of MLS.
 *
 *     struct { opaque key<V>; uint8 kind; uint64 not_before; uint64 not_after; opaque signature<V>; } IssuingCertificate;
 *     struct { opaque key<V>; opaque alias<V>; uint8 role; opaque line<V> lines<V>; uint64 start; uint64 end;
 *              opaque signature<V>; } DayCertificate;
 *     struct { uint16 version = 1; uint8 role;
 *              select (role) { case person: struct {}; default: IssuingCertificate; DayCertificate; } } Credential;
 *
 * The root signs issuing certificates, the issuing key signs day certificates. Times are seconds since 1970.
 */
import { cat, same, text } from "../bytes.js"
import { need, Refused } from "../refused.js"
import { many, Reader, u16, u8 } from "../tls.js"
import { ROLES } from "./roles.js"
import { verify } from "./signed.js"

/** @typedef {import("../suite/suite.js").Suite} Suite */
/**
 * What is signed, and by whom it was.
 * @typedef {{body: Uint8Array, signature: Uint8Array}} Signed
 * @typedef {{key: Uint8Array, kind: number, notBefore: number, notAfter: number} & Signed} Issuing
 * @typedef {{key: Uint8Array, alias: string, role: string, lines: string[], start: number, end: number} & Signed} Day
 *
 * One who has shown a credential; `day` and `issuingKey` are absent for a person.
 * @typedef {{role: string, alias: string, day?: Day, issuingKey?: Uint8Array}} Who
 */

/** The whole credential of a person: it says nothing but that. */
export const PERSON = cat(u16(1), u8(ROLES.indexOf("person")))

/** The kinds of root: a demo's certificates must never pass on a real page, nor the other way round. */
export const REAL = 1
export const DEMO = 2

const BLOCK_SECONDS = 24 * 3600
const ISSUING_SECONDS = 90 * 86400

/**
 * @template Content
 * @param {Reader} reader
 * @param {(reader: Reader) => Content} read
 * @returns {Content & Signed}
 */
export function readSigned(reader, read) {
  const from = reader.at
  const content = read(reader)
  return { ...content, body: reader.bytes.slice(from, reader.at), signature: reader.vec(64) }
}

/** @param {Reader} reader @returns {Issuing} */
export const readIssuing = (reader) =>
  readSigned(reader, (r) => ({ key: r.vec(32), kind: r.small(1), notBefore: r.seconds(), notAfter: r.seconds() }))

/** @param {Reader} reader @returns {Day} */
const readDay = (reader) =>
  readSigned(reader, (r) => ({
    key: r.vec(32),
    alias: text(r.vec(64)),
    role: ROLES[r.small(1)],
    lines: many(r.vec(512), (line) => text(line.vec(32))),
    start: r.seconds(),
    end: r.seconds(),
  }))

/** @param {Uint8Array} identity @returns {{role: string, issuing?: Issuing, day?: Day}} */
function parse(identity) {
  try {
    const reader = new Reader(identity)
    need(reader.small(2) === 1, "credential-version")
    const role = ROLES[reader.small(1)]
    const chain = role === "person" ? {} : { issuing: readIssuing(reader), day: readDay(reader) }
    reader.end()
    return { role, ...chain }
  } catch (cause) {
    throw cause instanceof Refused ? cause : new Refused("credential-malformed", { cause })
  }
}

/**
 * An issuing certificate that this root has signed, of the kind that this page takes.
 *
 * @param {Suite} suite
 * @param {{key: Uint8Array, demo: boolean}} root
 * @param {Issuing} issuing
 * @param {string} rogue - the code for one that the root has not signed
 */
export async function checkIssuing(suite, root, issuing, rogue) {
  need(await verify(suite, root.key, "issuing key", issuing), rogue)
  need(root.demo || issuing.kind === REAL, "demo-root")
  need(!root.demo || issuing.kind === DEMO, "real-root")
  need(issuing.notAfter - issuing.notBefore <= ISSUING_SECONDS, "certificate-too-long")
}

/**
 * Shape, chain and key: all about a credential that never changes with time.
 *
 * @param {Suite} suite
 * @param {{key: Uint8Array, demo: boolean}} root
 * @param {Uint8Array} identity
 * @param {Uint8Array} key - the signature key of the leaf that shows it
 * @returns {Promise<Who>}
 * @throws {Refused} naming what does not hold
 */
export async function readCredential(suite, root, identity, key) {
  const { role, issuing, day } = parse(identity)
  if (!issuing || !day) return { role, alias: "" }
  need(role && role !== "person" && role === day.role, "credential-role")
  await checkIssuing(suite, root, issuing, "rogue-root")
  need(await verify(suite, issuing.key, "day certificate", day), "rogue-issuer")
  need(same(day.key, key), "stolen-certificate")
  need(day.start < day.end && day.end - day.start <= BLOCK_SECONDS, "certificate-too-long")
  need(day.start >= issuing.notBefore && day.end <= issuing.notAfter, "outside-issuing-key")
  return { role, alias: day.alias, day, issuingKey: issuing.key }
}
