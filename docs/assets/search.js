// The index of the search weighs as much as all the rest of a page: it is fetched when somebody turns to the search.
{
  const { open, send } = XMLHttpRequest.prototype
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    this.waits = String(address).endsWith("search/search_index.json") && !/[?&][qh]=/.test(location.search)
    open.call(this, method, address, ...rest)
  }
  XMLHttpRequest.prototype.send = function (...body) {
    const go = () => send.apply(this, body)
    if (!this.waits) return go()
    document.addEventListener("focusin", function turned({ target }) {
      if (!target.closest(".md-search")) return
      document.removeEventListener("focusin", turned)
      go()
    })
  }
}
