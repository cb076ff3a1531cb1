// "Quote this", in the op-ed: a link to the words that are selected. links.js loads it, and copies the link.
"use strict"
{
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
    return `${location.href.split("#")[0]}#${first.paragraph.id}:~:text=${directive}`
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
    button.onclick = () => { dispatchEvent(new CustomEvent("copy-address", { detail: address })); button.remove() }
    const paragraph = pieces(range).at(-1).paragraph
    const box = range.getBoundingClientRect(), frame = paragraph.getBoundingClientRect()
    paragraph.after(button)
    button.style.left = `${paragraph.offsetLeft + Math.max(0, Math.min(box.left - frame.left, frame.width - 180))}px`
    button.style.top = `${paragraph.offsetTop + box.bottom - frame.top + 6}px`
  }
  document.addEventListener("selectionchange", () => { clearTimeout(offer.soon); offer.soon = setTimeout(offer, 200) })
  offer()
}
