// In place of workers, which browsers start for no page that is opened from a disk: the script of the worker runs in a
// hidden frame of the page, and the two pass messages to each other as a page and its worker do.
window.Worker = class extends EventTarget {
  constructor(address) {
    super()
    const frame = document.createElement("iframe")
    frame.hidden = true
    frame.srcdoc = "<!doctype html><title>Search</title>"
    this.ready = new Promise((resolve, reject) => frame.addEventListener("load", () => {
      const inside = frame.contentWindow
      inside.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }))
      const script = inside.document.createElement("script")
      script.src = address
      script.onload = () => resolve(data => inside.dispatchEvent(new inside.MessageEvent("message", { data })))
      script.onerror = reject
      inside.document.head.append(script)
    }, { once: true }))
    document.body.append(frame)
  }

  postMessage(data) {
    this.ready.then(send => send(data))
  }
}
