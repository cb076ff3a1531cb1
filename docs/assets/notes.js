// Where there is no pointer to hover with, a tap on a note's number opens the note in place instead of going to the end
// of the page. The note itself, and its opening on focus, are the theme's.
document.addEventListener("click", event => {
  const link = event.target.closest("a.footnote-ref")
  if (link && matchMedia("(hover: none)").matches) {
    event.preventDefault()
    link.focus()
  }
})

// A note that a keyboard opened is closed by Escape.
document.addEventListener("keydown", event => {
  if (event.key === "Escape" && document.activeElement.matches("a.footnote-ref")) document.activeElement.blur()
})
