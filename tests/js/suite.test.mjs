// Two codes for one cipher suite: they read each other, and both read what the RFCs wrote.
import assert from "node:assert/strict"
import { describe, test } from "node:test"
import { hex, utf8 } from "../../static/shared/bytes.js"
import { HerConversation } from "../../static/shared/mls/hers.js"
import { Conversation } from "../../static/shared/mls/conversation.js"
import { newKeyPackage } from "../../static/shared/mls/keypackage.js"
import { rehearse } from "../../static/shared/mls/rehearse.js"
import { PERSON } from "../../static/shared/credential/chain.js"
import { Trust } from "../../static/shared/credential/trust.js"
import { chooseSuite } from "../../static/shared/suite/choose.js"
import { noble } from "../../static/shared/suite/noble.js"
import { suiteOf } from "../../static/shared/suite/suite.js"
import { webcrypto } from "../../static/shared/suite/webcrypto.js"
import { seeded } from "./random.mjs"
import { NOW, organisation, said } from "./world.mjs"

const unhex = (string) => Uint8Array.from(Buffer.from(string, "hex"))
const suites = { webcrypto: suiteOf(webcrypto), noble: suiteOf(noble) }
const pairs = [["webcrypto", "noble"], ["noble", "webcrypto"], ["noble", "noble"]]

describe("both codes give the published values", () => {
  for (const [name, suite] of Object.entries(suites)) {
    test(`${name}: HKDF-SHA-256, RFC 5869 A.1`, async () => {
      const prk = await suite.kdf.extract(unhex("000102030405060708090a0b0c"), unhex("0b".repeat(22)))
      assert.equal(hex(prk), "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
      const okm = await suite.kdf.expand(prk, unhex("f0f1f2f3f4f5f6f7f8f9"), 42)
      assert.equal(hex(okm), "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865")
    })
    test(`${name}: Ed25519, RFC 8032 7.1`, async () => {
      const secret = unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
      const key = unhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
      const signature = await suite.signature.sign(secret, new Uint8Array())
      assert.equal(hex(signature), "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")
      assert.ok(await suite.signature.verify(key, new Uint8Array(), signature))
      assert.ok(!(await suite.signature.verify(key, utf8("x"), signature)))
      assert.ok(!(await suite.signature.verify(new Uint8Array(31), utf8("x"), signature)), "no key at all verifies nothing")
    })
    test(`${name}: DHKEM key derivation and opening, RFC 9180 A.1.1`, async () => {
      const { hpke } = suite
      const { privateKey, publicKey } = await hpke.deriveKeyPair(unhex("6db9df30aa07dd42ee5e8181afdb977e538f5e1fec8a06223f33f7013e525037"))
      assert.equal(hex(await hpke.exportPublicKey(publicKey)), "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d")
      const opened = await hpke.open(privateKey, unhex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"),
        unhex("f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a"),
        unhex("4f6465206f6e2061204772656369616e2055726e"), unhex("436f756e742d30"))
      assert.equal(new TextDecoder().decode(opened), "Beauty is truth, truth beauty")
    })
    test(`${name}: an X25519 key of low order is refused`, async () => {
      const theirs = await suite.hpke.importPublicKey(new Uint8Array(32))
      await assert.rejects(suite.hpke.seal(theirs, utf8("x"), new Uint8Array()))
    })
    test(`${name}: a rehearsal leaves nothing behind and needs nobody`, async () => {
      assert.equal(await rehearse(suite), undefined)
    })
  }
})


describe("what one code seals, the other opens", () => {
  for (const [one, other] of pairs) {
    test(`${one} to ${other}: HPKE, secrets, signatures, codes`, async () => {
      const random = seeded(5)
      const [a, b] = [suites[one], suites[other]]
      for (let run = 0; run < 8; run++) {
        const [info, words] = [random.bytes(random.below(40)), random.bytes(random.below(300))]
        const { privateKey, publicKey } = await b.hpke.generateKeyPair()
        const { enc, ct } = await a.hpke.seal(publicKey, words, info)
        assert.deepEqual(await b.hpke.open(privateKey, enc, ct, info), words)
        const made = await a.hpke.exportSecret(publicKey, info, 32, words)
        assert.deepEqual(await b.hpke.importSecret(privateKey, info, made.enc, 32, words), made.secret)
        const { signKey, publicKey: key } = await a.signature.keygen()
        assert.ok(await b.signature.verify(key, words, await a.signature.sign(signKey, words)))
        const code = await a.hash.mac(info, words)
        assert.ok(await b.hash.verifyMac(info, code, words))
        code[0] ^= 1
        assert.ok(!(await b.hash.verifyMac(info, code, words)))
      }
    })

    test(`a desk on ${one} and a page on ${other} hold a conversation`, async () => {
      const org = await organisation()
      const trust = async (suite) => {
        const made = new Trust({ suite, root: org.root.publicKey, line: "adults", clock: { page: () => NOW, server: () => NOW, steady: () => 0 } })
        await made.useRevocationList(await org.list())
        return made
      }
      const { signer, identity } = await org.certify("peer", "Ana")
      const own = await newKeyPackage(suites[other], PERSON, await suites[other].signature.keygen())
      const { conversation, welcome } = await Conversation.open({
        trust: await trust(suites[one]), own: await newKeyPackage(suites[one], identity, signer), person: own.bytes })
      const hers = await HerConversation.join({ trust: await trust(suites[other]), own, welcome })
      assert.equal(said(await conversation.receive(await hers.send("text", "hello"))), "hello")
      const { commit } = await conversation.update()
      await conversation.confirmed()
      assert.equal((await hers.receive(commit)).kind, "commit")
    })
  }
})

test("WebCrypto is taken where it has both curves; the lazy part where it is asked for; nothing without crypto.subtle", async () => {
  assert.ok(await chooseSuite())
  await assert.rejects(chooseSuite({ forced: true }), { code: "part-not-built" })
  const { subtle } = globalThis.crypto
  const without = (value) => Object.defineProperty(globalThis.crypto, "subtle", { value, configurable: true })
  try {
    without(undefined)
    await assert.rejects(chooseSuite(), { code: "no-crypto" })
    without({ generateKey: () => Promise.reject(new Error("no such curve")) })
    await assert.rejects(chooseSuite(), { code: "part-not-built" })
  } finally {
    without(subtle)
  }
})
