// Python on this device: fetches it once, keeps one worker ready, and ends the worker when a program has to be stopped.

// The sandbox counts processor seconds on a fast machine; a browser's Python is slower, and a phone more so.
const PATIENCE = 2
const LEAST_MEMORY_GB = 1
const REMEMBERED = "bilik-python"

/** Why Python cannot run here: "saving", "memory", "browser", or nothing. */
export function whyNotHere() {
  const able = typeof WebAssembly === "object" && typeof Worker === "function" && "ReadableStream" in window
  if (!able) return "browser"
  if (navigator.deviceMemory && navigator.deviceMemory < LEAST_MEMORY_GB) return "memory"
  if (navigator.connection && navigator.connection.saveData) return "saving"
  return ""
}

const nameOf = (address) => address.split("/").pop()

async function fetchAs(kind, address) {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${response.status} ${address}`)
  return response[kind]()
}

/** A file as a Blob; `came` hears of every piece. */
async function fetchFile(address, came) {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${response.status} ${address}`)
  const reader = response.body.getReader()
  const pieces = []
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return new Blob(pieces)
    pieces.push(value)
    came(value.length)
  }
}

export class Device {
  /** `home` is the folder of the manifest, `script` the worker's script, `language` that of the words. */
  constructor({ home, script, language }) {
    Object.assign(this, { home, script, language, files: {}, compiled: null, worker: null, hear: null, timer: 0 })
    this.loaded = new Set()
  }

  async plan() {
    this.manifest = this.manifest || (await fetchAs("json", this.home + "manifest.json"))
    return this.manifest
  }

  /** The packages of Pyodide that these libraries need; null when one of them is not here. */
  async packages(libraries) {
    const known = (await this.plan()).packages
    const found = []
    const add = (name) => {
      if (!known[name] || found.includes(name)) return
      known[name].depends.forEach(add)
      found.push(name)
    }
    libraries.forEach(add)
    return libraries.every((name) => known[name]) ? found : null
  }

  addresses(packages) {
    const { folder, checker, messages } = this.manifest
    const base = `${this.home}${folder}/`
    const names = ["pyodide-lock.json", "pyodide.asm.wasm", "stdlib.zip", ...packages.map((name) => `${name}.zip`)]
    const all = Object.fromEntries(names.map((name) => [name, base + name]))
    all["checker.zip"] = this.home + checker
    // English stands in for sentences that a language lacks.
    for (const language of new Set(["en", this.language])) all[`${language}.toml`] = this.home + messages[language]
    return all
  }

