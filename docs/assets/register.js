// The register: filter by verdict and part, sort by column. Without this script the table is there in full.
const table = document.querySelector("table")
const body = table.tBodies[0]
const claims = [...body.rows].map((row, place) => {
  const [claim, where, verdict] = row.cells
  return { row, keys: [claim.textContent, place, verdict.textContent.slice(2), row.cells[3].textContent],
           verdict: verdict.textContent.trim(), part: where.querySelector("a").href.split("/op-ed/")[1].split(/[/.]/)[0] }
})

const form = document.createElement("form")
form.className = "filter"
const count = document.createElement("p")
count.setAttribute("role", "status")

function choice(name, label, options) {
  const select = document.createElement("select")
  select.name = name
  select.add(new Option("all", ""))
  for (const [value, text] of options) select.add(new Option(text, value))
  select.id = `filter-${name}`
  const words = document.createElement("label")
  words.htmlFor = select.id
  words.textContent = label
  const pair = document.createElement("span")
  pair.append(words, " ", select)
  form.append(pair)
  return select
}

const unique = values => [...new Set(values)]
const verdicts = choice("verdict", "Verdict", unique(claims.map(claim => claim.verdict)).map(name => [name, name]))
const parts = choice("part", "Part of the op-ed", unique(claims.map(claim => claim.part)).map(name => {
  return [name, name[0].toUpperCase() + name.slice(1)]
}))
form.append(count)
table.closest(".md-typeset__scrollwrap, table").before(form)

function show() {
  let shown = 0
  for (const { row, verdict, part } of claims) {
    row.hidden = !(!verdicts.value || verdict === verdicts.value) || !(!parts.value || part === parts.value)
    shown += !row.hidden
  }
  count.textContent = shown === 1 ? "1 claim" : `${shown} claims`
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
form.addEventListener("change", show)
form.addEventListener("submit", event => event.preventDefault())
show()
