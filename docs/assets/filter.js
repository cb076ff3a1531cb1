// The filters of the register and of the sources, and the register's order. Without this script each list is there in
// full: the claims in the order of the op-ed, the sources by name.
"use strict"
{
  const form = document.querySelector("form.filter"), { of } = form.dataset
  const table = of === "claim" && document.querySelector("table")
  const SERIOUS = ["contradicted", "partly-supported", "unverified", "supported", "opinion"]

  // What is filtered: a claim's row, or a source's heading with what follows it.
  const items = [], groups = []
  if (table) for (const row of table.tBodies[0].rows) {
    const [claim, where, verdict, finding] = row.cells
    const name = verdict.textContent.trim(), words = name.slice(2), place = items.length
    items.push({ nodes: [row], name, place, verdict: words.toLowerCase().replace(" ", "-"),
                 part: where.querySelector("a").href.split("/op-ed/")[1].split(/[/.]/)[0],
                 keys: [claim.textContent, place, words, finding.textContent] })
  } else for (const node of form.parentElement.children) {
    if (node.matches("h2")) groups.push(node)
    else if (node.matches("h3")) items.push({ nodes: [node], group: groups.at(-1).id, words: node.textContent })
    else if (items.length && !node.matches(".report")) {
      items.at(-1).nodes.push(node)
      items.at(-1).words += ` ${node.textContent}`
    }
  }

  const fields = []
  // The address may ask for a choice: claims/?verdict=contradicted&part=response
  function ask(field) {
    field.value = new URLSearchParams(location.search).get(field.name) ?? ""
    if (field.selectedIndex === -1) field.selectedIndex = 0
  }
  function add(field, name, label) {
    field.name = name
    field.id = `filter-${name}`
    ask(field)
    const words = document.createElement("label")
    words.htmlFor = field.id
    words.textContent = label
    const pair = document.createElement("span")
    pair.append(words, " ", field)
    form.append(pair)
    fields.push(field)
    return field
  }
  function choice(name, label, options, none = "all") {
    const select = document.createElement("select")
    select.add(new Option(none, ""))
    for (const [value, text] of options) select.add(new Option(text, value))
    return add(select, name, label)
  }
  if (table) {
    choice("verdict", "Verdict", new Map(items.map(({ verdict, name }) => [verdict, `${name.slice(2)} ${name[0]}`])))
    choice("part", "Part of the op-ed", new Map(items.map(({ part }) => [part, part[0].toUpperCase() + part.slice(1)])))
  } else {
    const input = document.createElement("input")
    input.type = "search"
    add(input, "words", "Words")
    choice("group", "Group", groups.map(({ id, textContent }) => [id, textContent]))
  }
  const order = table && choice("order", "Order", [["serious", "most serious first"]], "as in the op-ed")
  if (table) {
    order.add(new Option("by a column", ""))
    order.options[2].hidden = true
  }
  const count = document.createElement("p")
  count.setAttribute("role", "status")
  const all = document.createElement("button")
  all.type = "button"
  all.textContent = "Show all"
  form.append(count, all)
  const printed = document.createElement("p")
  printed.className = "print"
  form.after(printed)

  const matches = (item, { name, value }) => name === "order" || !value || (name === "words"
    ? value.toLowerCase().split(/\s+/).every(word => item.words.toLowerCase().includes(word)) : item[name] === value)

  function show() {
    let shown = 0
    for (const group of groups) group.hidden = true
    for (const item of items) {
      const hidden = !fields.every(field => matches(item, field))
      for (const node of item.nodes) node.hidden = hidden
      if (hidden) continue
      shown += 1
      for (const group of groups) if (group.id === item.group) group.hidden = false
    }
    count.textContent = shown === 0 ? `No ${of}s match` : shown === 1 ? `1 ${of}` : `${shown} ${of}s`
    const chosen = fields.filter(({ value }) => value)
    all.hidden = chosen.length === 0
    const named = chosen.map(({ labels: [{ textContent }], value, selectedOptions }) =>
      `${textContent}: ${selectedOptions ? selectedOptions[0].text : value}`)
    printed.textContent = named.length ? `${named.join("; ")}. ${count.textContent} of ${items.length}.` : ""
  }

  function sort(compare, head, direction) {
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort")
    head?.setAttribute("aria-sort", direction)
    items.sort(compare)
    table.tBodies[0].append(...items.map(({ nodes: [row] }) => row))
  }
  const rank = ({ verdict, place }) => (order.value && SERIOUS.indexOf(verdict) * items.length) + place
  const inOrder = () => sort((a, b) => rank(a) - rank(b))

  if (table) [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button")
    button.type = "button"
    button.append(...head.childNodes)
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending"
      const compare = (a, b) => column === 1 ? a.place - b.place : a.keys[column].localeCompare(b.keys[column])
      order.selectedIndex = 2
      sort(down ? (a, b) => compare(b, a) : compare, head, down ? "descending" : "ascending")
      choose()
    })
    head.append(button)
  })

  function choose() {
    show()
    const address = new URL(location)
    for (const { name, value } of fields) {
      if (value) address.searchParams.set(name, value)
      else address.searchParams.delete(name)
    }
    if (location.protocol !== "file:") history.replaceState(history.state, "", address)
  }
  function showAll() {
    for (const field of fields) field.value = ""
    if (table) inOrder()
    choose()
  }
  form.addEventListener("input", ({ target }) => {
    if (target === order) inOrder()
    choose()
  })
  all.addEventListener("click", () => {
    showAll()
    fields[0].focus()
  })
  form.addEventListener("submit", event => event.preventDefault())
  // A source that is asked for is shown.
  function arrive() {
    const asked = location.hash && document.getElementById(location.hash.slice(1))
    if (!asked?.hidden) return
    showAll()
    asked.scrollIntoView()
  }
  addEventListener("hashchange", arrive)
  addEventListener("popstate", () => {
    if (location.protocol === "file:") return
    fields.forEach(ask)
    if (table) inOrder()
    show()
  })
  if (table && order.value) inOrder()
  show()
  arrive()
}
