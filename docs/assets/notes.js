// The notes of the op-ed. Pointing at a claim or its number, a click, a tap or the focus opens its note: in the margin
// beside its line where there is room, else below or above its lines, and on telephones at the lower edge. Without this
// script a number leads to its note at the end.
"use strict"
{
  const NUMBER = "a.footnote-ref"
  const telephone = matchMedia("(hover: none), (max-width: 44.9375em)")
  const claimOf = number => number.closest("sup").previousElementSibling
  const numberAt = place => place.closest(NUMBER) ?? place.closest(".claim")?.nextElementSibling?.querySelector(NUMBER)

  const note = document.createElement("div"), words = document.createElement("div")
  const button = document.createElement("button")
  note.id = "open-note"
  note.hidden = true
  note.setAttribute("role", "dialog")
  button.type = "button"
  button.textContent = "×"
  button.setAttribute("aria-label", "Close")
  note.append(words, button)
  document.body.append(note)
  for (const number of document.querySelectorAll(NUMBER)) number.setAttribute("aria-expanded", false)

  let open = null // the number whose note is open
  let kept = false // it was asked for by a click or by the focus, so it stays when the pointer leaves
  let soon, pointer, returning

  function show(number, keep) {
    clearTimeout(soon)
    if (open !== number) {
      close()
      open = number
      words.replaceChildren(...document.getElementById(number.hash.slice(1)).cloneNode(true).childNodes)
      for (const part of words.querySelectorAll(".print, .headerlink, .footnote-backref")) part.remove()
      note.setAttribute("aria-label", `Note. ${number.getAttribute("aria-label")}`)
      note.hidden = false
      words.scrollTop = 0
      number.setAttribute("aria-expanded", true)
      number.setAttribute("aria-controls", note.id)
      claimOf(number).classList.add("open")
      kept = keep
      place()
      requestAnimationFrame(place) // the focus may have scrolled
    }
    kept ||= keep
  }

  function close() {
    clearTimeout(soon)
    if (!open) return
    const number = open, within = note.contains(document.activeElement)
    open = null
    kept = false
    note.hidden = true
    number.setAttribute("aria-expanded", false)
    number.removeAttribute("aria-controls")
    claimOf(number).classList.remove("open")
    returning = true
    if (within) number.focus({ preventScroll: true })
    returning = false
  }

  function place() {
    if (!open) return
    const claim = claimOf(open).getBoundingClientRect(), text = open.closest("p").getBoundingClientRect()
    const sheet = telephone.matches && pointer !== "mouse"
    note.className = `note md-typeset ${open.className}${sheet ? " sheet" : ""}`
    note.classList.remove("footnote-ref")
    note.style = ""
    const head = document.querySelector(".md-header").getBoundingClientRect().bottom
    if (sheet) {
      const number = open.getBoundingClientRect() // which is seen first of all where it has the focus
      const { top } = document.activeElement === open ? number : claim
      const under = Math.min(number.bottom + 8 - note.getBoundingClientRect().top, top - head - 8)
      if (kept && under > 0) scrollBy(0, under)
      return
    }
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize)
    const { clientWidth, clientHeight } = document.documentElement
    const margin = clientWidth - text.right - 2.2 * rem
    const beside = margin > 11 * rem
    note.classList.toggle("beside", beside)
    note.style.width = `${beside ? Math.min(margin, 15 * rem) : Math.min(text.width, 24 * rem)}px`
    note.style.left = `${scrollX + (beside ? text.right + 1.6 * rem : text.left)}px`
    const above = claim.top - head - 16, below = clientHeight - claim.bottom - 16
    const up = !beside && note.offsetHeight > below && above > below
    note.style.maxHeight = `${Math.max(beside ? clientHeight - head - 16 : up ? above : below, 6 * rem)}px`
    const high = note.offsetHeight
    let top = up ? claim.top - high - 8 : claim.bottom + 8
    // Beside its first line, but within the window where that line is.
    if (beside) top = Math.min(claim.top - 8, claim.top > clientHeight ? Infinity : Math.max(head + 8, clientHeight - high - 8))
    note.style.top = `${scrollY + top}px`
  }

  addEventListener("resize", place)

  // A pointer on its way to the note may cross other claims; what comes under one that rests is not pointed at.
  let at
  addEventListener("pointermove", ({ target, pointerType }) => {
    if (target === at) return
    at = target
    pointer = pointerType
    if (pointerType !== "mouse" || kept) return
    clearTimeout(soon)
    const number = note.contains(target) ? open : numberAt(target)
    if (number !== open) soon = setTimeout(() => number ? show(number, false) : close(), open ? 300 : 120)
  })

  // A second click, or one elsewhere, closes.
  let before
  addEventListener("pointerdown", ({ target, pointerType }) => {
    pointer = pointerType
    before = kept && open
    if (!note.contains(target) && numberAt(target) !== open) close()
  })
  addEventListener("click", event => {
    const number = !event.target.closest(".headerlink") && numberAt(event.target)
    if (!number || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (!event.target.closest(NUMBER) && !getSelection().isCollapsed) return
    event.preventDefault()
    if (event.detail ? before === number : open === number) return close()
    show(number, true)
    if (!event.detail) number.focus({ preventScroll: true }) // no pointer was pressed
  })
  button.addEventListener("mousedown", event => event.preventDefault()) // the focus stays where it was
  button.addEventListener("click", close)

  function focused(target) {
    if (target.matches(`${NUMBER}, .claim`)) show(numberAt(target), true)
    else if (!note.contains(target)) close()
  }
  addEventListener("focusin", ({ target }) => returning || focused(target))
  focused(document.activeElement) // at an address with a claim's name

  // Tab leads from the number through the links of its note and on; Escape closes it.
  addEventListener("keydown", event => {
    if (event.key === "Escape") close()
    if (event.key !== "Tab" || !open) return
    const ways = [open, ...note.querySelectorAll("a, button")]
    const now = ways.indexOf(document.activeElement)
    const next = now + (event.shiftKey ? -1 : 1)
    if (now < 0 || next < 0) return
    if (ways[next]) event.preventDefault()
    const way = ways[next] ?? open // from its number the browser goes on by itself
    way.focus()
  })
}
