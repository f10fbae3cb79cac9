// The learning system, by SCORM 1.2: found in a window above, told what was done, asked what was done before.
;(function (Bilik) {
  "use strict"
  const MOST_WINDOWS = 50
  const LONGEST_DATA = 4096
  const LONGEST_TEXT = 255

  /** window.API in a frame above, or in the window that opened this one; null where there is none. */
  function find() {
    for (let start of [window, window.opener]) {
      for (let steps = 0; start && steps < MOST_WINDOWS; steps += 1) {
        try {
          if (start.API) return start.API
        } catch {
          break // a window of somebody else
        }
        if (start.parent === start) break
        start = start.parent
      }
    }
    return null
  }

  const two = (number) => String(Math.floor(number)).padStart(2, "0")

  /** Milliseconds as SCORM 1.2 writes a time: HHHH:MM:SS.SS. */
  function span(ms) {
    const seconds = Math.max(0, ms) / 1000
    const rest = (seconds % 60).toFixed(2).padStart(5, "0")
    // 59.999 seconds must not become 60.00.
    return `${String(Math.floor(seconds / 3600)).padStart(4, "0")}:${two((seconds / 60) % 60)}:${rest === "60.00" ? "59.99" : rest}`
  }

  class System {
    constructor() {
      this.api = find()
      this.started = Date.now()
      this.isOpen = Boolean(this.api) && String(this.api.LMSInitialize("")) === "true"
      if (!this.isOpen) return
      this.isReview = ["browse", "review"].includes(this.get("cmi.core.lesson_mode"))
      this.status = this.get("cmi.core.lesson_status")
      if (!["completed", "passed", "failed"].includes(this.status)) this.setStatus("incomplete")
      addEventListener("pagehide", () => this.finish())
      addEventListener("beforeunload", () => this.finish())
      addEventListener("pageshow", (event) => event.persisted && location.reload())
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden" && this.isOpen) this.commit()
      })
    }

    get(name) {
      return this.isOpen ? String(this.api.LMSGetValue(name)) : ""
    }

    set(name, value) {
      if (this.isOpen && !this.isReview) this.api.LMSSetValue(name, String(value))
    }

    setStatus(status) {
      this.status = status
      this.set("cmi.core.lesson_status", status)
    }

    /** What was kept of an earlier visit. */
    kept() {
      try {
        return JSON.parse(this.get("cmi.suspend_data") || "{}")
      } catch {
        return {}
      }
    }

    /** Keeps the state, without the longest answers when it would be too long. */
    keep(state) {
      const made = () => JSON.stringify(state)
      while (made().length > LONGEST_DATA) {
        const longest = state.tasks.reduce((at, row, place) => (size(row) > size(state.tasks[at]) ? place : at), 0)
        if (!size(state.tasks[longest])) return
        state.tasks[longest] = state.tasks[longest].slice(0, 2)
      }
      this.set("cmi.suspend_data", made())
    }

    /** One answer for the list of interactions. */
    interaction(facts) {
      const count = Number(this.get("cmi.interactions._count")) || 0
      const at = `cmi.interactions.${count}.`
      this.set(`${at}id`, facts.id.replace(/[^A-Za-z0-9]/g, "_"))
      this.set(`${at}type`, facts.type)
      if (facts.pattern) this.set(`${at}correct_responses.0.pattern`, facts.pattern)
      this.set(`${at}weighting`, facts.weighting)
      // A response is one line.
      this.set(`${at}student_response`, facts.response.trim().replace(/\n/g, " | ").slice(0, LONGEST_TEXT))
      this.set(`${at}result`, facts.result)
      this.set(`${at}latency`, span(facts.latency))
      const now = new Date()
      this.set(`${at}time`, `${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`)
    }

    score(percent) {
      this.set("cmi.core.score.min", 0)
      this.set("cmi.core.score.max", 100)
      this.set("cmi.core.score.raw", percent)
    }

    commit() {
      this.set("cmi.core.session_time", span(Date.now() - this.started))
      if (this.isOpen) this.api.LMSCommit("")
    }

    finish() {
      if (!this.isOpen) return
      // So that what was kept is there at the next visit, in every system.
      this.set("cmi.core.exit", "suspend")
      this.commit()
      this.api.LMSFinish("")
      this.isOpen = false
    }
  }

  const size = (row) => (row && row[2] ? JSON.stringify(row[2]).length : 0)

  Bilik.System = System
})(window.Bilik)
