// The page for addresses that are not found: offers the addresses of the site that are most like the one requested.
{
  const root = new URL("../", document.currentScript.src)
  const LEAST = 0.55 // how alike two must be, from 0 to 1, for one to be offered

  // How many letters must be changed, added or taken out to make one word the other.
  function distance(a, b) {
    let row = [...Array(b.length + 1).keys()]
    for (let i = 1; i <= a.length; i++) {
      const next = [i]
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
      }
      row = next
    }
    return row[b.length]
  }
  const likeness = (a, b) => 1 - distance(a, b) / Math.max(a.length, b.length, 1)
  const last = path => path.split("/").at(-1)

  function likeliest(lost, fragment, addresses) {
    const found = new Map()
    const offer = (address, score) => found.set(address, Math.max(score, found.get(address) || 0))
    for (const address of addresses) {
      const [page, id] = address.split("#")
      if (!page) continue // the home page is offered as it is
      const path = page.replace(/\/$/, "")
      const there = fragment === id ? address : page
      offer(there, likeness(lost, path) + (there === address ? 0.01 : 0))
      // A part of the way may be missing: what counts more is the end. An id may stand where a page's name should.
      offer(there, 0.95 * likeness(last(lost), last(path)))
      offer(address, 0.9 * likeness(last(lost), id))
    }
    const best = [...found].filter(([, score]) => score >= LEAST).sort((a, b) => b[1] - a[1])
    const pages = new Set()
    return best.filter(([address]) => !pages.has(address.split("#")[0]) && pages.add(address.split("#")[0])).slice(0, 3)
  }

  async function look() {
    const path = location.pathname.toLowerCase()
    const lost = path.replace(root.pathname.toLowerCase(), "").replace(/(\/?index)?(\.html?|\.md)?\/*$/, "")
    if (!lost || lost === "404") return
    const answer = await fetch(new URL("data/permalinks.txt", root))
    if (!answer.ok) return
    const addresses = (await answer.text()).split("\n").filter(line => line && !line.startsWith("# "))
    const best = likeliest(lost, location.hash.slice(1), addresses)
    if (!best.length) return
    const words = document.createElement("p")
    words.textContent = "Did you mean:"
    const list = document.createElement("ul")
    for (const [address] of best) {
      const link = document.createElement("a")
      link.href = new URL(address, root)
      link.textContent = address
      list.appendChild(document.createElement("li")).append(link)
    }
    document.getElementById("likeliest").append(words, list)
  }
  look()
}
