/** Key packages: what one shows of oneself to be added to a conversation, and everything that is checked on one. */
import { same } from "../bytes.js"
import { need } from "../refused.js"
import { asText, capabilities, FOREVER, generateKeyPackageWithKey, makeKeyPackageRef, verifyKeyPackage,
  verifyLeafNodeSignatureKeyPackage, wrap } from "./library.js"

/**
 * @typedef {import("./library.js").Suite} Suite
 * @typedef {import("./library.js").Trust} Trust
 * @typedef {import("./library.js").Leaf} Leaf
 * @typedef {import("./library.js").KeyPackage} KeyPackage
 *
 * A key package with its private half, which goes when it has been used: one key package, one conversation.
 * @typedef {{bytes: Uint8Array, ref: Uint8Array, publicPackage: KeyPackage,
 *   privatePackage: import("ts-mls").PrivateKeyPackage | undefined}} Own
 */

/**
 * @param {Suite} suite
 * @param {Uint8Array} identity - PERSON, or a credential with a day certificate
 * @param {{publicKey: Uint8Array, signKey: Uint8Array}} signer
 * @returns {Promise<Own>}
 */
export async function newKeyPackage(suite, identity, signer) {
  const mine = { ...signer, signKey: signer.signKey.slice() } // a conversation wipes its keys at its end: not the day key of the others
  const credential = /** @type {const} */ ({ credentialType: "basic", identity })
  const made = await generateKeyPackageWithKey(credential, capabilities(suite), FOREVER, [], mine, suite)
  return {
    ...made,
    bytes: wrap({ wireformat: "mls_key_package", keyPackage: made.publicPackage }),
    ref: await makeKeyPackageRef(made.publicPackage, suite.hash),
  }
}

/** The private half, once. @param {Own} own */
export function useUp(own) {
  const { privatePackage } = own
  need(privatePackage, "key-package-used")
  own.privatePackage = undefined
  return privatePackage
}

/**
 * All about a leaf that needs no group. Times are not judged here: see Trust.mayEnter.
 *
 * @param {Trust} trust
 * @param {Leaf} leaf
 */
export async function checkLeaf(trust, leaf) {
  const { credential } = leaf
  need(credential.credentialType === "basic", "credential-type")
  need(asText(leaf.capabilities) === asText(capabilities(trust.suite)) && leaf.extensions.length === 0, "leaf-capabilities")
  need(leaf.leafNodeSource !== "key_package" || asText(leaf.lifetime) === asText(FOREVER), "leaf-lifetime")
  return trust.read(credential.identity, leaf.signaturePublicKey)
}

/**
 * All about a key package that needs no group: before she is asked, before it is added, and when an Add comes in.
 *
 * @param {Trust} trust
 * @param {KeyPackage} keyPackage
 */
export async function checkKeyPackage(trust, keyPackage) {
  const { suite } = trust
  const leaf = keyPackage.leafNode
  need(keyPackage.version === "mls10" && keyPackage.cipherSuite === suite.name, "suite")
  const who = await checkLeaf(trust, leaf)
  need(keyPackage.extensions.length === 0 && !same(keyPackage.initKey, leaf.hpkePublicKey), "key-package")
  need(await verifyKeyPackage(keyPackage, suite.signature), "key-package-signature")
  need(await verifyLeafNodeSignatureKeyPackage(leaf, suite.signature), "key-package-signature")
  return who
}
