// Whose code the programs carry: their licences ask to be passed on with it.
import { readdirSync, readFileSync } from "node:fs"
import path from "node:path"

/** The licence of every package that is not for development alone. @param {string} root - of the repository */
export function licences(root) {
  const { packages } = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"))
  const carried = Object.entries(packages).filter(([folder, { dev, optional }]) => folder && !dev && !optional)
  const texts = carried.map(([folder, { version }]) => {
    const file = readdirSync(path.join(root, folder)).find((name) => /^licen[cs]e/i.test(name))
    if (!file) throw new Error(`${folder} has no licence`)
    return `${folder.split("node_modules/").at(-1)} ${version}\n\n${readFileSync(path.join(root, folder, file), "utf8").trim()}\n`
  })
  return [...new Set(texts)].sort().join(`\n${"-".repeat(72)}\n\n`)
}
