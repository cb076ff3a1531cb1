// The notes of the op-ed. That they open while their number is pointed at or has the focus is the theme's doing, and so
// is their place; here they answer to touch and keyboard. Without this script a number leads to its note at the end.
"use strict"
{
  // Where notes stand at the window's lower edge (op-ed.css), the words that they are about are kept above them.
  const sheet = matchMedia("(hover: none), (max-width: 44.9375em)")
  const NUMBER = "a.footnote-ref"

  // The theme names the note at its number while the note is open.
  const noteOf = number => document.getElementById(number.getAttribute("aria-controls"))
  const numberOf = element => {
    const note = element.closest(".md-tooltip2")
    return note ? document.querySelector(`${NUMBER}[aria-controls="${note.id}"]`) : element.closest(NUMBER)
  }
  const open = () => [...document.querySelectorAll(`${NUMBER}[aria-controls]`)]

  // A note is named after its number, which says that it is open.
  new MutationObserver(changes => {
    for (const { target } of changes) {
      const note = noteOf(target)
      note?.setAttribute("aria-label", `Note. ${target.getAttribute("aria-label")}`)
      target.setAttribute("aria-expanded", shown(target)) // the theme names it again when it is closed already, too
    }
  }).observe(document.querySelector("article"), { subtree: true, attributeFilter: ["aria-controls"] })

  // The theme keeps a note open while it, or its number, is pointed at or has the focus.
  const point = (element, at) => element?.dispatchEvent(new MouseEvent(at ? "mouseenter" : "mouseleave"))
  const shown = number => noteOf(number)?.hidden === false
  function show(number, at) {
    noteOf(number).hidden = !at
    number.setAttribute("aria-expanded", at)
  }
  function close(number) {
    if (noteOf(number)) show(number, false) // the number may keep the focus
    point(noteOf(number), false)
    point(number, false)
  }
  function leave(number) {
    close(number)
    number.blur()
  }

  // A tap on a number, or on a claim, opens its note; a second one, and one elsewhere, closes it.
  const numberAt = place => numberOf(place) ?? place.closest(".claim")?.nextElementSibling?.querySelector(NUMBER)
  let before = []
  addEventListener("pointerdown", ({ target }) => {
    before = open().filter(shown)
    const kept = numberAt(target)
    if (sheet.matches) before.filter(number => number !== kept).forEach(leave)
  })
  addEventListener("click", event => {
    const number = numberAt(event.target)
    if (!number || !matchMedia("(hover: none)").matches || event.target.closest(".headerlink, .md-tooltip2")) return
    event.preventDefault()
    if (event.detail && before.includes(number)) leave(number)
    else if (!event.detail && shown(number)) close(number) // no pointer was pressed, so the focus stays
    else if (noteOf(number)) show(number, true)
    else number.focus({ preventScroll: true })
  })
  addEventListener("pointerover", ({ target, pointerType }) => {
    const number = target.closest(NUMBER)
    // Closed, it is still there while its number keeps the focus; a finger's tap is told above.
    if (number && noteOf(number) && pointerType === "mouse") show(number, true)
  })
  addEventListener("focusin", ({ target }) => {
    const below = target.matches(NUMBER) ? target.getBoundingClientRect().bottom - innerHeight / 2 : 0
    if (sheet.matches && below > 0) scrollBy(0, below)
  })

  // Tab leads from the number through the links of its note and on; Escape closes it.
  addEventListener("keydown", event => {
    const number = numberOf(document.activeElement)
    const note = number && noteOf(number)
    if (event.key === "Escape") {
      open().forEach(close)
      number?.focus()
    }
    if (event.key !== "Tab" || !note) return
    const ways = [number, ...note.querySelectorAll("a")].filter(way => way.getClientRects().length)
    const next = ways.indexOf(document.activeElement) + (event.shiftKey ? -1 : 1)
    if (next < 0) return
    point(note, ways[next] && next > 0)
    if (ways[next]) event.preventDefault()
    const way = ways[next] ?? number // from its number the browser goes on by itself
    way.focus()
  })
}
