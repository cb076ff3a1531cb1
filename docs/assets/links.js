// Addresses: a mark copies its address, a place that was arrived at has the focus, words that were selected can be
// linked to, and what moved leads on. Without this script the marks are links, and so is what leads on.
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
    history.replaceState(history.state, "", address)
    say(await copy(address) ? `Copied: ${address}` : "Not copied; the address is in the address bar")
  }

  // What was searched for, which the theme has in the address to mark it on the page, is no part of a place's address.
  function plain(address) {
    const url = new URL(address)
    url.searchParams.delete("h")
    return url.href
  }

  addEventListener("pagehide", () => {
    if (plain(location.href) !== location.href) history.replaceState(history.state, "", plain(location.href))
  })

  document.addEventListener("click", event => {
    const mark = event.target.closest("a.headerlink")
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    copyAddress(plain(mark.href))
  })

  // The references under "Cite".
  for (const block of document.querySelectorAll(".cite pre")) {
    const button = document.createElement("button")
    button.type = "button"
    button.textContent = "Copy"
    button.setAttribute("aria-label", `Copy ${block.dataset.name}`)
    button.addEventListener("click", async () => {
      say(await copy(block.textContent) ? `Copied: ${block.dataset.name}` : "Not copied; select the text")
    })
    block.before(button)
  }

  // Where text fragments are not known they are still part of the address: only the id before them is of use.
  function arrive() {
    let name = location.hash.slice(1)
    try { name = decodeURIComponent(name) } catch { /* a % that says nothing */ }
    const [id, fragment] = name.split(":~:")
    const place = id && document.getElementById(id)
    if (!place) return
    if (fragment) location.replace(`#${id}`)
    const moved = place.closest(".moved")
    if (moved) return location.replace(moved.querySelector("a").href)
    if (place.tabIndex < 0) place.tabIndex = -1
    place.focus({ preventScroll: true })
  }
  const forward = document.querySelector("a[data-moved]")
  if (forward && !document.getElementById(location.hash.slice(1))) {
    location.replace(forward.href.split("#")[0] + (location.hash || forward.hash))
  }

  // "Quote this", in the op-ed: a link to the words that are selected.
  const button = document.createElement("button")
  button.type = "button"
  button.className = "quote-this"
  button.textContent = "Copy a link to these words"

  const aside = node => node.parentElement.closest("sup, .headerlink, .quote-this")
  const flat = text => text.replace(/\s+/g, " ")
  const encode = text => encodeURIComponent(text.trim()).replaceAll("-", "%2D")

  // The selected words in pieces that nothing parts: notes' numbers, and the ends of paragraphs, do.
  function pieces(range) {
    const walker = document.createTreeWalker(range.commonAncestorContainer.parentElement, NodeFilter.SHOW_TEXT)
    const found = []
    let last
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const paragraph = node.parentElement.closest("article p[id]")
      if (!paragraph || aside(node)) { last = null; continue }
      if (!range.intersectsNode(node)) continue
      let start = node === range.startContainer ? range.startOffset : 0
      let end = node === range.endContainer ? range.endOffset : node.length
      while (start > 0 && /\S/.test(node.data[start - 1]) && start < end) start--
      while (end < node.length && /\S/.test(node.data[end]) && end > start) end++
      const text = node.data.slice(start, end)
      if (last === paragraph && found.length) found.at(-1).text += text
      else if (text.trim()) found.push({ text, paragraph, before: node.data.slice(0, start) })
      last = paragraph
    }
    return found.map(piece => ({ ...piece, text: flat(piece.text).trim() })).filter(piece => /[\p{L}\p{N}]/u.test(piece.text))
  }

  function addressOf(range) {
    const found = pieces(range)
    if (!found.length) return null
    const first = found[0], last = found.at(-1)
    const whole = first === last && first.text.length <= 120
    // A browser looks for whole words; marks of punctuation at either end are none.
    const start = (whole ? first.text : first.text.split(" ").slice(0, 6).join(" ")).replace(/^[^\p{L}\p{N}]+/u, "")
    const end = (whole ? start : last.text.split(" ").slice(-6).join(" ")).replace(/[^\p{L}\p{N}]+$/u, "")
    let directive = whole ? encode(end) : `${encode(start)},${encode(end)}`
    // Words that come up elsewhere, too, are told apart by those before them.
    const before = flat(first.before).trim().split(" ").slice(-4).join(" ")
    if (before && flat(document.body.textContent).split(start).length > 2) directive = `${encode(before)}-,${directive}`
    return `${plain(location.href).split("#")[0]}#${first.paragraph.id}:~:text=${directive}`
  }

  function offer() {
    const selection = getSelection()
    const range = selection.rangeCount && !selection.isCollapsed && selection.getRangeAt(0).cloneRange()
    const last = range && selection.getRangeAt(selection.rangeCount - 1) // Firefox leaves out the numbers of notes
    if (range) range.setEnd(last.endContainer, last.endOffset)
    const address = range && document.querySelector("article p[id='p1'], article p[id] .claim") && addressOf(range)
    if (!address) {
      if (document.activeElement !== button) button.remove()
      return
    }
    button.onclick = () => { copyAddress(address); button.remove() }
    const paragraph = pieces(range).at(-1).paragraph
    const box = range.getBoundingClientRect(), frame = paragraph.getBoundingClientRect()
    paragraph.after(button)
    button.style.left = `${paragraph.offsetLeft + Math.max(0, Math.min(box.left - frame.left, frame.width - 180))}px`
    button.style.top = `${paragraph.offsetTop + box.bottom - frame.top + 6}px`
  }
  document.addEventListener("selectionchange", () => { clearTimeout(offer.soon); offer.soon = setTimeout(offer, 200) })
  addEventListener("hashchange", arrive)
  arrive()
}
