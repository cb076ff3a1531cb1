// Repairs of the theme's own script, loaded before it.
"use strict"

// Where site data is blocked, asking for a storage throws. There the theme gets storages that forget.
for (const name of ["localStorage", "sessionStorage"]) {
  let storage
  try { storage = window[name] } catch { /* blocked */ }
  if (storage) continue
  const kept = new Map()
  const value = { getItem: key => kept.get(key) ?? null, setItem: (key, words) => kept.set(key, words) }
  Object.defineProperty(window, name, { value })
}

// The theme tells the colours' scheme by a meta element, too, and for each change of it all is styled again. The style
// sheet says it already.
{
  const { head } = document
  head.appendChild = node => node.name === "color-scheme" ? node : Node.prototype.appendChild.call(head, node)
}

// The index of the search weighs as much as all the rest of a page: it is fetched when somebody turns to the search.
// The theme takes the feed for another language, and would fetch a sitemap of it.
{
  const { open, send } = XMLHttpRequest.prototype
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    this.waits = String(address).endsWith("search/search_index.json") && !/[?&][qh]=/.test(location.search)
    this.idle = String(address).endsWith("/sitemap.xml")
    open.call(this, method, address, ...rest)
  }
  XMLHttpRequest.prototype.send = function (...body) {
    if (this.idle) return
    const go = () => send.apply(this, body)
    if (!this.waits) return go()
    document.addEventListener("focusin", function turned({ target }) {
      if (!target.closest(".md-search")) return
      document.removeEventListener("focusin", turned)
      go()
    })
  }
}

// The search answers to words however they arrive, where the theme waits for a key. It reads none of them as its own
// signs, and finds whole words before beginnings of words, and before all else these words one after the other; those in
// quotation marks must all be there. Where it finds nothing, words of which one letter differs will do.
addEventListener("input", ({ target }) => {
  if (target.matches(".md-search__input")) target.dispatchEvent(new KeyboardEvent("keyup"))
})
{
  const asked = (text, misspelt) => text.split('"').flatMap((piece, place) => {
    const words = piece.match(/[^\s\u200b:^~*+\-\\,;!?()[\]“”‘–—…]+/g) ?? []
    return words.map(word => misspelt && word.length > 3 ? `${word}~1` : place % 2 ? `+${word}` : `${word}^2 ${word}`)
  }).join(" ")
  const plain = html => ` ${html.replace(/<\/?mark[^>]*>/g, "").replace(/<[^>]*>/g, " ").toLowerCase()} `
    .replace(/[^\p{L}\p{N}]+/gu, " ")
  // The worker of the search starts with its first message, which has the index.
  let Started = Worker
  class Waiting extends EventTarget {
    constructor(address) {
      super()
      this.address = address
      this.open = 0 // questions without an answer
    }

    ask(words, misspelt) {
      this.words = words
      this.misspelt = misspelt
      this.open += 1
      this.worker.postMessage({ type: 2, data: asked(words, misspelt) })
    }

    answer(data) {
      if (data.type === 3) {
        this.open -= 1
        const { items } = data.data
        if (!items.length && !this.open && !this.misspelt) return this.ask(this.words, true)
        for (const item of this.misspelt ? items.flat() : []) { // what was found is marked on the page, none is missing
          const marked = `${item.title} ${item.text}`.matchAll(/<mark[^>]*>(.*?)<\/mark>/g)
          item.terms = Object.fromEntries([...marked].map(([, word]) => [word.toLowerCase(), true]))
        }
        const phrase = plain(this.words)
        const said = items.filter(places => places.some(({ title, text }) => plain(`${title} ${text}`).includes(phrase)))
        for (const item of said.flat()) item.score += 1000 // by which the key Enter chooses
        items.sort((one, other) => said.includes(other) - said.includes(one))
      }
      this.dispatchEvent(new MessageEvent("message", { data }))
    }

    postMessage(message) {
      if (!this.worker) {
        this.worker = new Started(this.address)
        this.worker.addEventListener("message", ({ data }) => this.answer(data))
      }
      if (message.type === 2) this.ask(message.data)
      else this.worker.postMessage(message)
    }
  }
  // A copy opened from a disk brings a worker of its own.
  Object.defineProperty(window, "Worker", { get: () => Waiting, set: other => Started = other })
}

// Results of the search have names that are their titles, and their number is told.
{
  const found = document.querySelector(".md-search-result")
  found?.querySelector(".md-search-result__meta").setAttribute("role", "status")
  if (found) new MutationObserver(() => {
    for (const link of found.querySelectorAll(".md-search-result__link:not([aria-label])")) {
      link.setAttribute("aria-label", link.querySelector("h1, h2").textContent.replace(/\s+/g, " ").trim())
    }
  }).observe(found.querySelector(".md-search-result__list"), { childList: true, subtree: true })
}

