// The worker in which a learner's program runs. It is handed everything it needs and reaches nothing: its own policy
// allows no network (see bilik/config/browser_python.py), and what a script could keep or send with is taken away too.
//
// In:  {kind: "start", ...}, then any number of {kind: "do", request}.
// Out: ready, planned, frame, printed, done, broken. The page that hears it trusts none of it.

const MB = 1024 * 1024
const TAKEN_AWAY = [
  "fetch", "XMLHttpRequest", "WebSocket", "EventSource", "importScripts", "indexedDB", "caches", "Worker",
  "SharedWorker", "BroadcastChannel", "WebTransport", "RTCPeerConnection", "Notification", "cookieStore",
]

const post = (kind, more) => self.postMessage({ kind, ...more })
let python = null
let rest = 0 // Bytes that the memory may have, at most; 0 while Python itself starts.

// A browser has no limit on memory of its own that Python would meet as MemoryError, so growing stops here.
const grow = WebAssembly.Memory.prototype.grow
WebAssembly.Memory.prototype.grow = function (pages) {
  if (rest && this.buffer.byteLength + pages * 65536 > rest) throw new RangeError("the limit of this task")
  return grow.call(this, pages)
}

/** Answers Pyodide's requests for files from what the page handed over. */
function serve(files) {
  self.fetch = async (address) => {
    const name = String(address.url || address).split("/").pop()
    if (!files[name]) throw new TypeError(`not handed over: ${name}`)
    return new Response(files[name])
  }
}

/** Instantiates the module that was compiled already, here or for the worker before this one. */
function useModule(wasm, compiled) {
  WebAssembly.instantiateStreaming = async (response, imports) => {
    if (response && response.then) response.catch(() => {})
    const module = compiled || (await WebAssembly.compile(await wasm.arrayBuffer()))
    return { module, instance: await WebAssembly.instantiate(module, imports) }
  }
}

let typed = new Uint8Array(0)

function readTyped(buffer) {
  const part = typed.subarray(0, buffer.length)
  buffer.set(part)
  typed = typed.subarray(part.length)
  return part.length
}

async function start({ base, files, packages, compiled, language, grammar }) {
  serve(files)
  let module = compiled
  useModule(files["pyodide.asm.wasm"], compiled)
  const before = WebAssembly.instantiate
  WebAssembly.instantiate = async (given, imports) => {
    if (given instanceof WebAssembly.Module) module = given
    return before.call(WebAssembly, given, imports)
  }
  importScripts(base + "pyodide.js")
  const pyodide = await loadPyodide({
    indexURL: base,
    stdLibURL: base + "stdlib.zip",
    // The order of a set is then what it is in the sandbox.
    env: { PYTHONHASHSEED: "0", HOME: "/home/pyodide" },
  })
  WebAssembly.instantiate = before
  pyodide.setStdin({ read: readTyped })
  pyodide.setStdout({ write: (data) => data.length }) // What goes past sys.stdout goes nowhere, as in the sandbox.
  pyodide.setStderr({ write: (data) => data.length })
  for (const name of packages) pyodide.unpackArchive(await files[`${name}.zip`].arrayBuffer(), "zip", { extractDir: LIBRARIES })
  pyodide.unpackArchive(await files["checker.zip"].arrayBuffer(), "zip", { extractDir: "/bilik" })
  for (const name of Object.keys(files).filter((name) => name.endsWith(".toml"))) {
    pyodide.FS.writeFile(`/bilik/bilik/grading/messages/${name}`, await files[name].text())
  }
  for (const name of TAKEN_AWAY) {
    try {
      Object.defineProperty(self, name, { value: undefined, writable: false, configurable: false })
    } catch {
      // A browser that lacks it, or holds on to it; the policy stands in any case.
    }
  }
  const engine = pyodide.runPython(BEGIN)(packages.length ? LIBRARIES : "", imports(packages), grammar, language)
  // Held for good: a proxy that is thrown away would be cleaned up at some moment, perhaps while a program runs.
  const [api, stage] = ["api", "stage"].map((name) => engine.get(name))
  const [plan, perform, tell] = ["plan", "perform", "tell"].map((name) => api[name])
  python = { pyodide, engine, api, stage, plan, perform, tell, language, base: pyodide._module.HEAPU8.length }
  post("ready", { compiled: module })
}

const LIBRARIES = "/lib/learner"
const imports = (packages) => packages.filter((name) => name === "numpy" || name === "pandas")

// The modules that the sandbox's warm process has loaded too are loaded before the stage remembers what is clean.
const BEGIN = `
def begin(libraries, wanted, grammar, language):
    import importlib, sys
    sys.path.insert(0, "/bilik")
    from bilik.grading import in_browser
    from runner.browser import BEGINNERS, Stage
    if libraries:
        sys.path.append(libraries)
    for name in [*BEGINNERS, *wanted]:
        importlib.import_module(name)
    in_browser.warm_up(language)
    sys.path.remove("/bilik")
    return {"api": in_browser, "stage": Stage(tuple(grammar))}
begin
`

function perform(request, ended, heard) {
  const text = JSON.stringify(request)
  let frames = heard
  let elsewhere = ""
  if (!ended) {
    const job = python.plan(text)
    const limits = JSON.parse(job).limits
    post("planned", { seconds: limits.wall_seconds })
    frames = []
    const emit = (frame) => {
      frames.push(frame)
      post("frame", { frame })
    }
    rest = python.base + limits.memory_mb * MB
    try {
      elsewhere = python.perform(python.stage, job, emit, (printed) => post("printed", { text: printed }), (input) => {
        typed = new TextEncoder().encode(input)
      })
    } finally {
      rest = 0
    }
  }
  const told = python.tell(text, frames.join(""), ended, python.language)
  post("done", { told, elsewhere })
}

self.onmessage = async ({ data }) => {
  try {
    if (data.kind === "start") await start(data)
    else perform(data.request, data.ended || "", data.frames || [])
  } catch (error) {
    // The interpreter is gone (os._exit, a stack too deep for the browser) or never came.
    post("broken", { reason: String((error && error.name) || "") + ": " + String((error && error.message) || error).slice(-600), status: error && error.status })
  }
}
