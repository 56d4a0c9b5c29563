// Official MLS vectors without a tree of members: numbers, labels, secrets, hashes. Source: RFC 9420, sections 5, 8, 9 and appendix C.
import { decodeAuthenticatedContent } from "ts-mls/authenticatedContent.js"
import { determineLength } from "ts-mls/codec/variableLength.js"
import { refhash } from "ts-mls/crypto/hash.js"
import { decryptWithLabel, encryptWithLabel } from "ts-mls/crypto/hpke.js"
import { deriveSecret, deriveTreeSecret, expandWithLabel } from "ts-mls/crypto/kdf.js"
import { signWithLabel, verifyWithLabel } from "ts-mls/crypto/signature.js"
import { decodeGroupContext, encodeGroupContext } from "ts-mls/groupContext.js"
import { initializeEpoch, mlsExporter } from "ts-mls/keySchedule.js"
import { computePskSecret } from "ts-mls/presharedkey.js"
import { createConfirmedHash, createInterimHash } from "ts-mls/transcriptHash.js"
import { left, nodeWidth, parent, right, root, sibling } from "ts-mls/treemath.js"
import { check, context, decoded, equal, hex, unhex } from "./tools.mjs"

export function treeMath({ n_leaves: leaves, n_nodes: nodes, ...expected }) {
  check(nodeWidth(leaves) === nodes, "number of nodes")
  check(root(leaves) === expected.root, "root")
  const found = { left, right, parent: (node) => parent(node, leaves), sibling: (node) => sibling(node, leaves) }
  for (const [name, find] of Object.entries(found)) {
    for (const [node, other] of expected[name].entries()) {
      if (other !== null) check(find(node) === other, `${name} of node ${node}`)
      else check(hasNone(() => find(node)), `${name} of node ${node}: there is none`)
    }
  }
}

/** The library throws where there is no such node. */
function hasNone(find) {
  try {
    return find() === undefined
  } catch {
    return true
  }
}

export function deserialization({ vlbytes_header: header, length }) {
  const found = determineLength(unhex(header))
  check(found.length === length && found.lengthFieldSize === header.length / 2, "length of a vector")
}

export async function cryptoBasics(vector, suite) {
  await labels(vector, suite)
  await signature(vector.sign_with_label, suite)
  await encryption(vector.encrypt_with_label, suite)
}

async function labels({ ref_hash: ref, expand_with_label: expand, derive_secret: derive, derive_tree_secret: tree }, { hash, kdf }) {
  equal(await refhash(ref.label, unhex(ref.value), hash), ref.out, "RefHash")
  equal(await expandWithLabel(unhex(expand.secret), expand.label, unhex(expand.context), expand.length, kdf), expand.out, "ExpandWithLabel")
  equal(await deriveSecret(unhex(derive.secret), derive.label, kdf), derive.out, "DeriveSecret")
  equal(await deriveTreeSecret(unhex(tree.secret), tree.label, tree.generation, tree.length, kdf), tree.out, "DeriveTreeSecret")
}

async function signature({ priv, pub, content, label, signature: given }, suite) {
  const verify = (bytes) => verifyWithLabel(unhex(pub), label, unhex(content), bytes, suite.signature)
  check(await verify(unhex(given)), "their signature")
  check(await verify(await signWithLabel(unhex(priv), label, unhex(content), suite.signature)), "our signature")
}

async function encryption({ priv, pub, label, context: about, plaintext, kem_output: kem, ciphertext }, { hpke }) {
  const key = await hpke.importPrivateKey(unhex(priv))
  const open = (enc, ct) => decryptWithLabel(key, label, unhex(about), enc, ct, hpke)
  equal(await open(unhex(kem), unhex(ciphertext)), plaintext, "their ciphertext")
  const { enc, ct } = await encryptWithLabel(await hpke.importPublicKey(unhex(pub)), label, unhex(about), unhex(plaintext), hpke)
  equal(await open(enc, ct), plaintext, "our ciphertext")
}

export async function keySchedule({ group_id, initial_init_secret: initial, epochs }, suite) {
  let init = unhex(initial)
  for (const [epoch, expected] of epochs.entries()) {
    const about = context({ ...expected, group_id, epoch })
    check(hex(encodeGroupContext(about)) === expected.group_context, "group context")
    decoded(decodeGroupContext, expected.group_context, "group context")
    const made = await initializeEpoch(init, unhex(expected.commit_secret), about, unhex(expected.psk_secret), suite.kdf)
    await secrets(made, expected, suite)
    init = made.keySchedule.initSecret
  }
}

async function secrets({ keySchedule: schedule, ...made }, expected, suite) {
  equal(made.joinerSecret, expected.joiner_secret, "joiner secret")
  equal(made.welcomeSecret, expected.welcome_secret, "welcome secret")
  equal(made.encryptionSecret, expected.encryption_secret, "encryption secret")
  equal(schedule.initSecret, expected.init_secret, "init secret")
  equal(schedule.senderDataSecret, expected.sender_data_secret, "sender data secret")
  equal(schedule.exporterSecret, expected.exporter_secret, "exporter secret")
  equal(schedule.epochAuthenticator, expected.epoch_authenticator, "epoch authenticator")
  equal(schedule.externalSecret, expected.external_secret, "external secret")
  equal(schedule.confirmationKey, expected.confirmation_key, "confirmation key")
  equal(schedule.membershipKey, expected.membership_key, "membership key")
  equal(schedule.resumptionPsk, expected.resumption_psk, "resumption key")
  const { publicKey } = await suite.hpke.deriveKeyPair(schedule.externalSecret)
  equal(await suite.hpke.exportPublicKey(publicKey), expected.external_pub, "external key")
  const { label, context: about, length, secret } = expected.exporter
  equal(await mlsExporter(schedule.exporterSecret, label, unhex(about), length, suite), secret, "exported secret")
}

export async function pskSecret({ psks, psk_secret: expected }, suite) {
  const named = psks.map(({ psk_id, psk, psk_nonce }) => [{ psktype: "external", pskId: unhex(psk_id), pskNonce: unhex(psk_nonce) }, unhex(psk)])
  equal(await computePskSecret(named, suite), expected, "secret of the pre-shared keys")
}

export async function transcriptHashes(vector, suite) {
  const { wireformat, content, auth } = decoded(decodeAuthenticatedContent, vector.authenticated_content, "authenticated content")
  const before = unhex(vector.interim_transcript_hash_before)
  const confirmed = await createConfirmedHash(before, { wireformat, content, signature: auth.signature }, suite.hash)
  equal(confirmed, vector.confirmed_transcript_hash_after, "confirmed transcript hash")
  check(await suite.hash.verifyMac(unhex(vector.confirmation_key), auth.confirmationTag, confirmed), "confirmation tag")
  equal(await createInterimHash(confirmed, auth.confirmationTag, suite.hash), vector.interim_transcript_hash_after, "interim transcript hash")
}
