// What no program here may do. A page takes its words from templates and text nodes, its chance from the browser's
// generator, and leaves nothing behind: no string becomes markup or code, and nothing is written to storage or console.

const everywhere = {
  eqeqeq: "error",
  "no-unused-vars": ["error", { argsIgnorePattern: "^_", caughtErrors: "none" }],
  "no-var": "error",
  "prefer-const": "error",
  "no-eval": "error",
  "no-implied-eval": "error",
  "no-new-func": "error",
  "no-unused-expressions": ["error", { allowShortCircuit: true, allowTernary: true }],
  "no-self-compare": "error",
  "no-template-curly-in-string": "error",
}

const MARKUP = "words stand in text nodes, never in markup"
const page = {
  "no-console": "error",
  "no-alert": "error",
  "no-restricted-globals": ["error",
    { name: "eval", message: "no string is code" },
    { name: "Function", message: "no string is code" },
    { name: "localStorage", message: "nothing stays on her device" },
  ],
  "no-restricted-properties": ["error",
    { property: "innerHTML", message: MARKUP },
    { property: "outerHTML", message: MARKUP },
    { property: "insertAdjacentHTML", message: MARKUP },
    { property: "createContextualFragment", message: MARKUP },
    { property: "setHTMLUnsafe", message: MARKUP },
    { property: "parseFromString", message: MARKUP },
    { object: "document", property: "write", message: MARKUP },
    { object: "document", property: "writeln", message: MARKUP },
    { object: "Math", property: "random", message: "chance that can be guessed" },
    { property: "localStorage", message: "nothing stays on her device" },
  ],
}
/** Those through which a string could become code: the linter has to know that they are the browser's. */
const globals = { setTimeout: "readonly", setInterval: "readonly", window: "readonly", globalThis: "readonly" }
const storage = ({ name, property }) => name === "localStorage" || property === "localStorage"
const without = (rule, dropped) => [rule[0], ...rule.slice(1).filter((entry) => !dropped(entry))]

export default [
  { ignores: ["static/dist/**", "node_modules/**", "tests/vectors/**"] },
  { files: ["static/**/*.{js,mjs}", "tests/js/**/*.mjs", "eslint.config.js"], rules: everywhere },
  { files: ["static/{shared,person,staff}/**/*.js"], languageOptions: { globals }, rules: page },
  {
    files: ["static/person/exit.js"], // it empties the storage that others may have written to
    rules: {
      "no-restricted-globals": without(page["no-restricted-globals"], storage),
      "no-restricted-properties": without(page["no-restricted-properties"], storage),
    },
  },
]
