// Files named after their content, each with its compressed twins, and the manifest that pages are made from.
import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import path from "node:path"
import { brotliCompressSync, constants, gzipSync } from "node:zlib"

/** @param {Buffer} bytes */
export const brotli = (bytes) => brotliCompressSync(bytes, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  },
})

/** @param {string} name - "talk.js" @param {Buffer} bytes @returns {string} "talk-1a2b3c4d.js" */
function named(name, bytes) {
  const { name: stem, ext } = path.parse(name)
  return `${stem}-${createHash("sha256").update(bytes).digest("hex").slice(0, 8)}${ext}`
}

export class Store {
  names = {}
  files = {}

  /** @param {string} folder - made new, once everything is there: a build that breaks off leaves the old one */
  constructor(folder) {
    this.folder = folder
    this.making = `${folder}.${process.pid}`
    process.once("exit", () => rmSync(this.making, { recursive: true, force: true }))
    mkdirSync(this.making, { recursive: true })
  }

  /** @param {string} name @param {Buffer} bytes @returns {{file: string, integrity: string}} */
  put(name, bytes) {
    const file = named(name, bytes)
    const [br, gz] = [brotli(bytes), gzipSync(bytes, { level: 9 })]
    for (const [suffix, form] of [["", bytes], [".br", br], [".gz", gz]]) this.write(file + suffix, form)
    const integrity = `sha384-${createHash("sha384").update(bytes).digest("base64")}`
    this.names[name] = file
    this.files[file] = { integrity, bytes: bytes.length, br: br.length, gz: gz.length }
    return { file, integrity }
  }

  /** Something that stands beside and is not served. @param {string} name @param {Buffer | string} bytes */
  write(name, bytes) {
    writeFileSync(path.join(this.making, name), bytes)
  }

  /** The manifest, and all of it into its place. */
  close() {
    const sorted = (/** @type {object} */ given) => Object.fromEntries(Object.entries(given).sort(([a], [b]) => (a < b ? -1 : 1)))
    const manifest = { names: sorted(this.names), files: sorted(this.files) }
    this.write("manifest.json", `${JSON.stringify(manifest, null, 1)}\n`)
    rmSync(this.folder, { recursive: true, force: true })
    renameSync(this.making, this.folder)
  }
}

const COMPRESSED = /\.(br|gz)$/

/** The uncompressed files of a build: what must be the same wherever it is made. @param {string} folder */
const plain = (folder) => readdirSync(folder).filter((name) => !COMPRESSED.test(name) && name !== "manifest.json").sort()

/** What a manifest says of the uncompressed bytes. @param {string} folder */
function said(folder) {
  const { names, files } = JSON.parse(readFileSync(path.join(folder, "manifest.json"), "utf8"))
  return JSON.stringify([names, Object.entries(files).map(([name, { integrity, bytes }]) => [name, integrity, bytes])])
}

/**
 * Where two builds differ in their uncompressed bytes.
 *
 * @param {string} one
 * @param {string} other
 * @returns {string[]} names; none where they are the same
 */
export function differences(one, other) {
  const [ours, theirs] = [plain(one), plain(other)]
  const all = [...new Set([...ours, ...theirs])].sort()
  const differ = all.filter((name) => !ours.includes(name) || !theirs.includes(name) ||
    !readFileSync(path.join(one, name)).equals(readFileSync(path.join(other, name))))
  return said(one) === said(other) ? differ : [...differ, "manifest.json"]
}
