// Two pages for tests/benchmarks/crypto.py, out of the sources that the product is built from: hers and the desk's.
//   node tests/benchmarks/crypto_pages.mjs FOLDER
import { mkdirSync, writeFileSync } from "node:fs"
import path from "node:path"
import { createHash } from "node:crypto"
import { bundle } from "../../static/build/bundle.mjs"

const ROOT = path.resolve(import.meta.dirname, "../..")
const folder = path.resolve(process.argv[2])
mkdirSync(path.join(folder, "s"), { recursive: true })

const noble = path.join(ROOT, "static/shared/suite/noble.js")
const fallback = await bundle(ROOT, { entry: noble })
writeFileSync(path.join(folder, "s/noble.js"), fallback)
const integrity = `sha384-${createHash("sha384").update(fallback).digest("base64")}`
const built = new Map([[noble, { file: "noble.js", integrity }]])

/** In the order of her page: suite, list, key package, rehearsal, join, text. */
const HERS = `
  import { from64, to64 } from "./shared/bytes.js"
  import { PERSON } from "./shared/credential/chain.js"
  import { Trust } from "./shared/credential/trust.js"
  import { HerConversation } from "./shared/mls/hers.js"
  import { newKeyPackage } from "./shared/mls/keypackage.js"
  import { rehearse } from "./shared/mls/rehearse.js"
  import { chooseSuite } from "./shared/suite/choose.js"
  const clock = { page: () => Date.now() / 1000, server: () => undefined, steady: () => performance.now() / 1000 }
  const timed = async (work) => { const began = performance.now(); const value = await work(); return [performance.now() - began, value] }
  let suite, trust, own, conversation
  globalThis.bench = {
    async prepare({ root, list, forced }) {
      suite = await chooseSuite({ forced })
      trust = new Trust({ suite, root: from64(root), line: "adults", demo: true, clock })
      await trust.useRevocationList(from64(list))
      const [ms] = await timed(async () => { own = await newKeyPackage(suite, PERSON, await suite.signature.keygen()) })
      return { ms, bytes: to64(own.bytes) }
    },
    async rehearse() { return (await timed(() => rehearse(suite)))[0] },
    async join(welcome) { const [ms, joined] = await timed(() => HerConversation.join({ trust, own, welcome: from64(welcome) })); conversation = joined; return ms },
    async encrypt(words) { return (await timed(() => conversation.send("text", words)))[0] },
  }`

const DESK = `
  import { from64, to64 } from "./shared/bytes.js"
  import { credential, dayCertificate, issuingCertificate, revocationList } from "./shared/credential/issue.js"
  import { Trust } from "./shared/credential/trust.js"
  import { Conversation } from "./shared/mls/conversation.js"
  import { newKeyPackage } from "./shared/mls/keypackage.js"
  import { chooseSuite } from "./shared/suite/choose.js"
  const now = Math.floor(Date.now() / 1000), HOUR = 3600, DAY = 86400
  const clock = { page: () => Date.now() / 1000, server: () => undefined, steady: () => performance.now() / 1000 }
  let suite, trust, issuer, issuing, list, root
  globalThis.bench = {
    async organise() {
      suite = await chooseSuite()
      ;[root, issuer] = [await suite.signature.keygen(), await suite.signature.keygen()]
      issuing = await issuingCertificate(suite, root.signKey, { key: issuer.publicKey, kind: 2, notBefore: now - DAY, notAfter: now + 30 * DAY })
      list = await revocationList(suite, issuer.signKey, { counter: 1, issued: now, hashes: [], by: issuing })
      trust = new Trust({ suite, root: root.publicKey, line: "adults", demo: true, clock })
      await trust.useRevocationList(list)
      return { root: to64(root.publicKey), list: to64(list) }
    },
    async welcome(person) {
      const signer = await suite.signature.keygen()
      const day = await dayCertificate(suite, issuer.signKey, { key: signer.publicKey, alias: "Amal", role: "psychologist", lines: ["adults"], start: now - HOUR, end: now + HOUR })
      const own = await newKeyPackage(suite, credential("psychologist", issuing, day), signer)
      return to64((await Conversation.open({ trust, own, person: from64(person) })).welcome)
    },
  }`

for (const [name, source] of Object.entries({ hers: HERS, desk: DESK })) {
  writeFileSync(path.join(folder, `s/${name}.js`), await bundle(ROOT, { source }, built))
  writeFileSync(path.join(folder, `${name}.html`), `<!doctype html><meta charset="utf-8"><title>${name}</title><script type="module" src="/s/${name}.js"></script>`)
}
