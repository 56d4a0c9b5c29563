// A modified program: the library with its own checks cut out, and helpers that say what an honest page never would.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import { pathToFileURL } from "node:url"

const MODULES = path.resolve(import.meta.dirname, "../../node_modules")
const folder = mkdtempSync(path.join(os.tmpdir(), "helpline-liar-"))
process.on("exit", () => rmSync(folder, { recursive: true, force: true }))
cpSync(path.join(MODULES, "ts-mls/dist/src"), folder, { recursive: true })
symlinkSync(MODULES, path.join(folder, "node_modules"))
writeFileSync(path.join(folder, "package.json"), '{"type":"module"}')

/** @param {string} name @param {...[string, string]} cuts */
function cut(name, ...cuts) {
  const file = path.join(folder, name)
  let source = readFileSync(file, "utf8")
  for (const [honest, lying] of cuts) {
    if (!source.includes(honest)) throw new Error(`${name} has changed: ${honest}`)
    source = source.replace(honest, lying)
  }
  writeFileSync(file, source)
}
cut("createCommit.js", ["= res.needsUpdatePath\n", "= (res.needsUpdatePath && !globalThis.lieNoPath)\n"])
cut("clientState.js",
  ["if (kp.cipherSuite !== groupContext.cipherSuite)", "if (false)"],
  ["if (sentByClient || config.validateLifetimeOnReceive)", "if (false)"],
  ["throwIfDefined(await validateProposals(", "void (await validateProposals("])
cut("processMessages.js",
  ["if (result.selfRemoved) {", "if (false) {"],
  ["if (result.needsUpdatePath && content.content.commit.path === undefined)", "if (false)"])

const load = (name) => import(pathToFileURL(path.join(folder, name)).href)
export const m = await load("index.js")

/** Trusts everybody. */
export const anything = {
  ...(await load("clientConfig.js")).defaultClientConfig,
  paddingConfig: { kind: "alwaysPad", paddingLength: 0 },
  authService: { validateCredential: async () => true },
}
/** A page's state in the hands of a modified program. */
export const loose = ({ state }) => ({ ...structuredClone({ ...state, clientConfig: undefined }), clientConfig: anything })

export const addOf = ({ publicPackage }) => ({ proposalType: "add", add: { keyPackage: publicPackage } })
export const removeOf = (removed) => ({ proposalType: "remove", remove: { removed } })
export const wire = (wireformat, field, value) => m.encodeMlsMessage({ version: "mls10", wireformat, [field]: value })
export const decoded = (bytes) => m.decodeMlsMessage(bytes, 0)[0]

export async function commit(suite, state, proposals, { noPath = false, ...options } = {}) {
  globalThis.lieNoPath = noPath
  const made = await m.createCommit({ state, cipherSuite: suite }, { extraProposals: proposals, ratchetTreeExtension: true, ...options })
  globalThis.lieNoPath = false
  return { bytes: m.encodeMlsMessage(made.commit), welcome: made.welcome && wire("mls_welcome", "welcome", made.welcome), state: made.newState }
}

export async function proposal(suite, state, proposed, isPublic = false) {
  const made = await m.createProposal(state, isPublic, proposed, suite)
  return { bytes: m.encodeMlsMessage(made.message), state: made.newState }
}

export async function message(suite, state, framed, clear) {
  const { privateMessage } = await m.createApplicationMessage(state, framed, suite, clear)
  return wire("mls_private_message", "privateMessage", privateMessage)
}

/** What a ghost or a removed member makes of these bytes. */
export async function reads(suite, state, bytes) {
  try {
    const result = await m.processMessage(decoded(bytes), state, m.emptyPskIndex, m.acceptAll, suite)
    return result.kind === "applicationMessage" ? "READ" : "followed"
  } catch {
    return "nothing"
  }
}
