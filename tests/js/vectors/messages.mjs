// Official MLS vectors about messages on their way: their keys, their protection, a Welcome. Source: RFC 9420, sections 6, 9 and 12.4.3.1.
import { decodeMlsMessage } from "ts-mls"
import { encodeCommit } from "ts-mls/commit.js"
import { verifyGroupInfoConfirmationTag, verifyGroupInfoSignature } from "ts-mls/groupInfo.js"
import { makeKeyPackageRef } from "ts-mls/keyPackage.js"
import { protect, protectApplicationData, protectProposal, unprotectPrivateMessage } from "ts-mls/messageProtection.js"
import { protectProposalPublic, protectPublicMessage, unprotectPublicMessage } from "ts-mls/messageProtectionPublic.js"
import { decodeProposal, encodeProposal } from "ts-mls/proposal.js"
import { createSecretTree, deriveKey, deriveNonce, ratchetUntil } from "ts-mls/secretTree.js"
import { expandSenderDataKey, expandSenderDataNonce } from "ts-mls/sender.js"
import { decryptGroupInfo, decryptGroupSecrets } from "ts-mls/welcome.js"
import { check, context, decoded, equal, hex, unhex } from "./tools.mjs"

const RETENTION = { retainKeysForGenerations: 32, retainKeysForEpochs: 1, maximumForwardRatchetSteps: 200 }
const UNPADDED = { kind: "alwaysPad", paddingLength: 0 }
const NONE = new Uint8Array()
const SENDER = 1

export async function secretTree({ sender_data: data, encryption_secret: secret, leaves }, suite) {
  const [from, sample] = [unhex(data.sender_data_secret), unhex(data.ciphertext)]
  equal(await expandSenderDataKey(suite, from, sample), data.key, "key of the sender data")
  equal(await expandSenderDataNonce(suite, from, sample), data.nonce, "nonce of the sender data")
  const tree = await createSecretTree(leaves.length, unhex(secret), suite.kdf)
  for (const [leaf, generations] of leaves.entries()) {
    for (const expected of generations) await ratchets(tree[2 * leaf], expected, suite)
  }
}

async function ratchets(node, expected, suite) {
  for (const kind of ["handshake", "application"]) {
    const far = { ...RETENTION, maximumForwardRatchetSteps: expected.generation }
    const [{ secret }] = await ratchetUntil(node[kind], expected.generation, far, suite.kdf)
    equal(await deriveKey(secret, expected.generation, suite), expected[`${kind}_key`], `${kind} key ${expected.generation}`)
    equal(await deriveNonce(secret, expected.generation, suite), expected[`${kind}_nonce`], `${kind} nonce ${expected.generation}`)
  }
}

/** The group of the vector: two members, of whom the second speaks. */
async function group(vector, suite) {
  return {
    suite,
    about: context(vector),
    senderData: unhex(vector.sender_data_secret),
    membership: unhex(vector.membership_key),
    signKey: unhex(vector.signature_priv),
    publicKey: unhex(vector.signature_pub),
    tree: await createSecretTree(2, unhex(vector.encryption_secret), suite.kdf),
  }
}

const message = (text, wireformat) => {
  const found = decoded(decodeMlsMessage, text, wireformat)
  check(found.wireformat === wireformat, `${wireformat} expected`)
  return found
}

const openPrivate = async ({ senderData, tree, about, suite, publicKey }, privateMessage) =>
  (await unprotectPrivateMessage(senderData, privateMessage, tree, [], about, RETENTION, suite, publicKey)).content

const openPublic = ({ membership, about, suite, publicKey }, publicMessage) =>
  unprotectPublicMessage(membership, about, [], publicMessage, suite, publicKey)

export async function messageProtection(vector, suite) {
  const members = await group(vector, suite)
  const theirs = (name) => openPrivate(members, message(vector[`${name}_priv`], "mls_private_message").privateMessage)
  const shown = (name) => openPublic(members, message(vector[`${name}_pub`], "mls_public_message").publicMessage)
  check(hex(encodeProposal((await theirs("proposal")).content.proposal)) === vector.proposal, "private proposal")
  check(hex(encodeProposal((await shown("proposal")).content.proposal)) === vector.proposal, "public proposal")
  check(hex(encodeCommit((await theirs("commit")).content.commit)) === vector.commit, "private commit")
  check(hex(encodeCommit((await shown("commit")).content.commit)) === vector.commit, "public commit")
  equal((await theirs("application")).content.applicationData, vector.application, "private text")
  await ours(vector, members, { sealed: await theirs("commit"), open: await shown("commit") })
}

/** What we protect ourselves is read back. A commit's tags are part of it: theirs are used again. */
async function ours(vector, members, commit) {
  const { suite, about, senderData, membership, signKey, tree } = members
  const proposal = decoded(decodeProposal, vector.proposal, "proposal")
  const sealed = await protectProposal(signKey, senderData, proposal, NONE, about, tree, SENDER, UNPADDED, suite)
  check(hex(encodeProposal((await openPrivate(members, sealed.privateMessage)).content.proposal)) === vector.proposal, "our private proposal")
  const open = await protectProposalPublic(signKey, membership, about, NONE, proposal, SENDER, suite)
  check(hex(encodeProposal((await openPublic(members, open.publicMessage)).content.proposal)) === vector.proposal, "our public proposal")
  const text = await protectApplicationData(signKey, senderData, unhex(vector.application), NONE, about, tree, SENDER, UNPADDED, suite)
  equal((await openPrivate(members, text.privateMessage)).content.applicationData, vector.application, "our private text")
  const content = { ...commit.sealed.content, auth: commit.sealed.auth }
  const again = await protect(senderData, NONE, about, tree, content, SENDER, UNPADDED, suite)
  check(hex(encodeCommit((await openPrivate(members, again.privateMessage)).content.commit)) === vector.commit, "our private commit")
  const shown = await protectPublicMessage(membership, about, commit.open, suite)
  check(hex(encodeCommit((await openPublic(members, shown)).content.commit)) === vector.commit, "our public commit")
}

export async function welcome(vector, suite) {
  const { keyPackage } = message(vector.key_package, "mls_key_package")
  const { welcome: letter } = message(vector.welcome, "mls_welcome")
  const ref = await makeKeyPackageRef(keyPackage, suite.hash)
  const secrets = await decryptGroupSecrets(await suite.hpke.importPrivateKey(unhex(vector.init_priv)), ref, letter, suite.hpke)
  check(secrets !== undefined, "group secrets")
  const noPsk = new Uint8Array(suite.kdf.size)
  const info = await decryptGroupInfo(letter, secrets.joinerSecret, noPsk, suite)
  check(info !== undefined, "group info")
  check(await verifyGroupInfoSignature(info, unhex(vector.signer_pub), suite.signature), "signature of the group info")
  check(await verifyGroupInfoConfirmationTag(info, secrets.joinerSecret, noPsk, suite), "confirmation tag")
}