  /** Bytes that come over the line for this, when nothing of it is here yet. */
  async weight(packages) {
    const { files } = await this.plan()
    const names = ["pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "stdlib.zip", ...packages.map((p) => `${p}.zip`)]
    return names.reduce((sum, name) => sum + files[name].sent, 0)
  }

  /** Whether this device has had these files before; the browser may have thrown them away since. */
  has(packages) {
    try {
      const had = JSON.parse(localStorage.getItem(REMEMBERED)) || {}
      return had.folder === this.manifest.folder && packages.every((name) => had.packages.includes(name))
    } catch {
      return false
    }
  }

  remember() {
    try {
      const packages = Array.from(this.loaded)
      localStorage.setItem(REMEMBERED, JSON.stringify({ folder: this.manifest.folder, packages }))
    } catch {
      // Then the size is shown again next time.
    }
  }

  /** Fetches what is missing and makes a worker ready. `progress` is told the part that is here, from 0 to 1. */
  async start(packages, progress = () => {}) {
    await this.plan()
    const lacking = packages.filter((name) => !this.loaded.has(name))
    if (this.worker && !lacking.length) return this.wake()
    this.end()
    packages.forEach((name) => this.loaded.add(name))
    const addresses = this.addresses(Array.from(this.loaded))
    const wanted = Object.keys(addresses).filter((name) => !this.files[name] && !(this.compiled && name.endsWith(".wasm")))
    const sizes = this.manifest.files
    const whole = wanted.reduce((sum, name) => sum + ((sizes[nameOf(addresses[name])] || {}).bytes || 0), 0)
    let here = 0
    const came = (bytes) => progress(whole ? Math.min((here += bytes) / whole, 1) : 1)
    try {
      const blobs = await Promise.all(wanted.map((name) => fetchFile(addresses[name], came)))
      wanted.forEach((name, at) => (this.files[name] = blobs[at]))
      await this.wake()
    } catch (error) {
      this.end()
      this.loaded.clear()
      throw error
    }
    this.remember()
  }

  /** A fresh worker with what is here already; asked twice, the same one. */
  wake() {
    this.waking = this.worker ? this.waking : this.makeWorker()
    return this.waking
  }

  async makeWorker() {
    const worker = (this.worker = new Worker(this.script))
    const said = this.next()
    worker.onmessage = ({ data }) => this.hear && this.hear(data)
    worker.onerror = (event) => this.hear && this.hear({ kind: "broken", reason: event.message || "no worker" })
    worker.postMessage({
      kind: "start",
      base: new URL(`${this.home}${this.manifest.folder}/`, location.href).href,
      files: this.files,
      packages: Array.from(this.loaded),
      compiled: this.compiled,
      language: this.language,
      grammar: this.manifest.grammar,
    })
    const ready = await said
    if (ready.kind !== "ready") throw new Error(ready.reason)
    this.compiled = ready.compiled
    delete this.files["pyodide.asm.wasm"]
  }

  /** The next word of the worker that ends something; what comes before it goes to `meanwhile`. */
  next(meanwhile = () => {}) {
    return new Promise((settle) => {
      this.hear = (data) => {
        if (["ready", "done", "broken", "stopped", "late"].includes(data.kind)) {
          this.hear = null
          settle(data)
        } else meanwhile(data)
      }
    })
  }

  end() {
    clearTimeout(this.timer)
    if (this.worker) this.worker.terminate()
    this.worker = null
    if (this.hear) this.hear({ kind: "stopped" })
  }

  /**
   * Performs a request {what, spec, code, typed} and gives {told, elsewhere} or {stopped: true}. `printed` hears the
   * screen as it comes. A program that takes too long, or takes the interpreter with it, is told of by a fresh worker.
   */
  async perform(request, printed = () => {}) {
    const frames = []
    const late = () => this.hear && this.hear({ kind: "late" })
    const said = this.next((data) => {
      if (data.kind === "planned") this.timer = setTimeout(late, data.seconds * PATIENCE * 1000)
      else if (data.kind === "frame") frames.push(String(data.frame))
      else if (data.kind === "printed") printed(String(data.text))
    })
    this.worker.postMessage({ kind: "do", request })
    const word = await said
    clearTimeout(this.timer)
    if (word.kind === "stopped") return { stopped: true }
    if (word.kind === "done") return { told: JSON.parse(word.told), elsewhere: word.elsewhere }
    this.end()
    await this.wake()
    const ended = word.kind === "late" ? "time_limit" : word.status === undefined ? "crashed" : "quit"
    const again = this.next()
    this.worker.postMessage({ kind: "do", request: ended === "time_limit" ? patient(request) : request, ended, frames })
    const answer = await again
    if (answer.kind !== "done") throw new Error(answer.reason || answer.kind)
    return { told: JSON.parse(answer.told), elsewhere: "" }
  }

  /** Ends the program that runs now and begins to make a fresh worker for the next one. */
  stop() {
    this.end()
    this.wake().catch(() => this.end())
  }
}

/** The request with the seconds that were really waited, for the sentence about them. */
function patient(request) {
  const { limits } = request.spec
  const seconds = Math.round(limits.cpu_seconds * 2.5 * PATIENCE)
  return { ...request, spec: { ...request.spec, limits: { ...limits, cpu_seconds: Math.min(seconds, 60) } } }
}