// "Back to top" hides itself; the focus goes where the page does.
document.querySelector(".md-top")?.addEventListener("click", () => {
  const title = document.querySelector("h1")
  title.tabIndex = -1
  title.focus({ preventScroll: true })
})

// A list of pages whose label has no words is named after its title.
for (const nav of document.querySelectorAll("nav.md-nav[aria-labelledby]")) {
  if (document.getElementById(nav.getAttribute("aria-labelledby"))?.textContent.trim()) continue
  nav.removeAttribute("aria-labelledby")
  nav.setAttribute("aria-label", nav.querySelector(".md-nav__title").textContent.trim())
}

// The menu of narrow screens and the switch of colours: they are labels, which the keyboard does not reach, of boxes
// that do not say what they are. Here they become buttons.
{
  function asButton(label, name) {
    const button = document.createElement("button"), box = document.getElementById(label.htmlFor)
    button.type = "button"
    button.className = label.className
    button.hidden = label.hidden
    button.title = name
    button.append(...label.childNodes)
    button.addEventListener("click", () => box.click())
    label.replaceWith(button)
    return button
  }

  const colours = document.querySelector("[data-md-component='palette']")
  for (const label of colours.querySelectorAll("label")) {
    asButton(label, label.title).addEventListener("click", () => {
      requestAnimationFrame(() => colours.querySelector("button:not([hidden])").focus())
    })
  }
  for (const box of colours.querySelectorAll("input")) box.hidden = true
  colours.addEventListener("keydown", event => {
    if (event.key === "Enter") event.stopImmediatePropagation() // by it the theme would switch as well
  })

  const menu = document.getElementById("__drawer"), side = document.querySelector(".md-sidebar--primary")
  const first = side.querySelector(".md-nav__list a")
  const button = asButton(document.querySelector("header label[for='__drawer']"), "Navigation")
  button.classList.add("menu")
  button.setAttribute("aria-label", button.title)
  menu.addEventListener("change", () => {
    button.setAttribute("aria-expanded", menu.checked)
    if (!menu.checked) return
    // The keyboard begins at the first page; who points at the menu sees where they are.
    const here = !button.matches(":focus-visible") && [...side.querySelectorAll("a.md-nav__link--active")].at(-1)
    const link = here || first
    link.scrollIntoView({ block: "center" })
    link.focus({ preventScroll: true })
  })
  button.setAttribute("aria-expanded", false)
  document.addEventListener("click", ({ target }) => {
    if (menu.checked && target !== menu && !side.contains(target) && !button.contains(target)) menu.click()
  })
  document.addEventListener("focusin", ({ target }) => {
    if (menu.checked && !side.contains(target) && target !== button) menu.click() // it would lie over what has the focus
  })

  // The menu comes after its button. Escape closes it, and leads from the search back to where the keyboard came from.
  // Single letters lead nowhere, since who speaks to a computer, or slips, presses them unmeant (WCAG 2.1.4). Tab goes
  // from the words searched for through the results, and then leaves the search, where the theme would take the focus
  // away, and WebKit begin at the head again. Of all other keys only letters lead from the results to the words.
  const search = document.getElementById("__search"), words = document.querySelector(".md-search__input")
  const links = ".md-search-result :is(:not(details) > [href], summary, details[open] [href])"
  let before
  words.addEventListener("focus", ({ relatedTarget }) => {
    if (!relatedTarget?.closest(".md-search")) before = relatedTarget
  })
  addEventListener("keydown", event => {
    if (/^[pnsf,./]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) event.stopImmediatePropagation()
    if (event.key === "Tab" && search.checked) {
      event.stopImmediatePropagation()
      const stops = [words, ...document.querySelectorAll(links)]
      const next = stops[stops.indexOf(event.target) + (event.shiftKey ? -1 : 1)]
      if (next) {
        event.preventDefault()
        next.focus()
      } else search.click()
    }
    if (event.key === "Escape" && search.checked) before?.focus()
    if (search.checked && event.target !== words && !/^(Arrow.*|Enter|Escape|[^ ])$/.test(event.key)) {
      event.stopImmediatePropagation()
    }
    if (event.key === "Tab" && menu.checked && event.target === (event.shiftKey ? first : button)) {
      event.preventDefault()
      const next = event.shiftKey ? button : first
      next.focus()
    }
    if (event.key !== "Escape" || !menu.checked) return
    menu.click()
    button.focus()
  }, true)
}
