// The register: filter by verdict and part, sort by column. Without this script the table is there in full, in the order
// of the op-ed.
"use strict"
{
  const table = document.querySelector("table")
  const body = table.tBodies[0]
  const claims = [...body.rows].map((row, place) => {
    const [claim, where, verdict, finding] = row.cells
    const name = verdict.textContent.trim(), words = name.slice(2)
    return { row, name, verdict: words.toLowerCase().replace(" ", "-"),
             part: where.querySelector("a").href.split("/op-ed/")[1].split(/[/.]/)[0],
             keys: [claim.textContent, place, words, finding.textContent] }
  })

  const form = document.querySelector("form.filter")
  const count = document.createElement("p")
  count.setAttribute("role", "status")

  function choice(name, label, options) {
    const select = document.createElement("select")
    select.name = name
    select.add(new Option("all", ""))
    for (const [value, text] of options) select.add(new Option(text, value))
    select.id = `filter-${name}`
    // The address may ask for a choice: claims/?verdict=contradicted&part=response
    const asked = new URLSearchParams(location.search).get(name)
    if ([...select.options].some(option => option.value === asked)) select.value = asked
    const words = document.createElement("label")
    words.htmlFor = select.id
    words.textContent = label
    const pair = document.createElement("span")
    pair.append(words, " ", select)
    form.append(pair)
    return select
  }

  const verdicts = choice("verdict", "Verdict", new Map(claims.map(claim => [claim.verdict, claim.name])))
  const parts = choice("part", "Part of the op-ed", new Map(claims.map(({ part }) => {
    return [part, part[0].toUpperCase() + part.slice(1)]
  })))
  const all = document.createElement("button")
  all.type = "button"
  all.textContent = "Show all"
  form.append(count, all)
  const printed = document.createElement("p")
  printed.className = "print"
  form.after(printed)

  function show() {
    let shown = 0
    for (const { row, verdict, part } of claims) {
      row.hidden = !(!verdicts.value || verdict === verdicts.value) || !(!parts.value || part === parts.value)
      shown += !row.hidden
    }
    count.textContent = shown === 0 ? "No claims match both filters" : shown === 1 ? "1 claim" : `${shown} claims`
    all.hidden = shown === claims.length
    const chosen = [verdicts, parts].filter(({ value }) => value)
      .map(({ labels: [{ textContent }], selectedOptions: [{ text }] }) => `${textContent}: ${text}`)
    printed.textContent = chosen.length ? `${chosen.join("; ")}. ${count.textContent} of ${claims.length}.` : ""
  }

  function sort(head, column) {
    const down = head.getAttribute("aria-sort") === "ascending"
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort")
    head.setAttribute("aria-sort", down ? "descending" : "ascending")
    const order = (a, b) => column === 1 ? a.keys[1] - b.keys[1] : a.keys[column].localeCompare(b.keys[column])
    claims.sort((a, b) => down ? order(b, a) : order(a, b))
    body.append(...claims.map(claim => claim.row))
  }

  ;[...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button")
    button.type = "button"
    button.append(...head.childNodes)
    button.addEventListener("click", () => sort(head, column))
    head.append(button)
  })
  function choose() {
    show()
    const address = new URL(location)
    for (const [name, value] of new FormData(form)) {
      if (value) address.searchParams.set(name, value)
      else address.searchParams.delete(name)
    }
    if (location.protocol !== "file:") history.replaceState(history.state, "", address)
  }
  form.addEventListener("change", choose)
  all.addEventListener("click", () => {
    verdicts.value = parts.value = ""
    choose()
    verdicts.focus()
  })
  form.addEventListener("submit", event => event.preventDefault())
  show()
}
