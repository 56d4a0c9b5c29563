/**
 * ts-mls 1.6.4 as this project sets it up: one suite, one kind of leaf, our own authentication service always.
 *
 * Every deep import is here. They are in the package's export map but not in its index: what the public calls hide is
 * the sender of a text, the path of a commit and the GroupInfo of a Welcome. Source: RFC 9420.
 */
import { decodeMlsMessage, defaultKeyPackageEqualityConfig, encodeMlsMessage } from "ts-mls"
import { hex } from "../bytes.js"
import { need, Refused } from "../refused.js"

export { createApplicationMessage, createCommit, createGroup, emptyPskIndex, generateKeyPackageWithKey, joinGroupWithExtensions,
  processPrivateMessage } from "ts-mls"
export { makeKeyPackageRef, verifyKeyPackage } from "ts-mls/keyPackage.js"
export { verifyLeafNodeSignatureKeyPackage } from "ts-mls/leafNode.js"
export { unprotectPrivateMessage } from "ts-mls/messageProtection.js"
export { decryptGroupInfo, decryptGroupSecrets } from "ts-mls/welcome.js"

/**
 * @typedef {import("ts-mls").ClientState} State
 * @typedef {import("ts-mls").LeafNode} Leaf
 * @typedef {import("ts-mls").KeyPackage} KeyPackage
 * @typedef {import("../suite/suite.js").Suite} Suite
 * @typedef {import("../credential/trust.js").Trust} Trust
 */

/** With six leaves ts-mls can refuse an honest Welcome (unmerged leaves at two heights). */
export const MAX_LEAVES = 5

/** The lifetime of every leaf: a certificate has its own times, and a second set would only tell pages apart. */
export const FOREVER = { notBefore: 0n, notAfter: 2n ** 64n - 1n }

const MAX_MESSAGE_BYTES = 65536

/** What every leaf can do, to the letter: the library's own default is random, so it would tell pages apart. @param {Suite} suite */
export const capabilities = (suite) => /** @type {import("ts-mls").Capabilities} */ (
  { versions: ["mls10"], ciphersuites: [suite.name], extensions: [], proposals: [], credentials: ["basic"] })

/** Our framing has padded texts already; only commits are padded by the library. */
const UNPADDED = /** @type {const} */ ({ kind: "alwaysPad", paddingLength: 0 })

/**
 * @param {Trust} trust
 * @param {import("ts-mls").PaddingConfig} [paddingConfig]
 * @returns {import("ts-mls").ClientConfig}
 */
export const configuration = (trust, paddingConfig = UNPADDED) => ({
  authService: trust.authService(), // the library's own accepts everybody
  keyRetentionConfig: {
    retainKeysForGenerations: 32,
    retainKeysForEpochs: 1, // 0 would keep every epoch for ever
    maximumForwardRatchetSteps: 200,
  },
  lifetimeConfig: { maximumTotalLifetime: FOREVER.notAfter, validateLifetimeOnReceive: false },
  keyPackageEqualityConfig: defaultKeyPackageEqualityConfig,
  paddingConfig,
})

/** @param {any} content - `{wireformat, ...}` @returns {Uint8Array} */
export const wrap = (content) => encodeMlsMessage({ version: "mls10", ...content })

/**
 * One message of exactly this kind, to its last byte.
 *
 * @template {import("ts-mls").MLSMessage["wireformat"]} Kind
 * @param {Uint8Array} bytes
 * @param {Kind} wireformat
 * @returns {Extract<import("ts-mls").MLSMessage, {wireformat: Kind}>}
 * @throws {Refused}
 */
export function unwrap(bytes, wireformat) {
  need(bytes.length <= MAX_MESSAGE_BYTES, "too-long")
  let decoded
  try {
    decoded = decodeMlsMessage(bytes, 0)
  } catch (cause) {
    throw new Refused("malformed", { cause })
  }
  need(decoded && decoded[1] === bytes.length, "malformed")
  need(decoded[0].wireformat === wireformat, `wire-format ${decoded[0].wireformat}`)
  return /** @type {any} */ (decoded[0])
}

/** @param {{ratchetTree: State["ratchetTree"]}} state @param {number} index @returns {Leaf | undefined} */
export function leafAt(state, index) {
  const node = state.ratchetTree[2 * index]
  return node?.nodeType === "leaf" ? node.leaf : undefined
}

/** Every leaf with its index, from left to right. @param {State} state @returns {[number, Leaf][]} */
export const leavesOf = (state) =>
  state.ratchetTree.flatMap((node, at) => (node?.nodeType === "leaf" ? [/** @type {[number, Leaf]} */ ([at / 2, node.leaf])] : []))

/** @param {unknown} value */
export const asText = (value) => JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part}n` : part))

/** All of a leaf that may never change, as one string: not its HPKE key, its source and its signature. @param {Leaf} leaf */
export function fixedPart({ signaturePublicKey, credential, capabilities: able, extensions }) {
  const identity = credential.credentialType === "basic" ? hex(credential.identity) : asText(credential)
  return `${hex(signaturePublicKey)} ${credential.credentialType} ${identity} ${asText(able)} ${asText(extensions)}`
}
