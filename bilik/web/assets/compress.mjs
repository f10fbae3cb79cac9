// Writes file.br and file.gz beside each file of a folder, once and as small as they get: they are sent for years.
import { readFileSync, readdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { brotliCompress, constants, gzip } from "node:zlib"
import { promisify } from "node:util"

const folder = process.argv[2]
const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

async function compress(name) {
  const data = readFileSync(join(folder, name))
  const params = { [constants.BROTLI_PARAM_QUALITY]: Number(process.env.BROTLI_QUALITY || 11), [constants.BROTLI_PARAM_LGWIN]: 24 }
  const [small, older] = await Promise.all([brotli(data, { params }), zip(data, { level: 9 })])
  writeFileSync(join(folder, `${name}.br`), small)
  writeFileSync(join(folder, `${name}.gz`), older)
}

await Promise.all(readdirSync(folder).map(compress))
