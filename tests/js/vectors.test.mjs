// The vectors' runner is itself held to account: one digit changed in any file is a failure that it reports.
// The vectors as they are run in tests/vectors and tests/browser, with a table of what passed.
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { of, PRIMITIVES, read } from "./vectors/node.mjs"
import { names, run } from "./vectors/runner.mjs"

/** Where to put the fault: a field that decides, in the first case that has it. */
const DECIDES = {
  "mls/tree-math.json": ["root"],
  "mls/deserialization.json": ["length"],
  "mls/crypto-basics.json": ["sign_with_label", "signature"],
  "mls/key-schedule.json": ["epochs", 0, "epoch_authenticator"],
  "mls/psk_secret.json": ["psk_secret"],
  "mls/secret-tree.json": ["leaves", 0, 0, "application_key"],
  "mls/message-protection.json": ["application_priv"],
  "mls/transcript-hashes.json": ["confirmed_transcript_hash_after"],
  "mls/welcome.json": ["signer_pub"],
  "mls/tree-operations.json": ["tree_hash_after"],
  "mls/tree-validation.json": ["tree_hashes", 0],
  "mls/treekem.json": ["update_paths", 0, "commit_secret"],
  "mls/passive-client-welcome.json": ["initial_epoch_authenticator"],
  "mls/passive-client-handling-commit.json": ["epochs", 1, "epoch_authenticator"],
  "mls/passive-client-random.json": ["epochs", 0, "commit"],
  "wycheproof/aes_gcm_test.json": ["tag"],
  "wycheproof/ed25519_test.json": ["sig"],
  "wycheproof/x25519_test.json": ["shared"],
  "wycheproof/hmac_sha256_test.json": ["tag"],
  "wycheproof/hkdf_sha256_test.json": ["okm"],
}

const other = (value) => (typeof value === "number" ? value + 1 : value.slice(0, -1) + (parseInt(value.at(-1), 16) ^ 1).toString(16))

function withFault(vector, path) {
  const copy = structuredClone(vector)
  const place = path.slice(0, -1).reduce((inside, key) => inside[key], copy)
  place[path.at(-1)] = other(place[path.at(-1)])
  return copy
}

describe("one digit changed in a vector is reported", () => {
  for (const name of names) {
    test(name, async () => {
      const first = read(name).find(({ cipher_suite: suite = 1, result = "valid" }) => suite === 1 && result === "valid")
      const { passed, failed } = await run(name, [withFault(first, DECIDES[name])], 1, PRIMITIVES.webcrypto)
      assert.equal(passed, 0)
      assert.equal(failed.length, 1)
    })
  }
})

test("a case of another cipher suite is counted as skipped, not as passed", async () => {
  const foreign = read("mls/welcome.json").filter(({ cipher_suite: suite }) => suite !== 1)
  const row = await run("mls/welcome.json", foreign, foreign.length, PRIMITIVES.webcrypto)
  assert.deepEqual(row, { file: "mls/welcome.json", passed: 0, failed: [], skipped: 6, of: 6 })
})

test("a tampered ciphertext that is opened all the same is reported", async () => {
  const careless = { ...PRIMITIVES.webcrypto, open: async () => new Uint8Array() }
  const { failed } = await run("wycheproof/aes_gcm_test.json", read("wycheproof/aes_gcm_test.json"), of("wycheproof/aes_gcm_test.json"), careless)
  assert.ok(failed.some((what) => what.endsWith("opened what was tampered with")))
})

test("a shared secret of zeros that is given out all the same is reported", async () => {
  const x25519 = { ...PRIMITIVES.webcrypto.x25519, shared: async () => new Uint8Array(32) }
  const { failed } = await run("wycheproof/x25519_test.json", read("wycheproof/x25519_test.json"), 518, { ...PRIMITIVES.webcrypto, x25519 })
  assert.ok(failed.some((what) => what.endsWith("a shared secret of zeros")))
})
