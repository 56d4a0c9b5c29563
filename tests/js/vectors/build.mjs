// node tests/js/vectors/build.mjs FILE : the page's program, bundled as the pages of the product are.
import { writeFileSync } from "node:fs"
import path from "node:path"
import { fileURLToPath } from "node:url"
import { bundle } from "../../../static/build/bundle.mjs"

const here = path.dirname(fileURLToPath(import.meta.url))
writeFileSync(process.argv[2], await bundle(path.resolve(here, "../../.."), { entry: path.join(here, "page.mjs") }))
