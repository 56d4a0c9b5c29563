// The pages' programs, styles and mark, built to the same bytes wherever this runs.
//   node static/build.mjs [folder]    into static/dist, or another folder
//   node static/build.mjs --check     into a temporary folder; fails where static/dist is not what the sources say
//   node static/build.mjs --weigh     the compressed weight of the cryptography alone, in bytes
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import { bundle, style } from "./build/bundle.mjs"
import { licences } from "./build/licences.mjs"
import { brotli, differences, Store } from "./build/store.mjs"

const ROOT = path.resolve(import.meta.dirname, "..")
const DIST = path.join(ROOT, "static/dist")
const at = (/** @type {string} */ name) => path.join(ROOT, "static", name)

/** Innermost first: an outer part carries the name and hash of the one it loads. */
const PROGRAMS = ["shared/suite/noble.js", "person/talk.js", "person/first.js", "staff/desk.js"]
/** What both share, then its own, then whatever further sheets bear its name: staff-rota.css. */
const STYLES = ["person", "staff"]
const MARK = "mark.svg"

/** Everything of a person's page that does cryptography: library, suite, credentials, policy, framing, rehearsal. */
const CRYPTOGRAPHY = `
  export { HerConversation } from "./shared/mls/hers.js"
  export { newKeyPackage } from "./shared/mls/keypackage.js"
  export { rehearse } from "./shared/mls/rehearse.js"
  export { chooseSuite } from "./shared/suite/choose.js"
  export { Trust } from "./shared/credential/trust.js"
  export { PERSON } from "./shared/credential/chain.js"`

/** @param {string} folder */
async function build(folder) {
  const store = new Store(folder)
  const built = new Map()
  for (const program of PROGRAMS.filter(present)) {
    const bytes = await bundle(ROOT, { entry: at(program) }, built).catch(broken)
    if (bytes) built.set(at(program), store.put(path.basename(program), bytes))
  }
  for (const name of STYLES) {
    const own = readdirSync(at("css")).filter((sheet) => sheet.startsWith(`${name}-`) && sheet.endsWith(".css")).sort()
    const sheets = ["tokens.css", "shared.css", `${name}.css`, ...own].map((sheet) => `css/${sheet}`)
    if (sheets.every(present)) store.put(`${name}.css`, await style(sheets.map((sheet) => readFileSync(at(sheet), "utf8")).join("\n")))
  }
  if (present(MARK)) store.put(MARK, readFileSync(at(MARK)))
  store.write("licences.txt", licences(ROOT))
  store.close()
  return store
}

/** @param {string} name */
function present(name) {
  if (!existsSync(at(name))) console.warn(`static/${name} is not there: left out`)
  return existsSync(at(name))
}

/** One program that does not build leaves the others whole. @param {unknown} error - esbuild has said what it is */
function broken(error) {
  console.warn(`Not built: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
  return undefined
}

async function check() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "helpline-build-"))
  try {
    await build(folder)
    const differ = differences(DIST, folder)
    if (differ.length === 0) return
    console.error(`static/dist is not what the sources say: ${differ.join(", ")}. Make it again: npm run build`)
    process.exitCode = 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function weigh() {
  const fallback = await bundle(ROOT, { entry: at("shared/suite/noble.js") })
  const built = new Map([[at("shared/suite/noble.js"), { file: "noble-00000000.js", integrity: `sha384-${"0".repeat(64)}` }]])
  const cryptography = await bundle(ROOT, { source: CRYPTOGRAPHY }, built)
  console.log(JSON.stringify({ crypto_br_bytes: brotli(cryptography).length, fallback_br_bytes: brotli(fallback).length }))
}

const [argument] = process.argv.slice(2)
if (argument === "--check") await check()
else if (argument === "--weigh") await weigh()
else console.table((await build(path.resolve(argument ?? DIST))).files)
