// Addresses: a mark copies its address, a place that was arrived at has the focus, and a page that moved passes the
// reader to its new address. Without this script the marks are links, and so is the new address.
"use strict"
{
  const status = document.createElement("p")
  status.className = "address-status"
  status.setAttribute("aria-live", "polite")
  document.body.append(status)

  let fading
  function say(words) {
    clearTimeout(fading)
    status.textContent = words
    fading = setTimeout(() => status.textContent = "", 6000)
  }

  // On a site without encryption browsers have no clipboard for scripts, but they copy what is selected.
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      const field = document.createElement("textarea")
      const before = document.activeElement
      field.value = text
      document.body.append(field)
      field.select()
      const copied = document.execCommand("copy")
      field.remove()
      before?.focus({ preventScroll: true })
      return copied
    }
  }

  async function copyAddress(address) {
    address = plain(address)
    history.replaceState(history.state, "", address)
    say(await copy(address) ? `Copied: ${address}` : "Not copied; the address is in the address bar")
  }

  // What was searched for, which the theme has in the address to mark it on the page, is no part of a place's address.
  function plain(address) {
    const url = new URL(address)
    url.searchParams.delete("h")
    return url.href
  }

  function forget() {
    if (plain(location.href) !== location.href) history.replaceState(history.state, "", plain(location.href))
  }
  addEventListener("pagehide", forget)
  if (new URL(location).searchParams.get("h") === "") forget() // where a page was found by its places alone

  document.addEventListener("click", event => {
    const mark = event.target.closest("a.headerlink")
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    copyAddress(mark.href)
  })

  // The references under "Cite".
  for (const block of document.querySelectorAll(".cite pre")) {
    const { name } = block.dataset
    function offer(words, label, act) {
      const button = document.createElement("button")
      button.type = "button"
      button.textContent = words
      button.setAttribute("aria-label", label)
      button.addEventListener("click", act)
      block.before(button)
    }

    offer("Copy", `Copy ${name}`, async () => {
      say(await copy(block.textContent) ? `Copied: ${name}` : "Not copied; select the text")
    })
    const ending = { BibTeX: "bib", RIS: "ris" }[name.split(", ").at(-1)]
    if (ending) offer(`Save .${ending}`, `Save ${name} as a file`, () => {
      const link = document.createElement("a")
      link.href = URL.createObjectURL(new Blob([block.textContent, "\n"]))
      link.download = `${block.textContent.match(/(?<=^@\w+\{|^ID {2}- )[\w-]+/m)}.${ending}` // named by its id
      link.click()
      say(`Saved: ${link.download}`)
      setTimeout(() => URL.revokeObjectURL(link.href))
    })
  }

  // Where text fragments are not known they are still part of the address: only the id before them is of use.
  function arrive() {
    let name = location.hash.slice(1)
    try { name = decodeURIComponent(name) } catch { /* a % that says nothing */ }
    const [id, fragment] = name.split(":~:")
    const place = id && document.getElementById(id)
    if (!place) return
    if (fragment) location.replace(`#${id}`)
    if (place.tabIndex < 0) place.tabIndex = -1
    place.focus({ preventScroll: true })
    if ("open" in place) { // "Cite", whose foot was the page's until now
      place.open = true
      place.scrollIntoView()
      place.firstElementChild.focus({ preventScroll: true })
    }
  }
  const forward = document.querySelector("a[data-moved]")
  if (forward && !(location.hash && document.getElementById(location.hash.slice(1)))) {
    location.replace(forward.href.split("#")[0] + (location.hash || forward.hash))
  }

  // What links to words is fetched when the first are selected.
  const quote = document.currentScript.dataset.quote
  if (quote) document.addEventListener("selectionchange", function selected() {
    if (getSelection().isCollapsed) return
    document.removeEventListener("selectionchange", selected)
    const script = document.createElement("script")
    script.src = quote
    document.head.append(script)
  })
  addEventListener("copy-address", ({ detail }) => copyAddress(detail))

  addEventListener("hashchange", arrive)
  arrive()
}
