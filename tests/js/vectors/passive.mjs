// Official MLS vectors of a member who only listens, from her Welcome on. The modules and the options are the pages' own;
// only the authentication service is another: nobody in these files has a certificate. Source: RFC 9420, sections 11 and 12.
import { bytesToBase64, decodeMlsMessage, makePskIndex, processMessage } from "ts-mls"
import { decodeRatchetTree } from "ts-mls/ratchetTree.js"
import { configuration, joinGroupWithExtensions } from "../../../static/shared/mls/library.js"
import { belongTogether, check, decoded, equal, signTogether, unhex } from "./tools.mjs"

const EVERYBODY = { authService: () => ({ validateCredential: async () => true }) }

export async function passiveMember(vector, suite) {
  const psks = Object.fromEntries(vector.external_psks.map(({ psk_id, psk }) => [bytesToBase64(unhex(psk_id)), unhex(psk)]))
  let state = await join(vector, makePskIndex(undefined, psks), suite)
  equal(state.keySchedule.epochAuthenticator, vector.initial_epoch_authenticator, "first epoch")
  for (const [epoch, { proposals, commit, epoch_authenticator: expected }] of vector.epochs.entries()) {
    for (const message of [...proposals, commit]) state = await processed(message, state, makePskIndex(state, psks), suite)
    equal(state.keySchedule.epochAuthenticator, expected, `epoch ${epoch}`)
  }
}

async function join(vector, psks, suite) {
  const { keyPackage } = decoded(decodeMlsMessage, vector.key_package, "key package")
  const { welcome } = decoded(decodeMlsMessage, vector.welcome, "Welcome")
  const keys = {
    initPrivateKey: unhex(vector.init_priv),
    hpkePrivateKey: unhex(vector.encryption_priv),
    signaturePrivateKey: unhex(vector.signature_priv),
  }
  const { initKey, leafNode } = keyPackage
  check(await belongTogether(keys.initPrivateKey, initKey, suite), "init key")
  check(await belongTogether(keys.hpkePrivateKey, leafNode.hpkePublicKey, suite), "encryption key")
  check(await signTogether(keys.signaturePrivateKey, leafNode.signaturePublicKey, suite), "signature key")
  const tree = vector.ratchet_tree ? decoded(decodeRatchetTree, vector.ratchet_tree, "tree") : undefined
  const [state] = await joinGroupWithExtensions(welcome, keyPackage, keys, psks, suite, tree, undefined, configuration(EVERYBODY))
  return state
}

async function processed(text, state, psks, suite) {
  const message = decoded(decodeMlsMessage, text, "message")
  const result = await processMessage(message, state, psks, () => "accept", suite)
  check(result.kind === "newState", "a handshake message")
  return result.newState
}
