// Makes what the browser gets: one style sheet, one small script, one editor that is only fetched where code is typed.
import { readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { brotliCompressSync } from "node:zlib"
import { build } from "esbuild"

const here = dirname(fileURLToPath(import.meta.url))
const out = join(here, "../static/web/built")

const common = {
  bundle: true,
  minify: true,
  sourcemap: false,
  legalComments: "none",
  logLevel: "warning",
  // Android 7 phones with a Chrome that still gets updates there; import() is older than ES2020 in all of them.
  target: ["es2018"],
  supported: { "dynamic-import": true },
}

const files = [
  // Style sheets keep their modern selectors: where :has() is unknown, only a decoration is missing.
  { entry: "css/bilik.css", name: "bilik.css", options: { target: ["chrome88", "safari14"] } },
  { entry: "js/lesson.js", name: "lesson.js", options: { format: "iife" } },
  { entry: "js/passkey.js", name: "passkey.js", options: { format: "iife" } },
  { entry: "js/roll.js", name: "roll.js", options: { format: "iife" } },
  { entry: "js/editor.js", name: "editor.js", options: { format: "esm" } },
  { entry: "js/python/index.js", name: "python.js", options: { format: "esm" } },
  { entry: "js/python/worker.js", name: "python-worker.js", options: { format: "iife" } },
]

for (const { entry, name, options } of files) {
  const outfile = join(out, name)
  await build({ ...common, ...options, entryPoints: [join(here, entry)], outfile })
  const bytes = readFileSync(outfile)
  console.log(`${name.padEnd(10)} ${bytes.length} bytes, ${brotliCompressSync(bytes).length} compressed`)
}
