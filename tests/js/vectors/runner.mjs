// Runs every vector for our cipher suite over one implementation of it, and counts. Knows nothing of Node or of a browser.
import { suiteOf } from "../../../static/shared/suite/suite.js"
import { cryptoBasics, deserialization, keySchedule, pskSecret, transcriptHashes, treeMath } from "./basics.mjs"
import { messageProtection, secretTree, welcome } from "./messages.mjs"
import { passiveMember } from "./passive.mjs"
import { treeKem, treeOperations, treeValidation } from "./trees.mjs"
import { aesGcm, ed25519, hkdf, hmac, x25519 } from "./wycheproof.mjs"

const ANY = () => true
const OURS = ({ cipher_suite: suite }) => suite === 1

/** Which cases of each file are for us, and who checks one. The others are counted as skipped. */
const FILES = {
  "mls/tree-math.json": [ANY, treeMath],
  "mls/deserialization.json": [ANY, deserialization],
  "mls/crypto-basics.json": [OURS, cryptoBasics],
  "mls/key-schedule.json": [OURS, keySchedule],
  "mls/psk_secret.json": [OURS, pskSecret],
  "mls/secret-tree.json": [OURS, secretTree],
  "mls/message-protection.json": [OURS, messageProtection],
  "mls/transcript-hashes.json": [OURS, transcriptHashes],
  "mls/welcome.json": [OURS, welcome],
  "mls/tree-operations.json": [OURS, treeOperations],
  "mls/tree-validation.json": [OURS, treeValidation],
  "mls/treekem.json": [OURS, treeKem],
  "mls/passive-client-welcome.json": [OURS, passiveMember],
  "mls/passive-client-handling-commit.json": [OURS, passiveMember],
  "mls/passive-client-random.json": [OURS, passiveMember],
  "wycheproof/aes_gcm_test.json": [({ key }) => key.length === 32, aesGcm],
  "wycheproof/ed25519_test.json": [ANY, ed25519],
  "wycheproof/x25519_test.json": [ANY, x25519],
  "wycheproof/hmac_sha256_test.json": [ANY, hmac],
  // Longer than 255 blocks: no key of MLS is longer than one.
  "wycheproof/hkdf_sha256_test.json": [({ result }) => result === "valid", hkdf],
}

export const names = Object.keys(FILES)

const isSpoken = (name) => name.startsWith("wycheproof/")

/**
 * @param {string} name
 * @param {unknown[]} cases - the file's
 * @param {number} of - how many there are where the file comes from
 * @param {import("../../../static/shared/suite/suite.js").Primitives} primitives
 * @returns {Promise<{file: string, passed: number, failed: string[], skipped: number, of: number}>}
 */
export async function run(name, cases, of, primitives) {
  const [isOurs, checker] = FILES[name]
  const suite = suiteOf(primitives)
  const failed = []
  const ours = cases.filter(isOurs)
  for (const [at, vector] of ours.entries()) {
    try {
      await (isSpoken(name) ? checker(vector, primitives, suite) : checker(vector, suite))
    } catch (error) {
      failed.push(`case ${vector.tcId ?? at}: ${error.message}`)
    }
  }
  return { file: name, passed: ours.length - failed.length, failed, skipped: of - ours.length, of }
}
