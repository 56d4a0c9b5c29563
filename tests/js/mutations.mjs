// Each rule carries weight: with its line taken out of a copy, a test fails.
//   node tests/js/mutations.mjs          every second rule, half a minute; fails where one could go unnoticed
//   node tests/js/mutations.mjs --all    every rule
import { execFile } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import os from "node:os"
import path from "node:path"

const ROOT = path.resolve(import.meta.dirname, "../..")
const AT_ONCE = 2
const SECONDS = 120

/** A file of static/shared, a piece of the one line that goes, and the tests that must miss it. */
const RULES = [
  ["credential/chain.js", '"demo-root"', "joining"],
  ["credential/chain.js", '"real-root"', "joining"],
  ["credential/chain.js", '"stolen-certificate"', "joining"],
  ["credential/chain.js", '"outside-issuing-key"', "joining"],
  ["credential/chain.js", '"rogue-issuer"', "joining"],
  ["credential/trust.js", '"other-line"', "joining"],
  ["credential/trust.js", '"expired"', "joining"],
  ["credential/trust.js", '"list-not-by-root"', "revocation"],
  ["credential/trust.js", '"list-below-lowest"', "revocation"],
  ["credential/trust.js", '"revoked"', "revocation"],
  ["credential/trust.js", "this.#byIssuing = undefined", "credentials"],
  ["credential/revocations.js", '"list-outside-issuing-key"', "revocation"],
  ["mls/join.js", '"not-alone-with-counsellor"', "joining"],
  ["mls/join.js", '"host-role")\n}', "joining"],
  ["mls/welcome.js", '"group-extensions"', "joining"],
  ["mls/keypackage.js", '"leaf-capabilities"', "joining"],
  ["mls/peek.js", '"plain-data"', "never"],
  ["mls/peek.js", '"sender-left"', "members"],
  ["mls/exchange.js", '"gap"', "delivery"],
  ["mls/exchange.js", '"handover-pending"', "delivery"],
  ["mls/exchange.js", '"words-during-handover"', "members"],
  ["mls/exchange.js", "next.historicalReceiverData.set(", "delivery"],
  ["mls/rules.js", '"commit-by-person"', "never"],
  ["mls/rules.js", '"credential-changed"', "never"],
  ["mls/rules.js", '"removal-without-path"', "members"],
  ["mls/rules.js", '"removal-of-person"', "members"],
  ["mls/rules.js", '"commit-by-leaving"', "members"],
  ["mls/rules.js", '"consent-old"', "races"],
  ["mls/said.js", '"consent-not-hers"', "members"],
  ["mls/said.js", "await trust.mayEnter(who)", "members"],
  ["mls/conversation.js", '"consent-for-another"', "members"],
  ["mls/members.js", '"key-twice"', "members"],
  ["mls/membership.js", "if (this.state !== before) wipeState(next)", "endings", "need(this.state === before"],
  ["mls/membership.js", "this.since = /**", "races"],
  ["mls/framing.js", "framed.subarray(reader.at).every", "framing"],
]

/** A copy to take rules out of: as many as run at once. */
function copy() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "helpline-rules-"))
  for (const name of ["static/shared", "tests/js", "tests/vectors/credentials.json", "package.json", "package-lock.json"]) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true })
  }
  symlinkSync(path.join(ROOT, "node_modules"), path.join(folder, "node_modules"))
  return folder
}

/** @returns {Promise<boolean>} whether every test in these files passes */
const passes = (folder, tests) => new Promise((done) => {
  const environment = { ...process.env, NODE_TEST_CONTEXT: undefined, HELPLINE_POLICY_ROWS: "" }
  execFile(process.execPath, ["--test", ...tests.map((name) => `tests/js/${name}.test.mjs`)],
    { cwd: folder, env: environment, timeout: SECONDS * 1000, maxBuffer: 1 << 26 }, (error) => done(!error))
})

/** @param {string} source @param {string} piece */
function without(source, piece) {
  const [first, ...rest] = piece.split("\n") // a piece may say what stands after its line
  const lines = source.split("\n")
  const found = lines.flatMap((line, at) => (line.includes(first) && rest.every((next, n) => lines[at + 1 + n].startsWith(next)) ? [at] : []))
  if (found.length !== 1) throw new Error(`${piece} stands on ${found.length} lines: say which`)
  lines.splice(found[0], 1)
  return lines.join("\n")
}

/** @returns {Promise<{rule: string, missed: boolean}>} */
async function takeOut(folder, [name, piece, tests, also]) {
  const file = path.join(folder, "static/shared", name)
  const source = readFileSync(file, "utf8")
  const cut = [piece, also].filter(Boolean).reduce(without, source)
  writeFileSync(file, cut)
  const unnoticed = await passes(folder, [tests])
  writeFileSync(file, source)
  return { rule: `${name} ${piece.split("\n")[0]}`, tests, missed: !unnoticed }
}

const folders = Array.from({ length: AT_ONCE }, copy)
try {
  const all = [...new Set(RULES.map(([, , tests]) => tests))]
  if (!(await passes(folders[0], all))) throw new Error("with every rule in place the tests must pass")
  const left = process.argv.includes("--all") ? [...RULES] : RULES.filter((_, at) => at % 2 === 0)
  const rows = []
  await Promise.all(folders.map(async (folder) => {
    for (let rule = left.shift(); rule; rule = left.shift()) rows.push(await takeOut(folder, rule))
  }))
  for (const { rule, tests, missed } of rows.sort((a, b) => (a.rule < b.rule ? -1 : 1))) console.log(`${missed ? "missed" : "UNNOTICED"}  ${rule}  (${tests})`)
  const unnoticed = rows.filter(({ missed }) => !missed)
  console.log(`${rows.length - unnoticed.length} of ${rows.length} rules are missed when they are taken out`)
  process.exitCode = unnoticed.length ? 1 : 0
} finally {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
}
