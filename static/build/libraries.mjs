// What the libraries bring along that no page needs: left out, so that nobody downloads it.
import path from "node:path"

/** Our own suite does the cryptography: ts-mls' providers, with their lazy curves, stay out. */
const PROVIDERS = {
  "getCiphersuiteImpl.js": "export const getCiphersuiteImpl = undefined",
  "provider.js": "export const defaultCryptoProvider = undefined, nobleCryptoProvider = undefined",
  "rng.js": "export const defaultRng = undefined",
}

/** The sockets speak WebSocket only: polling and WebTransport stay out. */
const TRANSPORTS = 'import { WS } from "./websocket.js"; export const transports = { websocket: WS }'

export const lean = {
  name: "lean",
  setup(build) {
    // They do not say that importing them does nothing else: without that, nothing unused could go.
    build.onResolve({ filter: /^(ts-mls|@noble\/.*)(\/.*)?$/ }, async ({ path: name, pluginData, ...from }) => {
      if (pluginData === "seen") return undefined
      const found = await build.resolve(name, { ...from, pluginData: "seen" })
      return { ...found, sideEffects: false }
    })
    build.onLoad({ filter: /ts-mls\/dist\/src\/crypto\/(getCiphersuiteImpl|implementation\/.*)\.js$/ }, ({ path: file }) => ({
      contents: PROVIDERS[path.basename(file)] ?? "",
      loader: "js",
    }))
    build.onLoad({ filter: /engine\.io-client\/build\/esm\/transports\/index\.js$/ }, () => ({ contents: TRANSPORTS, loader: "js" }))
  },
}
