"""Load pages in WebKitGTK, and print them: webkit_pages.py FOLDER ADDRESS...

Run by the system's Python, which has WebKitGTK's bindings. Writes each address, and by how many pixels its page is too
wide for a window of 320, to standard output, where the pages' own console goes too; and into FOLDER a PDF of each.
"""

import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

BEYOND = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
folder, *addresses = sys.argv[1:]
Gtk.Settings.get_default().set_property("gtk-print-backends", "file")


def load(number: int) -> None:
    """Load a page in a view of its own, or end after the last."""
    if number == len(addresses):
        Gtk.main_quit()
        return
    view = WebKit2.WebView(settings=WebKit2.Settings(enable_write_console_messages_to_stdout=True))
    window = Gtk.OffscreenWindow()
    window.set_default_size(320, 512)
    window.add(view)
    window.show_all()
    operation = WebKit2.PrintOperation.new(view)
    settings = Gtk.PrintSettings()
    settings.set_printer("Print to File")
    settings.set("output-file-format", "pdf")
    settings.set("output-uri", f"file://{folder}/{number}.pdf")
    sheet = Gtk.PageSetup()
    sheet.set_paper_size_and_default_margins(Gtk.PaperSize.new("iso_a4"))
    operation.set_print_settings(settings)
    operation.set_page_setup(sheet)
    waits = [False, *[True] * 50]  # a page that opens with a search is too wide while its search comes

    def look() -> None:
        view.evaluate_javascript(BEYOND, -1, None, None, None, seen)

    def seen(_: object, answer: object) -> None:
        beyond = view.evaluate_javascript_finish(answer).to_int32()
        if beyond and waits.pop():
            GLib.timeout_add(100, look)
            return
        print(addresses[number], beyond, flush=True)
        operation.print_()

    def printed(_: object) -> None:
        window.destroy()
        load(number + 1)

    def changed(_: object, event: object) -> None:
        if event == WebKit2.LoadEvent.FINISHED:
            GLib.timeout_add(100, look)  # by then its scripts have run

    view.connect("load-changed", changed)
    operation.connect("finished", printed)
    view.load_uri(addresses[number])


load(0)
Gtk.main()
