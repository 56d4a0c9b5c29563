// One entry and all it needs in one file. A lazy part inside it was built before, and is named with its hash.
import { readFileSync } from "node:fs"
import path from "node:path"
import * as esbuild from "esbuild"
import { lean } from "./libraries.mjs"

export const ADDRESS = "/s/"
const LAZY = /\bpart\((["'])(\.\.?\/[^"']+)\1\)/g

/**
 * Gives each `part("./x.js")` the address, the sha384 and the import of what was built from it.
 *
 * @param {Map<string, {file: string, integrity: string}>} built - by the entry's absolute path
 */
const parts = (built) => ({
  name: "parts",
  setup(build) {
    const lookUp = (importer, name) => {
      const entry = path.resolve(path.dirname(importer), name)
      if (!built.has(entry)) throw new Error(`${path.basename(importer)} loads ${name}, which was not built before it`)
      return built.get(entry)
    }
    build.onResolve({ filter: /^\.\.?\// }, ({ kind, importer, path: name }) =>
      kind === "dynamic-import" ? { path: `./${lookUp(importer, name).file}`, external: true } : undefined)
    build.onLoad({ filter: /\/static\/.*\.js$/ }, ({ path: file }) => ({
      loader: "js",
      contents: readFileSync(file, "utf8").replace(LAZY, (_, __, name) => {
        const { file: address, integrity } = lookUp(file, name)
        return `part(${JSON.stringify(ADDRESS + address)}, ${JSON.stringify(integrity)}, () => import(${JSON.stringify(name)}))`
      }),
    }))
  },
})

/**
 * @param {string} root - of the repository
 * @param {{entry: string} | {source: string}} from - a file, or a module's text that stands in static/
 * @param {Map<string, {file: string, integrity: string}>} [built]
 * @returns {Promise<Buffer>}
 */
export async function bundle(root, from, built = new Map()) {
  const given = "entry" in from ? { entryPoints: [from.entry] } : { stdin: { contents: from.source, resolveDir: path.join(root, "static") } }
  const { outputFiles } = await esbuild.build({
    ...given,
    absWorkingDir: root,
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    platform: "browser",
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
    plugins: [parts(built), lean],
  })
  return Buffer.from(outputFiles[0].contents)
}

const BROWSERS = ["chrome100", "safari15", "firefox97"]

/** @param {string} text @returns {Promise<Buffer>} */
export async function style(text) {
  const { code } = await esbuild.transform(text, { loader: "css", minify: true, target: BROWSERS })
  return Buffer.from(code)
}
