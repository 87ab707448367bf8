// The queries that the page offers fill the editor and are run, in place of opening a page.

export function offerQueries(editor, run) {
  for (const link of document.querySelectorAll("[data-queries] a")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      editor.setValue(withoutHeader(new URL(link.href).searchParams.get("query")));
      editor.rootEl.scrollIntoView({ block: "nearest" });
      editor.focus();
      run();
    });
  }
}

// The header of a question says things to programs; its title is for people.
function withoutHeader(query) {
  return query.replace(/^#\+(?! title:).*\n/gm, "");
}
